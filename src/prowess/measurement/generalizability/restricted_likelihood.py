"""Restricted maximum likelihood for any number of crossed or nested random effects.

The criterion is profiled as in lme4 (Bates, Mächler, Bolker and Walker 2015, equations 40 to 42): with relative
standard deviations theta the fixed mean and the residual variance have closed forms, and each evaluation is one
sparse factorisation of the random effects' normal equations.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize, sparse
from scipy.sparse.linalg import splu

from prowess.framework.errors import InputError
from prowess.measurement.generalizability.design import Effect
from prowess.measurement.generalizability.observations import Floats, Integers, Observations

LARGEST_REML = 60_000
NO_VARIANCE = 1e-4
MOST_DENSE = 2_500


@dataclass(frozen=True)
class _NormalEquations:
    """Cross-products of the random effects' indicators with each other, with the mean and with the scores."""

    crossed: sparse.csc_matrix
    ones: Floats
    scores: Floats
    block: Integers
    count: int
    squares: float
    total: float


@dataclass(frozen=True)
class _Profile:
    """The likelihood's parts at one theta: log determinants, weight of the mean, residual sum of squares."""

    log_determinant: float
    mean_weight: float
    residual: float


def restricted_likelihood(
    observations: Observations, effects: tuple[Effect, ...], *, start: Floats
) -> tuple[Floats, Floats]:
    """Variances of ``effects`` (the residual last) and their standard errors (NaN for a variance of zero).

    ``start`` are first guesses of the variances, which may be zero or negative.
    """
    equations = _normal_equations(observations, effects[:-1])
    start = np.sqrt(np.clip(start[:-1] / max(float(start[-1]), 1e-8), 0.02, 100.0))
    found = optimize.minimize(
        lambda theta: _deviance(equations, np.abs(theta)),
        start,
        method="COBYQA",
        bounds=[(0.0, 1e3)] * start.size,
        options={"initial_tr_radius": 0.25, "final_tr_radius": 1e-7, "maxfev": 300 * start.size},
    )
    theta = np.asarray(found.x, dtype=np.float64)
    theta[theta < NO_VARIANCE] = 0.0
    residual = _profile(equations, theta).residual / (equations.count - 1)
    if not residual > 0:
        message = "The effects explain the scores completely, so no residual variance is left."
        raise InputError(message, place="design", remedy="Leave out a facet or use more scores.")
    variances = np.append(theta**2 * residual, residual)
    return variances, _standard_errors(equations, variances)


def _normal_equations(observations: Observations, effects: tuple[Effect, ...]) -> _NormalEquations:
    centred = observations.score - observations.score.mean()
    rows = np.arange(centred.size)
    indicators = [
        sparse.csc_matrix((np.ones(centred.size), (rows, observations.levels(effect))), dtype=np.float64)
        for effect in effects
    ]
    joined = sparse.csc_matrix(sparse.hstack(indicators, format="csc"))
    return _NormalEquations(
        crossed=sparse.csc_matrix(joined.T @ joined),
        ones=np.asarray(joined.sum(axis=0)).ravel(),
        scores=np.asarray(joined.T @ centred).ravel(),
        block=np.repeat(np.arange(len(effects)), [part.shape[1] for part in indicators]),
        count=centred.size,
        squares=float(centred @ centred),
        total=float(centred.sum()),
    )


def _profile(equations: _NormalEquations, theta: Floats) -> _Profile:
    scale = theta[equations.block]
    ones, scores = scale * equations.ones, scale * equations.scores
    system = sparse.csc_matrix(equations.crossed.multiply(scale[:, None]).multiply(scale[None, :]))
    log_determinant, solved = _factor_and_solve(system, np.column_stack([ones, scores]), _widest(equations.block))
    weight = equations.count - float(ones @ solved[:, 0])
    mean = (equations.total - float(ones @ solved[:, 1])) / weight
    residual = equations.squares - float(scores @ solved[:, 1]) - mean**2 * weight
    return _Profile(log_determinant, weight, residual)


