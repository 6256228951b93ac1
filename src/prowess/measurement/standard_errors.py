"""How uncertain the estimates are: the inverse of the information, whole where it fits, its diagonal where it does
not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from prowess.measurement.blocks import Point, Totals
from prowess.measurement.design import Design, Flags, Floats
from prowess.measurement.likelihood import Likelihood, step_inverses

DENSE_PARAMETERS = 800
DENSE_WORK = 5e7
PROBES = 32
FEW_PROBES = 3
WEAK_COUPLING = 0.3
ROUGH = 1e-3


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """Variances of the effects and steps; ``covariance`` of all parameters, empty where only variances are known.

    ``log_determinant`` belongs to the information of the random effects (for the Laplace approximation).
    """

    effects: Floats
    covariance: Floats
    steps: Floats
    log_sigma: float
    log_determinant: float


def uncertainty(likelihood: Likelihood, point: Point, totals: Totals) -> Uncertainty:
    """Uncertainty at the optimum: from the observed information when it is small, otherwise from its Schur
    complement."""
    return _dense(likelihood, point, totals) if fits(likelihood) else _sparse(likelihood, point, totals)


def fits(likelihood: Likelihood) -> bool:
    """Whether the whole information matrix can be formed and inverted."""
    return likelihood.blocks.whole_information and is_small(likelihood.design)


def is_small(design: Design) -> bool:
    """Whether the whole information matrix of a design is small enough to be formed and inverted."""
    parameters = design.effect_count + design.categories_seen.size + 2
    rows = np.diff(design.start).astype(np.float64)
    per_row = design.effects.shape[0] + (design.categories_seen.shape[1] if design.groups.size else 0)
    width = np.minimum(rows * per_row + design.categories_seen.shape[1], parameters)
    return parameters <= DENSE_PARAMETERS and float((width**2).sum()) * 8 <= DENSE_WORK


def _dense(likelihood: Likelihood, point: Point, totals: Totals) -> Uncertainty:
    size = likelihood.design.effect_count
    covariance = likelihood.covariance(point)
    variances = np.maximum(np.diag(covariance), 0.0)
    return Uncertainty(
        effects=variances[:size],
        covariance=covariance,
        steps=step_variances(covariance[size:-2, size:-2], likelihood.free_steps.shape),
        log_sigma=float(variances[-1]),
        log_determinant=log_determinant(likelihood, point, totals),
    )


def log_determinant(likelihood: Likelihood, point: Point, totals: Totals) -> float:
    """Logarithm of the determinant of the random effects' information (whole, or of its diagonal when it is large)."""
    ridge = likelihood.ridge()
    drawn = np.flatnonzero(ridge > 0)
    if not drawn.size:
        return 0.0
    if not fits(likelihood):
        diagonal = np.maximum(totals.information - totals.schur + ridge, 1e-9)
        return float(np.log(diagonal[drawn]).sum())
    sign, value = np.linalg.slogdet(likelihood.information(point)[np.ix_(drawn, drawn)])
    return float(value) if sign > 0 else float("nan")


def step_variances(covariance: Floats, shape: tuple[int, int]) -> Floats:
    """Variances of the steps (differences of neighbouring cumulated steps)."""
    groups, categories = shape
    variances = np.zeros((groups, categories - 1))
    for group in range(groups):
        part = slice(group * categories, (group + 1) * categories)
        own = covariance[part, part]
        diagonal = np.diag(own)
        variances[group] = diagonal[1:] + diagonal[:-1] - 2.0 * np.diag(own, 1)
    return np.maximum(variances, 0.0)


def _sparse(likelihood: Likelihood, point: Point, totals: Totals) -> Uncertainty:
    from prowess.measurement.structural import step_covariances, structural_places, structure  # noqa: PLC0415

    diagonal = np.maximum(totals.information - totals.schur + likelihood.ridge(), 1e-9)
    effects = _diagonal_of_inverse(likelihood, diagonal)
    size = likelihood.design.effect_count
    determinant = log_determinant(likelihood, point, totals)
    places = np.empty(0, dtype=np.int64) if likelihood.joint else structural_places(likelihood, point)
    if places.size:
        shared = structure(
            likelihood, point, totals, places, solve=lambda v, own: _solve_for(likelihood, v, own, diagonal)
        )
        covariance = np.zeros((likelihood.free_steps.size + 2,) * 2)
        inside = places >= size
        covariance[np.ix_(places[inside] - size, places[inside] - size)] = shared.covariance[np.ix_(inside, inside)]
        effects = effects + shared.passed_on()
        effects[places[~inside]] = np.maximum(np.diag(shared.covariance)[~inside], 0.0)
        steps = step_variances(covariance[:-2, :-2], likelihood.free_steps.shape)
        return _without_covariance(effects, steps, float(covariance[-1, -1]), determinant)
    inverses = (
        step_inverses(totals, likelihood.free_steps)
        if likelihood.joint
        else step_covariances(likelihood, point, totals)
    )
    groups, categories = likelihood.free_steps.shape
    steps = np.stack([step_variances(inverses[g], (1, categories))[0] for g in range(groups)])
    return _without_covariance(effects, steps, 1.0 / max(2.0 * float(totals.sums[3]), 1e-9), determinant)


