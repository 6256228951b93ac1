"""One pass over the ratings of a block of ratees: the marginal likelihood and what its maximisation needs.

The rating model, with x = 0 … K-1 the category, v the elements of the other facets and kappa the cumulated steps::

    P(x) ∝ exp(x (theta - sum v) - kappa_x)

theta is integrated out by adaptive Gauss-Hermite quadrature (Naylor and Smith 1982; Pinheiro and Bates 1995) around
each
ratee's last posterior mean, scaled by its standard deviation. exp(theta), exp(-v) and exp(-kappa) are kept as
multipliers, so that a rating costs multiplications only (Horner's scheme), no exponential.
"""

# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917 - Numba takes plain positional arrays, and one loop is one kernel

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled

Array = np.ndarray[Any, np.dtype[Any]]

# (K-1)(|theta| + |v|) + |kappa| below this keeps every power inside double precision; above it, logarithms are used.
SAFE_EXPONENT = 280.0
# Quadrature points are worked through in lanes of this many, which the compiler turns into vector instructions.
LANES = 8
FLUSH_HIGH = 1e140
FLUSH_LOW = 1e-140


@compiled
def category_probabilities(logit: float, cumulated: Array, probability: Array) -> float:
    """Fill the probabilities of the categories at one logit; return the logarithm of their normaliser."""
    top = -np.inf
    for k in range(cumulated.size):
        value = k * logit - cumulated[k]
        probability[k] = value
        top = max(top, value)
    total = 0.0
    for k in range(cumulated.size):
        probability[k] = np.exp(probability[k] - top)
        total += probability[k]
    for k in range(cumulated.size):
        probability[k] /= total
    return top + np.log(total)  # type: ignore[no-any-return]


@compiled
def settle_mode(
    first: int,
    last: int,
    effects: Array,
    groups: Array,
    weights: Array,
    value: Array,
    cumulated: Array,
    total: float,
    mean: float,
    precision: float,
    theta: float,
    steps: int,
) -> tuple[float, float]:
    """Newton steps to the mode of a ratee's posterior (prior precision 0: to the maximum of the likelihood)."""
    probability = np.empty(cumulated.shape[1])
    information = 1.0
    for _ in range(steps):
        slope = total - precision * (theta - mean)
        information = precision
        for i in range(first, last):
            logit = theta
            for f in range(effects.shape[0]):
                logit -= value[effects[f, i]]
            group = groups[i] if groups.size else 0
            category_probabilities(logit, cumulated[group], probability)
            expected = 0.0
            square = 0.0
            for k in range(probability.size):
                expected += k * probability[k]
                square += k * k * probability[k]
            weight = weights[i] if weights.size else 1.0
            slope -= weight * expected
            information += weight * (square - expected * expected)
        change = slope / max(information, 1e-12)
        change = min(max(change, -1.0), 1.0)
        theta += change
        if abs(change) < 1e-12:
            break
    return theta, 1.0 / np.sqrt(max(information, 1e-12))


