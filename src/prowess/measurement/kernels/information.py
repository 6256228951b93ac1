"""The observed information of all parameters (Louis 1982), for designs small enough to hold it."""

# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917 - Numba takes plain positional arrays, and one loop is one kernel

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled
from prowess.measurement.kernels.marginal import category_probabilities

Array = np.ndarray[Any, np.dtype[Any]]


@compiled
def observed_information(
    start: Array,
    effects: Array,
    groups: Array,
    weights: Array,
    totals: Array,
    held: Array,
    value: Array,
    cumulated: Array,
    mean: float,
    sigma: float,
    nodes: Array,
    node_weights: Array,
    centre: Array,
    spread: Array,
    matrix: Array,
) -> None:
    """Add a block's information to ``matrix``: elements, cumulated steps (groups × categories), mean, log sigma.

    Minus the Hessian of the marginal log-likelihood: for each ratee the posterior mean of the complete-data information
    less the posterior variance of the complete-data score.
    For a ratee without prior (``sigma`` 0) the ratee's own parameter is eliminated by its Schur complement.
    """
    categories = cumulated.shape[1]
    size = value.size
    on_mean = size + cumulated.size
    used = nodes.size
    probability = np.empty(categories)
    local = np.full(matrix.shape[0], -1, np.int64)
    log_posterior = np.empty(used)
    for n in range(start.size - 1):
        first = start[n]
        last = start[n + 1]
        if first == last:
            continue
        integrate = sigma > 0.0 and not held[n]
        many = used if integrate else 1
        touched = np.empty((last - first) * (effects.shape[0] + categories) + 2, np.int64)
        count = 0
        for i in range(first, last):
            group = groups[i] if groups.size else 0
            for f in range(effects.shape[0]):
                at = effects[f, i]
                if local[at] < 0:
                    local[at] = count
                    touched[count] = at
                    count += 1
            for k in range(categories):
                at = size + group * categories + k
                if local[at] < 0 and np.isfinite(cumulated[group, k]):
                    local[at] = count
                    touched[count] = at
                    count += 1
        if integrate:
            for extra in range(2):
                local[on_mean + extra] = count
                touched[count] = on_mean + extra
                count += 1
        score = np.zeros((many, count))
        chances = np.empty((many, last - first, categories))
        slope = np.zeros(count)
        own = 0.0
        for q in range(many):
            theta = centre[n] + (spread[n] * nodes[q] if integrate else 0.0)
            log_posterior[q] = totals[n] * theta
            for i in range(first, last):
                group = groups[i] if groups.size else 0
                weight = weights[i] if weights.size else 1.0
                logit = theta
                for f in range(effects.shape[0]):
                    logit -= value[effects[f, i]]
                log_posterior[q] -= weight * category_probabilities(logit, cumulated[group], probability)
                e = 0.0
                for k in range(categories):
                    e += k * probability[k]
                chances[q, i - first] = probability
                for f in range(effects.shape[0]):
                    score[q, local[effects[f, i]]] += weight * e
                for k in range(categories):
                    at = local[size + group * categories + k]
                    if at >= 0:
                        score[q, at] += weight * probability[k]
            if integrate:
                z = (theta - mean) / sigma
                log_posterior[q] += node_weights[q] - 0.5 * z * z
                score[q, count - 2] += z / sigma
                score[q, count - 1] += z * z - 1.0
        best = -np.inf
        for q in range(many):
            best = max(best, log_posterior[q])
        mass = 0.0
        for q in range(many):
            log_posterior[q] = np.exp(log_posterior[q] - best)
            mass += log_posterior[q]
        average = np.zeros(count)
        for q in range(many):
            log_posterior[q] /= mass
            for a in range(count):
                average[a] += log_posterior[q] * score[q, a]
        for q in range(many):
            share = log_posterior[q]
            if share == 0.0:
                continue
            theta = centre[n] + (spread[n] * nodes[q] if integrate else 0.0)
            for a in range(count):
                one = score[q, a] - average[a]
                for b in range(a + 1):
                    joint = share * one * (score[q, b] - average[b])
                    matrix[touched[a], touched[b]] -= joint
                    if b < a:
                        matrix[touched[b], touched[a]] -= joint
            for i in range(first, last):
                group = groups[i] if groups.size else 0
                weight = share * (weights[i] if weights.size else 1.0)
                probability = chances[q, i - first]
                e = 0.0
                square = 0.0
                for k in range(categories):
                    e += k * probability[k]
                    square += k * k * probability[k]
                variance = square - e * e
                own += weight * variance
                base = size + group * categories
                for f in range(effects.shape[0]):
                    at = effects[f, i]
                    slope[local[at]] -= weight * variance
                    for g in range(effects.shape[0]):
                        matrix[at, effects[g, i]] += weight * variance
                    for k in range(categories):
                        joint = weight * probability[k] * (k - e)
                        matrix[at, base + k] += joint
                        matrix[base + k, at] += joint
                for k in range(categories):
                    if local[base + k] >= 0:
                        slope[local[base + k]] -= weight * probability[k] * (k - e)
                    matrix[base + k, base + k] += weight * probability[k]
                    for h in range(categories):
                        matrix[base + k, base + h] -= weight * probability[k] * probability[h]
            if integrate:
                z = (theta - mean) / sigma
                matrix[on_mean, on_mean] += share / (sigma * sigma)
                matrix[on_mean, on_mean + 1] += share * 2.0 * z / sigma
                matrix[on_mean + 1, on_mean] += share * 2.0 * z / sigma
                matrix[on_mean + 1, on_mean + 1] += share * 2.0 * z * z
        if sigma <= 0.0 and not held[n] and own > 0.0:
            for a in range(count):
                for b in range(count):
                    matrix[touched[a], touched[b]] -= slope[a] * slope[b] / own
        for a in range(count):
            local[touched[a]] = -1