def _without_covariance(effects: Floats, steps: Floats, log_sigma: float, determinant: float) -> Uncertainty:
    return Uncertainty(
        effects=effects, covariance=np.empty((0, 0)), steps=steps, log_sigma=log_sigma, log_determinant=determinant
    )


def _solve_for(likelihood: Likelihood, wanted: Floats, own: Flags, diagonal: Floats) -> Floats:
    """Inverse information of the effects ``own`` (the ratees eliminated, all else held) × a vector."""
    precision = likelihood.point_sigma**-2 if likelihood.point_sigma > 0 else 0.0
    ridge = likelihood.ridge()

    def project(vector: Floats) -> Floats:
        return likelihood.projection.direction(np.where(own, vector, 0.0))

    def multiply(vector: Floats) -> Floats:
        product, _ = likelihood.blocks.curvature(vector, 0.0, precision)
        return project(product + ridge * vector)

    return _solve(multiply, project(wanted), diagonal=diagonal, project=project, residual=ROUGH)


def _diagonal_of_inverse(likelihood: Likelihood, diagonal: Floats) -> Floats:
    """Diagonal of the inverse of S = D - O (ratees eliminated, O without a diagonal) under the constraints.

    With N = D^-½ O D^-½ the inverse is D^-½ (1 + N + N² + …) D^-½, and the diagonal of N² is the mean of (N z)² over
    random
    signs z, which has little sampling error where each element is coupled with many others. Where couplings are strong,
    the equations are solved for random signs instead (Bekas, Kokiopoulou and Saad 2007).
    """
    generator = np.random.default_rng(20261101)
    root = np.sqrt(diagonal)
    project, ridge = likelihood.projection.direction, likelihood.ridge()
    precision = likelihood.point_sigma**-2 if likelihood.point_sigma > 0 else 0.0

    def multiply(vector: Floats) -> Floats:
        product, _ = likelihood.blocks.curvature(vector, 0.0, precision)
        return project(product + ridge * vector)

    def couple(vector: Floats) -> Floats:
        moved = project(vector / root)
        return np.asarray(project(diagonal * moved - multiply(moved)) / root)

    base = _centred_diagonal(likelihood, 1.0 / diagonal)
    once = couple(generator.choice([-1.0, 1.0], size=diagonal.size))
    strength = float(np.linalg.norm(couple(once)) / max(float(np.linalg.norm(once)), 1e-12))
    if strength <= WEAK_COUPLING:
        second = once**2
        for _ in range(FEW_PROBES - 1):
            second = second + couple(generator.choice([-1.0, 1.0], size=diagonal.size)) ** 2
        return base + _smoothed(likelihood, second / FEW_PROBES) / diagonal
    total = np.zeros(diagonal.size)
    for _ in range(PROBES):
        signs = generator.choice([-1.0, 1.0], size=diagonal.size)
        solution = _solve(multiply, project(signs), diagonal=diagonal, project=project)
        total += signs * (solution - project(project(signs) / diagonal))
    return np.maximum(base + total / PROBES, base)


def _centred_diagonal(likelihood: Likelihood, inverse: Floats) -> Floats:
    """Diagonal of P diag(inverse) P, P the projection on the constraints."""
    centred = np.where(likelihood.design.free, inverse, 0.0)
    for constraint in likelihood.design.constraints:
        inside = constraint.indices
        own = inverse[inside]
        centred[inside] += -2.0 * own / own.size + own.sum() / own.size**2
    return np.maximum(centred, 0.0)


def _smoothed(likelihood: Likelihood, values: Floats) -> Floats:
    """Values averaged by term: the second-order share varies less between elements than its estimates do."""
    smooth = values.copy()
    for term in likelihood.design.terms:
        smooth[term.stretch] = values[term.stretch].mean()
    return smooth


def _solve(
    multiply: Callable[[Floats], Floats],
    wanted: Floats,
    *,
    diagonal: Floats,
    project: Callable[[Floats], Floats],
    residual: float = 1e-6,
) -> Floats:
    """Conjugate gradients, preconditioned by the diagonal, until the squared error has shrunk by ``residual``."""
    solution = np.zeros(wanted.size)
    left = wanted.copy()
    ready = project(left / diagonal)
    direction = ready
    size = first = float(left @ ready)
    for _ in range(300):
        if size <= residual * first or size <= 0.0:
            break
        product = multiply(direction)
        length = size / float(direction @ product)
        solution = solution + length * direction
        left = left - length * product
        ready = project(left / diagonal)
        new = float(left @ ready)
        direction = ready + (new / size) * direction
        size = new
    return solution
