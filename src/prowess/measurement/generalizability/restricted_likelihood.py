"""Restricted maximum likelihood for any number of crossed or nested random effects.

The criterion is profiled as in lme4 (Bates, Mächler, Bolker and Walker 2015, equations 40 to 42): with relative
standard deviations theta the fixed mean and the residual variance have closed forms, and each evaluation solves
 the random effects' normal equations.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from prowess.framework.errors import InputError
from prowess.measurement.generalizability.design import Effect
from prowess.measurement.generalizability.normal_equations import NormalEquations
from prowess.measurement.generalizability.observations import Floats, Observations

LARGEST_REML = 60_000
LARGEST_AUTOMATIC = 20_000
NO_VARIANCE = 1e-4


@dataclass(frozen=True)
class _Profile:
    """The likelihood's parts at one theta: log determinants, weight of the mean, residual sum of squares."""

    log_determinant: float
    mean_weight: float
    residual: float


def restricted_likelihood(
    observations: Observations, effects: tuple[Effect, ...], *, start: Floats
) -> tuple[Floats, Floats]:
    """Variances of ``effects`` (the residual last) and their covariance matrix (NaN for a variance of zero).

    ``start`` are first guesses of the variances, which may be zero or negative.
    """
    equations = NormalEquations.of(observations, effects[:-1])
    first = np.sqrt(np.clip(start[:-1] / max(float(start[-1]), 1e-8), 0.02, 100.0))

    def deviance(theta: Floats) -> float:
        return _deviance(equations, np.abs(theta))

    found = optimize.minimize(
        deviance,
        first,
        method="COBYQA",
        bounds=optimize.Bounds(np.zeros(first.size), np.full(first.size, 1e3)),
        options={"initial_tr_radius": 0.25, "final_tr_radius": 1e-6, "maxfev": 300 * first.size},
    )
    theta = np.asarray(found.x, dtype=np.float64)
    theta[theta < NO_VARIANCE] = 0.0
    residual = _profile(equations, theta).residual / (equations.count - 1)
    if not residual > 0:
        message = "The effects explain the scores completely, so no residual variance is left."
        raise InputError(message, place="design", remedy="Leave out a facet or use more scores.")
    variances = np.append(theta**2 * residual, residual)
    return variances, _covariance(equations, variances)


def _profile(equations: NormalEquations, theta: Floats) -> _Profile:
    scale = theta[equations.effect]
    ones, scores = scale * equations.ones, scale * equations.scores
    log_determinant, solved = equations.solve(scale, np.column_stack([ones, scores]))
    weight = equations.count - float(ones @ solved[:, 0])
    mean = (equations.total - float(ones @ solved[:, 1])) / weight
    residual = equations.squares - float(scores @ solved[:, 1]) - mean**2 * weight
    return _Profile(log_determinant, weight, residual)


def _deviance(equations: NormalEquations, theta: Floats) -> float:
    profile, freedom = _profile(equations, theta), equations.count - 1
    if profile.residual <= 0:
        return 1e300
    return float(
        profile.log_determinant
        + np.log(profile.mean_weight)
        + freedom * (1.0 + np.log(2.0 * np.pi * profile.residual / freedom))
    )


def restricted_deviance(equations: NormalEquations, variances: Floats) -> float:
    """Minus twice the restricted log likelihood at given variances, the residual's last."""
    profile, freedom = _profile(equations, np.sqrt(variances[:-1] / variances[-1])), equations.count - 1
    return float(
        profile.log_determinant
        + np.log(profile.mean_weight)
        + freedom * np.log(2.0 * np.pi * variances[-1])
        + profile.residual / variances[-1]
    )


def _covariance(equations: NormalEquations, variances: Floats) -> Floats:
    """From the curvature of the restricted likelihood by central differences, over the variances above zero."""
    free = np.flatnonzero(variances > 0)
    step = np.where(variances > 0, 1e-3 * variances, 0.0)
    curvature = np.empty((free.size, free.size))
    for row, first in enumerate(free):
        for column, second in enumerate(free[: row + 1]):
            bend = _second_difference(equations, variances, step, int(first), int(second))
            curvature[row, column] = curvature[column, row] = bend
    covariance = np.full((variances.size, variances.size), np.nan)
    try:
        covariance[np.ix_(free, free)] = np.linalg.inv(curvature / 2.0)
    except np.linalg.LinAlgError:
        return covariance
    return covariance if (np.diag(covariance)[free] > 0).all() else np.full_like(covariance, np.nan)


def _second_difference(equations: NormalEquations, variances: Floats, step: Floats, first: int, second: int) -> float:
    def at(one: float, other: float) -> float:
        moved = variances.copy()
        moved[first] += one * step[first]
        moved[second] += other * step[second]
        return restricted_deviance(equations, moved)

    if first == second:
        return float((at(1, 0) - 2.0 * at(0, 0) + at(-1, 0)) / step[first] ** 2)
    corners = at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)
    return float(corners / (4.0 * step[first] * step[second]))
