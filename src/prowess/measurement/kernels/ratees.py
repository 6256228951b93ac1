"""Loops over ratees: maximum likelihood and Warm scores, and the share of the facets' uncertainty in a ratee's."""

# ruff: noqa: PLR0912, PLR0913, PLR0917, FBT001 - Numba takes plain positional arrays, and one loop is one kernel

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled
from prowess.measurement.kernels.marginal import category_probabilities

Array = np.ndarray[Any, np.dtype[Any]]


@compiled
def likelihood_scores(
    start: Array,
    effects: Array,
    groups: Array,
    weights: Array,
    totals: Array,
    value: Array,
    cumulated: Array,
    centre: Array,
    weighted: bool,
    score: Array,
    deviation: Array,
) -> None:
    """Maximum likelihood (``weighted`` False) or Warm's (1989) weighted likelihood score of each ratee, and its error.

    Where the maximum is infinite (all ratings in the lowest or in the highest category) the score is NaN.
    """
    probability = np.empty(cumulated.shape[1])
    for n in range(start.size - 1):
        theta = centre[n]
        information = 0.0
        settled = False
        low = -60.0
        high = 60.0
        for _ in range(100):
            slope = totals[n]
            information = 0.0
            third = 0.0
            for i in range(start[n], start[n + 1]):
                group = groups[i] if groups.size else 0
                weight = weights[i] if weights.size else 1.0
                logit = theta
                for f in range(effects.shape[0]):
                    logit -= value[effects[f, i]]
                category_probabilities(logit, cumulated[group], probability)
                e = 0.0
                for k in range(probability.size):
                    e += k * probability[k]
                v = 0.0
                t = 0.0
                for k in range(probability.size):
                    d = k - e
                    v += d * d * probability[k]
                    t += d * d * d * probability[k]
                slope -= weight * e
                information += weight * v
                third += weight * t
            if weighted and information > 0.0:
                slope += third / (2.0 * information)
            if slope > 0.0:
                low = max(low, theta)
            else:
                high = min(high, theta)
            change = slope / max(information, 1e-9)
            change = min(max(change, -1.5), 1.5)
            proposal = theta + change
            if proposal <= low or proposal >= high:
                proposal = 0.5 * (low + high)
            change = proposal - theta
            theta = proposal
            if abs(change) < 1e-9:
                settled = True
                break
        if settled and abs(theta) < 40.0 and information > 1e-9:
            score[n] = theta
            deviation[n] = 1.0 / np.sqrt(information)
        else:
            score[n] = np.nan
            deviation[n] = np.nan


@compiled
def borrowed_variance(
    start: Array,
    effects: Array,
    row_information: Array,
    ratee_information: Array,
    precision: float,
    diagonal: Array,
    extra: Array,
) -> None:
    """Variance that a ratee's measure takes over from the estimated effects, to first order, effects uncorrelated.

    The measure moves by (sum of information shared with effect j) / (own information + precision) when effect j moves.
    """
    shared = np.zeros(diagonal.size)
    for n in range(start.size - 1):
        scale = 1.0 / max(ratee_information[n] + precision, 1e-12)
        for i in range(start[n], start[n + 1]):
            for f in range(effects.shape[0]):
                shared[effects[f, i]] += row_information[i]
        total = 0.0
        for i in range(start[n], start[n + 1]):
            for f in range(effects.shape[0]):
                at = effects[f, i]
                if shared[at] != 0.0:
                    total += shared[at] ** 2 * diagonal[at]
                    shared[at] = 0.0
        extra[n] = total * scale * scale


@compiled
def borrowed_from_all(
    start: Array,
    effects: Array,
    groups: Array,
    weights: Array,
    value: Array,
    cumulated: Array,
    mean: float,
    sigma: float,
    centre: Array,
    spread: Array,
    covariance: Array,
    extra: Array,
) -> None:
    """The same from the covariance of all parameters: effects, cumulated steps, mean and log sigma of the ratees.

    The measure moves by (posterior variance) × (slope of parameter j's score in theta) when parameter j moves.
    """
    categories = cumulated.shape[1]
    size = value.size
    on_mean = size + cumulated.size
    slope = np.zeros(covariance.shape[0])
    seen = np.zeros(covariance.shape[0], np.bool_)
    probability = np.empty(categories)
    for n in range(start.size - 1):
        first = start[n]
        last = start[n + 1]
        touched = np.empty((last - first) * (effects.shape[0] + categories) + 2, np.int64)
        touched[0] = on_mean
        touched[1] = on_mean + 1
        slope[on_mean] = 1.0 / (sigma * sigma)
        slope[on_mean + 1] = 2.0 * (centre[n] - mean) / (sigma * sigma)
        count = 2
        for i in range(first, last):
            group = groups[i] if groups.size else 0
            weight = weights[i] if weights.size else 1.0
            logit = centre[n]
            for f in range(effects.shape[0]):
                logit -= value[effects[f, i]]
            category_probabilities(logit, cumulated[group], probability)
            e = 0.0
            square = 0.0
            for k in range(categories):
                e += k * probability[k]
                square += k * k * probability[k]
            for f in range(effects.shape[0]):
                at = effects[f, i]
                if not seen[at]:
                    seen[at] = True
                    touched[count] = at
                    count += 1
                slope[at] += weight * (square - e * e)
            for k in range(categories):
                at = size + group * categories + k
                if not seen[at]:
                    seen[at] = True
                    touched[count] = at
                    count += 1
                slope[at] += weight * probability[k] * (k - e)
        total = 0.0
        for a in range(count):
            for b in range(count):
                total += slope[touched[a]] * slope[touched[b]] * covariance[touched[a], touched[b]]
        for a in range(count):
            slope[touched[a]] = 0.0
            seen[touched[a]] = False
        extra[n] = max(total, 0.0) * spread[n] ** 4