def _widest(block: Integers) -> slice:
    sizes = np.bincount(block)
    start = int(sizes[: int(np.argmax(sizes))].sum())
    return slice(start, start + int(sizes.max()))


def _factor_and_solve(system: sparse.csc_matrix, right: Floats, widest: slice) -> tuple[float, Floats]:
    """Log determinant of identity plus ``system``, and the solutions for the columns of ``right``.

    Levels of one effect never meet in a score, so the widest effect's block is diagonal and is eliminated first;
    what is left is factored as a dense matrix while that is small, else the whole is factored as a sparse one.
    """
    total = right.shape[0]
    if total - (widest.stop - widest.start) > MOST_DENSE:
        return _sparse_solve(sparse.csc_matrix(system + sparse.identity(total)), right)
    inner = np.r_[0 : widest.start, widest.stop : total]
    pivot = 1.0 + system.diagonal()[widest]
    across = sparse.csr_matrix(system[widest, :][:, inner])
    weighted = sparse.csr_matrix(across.multiply(1.0 / pivot[:, None]))
    left = system[inner, :][:, inner].toarray() + np.eye(inner.size) - (across.T @ weighted).toarray()
    factor = linalg.cho_factor(left, lower=True, check_finite=False)
    solved = np.empty_like(right)
    solved[inner] = linalg.cho_solve(factor, right[inner] - weighted.T @ right[widest], check_finite=False)
    solved[widest] = right[widest] / pivot[:, None] - weighted @ solved[inner]
    return float(np.log(pivot).sum() + 2.0 * np.log(np.diag(factor[0])).sum()), solved


def _sparse_solve(system: sparse.csc_matrix, right: Floats) -> tuple[float, Floats]:
    factor = splu(system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    return float(np.log(np.abs(factor.U.diagonal())).sum()), factor.solve(right)


def _deviance(equations: _NormalEquations, theta: Floats) -> float:
    profile, freedom = _profile(equations, theta), equations.count - 1
    if profile.residual <= 0:
        return 1e300
    return float(
        profile.log_determinant
        + np.log(profile.mean_weight)
        + freedom * (1.0 + np.log(2.0 * np.pi * profile.residual / freedom))
    )


def restricted_deviance(equations: _NormalEquations, variances: Floats) -> float:
    """Minus twice the restricted log likelihood at given variances, the residual's last."""
    profile, freedom = _profile(equations, np.sqrt(variances[:-1] / variances[-1])), equations.count - 1
    return float(
        profile.log_determinant
        + np.log(profile.mean_weight)
        + freedom * np.log(2.0 * np.pi * variances[-1])
        + profile.residual / variances[-1]
    )


def _standard_errors(equations: _NormalEquations, variances: Floats) -> Floats:
    """From the curvature of the restricted likelihood by central differences, over the variances above zero."""
    free = np.flatnonzero(variances > 0)
    step = np.where(variances > 0, 1e-3 * variances, 0.0)
    curvature = np.empty((free.size, free.size))
    for row, first in enumerate(free):
        for column, second in enumerate(free[: row + 1]):
            curvature[row, column] = curvature[column, row] = _second_difference(equations, variances, step, first, second)
    errors = np.full(variances.size, np.nan)
    try:
        spread = np.diag(np.linalg.inv(curvature / 2.0))
    except np.linalg.LinAlgError:
        return errors
    errors[free] = np.sqrt(np.where(spread > 0, spread, np.nan))
    return errors


def _second_difference(
    equations: _NormalEquations, variances: Floats, step: Floats, first: np.intp, second: np.intp
) -> float:
    def at(one: float, other: float) -> float:
        moved = variances.copy()
        moved[first] += one * step[first]
        moved[second] += other * step[second]
        return restricted_deviance(equations, moved)

    if first == second:
        return (at(1, 0) - 2.0 * at(0, 0) + at(-1, 0)) / step[first] ** 2
    corners = at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)
    return corners / (4.0 * step[first] * step[second])
