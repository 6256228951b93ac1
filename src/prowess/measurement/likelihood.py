"""The (penalised, marginal or joint) likelihood of a design as a function of one vector of parameters."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from prowess.measurement.blocks import Blocks, Point, Totals
from prowess.measurement.constraints import Projection, constrained_inverse
from prowess.measurement.design import Design, Flags, Floats
from prowess.measurement.optimise import Evaluation

SMALLEST_SIGMA = 0.01
LARGEST_SIGMA = 50.0
RESIDUAL = 1e-2
CONJUGATE_STEPS = 60
FEW_PARAMETERS = 150
FEW_RATINGS = 6_000


@dataclass(kw_only=True)
class Likelihood:
    """Turns vectors into points, passes over the data into values, gradients and approximate Newton steps.

    The vector holds the effects, the cumulated steps, the ratees' mean and the logarithm of their deviation. Random
    terms bring their normal density, with the variances in ``variances``. ``tilt`` is a linear function of the vector
    that
    is added (the slope of a correction that changes slowly).
    """

    design: Design
    blocks: Blocks
    joint: bool
    variances: dict[str, float]
    tilt: Floats = field(default_factory=lambda: np.empty(0))
    projection: Projection = field(init=False)
    free_steps: Flags = field(init=False)
    free_mean: bool = field(init=False)
    point_sigma: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.projection = Projection(self.design.constraints, free=self.design.free)
        self.free_steps = self._free_steps()
        self.free_mean = not self.joint and not bool(self.design.held[np.diff(self.design.start) > 0].all())

    def _free_steps(self) -> Flags:
        seen = self.design.categories_seen
        free = seen.copy()
        for group in range(seen.shape[0]):
            used = np.flatnonzero(seen[group])
            if used.size:
                free[group, used[[0, -1]]] = False
            if group in self.design.anchored_steps:
                free[group] = False
        return free

    def start(self) -> Floats:
        """The vector to start from: logits of shares of points, anchors, steps from the use of the categories."""
        effects = self.projection.settle(self.design.rough_effects())
        seen = np.diff(self.design.start) > 0
        rough, error = (values[seen] for values in self.design.rough_ratees)
        deviation = np.sqrt(max(float(rough.var()) - float((error**2).mean()), 0.1))
        mean = float(rough.mean()) if self.free_mean else 0.0
        return np.concatenate([effects, self._initial_steps().ravel(), [mean, np.log(deviation)]])

    def _initial_steps(self) -> Floats:
        counts = self.design.category_counts
        cumulated = np.zeros(counts.shape)
        for group in range(counts.shape[0]):
            if group in self.design.anchored_steps:
                cumulated[group] = self.design.anchored_steps[group]
                continue
            used = np.flatnonzero(counts[group] > 0)
            if used.size < 2:
                continue
            heights = -np.log(counts[group, used])
            line = heights[0] + (heights[-1] - heights[0]) * (used - used[0]) / (used[-1] - used[0])
            cumulated[group, used] = heights - line
        return cumulated

    def point(self, vector: Floats) -> Point:
        """The point that a vector stands for."""
        effects, steps = self._split(vector)
        cumulated = steps.reshape(self.design.categories_seen.shape).copy()
        seen = self.design.categories_seen.copy()
        for group in self.design.anchored_steps:
            seen[group] = True
        cumulated[~seen] = np.inf
        sigma = 0.0 if self.joint else float(np.clip(np.exp(vector[-1]), SMALLEST_SIGMA, LARGEST_SIGMA))
        return Point(effects=effects, cumulated=cumulated, mean=float(vector[-2]), sigma=sigma)

    def _split(self, vector: Floats) -> tuple[Floats, Floats]:
        size = self.design.effect_count
        return vector[:size], vector[size:-2]

    def ridge(self) -> Floats:
        """Prior precision of each effect; 0 for fixed ones."""
        ridge = np.zeros(self.design.effect_count)
        for term in self.design.terms:
            if term.random:
                ridge[term.stretch] = 1.0 / self.variances[term.name]
        return ridge

    def log_likelihood(self, vector: Floats, totals: Totals) -> float:
        """Log-likelihood of the ratings at a vector, random terms at their modes and without their density."""
        effects, steps = self._split(vector)
        linear = float(effects @ self.design.effect_totals) + float(steps @ self.design.category_counts.ravel())
        return float(totals.sums[0]) - linear

    def __call__(self, vector: Floats) -> Evaluation:
        """Value, gradient and Newton step at a vector: one pass over the data."""
        point = self.point(vector)
        self.point_sigma = point.sigma
        totals = self.blocks.evaluate(point)
        ridge = self.ridge()
        value = self.log_likelihood(vector, totals) - 0.5 * float(ridge @ point.effects**2)
        on_effects = self.projection.direction(totals.expected - self.design.effect_totals - ridge * point.effects)
        on_steps = np.where(self.free_steps, totals.category_expected - self.design.category_counts, 0.0)
        on_mean, on_sigma = 0.0, 0.0
        if self.free_mean:
            on_mean = float(totals.sums[1]) * point.precision
            on_sigma = float(totals.sums[2]) * point.precision - float(totals.sums[4])
            if point.sigma <= SMALLEST_SIGMA and on_sigma < 0:
                on_sigma = 0.0
        gradient = np.concatenate([on_effects, on_steps.ravel(), [on_mean, on_sigma]])
        if self.tilt.size:
            value += float(self.tilt @ vector)
            gradient = gradient + self.tilt
        return Evaluation(value=value, gradient=gradient, newton=self._newton(point, totals, ridge), totals=totals)

    def _newton(self, point: Point, totals: Totals, ridge: Floats) -> Callable[[Floats], Floats]:
        parameters = self.design.effect_count + self.design.categories_seen.size
        if parameters <= FEW_PARAMETERS and int(self.design.start[-1]) <= FEW_RATINGS:
            return _ExactNewtonStep(self, point, totals)
        return _NewtonStep(self, point, totals, ridge)

    def free_parameters(self, point: Point) -> Flags:
        """Which places of the vector are estimated."""
        sigma = self.free_mean and point.sigma > SMALLEST_SIGMA
        return np.concatenate([self.design.free, self.free_steps.ravel(), [self.free_mean, sigma]])

    def information(self, point: Point) -> Floats:
        """Observed information of all parameters at a point, random effects with their prior."""
        matrix = self.blocks.observed_information(point)
        size = self.design.effect_count
        matrix[np.arange(size), np.arange(size)] += self.ridge()
        return matrix

    def covariance(self, point: Point) -> Floats:
        """Inverse of the information under the constraints, zero for what is not estimated."""
        used = np.flatnonzero(self.free_parameters(point))
        rows = np.zeros((self.projection.orthonormal().shape[0], used.size))
        inside = used < self.design.effect_count
        rows[:, inside] = self.projection.orthonormal()[:, used[inside]]
        inverse = constrained_inverse(self.information(point)[np.ix_(used, used)], rows)
        covariance = np.zeros((self.free_steps.size + self.design.effect_count + 2,) * 2)
        covariance[np.ix_(used, used)] = inverse
        return covariance


class _ExactNewtonStep:
    """The inverse of the observed information applied to a gradient; for small sets, made when first asked for."""

    def __init__(self, likelihood: Likelihood, point: Point, totals: Totals) -> None:
        self._likelihood = likelihood
        self._point = point
        self._totals = totals
        self._inverse: Floats | None = None

    def __call__(self, gradient: Floats) -> Floats:
        if self._inverse is None:
            self._inverse = self._likelihood.covariance(self._point)
        step = self._inverse @ gradient
        # Far from the top the information may not be positive: then the safer approximation leads upwards.
        if float(step @ gradient) > 0.0 and float(np.diag(self._inverse).min()) >= 0.0:
            return np.asarray(step)
        return _NewtonStep(self._likelihood, self._point, self._totals, self._likelihood.ridge())(gradient)


class _NewtonStep:
    """The approximate inverse information at a point, applied to a gradient."""

    def __init__(self, likelihood: Likelihood, point: Point, totals: Totals, ridge: Floats) -> None:
        self._likelihood = likelihood
        self._precision = point.precision
        self._totals = totals
        self._ridge = ridge
        self._blocks_of_steps = step_inverses(totals, likelihood.free_steps)

    def __call__(self, gradient: Floats) -> Floats:
        size = self._likelihood.design.effect_count
        effects, mean = self._solve(gradient[:size], float(gradient[-2]))
        steps = np.einsum(
            "gkh,gh->gk", self._blocks_of_steps, gradient[size:-2].reshape(self._likelihood.free_steps.shape)
        )
        on_sigma = 0.0
        if self._likelihood.free_mean:
            curvature = max(2.0 * float(self._totals.sums[3]), 0.02 * float(self._totals.sums[4]))
            on_sigma = float(gradient[-1]) / curvature
        return np.concatenate([effects, steps.ravel(), [mean, on_sigma]])

    def _multiply(self, effects: Floats, mean: float) -> tuple[Floats, float]:
        product, on_mean = self._likelihood.blocks.curvature(effects, mean, self._precision)
        return self._likelihood.projection.direction(product + self._ridge * effects), on_mean

    def _solve(self, effects: Floats, mean: float) -> tuple[Floats, float]:
        """Conjugate gradients on the effects and the mean, the ratees eliminated."""
        project = self._likelihood.projection.direction
        totals = self._totals
        diagonal = np.maximum(totals.information - totals.schur + self._ridge, 1e-6 * totals.information + 1e-9)
        mean_diagonal = max(totals.mean_information, 1e-9)
        free_mean = self._likelihood.free_mean
        residual, residual_mean = effects.copy(), mean if free_mean else 0.0
        solution, solution_mean = np.zeros(effects.size), 0.0
        wanted = RESIDUAL**2
        ready, ready_mean = project(residual / diagonal), residual_mean / mean_diagonal
        direction, direction_mean = ready, ready_mean
        size = first = float(residual @ ready) + residual_mean * ready_mean
        for _ in range(CONJUGATE_STEPS):
            if size <= wanted * first or size <= 0.0:
                break
            product, on_mean = self._multiply(direction, direction_mean)
            on_mean = on_mean if free_mean else 0.0
            bend = float(direction @ product) + direction_mean * on_mean
            if bend <= 0.0:
                break
            length = size / bend
            solution = solution + length * direction
            solution_mean += length * direction_mean
            residual = residual - length * product
            residual_mean -= length * on_mean
            ready, ready_mean = project(residual / diagonal), residual_mean / mean_diagonal
            new = float(residual @ ready) + residual_mean * ready_mean
            direction = ready + (new / size) * direction
            direction_mean = ready_mean + (new / size) * direction_mean
            size = new
        return solution, solution_mean


def step_inverses(totals: Totals, free: Flags) -> Floats:
    """Inverse information of each group's cumulated steps, others held."""
    groups, categories = free.shape
    inverses = np.zeros((groups, categories, categories))
    for group in range(groups):
        used = np.flatnonzero(free[group])
        if not used.size:
            continue
        lower = totals.category_information[group]
        whole = lower + lower.T
        np.fill_diagonal(whole, -whole.sum(axis=1))
        part = whole[np.ix_(used, used)]
        part = part + np.diag(1e-8 * np.diag(part) + 1e-9)
        inverses[group][np.ix_(used, used)] = np.linalg.inv(part)
    return inverses
