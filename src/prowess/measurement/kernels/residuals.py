"""Residuals of ratings from their expectations, summed by element, by category, or row by row."""

# ruff: noqa: PLR0913, PLR0917, FBT001 - Numba takes plain positional arrays, and one loop is one kernel

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled
from prowess.measurement.kernels.marginal import category_probabilities

Array = np.ndarray[Any, np.dtype[Any]]

# Columns of the sums by element.
COUNT, SCORE, EXPECTED, VARIANCE, SQUARE, STANDARD_SQUARE, KURTOSIS, STANDARD_KURTOSIS = range(8)
LOGIT, LOGIT_SQUARE, SCORE_SQUARE, PRODUCT, EXPECTED_PRODUCT, EXPECTED_SQUARE = range(8, 14)
SUMS = 14


@compiled
def residual_sums(
    start: Array,
    effects: Array,
    groups: Array,
    weights: Array,
    steps: Array,
    theta: Array,
    value: Array,
    cumulated: Array,
    member: Array,
    points: Array,
    by_ratee: bool,
    sums: Array,
) -> None:
    """Add up, for each element, what fit statistics and point-measure correlations need (columns named above).

    ``member`` is the element of each row (unused when ``by_ratee``); ``points`` the original score of each category.
    """
    categories = cumulated.shape[1]
    probability = np.empty(categories)
    for n in range(start.size - 1):
        for i in range(start[n], start[n + 1]):
            at = n if by_ratee else member[i]
            group = groups[i] if groups.size else 0
            weight = weights[i] if weights.size else 1.0
            logit = theta[n]
            for f in range(effects.shape[0]):
                logit -= value[effects[f, i]]
            if not np.isfinite(logit):
                continue
            category_probabilities(logit, cumulated[group], probability)
            e = 0.0
            point = 0.0
            point_square = 0.0
            for k in range(categories):
                e += k * probability[k]
                point += points[k] * probability[k]
                point_square += points[k] * points[k] * probability[k]
            v = 0.0
            fourth = 0.0
            for k in range(categories):
                d = (k - e) * (k - e)
                v += d * probability[k]
                fourth += d * d * probability[k]
            v = max(v, 1e-12)
            residual = steps[i] - e
            x = points[steps[i]]
            row = sums[at]
            row[COUNT] += weight
            row[SCORE] += weight * x
            row[EXPECTED] += weight * point
            row[VARIANCE] += weight * v
            row[SQUARE] += weight * residual * residual
            row[STANDARD_SQUARE] += weight * residual * residual / v
            row[KURTOSIS] += weight * weight * (fourth - v * v)
            row[STANDARD_KURTOSIS] += weight * weight * (fourth / (v * v) - 1.0)
            row[LOGIT] += weight * logit
            row[LOGIT_SQUARE] += weight * logit * logit
            row[SCORE_SQUARE] += weight * x * x
            row[PRODUCT] += weight * x * logit
            row[EXPECTED_PRODUCT] += weight * point * logit
            row[EXPECTED_SQUARE] += weight * point_square


@compiled
def residual_rows(
    start: Array,
    effects: Array,
    groups: Array,
    steps: Array,
    theta: Array,
    value: Array,
    cumulated: Array,
    logit_of_row: Array,
    expected: Array,
    variance: Array,
    chance: Array,
) -> None:
    """Logit, expected category, its variance and the probability of what was observed, row by row."""
    probability = np.empty(cumulated.shape[1])
    for n in range(start.size - 1):
        for i in range(start[n], start[n + 1]):
            group = groups[i] if groups.size else 0
            logit = theta[n]
            for f in range(effects.shape[0]):
                logit -= value[effects[f, i]]
            category_probabilities(logit, cumulated[group], probability)
            e = 0.0
            square = 0.0
            for k in range(probability.size):
                e += k * probability[k]
                square += k * k * probability[k]
            logit_of_row[i] = logit
            expected[i] = e
            variance[i] = square - e * e
            chance[i] = probability[steps[i]]


@compiled
def category_sums(
    start: Array,
    effects: Array,
    groups: Array,
    weights: Array,
    steps: Array,
    theta: Array,
    value: Array,
    cumulated: Array,
    sums: Array,
) -> None:
    """By group and category: ratings, sum of logits, expected ratings, expected sum of logits, sum of z², of expected
    z²."""
    categories = cumulated.shape[1]
    probability = np.empty(categories)
    for n in range(start.size - 1):
        for i in range(start[n], start[n + 1]):
            group = groups[i] if groups.size else 0
            weight = weights[i] if weights.size else 1.0
            logit = theta[n]
            for f in range(effects.shape[0]):
                logit -= value[effects[f, i]]
            category_probabilities(logit, cumulated[group], probability)
            e = 0.0
            square = 0.0
            for k in range(categories):
                e += k * probability[k]
                square += k * k * probability[k]
            v = max(square - e * e, 1e-12)
            x = steps[i]
            sums[group, x, 0] += weight
            sums[group, x, 1] += weight * logit
            sums[group, x, 4] += weight * (x - e) * (x - e) / v
            for k in range(categories):
                sums[group, k, 2] += weight * probability[k]
                sums[group, k, 3] += weight * probability[k] * logit
                sums[group, k, 5] += weight * probability[k] * (k - e) * (k - e) / v
