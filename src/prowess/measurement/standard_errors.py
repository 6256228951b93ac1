"""How uncertain the estimates are: the inverse of the information, whole where it fits, its diagonal where it does
not."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from prowess.measurement.blocks import Point, Totals
from prowess.measurement.design import Floats
from prowess.measurement.likelihood import Likelihood

DENSE_PARAMETERS = 800
DENSE_WORK = 5e7
PROBES = 32
FEW_PROBES = 3
WEAK_COUPLING = 0.3


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


def with_variances_estimated(likelihood: Likelihood, effects: Floats, spread: Uncertainty) -> Uncertainty:
    """The uncertainty of random effects when that of their variances is added (Kass and Steffey 1989).

    The mode of element j moves by 2 b_j v_j / s² when log s moves, and log s has about the variance
    1 / (2 sum (1 - v_j / s²)²).
    """
    variances, covariance = spread.effects.copy(), spread.covariance.copy()
    for term in likelihood.design.terms:
        if not term.random:
            continue
        own, prior = spread.effects[term.stretch], likelihood.variances[term.name]
        learnt = float((np.clip(1.0 - own / prior, 0.0, 1.0) ** 2).sum())
        of_log_sigma = min(0.5 / max(learnt, 1e-9), 1.0)
        move = 2.0 * effects[term.stretch] * own / prior
        variances[term.stretch] += move**2 * of_log_sigma
        if covariance.size:
            covariance[term.stretch, term.stretch] += of_log_sigma * np.outer(move, move)
    return replace(spread, effects=variances, covariance=covariance)


def uncertainty(likelihood: Likelihood, point: Point, totals: Totals) -> Uncertainty:
    """Uncertainty at the optimum: from the observed information when it is small, otherwise from its Schur
    complement."""
    return _dense(likelihood, point, totals) if fits(likelihood) else _sparse(likelihood, point, totals)


def fits(likelihood: Likelihood) -> bool:
    """Whether the whole information matrix is small enough to be formed and inverted."""
    design = likelihood.design
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
        steps=_step_variances(covariance[size:-2, size:-2], likelihood.free_steps.shape),
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


def _step_variances(covariance: Floats, shape: tuple[int, int]) -> Floats:
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
    from prowess.measurement.likelihood import step_inverses  # noqa: PLC0415

    diagonal = np.maximum(totals.information - totals.schur + likelihood.ridge(), 1e-9)
    effects = _diagonal_of_inverse(likelihood, diagonal)
    inverses = step_inverses(totals, likelihood.free_steps)
    groups, categories = likelihood.free_steps.shape
    steps = np.stack([_step_variances(inverses[g], (1, categories))[0] for g in range(groups)])
    return Uncertainty(
        effects=effects,
        covariance=np.empty((0, 0)),
        steps=steps,
        log_sigma=1.0 / max(2.0 * float(totals.sums[3]), 1e-9),
        log_determinant=log_determinant(likelihood, point, totals),
    )


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
    multiply: Callable[[Floats], Floats], wanted: Floats, *, diagonal: Floats, project: Callable[[Floats], Floats]
) -> Floats:
    """Conjugate gradients, preconditioned by the diagonal."""
    solution = np.zeros(wanted.size)
    residual = wanted.copy()
    ready = project(residual / diagonal)
    direction = ready
    size = first = float(residual @ ready)
    for _ in range(300):
        if size <= 1e-6 * first:
            break
        product = multiply(direction)
        length = size / float(direction @ product)
        solution = solution + length * direction
        residual = residual - length * product
        ready = project(residual / diagonal)
        new = float(residual @ ready)
        direction = ready + (new / size) * direction
        size = new
    return solution
