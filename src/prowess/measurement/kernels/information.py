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
    away = np.empty(matrix.shape[0])
    chance = np.empty(categories)
    slope_of = np.empty(categories)
    product = np.empty((categories, categories))
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
                for k in range(categories):
                    chances[q, i - first, k] = probability[k]
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
        block = np.zeros((count, count))
        for q in range(many):
            share = log_posterior[q]
            if share == 0.0:
                continue
            for a in range(count):
                away[a] = score[q, a] - average[a]
            for a in range(count):
                one = share * away[a]
                for b in range(a + 1):
                    block[a, b] -= one * away[b]
        for i in range(first, last):
            group = groups[i] if groups.size else 0
            mean_variance = 0.0
            for k in range(categories):
                chance[k] = 0.0
                slope_of[k] = 0.0
                for h in range(categories):
                    product[k, h] = 0.0
            for q in range(many):
                share = log_posterior[q] * (weights[i] if weights.size else 1.0)
                e = 0.0
                square = 0.0
                for k in range(categories):
                    p = chances[q, i - first, k]
                    e += k * p
                    square += k * k * p
                mean_variance += share * (square - e * e)
                for k in range(categories):
                    p = share * chances[q, i - first, k]
                    chance[k] += p
                    slope_of[k] += p * (k - e)
                    for h in range(k + 1):
                        product[k, h] += p * chances[q, i - first, h]
            own += mean_variance
            base = size + group * categories
            for f in range(effects.shape[0]):
                at = local[effects[f, i]]
                slope[at] -= mean_variance
                for g in range(effects.shape[0]):
                    to = local[effects[g, i]]
                    if to <= at:
                        block[at, to] += mean_variance
                    # Two facets may share an effect's place only by being the same: pairs are met from both sides.
                for k in range(categories):
                    to = local[base + k]
                    if to >= 0:
                        block[max(at, to), min(at, to)] += slope_of[k]
            for k in range(categories):
                at = local[base + k]
                if at < 0:
                    continue
                slope[at] -= slope_of[k]
                block[at, at] += chance[k] - product[k, k]
                for h in range(k):
                    to = local[base + h]
                    if to >= 0:
                        block[max(at, to), min(at, to)] -= product[k, h]
        if integrate:
            for q in range(many):
                share = log_posterior[q]
                z = spread[n] * nodes[q] + centre[n]
                z = (z - mean) / sigma
                block[count - 2, count - 2] += share / (sigma * sigma)
                block[count - 1, count - 2] += share * 2.0 * z / sigma
                block[count - 1, count - 1] += share * 2.0 * z * z
        elif sigma <= 0.0 and not held[n] and own > 0.0:
            for a in range(count):
                for b in range(a + 1):
                    block[a, b] -= slope[a] * slope[b] / own
        for a in range(count):
            for b in range(a):
                matrix[touched[a], touched[b]] += block[a, b]
                matrix[touched[b], touched[a]] += block[a, b]
            matrix[touched[a], touched[a]] += block[a, a]
            local[touched[a]] = -1
