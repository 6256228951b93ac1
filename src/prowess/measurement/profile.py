"""The uncertainty that random facets take over from their variances' being estimates.

With few elements the likelihood of a variance is broad and lopsided, and an estimate near zero would make every element
look sure of standing at the mean. The variance is therefore integrated out on a grid of standard deviations (uniform
there, as Gelman 2006 advises), weighted by its likelihood with all other parameters integrated out by Laplace's
approximation (Tierney and Kadane 1986), as empirical Bayes intervals must (Laird and Louis 1987; Carlin and Gelfand
1990): the total covariance is the mean of the covariances plus that of the modes.
"""

from dataclasses import dataclass, replace

import numpy as np

from prowess.measurement.design import Floats
from prowess.measurement.likelihood import Likelihood
from prowess.measurement.optimise import Optimum, maximise
from prowess.measurement.standard_errors import Uncertainty, fits, uncertainty

NARROWEST = 0.2
DROP = 3.0
MOST_POINTS = 10
SURE = 0.01
FREE = 1e-9
TOLERANCE = 1e-2


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The fit at one standard deviation of a facet."""

    height: float
    vector: Floats
    covariance: Floats


def laplace_height(likelihood: Likelihood, optimum: Optimum, spread: Uncertainty) -> float:
    """Log-likelihood with the random effects integrated out by Laplace's approximation (but for a constant)."""
    height = likelihood.log_likelihood(optimum.point, optimum.evaluation.totals)
    ridge = likelihood.ridge()
    if not (ridge > 0).any():
        return height
    modes = optimum.point[: ridge.size]
    height += -0.5 * float(ridge @ modes**2) + 0.5 * float(np.log(ridge[ridge > 0]).sum())
    return height - 0.5 * spread.log_determinant


def with_variances_estimated(likelihood: Likelihood, optimum: Optimum, spread: Uncertainty) -> Uncertainty:
    """The uncertainty with that of the random facets' variances added."""
    for term in likelihood.design.terms:
        if not term.random:
            continue
        uncertain = _variance_of_log_deviation(likelihood, spread, term.name)
        places = _along(likelihood, optimum, term.name) if uncertain > SURE and fits(likelihood) else []
        if places:
            spread = _integrated(likelihood, optimum, spread, places)
        else:
            spread = _first_order(likelihood, optimum.point, spread, term.name, uncertain)
    return spread


def _variance_of_log_deviation(likelihood: Likelihood, spread: Uncertainty, name: str) -> float:
    """About 1 / (2 sum (1 - v_j / s²)²): elements tell of the variance as far as their ratings tell of them."""
    term = next(t for t in likelihood.design.terms if t.name == name)
    own, prior = spread.effects[term.stretch], likelihood.variances[name]
    learnt = float((np.clip(1.0 - own / prior, 0.0, 1.0) ** 2).sum())
    return min(0.5 / max(learnt, 1e-9), 1.0)


def _first_order(
    likelihood: Likelihood, vector: Floats, spread: Uncertainty, name: str, uncertain: float
) -> Uncertainty:
    """The mode of element j moves by 2 b_j v_j / s² when log s moves (Kass and Steffey 1989)."""
    term = next(t for t in likelihood.design.terms if t.name == name)
    variances, covariance = spread.effects.copy(), spread.covariance.copy()
    move = 2.0 * vector[term.stretch] * variances[term.stretch] / likelihood.variances[name]
    variances[term.stretch] += move**2 * uncertain
    if covariance.size:
        covariance[term.stretch, term.stretch] += uncertain * np.outer(move, move)
    return replace(spread, effects=variances, covariance=covariance)


def _integrated(likelihood: Likelihood, optimum: Optimum, spread: Uncertainty, places: list[_Place]) -> Uncertainty:
    weights = np.exp(np.array([place.height for place in places]) - max(place.height for place in places))
    weights /= weights.sum()
    size = likelihood.design.effect_count
    total = np.zeros(spread.covariance.shape)
    for weight, place in zip(weights, places, strict=True):
        away = place.vector - optimum.point
        total += weight * (place.covariance + np.outer(away, away))
    # Further random facets add to what is there already; nothing becomes surer by not knowing a variance.
    diagonal = np.maximum(np.diag(total), np.diag(spread.covariance))
    np.fill_diagonal(total, diagonal)
    return replace(spread, effects=diagonal[:size], covariance=total)


def _log_volume(covariance: Floats) -> float:
    """Logarithm of the determinant of a covariance within the directions that are free."""
    sizes = np.linalg.eigvalsh(covariance) if covariance.size else np.empty(0)
    return float(np.log(sizes[sizes > FREE * sizes.max(initial=0.0)]).sum())


def _along(likelihood: Likelihood, optimum: Optimum, name: str) -> list[_Place]:
    """Fits on a grid of the facet's standard deviation, up to where its likelihood has fallen off."""
    kept = dict(likelihood.variances)
    likelihood = replace(likelihood, blocks=likelihood.blocks.copy(), variances=dict(kept), tilt=likelihood.tilt)
    width = max(NARROWEST, float(np.sqrt(kept[name])) / 3.0)
    places: list[_Place] = []
    start = optimum
    for k in range(1, MOST_POINTS + 1):
        likelihood.variances[name] = (k * width) ** 2
        start = maximise(likelihood, start=start.point, tolerance=TOLERANCE, maximum_iterations=60)
        spread = uncertainty(likelihood, likelihood.point(start.point), start.evaluation.totals)
        height = laplace_height(likelihood, start, spread) + 0.5 * spread.log_determinant
        height += 0.5 * _log_volume(spread.covariance)
        if np.isfinite(height) and spread.covariance.size:
            places.append(_Place(height=height, vector=start.point, covariance=spread.covariance))
        if places and height < max(place.height for place in places) - DROP:
            break
    return places