@compiled
def marginal_pass(
    start: Array,
    effects: Array,
    groups: Array,
    weights: Array,
    totals: Array,
    held: Array,
    value: Array,
    cumulated: Array,
    reach: float,
    mean: float,
    sigma: float,
    nodes: Array,
    node_weights: Array,
    rounds: int,
    centre: Array,
    spread: Array,
    expected: Array,
    information: Array,
    schur: Array,
    category_expected: Array,
    category_information: Array,
    row_information: Array,
    ratee_information: Array,
    sums: Array,
) -> None:
    """Add a block's share to the sums; replace each ratee's centre and spread by the new posterior mean and deviation.

    ``nodes`` are a multiple of ``LANES`` (padded with weights of minus infinity). ``start`` (ratees + 1) bounds each
    ratee's rows; ``effects`` (terms × rows) indexes ``value``; ``groups`` (rows, or
    empty for one set of steps) indexes ``cumulated`` (groups × categories). ``sigma`` 0 means no prior (joint maximum
    likelihood); ``held`` marks ratees whose centre is anchored; ``rounds`` is how often the
    quadrature is moved to the posterior before it counts. ``sums``: log-likelihood without its part linear in the
    parameters, sum of deviations from the mean, sum of squared deviations, sum of squared reliabilities, ratees.
    """
    ratees = start.size - 1
    terms = effects.shape[0]
    categories = cumulated.shape[1]
    many = nodes.size
    precision = 1.0 / (sigma * sigma) if sigma > 0.0 else 0.0
    coefficient = np.empty(cumulated.shape)
    multiplier = np.empty(value.size)
    for at in range(value.size):
        multiplier[at] = np.exp(-value[at])
    steepest = 0.0
    for g in range(cumulated.shape[0]):
        for k in range(categories):
            coefficient[g, k] = np.exp(-cumulated[g, k])
            if np.isfinite(cumulated[g, k]):
                steepest = max(steepest, abs(cumulated[g, k]))
    longest = 0
    for n in range(ratees):
        longest = max(longest, start[n + 1] - start[n])
    row_expected = np.empty((longest, many))
    row_inverse = np.empty((longest, many))
    theta = np.empty(many)
    power = np.empty(many)
    normaliser = np.empty(many)
    horner = np.empty(LANES)
    slope = np.empty(LANES)
    product = np.empty(many)
    log_likelihood = np.empty(many)
    posterior = np.empty(many)
    ratio = np.empty(many)
    y = np.empty(LANES)
    probability = np.empty(categories)
    touched = np.zeros(value.size)
    for n in range(ratees):
        first = start[n]
        last = start[n + 1]
        if first == last:
            continue
        integrate = sigma > 0.0 and not held[n]
        if not integrate and not held[n]:
            centre[n], spread[n] = settle_mode(
                first, last, effects, groups, weights, value, cumulated, totals[n], mean, precision, centre[n], 30
            )
        used = many if integrate else LANES
        safe = True
        height = 0.0
        for _ in range(rounds):
            farthest = 0.0
            for q in range(used):
                theta[q] = centre[n] + (spread[n] * nodes[q] if integrate else 0.0)
                power[q] = np.exp(theta[q])
                farthest = max(farthest, abs(theta[q]))
                product[q] = 1.0
                log_likelihood[q] = 0.0
            safe = (categories - 1) * (farthest + reach) + steepest < SAFE_EXPONENT
            for i in range(first, last):
                group = groups[i] if groups.size else 0
                weight = weights[i] if weights.size else 1.0
                row = i - first
                if safe:
                    r = 1.0
                    for f in range(terms):
                        r *= multiplier[effects[f, i]]
                    for lane in range(0, used, LANES):
                        c = coefficient[group, categories - 1]
                        for q in range(LANES):
                            y[q] = r * power[lane + q]
                            horner[q] = c
                            slope[q] = 0.0
                        for k in range(categories - 2, -1, -1):
                            c = coefficient[group, k]
                            for q in range(LANES):
                                slope[q] = slope[q] * y[q] + horner[q]
                                horner[q] = horner[q] * y[q] + c
                        for q in range(LANES):
                            inverse = 1.0 / horner[q]
                            row_inverse[row, lane + q] = inverse
                            row_expected[row, lane + q] = y[q] * slope[q] * inverse
                            normaliser[lane + q] = horner[q]
                    if weights.size:
                        for q in range(used):
                            log_likelihood[q] -= weight * np.log(normaliser[q])
                    else:
                        highest = 0.0
                        lowest = 1.0
                        for q in range(used):
                            product[q] *= normaliser[q]
                            highest = max(highest, product[q])
                            lowest = min(lowest, product[q])
                        if highest > FLUSH_HIGH or lowest < FLUSH_LOW:
                            for q in range(used):
                                log_likelihood[q] -= np.log(product[q])
                                product[q] = 1.0
                else:
                    shift = 0.0
                    for f in range(terms):
                        shift += value[effects[f, i]]
                    for q in range(used):
                        log_likelihood[q] -= weight * category_probabilities(
                            theta[q] - shift, cumulated[group], probability
                        )
                        e = 0.0
                        for k in range(categories):
                            e += k * probability[k]
                        row_expected[row, q] = e
            best = -np.inf
            for q in range(used):
                if safe and not weights.size:
                    log_likelihood[q] -= np.log(product[q])
                log_likelihood[q] += totals[n] * theta[q]
                ratio[q] = log_likelihood[q] if integrate or q == 0 else -np.inf
                if integrate:
                    z = (theta[q] - mean) / sigma
                    ratio[q] += node_weights[q] - 0.5 * z * z
                best = max(best, ratio[q])
            mass = 0.0
            for q in range(used):
                posterior[q] = np.exp(ratio[q] - best)
                mass += posterior[q]
            for q in range(used):
                posterior[q] /= mass
            height = best + np.log(mass)
            if not integrate:
                break
            height += np.log(spread[n] / sigma)
            new_centre = 0.0
            for q in range(used):
                new_centre += posterior[q] * theta[q]
            variance = 0.0
            for q in range(used):
                variance += posterior[q] * (theta[q] - new_centre) ** 2
            centre[n] = new_centre
            spread[n] = np.sqrt(variance)
        sums[0] += height
        if integrate:
            deviation = centre[n] - mean
            variance = spread[n] * spread[n]
            sums[1] += deviation
            sums[2] += deviation * deviation + variance
            reliability = 1.0 - variance * precision
            sums[3] += reliability * reliability
            sums[4] += 1.0
        own = 0.0
        for i in range(first, last):
            group = groups[i] if groups.size else 0
            weight = weights[i] if weights.size else 1.0
            row = i - first
            e = 0.0
            square = 0.0
            second = 0.0
            if safe:
                r = 1.0
                for f in range(terms):
                    r *= multiplier[effects[f, i]]
                for k in range(categories):
                    probability[k] = 0.0
                for lane in range(0, used, LANES):
                    for q in range(LANES):
                        share = posterior[lane + q]
                        moment = row_expected[row, lane + q]
                        y[q] = r * power[lane + q]
                        horner[q] = share * row_inverse[row, lane + q]
                        second += share * moment * moment
                    for k in range(categories):
                        mass = 0.0
                        for q in range(LANES):
                            mass += horner[q]
                            horner[q] *= y[q]
                        probability[k] += mass * coefficient[group, k]
            else:
                shift = 0.0
                for f in range(terms):
                    shift += value[effects[f, i]]
                slow = np.zeros(categories)
                for q in range(used):
                    category_probabilities(theta[q] - shift, cumulated[group], probability)
                    second += posterior[q] * row_expected[row, q] * row_expected[row, q]
                    for k in range(categories):
                        slow[k] += posterior[q] * probability[k]
                for k in range(categories):
                    probability[k] = slow[k]
            for k in range(categories):
                e += k * probability[k]
                square += k * k * probability[k]
                category_expected[group, k] += weight * probability[k]
                for h in range(k):
                    category_information[group, k, h] -= weight * probability[k] * probability[h]
            w = weight * max(square - second, 0.0)
            row_information[i] = w
            own += w
            for f in range(terms):
                at = effects[f, i]
                expected[at] += weight * e
                information[at] += w
                touched[at] += w
        ratee_information[n] = own
        hold = 0.0 if held[n] else 1.0 / max(own + precision, 1e-12)
        for i in range(first, last):
            for f in range(terms):
                at = effects[f, i]
                if touched[at] != 0.0:
                    schur[at] += hold * touched[at] * touched[at]
                    touched[at] = 0.0


@compiled
def curvature_product(
    start: Array,
    effects: Array,
    row_information: Array,
    ratee_information: Array,
    held: Array,
    precision: float,
    direction: Array,
    mean_direction: float,
    product: Array,
) -> float:
    """Add (information with the ratees eliminated) × direction to ``product``; return the share of the mean.

    The information of the complete data is Z'WZ; eliminating ratee n takes away the rank-one matrix
    (Z_n'w_n)(Z_n'w_n)' / (sum w_n + precision): a Schur complement that is never formed.
    """
    terms = effects.shape[0]
    on_mean = 0.0
    for n in range(start.size - 1):
        first = start[n]
        last = start[n + 1]
        pull = 0.0
        for i in range(first, last):
            change = mean_direction
            for f in range(terms):
                change -= direction[effects[f, i]]
            pull += row_information[i] * change
        back = 0.0 if held[n] else pull / max(ratee_information[n] + precision, 1e-12)
        for i in range(first, last):
            change = mean_direction - back
            for f in range(terms):
                change -= direction[effects[f, i]]
            change *= row_information[i]
            on_mean += change
            for f in range(terms):
                product[effects[f, i]] -= change
    return on_mean
