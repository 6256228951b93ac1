"""The distribution of a rating that has not been given yet, the uncertainty of all measures included."""

from collections.abc import Mapping, Sequence

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.design import Floats
from prowess.measurement.measures import probabilities
from prowess.measurement.quadrature import adaptive_rule
from prowess.measurement.result import FitResult

POINTS = 16


def predict_ratings(result: FitResult, elements: Mapping[str, Sequence[str]], *, plug_in: bool = False) -> Floats:
    """Probability of each category (ratings × ``result.table.categories``).

    ``elements[facet]`` names the element of each rating. An element that the fit has not seen stands at its facet's
    mean,
    with the whole variance of its facet where that is random. The logit's uncertainty is integrated over, unless
    ``plug_in`` takes the measures as if they were known.
    """
    missing = [name for name in result.facets if name not in elements]
    if missing:
        raise InputError(f"The facet {missing[0]} is not given.", remedy="Name an element of every facet.")
    size = len(elements[result.table.ratee])
    logit, variance = np.zeros(size), np.zeros(size)
    for name in result.facets:
        measure, spread = _lookup(result, name, elements[name])
        logit += measure if name == result.table.ratee else -measure
        variance += spread
    lines = _lines(result, elements, size)
    if plug_in:
        return probabilities(logit, lines)
    points, log_weights = adaptive_rule(POINTS)
    weights = np.exp(log_weights - 0.5 * points**2)
    total = np.zeros((size, lines.shape[1]))
    for point, weight in zip(points, weights, strict=True):
        total += weight * probabilities(logit + np.sqrt(variance) * point, lines)
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def _lookup(result: FitResult, name: str, elements: Sequence[str]) -> tuple[Floats, Floats]:
    facet = result.measures[name]
    position = {label: e for e, label in enumerate(facet.labels)}
    at = np.array([position.get(str(element), -1) for element in elements])
    is_ratee = name == result.table.ratee
    prior = result.estimates.point.mean if is_ratee and not result.estimates.likelihood.joint else 0.0
    unseen = result.ratee_sd**2 if is_ratee else result.estimates.variances.get(name, 0.0)
    error = facet.error
    if is_ratee and not result.estimates.likelihood.joint:
        # Given the raters' modes: their own uncertainty is added with the raters.
        error = np.where(np.isfinite(facet.error), result.estimates.posterior_sd, np.nan)
    measure = np.append(facet.measure, prior)[at]
    variance = np.append(error**2, np.nan_to_num(unseen))[at]
    return np.where(np.isfinite(measure), measure, prior), np.where(np.isfinite(variance), variance, 0.0)


def _lines(result: FitResult, elements: Mapping[str, Sequence[str]], size: int) -> Floats:
    labels = result.estimates.design.group_labels
    step_facet = result.model.step_facet
    if step_facet is None or len(labels) == 1:
        return np.asarray(np.broadcast_to(result.cumulated[0], (size, result.cumulated.shape[1])))
    position = {label: g for g, label in enumerate(labels)}
    return np.asarray(result.cumulated[[position.get(str(e), 0) for e in elements[result.table.facet(step_facet)]]])
