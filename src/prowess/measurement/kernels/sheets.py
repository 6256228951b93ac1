"""The marginal pass over rating sheets: what one rater gave one ratee on one form, evaluated as a whole.

A form is a set of lines (an item with its steps, say) that a rater answers for a ratee together. Its log normaliser
F(x) = sum over lines of log Z(x - b) is a smooth function of x = theta - v alone, v being the rater's severity. It is
tabulated as quintic Hermite polynomials between points ``1 / SCALE`` logits apart, whose error is about 1e-10, so that
a sheet costs the same however many lines its form has. The posterior mass that falls between two points is kept as its
moments; from these the expectations of every line follow exactly as if each rating had been visited.
"""

# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917 - Numba takes plain positional arrays, and one loop is one kernel

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled_for_speed
from prowess.measurement.kernels.marginal import category_probabilities

Array = np.ndarray[Any, np.dtype[Any]]

SCALE = 16
COEFFICIENTS = 6


@compiled_for_speed
def fill_lines(shift: Array, group: Array, cumulated: Array, low: float, safe: bool, lines: Array) -> None:  # noqa: FBT001
    """Log normaliser, mean and variance of each line at each point (lines × points × 3), from ``low`` logits up."""
    categories = cumulated.shape[1]
    probability = np.empty(categories)
    coefficient = np.empty(categories)
    points = lines.shape[1]
    power = np.empty(points)
    for g in range(points):
        power[g] = np.exp(low + g / SCALE) if safe else 0.0
    for c in range(shift.size):
        for k in range(categories):
            coefficient[k] = np.exp(-cumulated[group[c], k])
        scaled = np.exp(-shift[c])
        for g in range(points):
            if safe:
                y = power[g] * scaled
                total = coefficient[categories - 1]
                first = 0.0
                second = 0.0
                for k in range(categories - 2, -1, -1):
                    second = second * y + first
                    first = first * y + total
                    total = total * y + coefficient[k]
                mean = y * first / total
                lines[c, g, 0] = np.log(total)
                lines[c, g, 1] = mean
                lines[c, g, 2] = max(mean + 2.0 * y * y * second / total - mean * mean, 0.0)
            else:
                lines[c, g, 0] = category_probabilities(low + g / SCALE - shift[c], cumulated[group[c]], probability)
                mean = 0.0
                square = 0.0
                for k in range(categories):
                    mean += k * probability[k]
                    square += k * k * probability[k]
                lines[c, g, 1] = mean
                lines[c, g, 2] = max(square - mean * mean, 0.0)


@compiled_for_speed
def fill_forms(first: Array, line: Array, lines: Array, table: Array) -> None:
    """Coefficients of each form's log normaliser between neighbouring points (forms × cells × 6)."""
    cells = table.shape[1]
    step = 1.0 / SCALE
    total = np.empty((cells + 1, 3))
    for f in range(first.size - 1):
        for g in range(cells + 1):
            for part in range(3):
                total[g, part] = 0.0
                for at in range(first[f], first[f + 1]):
                    total[g, part] += lines[line[at], g, part]
        for g in range(cells):
            d0 = total[g, 1] * step
            d1 = total[g + 1, 1] * step
            s0 = total[g, 2] * step * step
            s1 = total[g + 1, 2] * step * step
            rise = total[g + 1, 0] - total[g, 0] - d0 - 0.5 * s0
            bend = d1 - d0 - s0
            turn = s1 - s0
            table[f, g, 0] = total[g, 0]
            table[f, g, 1] = d0
            table[f, g, 2] = 0.5 * s0
            table[f, g, 3] = 10.0 * rise - 4.0 * bend + 0.5 * turn
            table[f, g, 4] = -15.0 * rise + 7.0 * bend - turn
            table[f, g, 5] = 6.0 * rise - 3.0 * bend + 0.5 * turn


@compiled_for_speed
def sheet_pass(
    start: Array,
    outer: Array,
    form: Array,
    totals: Array,
    held: Array,
    value: Array,
    table: Array,
    low: float,
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
    moments: Array,
    form_schur: Array,
    sheet_information: Array,
    ratee_information: Array,
    sums: Array,
) -> None:
    """What `marginal_pass` does, sheet by sheet; the share of the lines is left in ``moments`` (forms × cells × 6).

    ``start`` bounds each ratee's sheets; ``outer`` (terms × sheets) indexes ``value``; ``table`` begins at ``low``.
    """
    cells = table.shape[1]
    highest = cells - 1e-9
    flat = table.reshape(table.shape[0] * cells, COEFFICIENTS)
    flat_moments = moments.reshape(table.shape[0] * cells, COEFFICIENTS)
    many = nodes.size
    terms = outer.shape[0]
    precision = 1.0 / (sigma * sigma)
    longest = 1
    for n in range(start.size - 1):
        longest = max(longest, start[n + 1] - start[n])
    place = np.empty((longest, many), np.uint32)
    within = np.empty((longest, many))
    theta = np.empty(many)
    posterior = np.empty(many)
    height_at = np.empty(many)
    beyond = np.empty(many)
    # Side by side, so that a sheet's effect is one place in memory: expectation, information, Schur share, own sum.
    packed = np.zeros((value.size, 4))
    of_form = np.zeros(table.shape[0])
    for n in range(start.size - 1):
        first = start[n]
        last = start[n + 1]
        if first == last:
            continue
        integrate = not held[n]
        used = many if integrate else 1
        height = 0.0
        for _ in range(rounds):
            for q in range(used):
                theta[q] = centre[n] + (spread[n] * nodes[q] if integrate else 0.0)
                height_at[q] = totals[n] * theta[q]
            for u in range(first, last):
                shift = low
                for f in range(terms):
                    shift += value[outer[f, u]]
                base = cells * form[u]
                row = u - first
                for q in range(used):
                    x = (theta[q] - shift) * SCALE
                    inside = min(max(x, 0.0), highest)
                    cell = np.int64(inside)
                    place[row, q] = np.uint32(base + cell)
                    within[row, q] = inside - cell
                    beyond[q] = x - inside
                for q in range(used):
                    a = flat[place[row, q]]
                    t = within[row, q]
                    height_at[q] -= a[0] + t * (a[1] + t * (a[2] + t * (a[3] + t * (a[4] + t * a[5]))))
                    height_at[q] -= beyond[q] * a[1]
            best = -np.inf
            for q in range(used):
                if integrate:
                    z = (theta[q] - mean) / sigma
                    height_at[q] += node_weights[q] - 0.5 * z * z
                best = max(best, height_at[q])
            mass = 0.0
            for q in range(used):
                posterior[q] = np.exp(height_at[q] - best)
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
        whole = 0.0
        for u in range(first, last):
            row = u - first
            e = 0.0
            w = 0.0
            for q in range(used):
                cell = place[row, q]
                t = within[row, q]
                a = flat[cell]
                share = posterior[q]
                e += share * (a[1] + t * (2.0 * a[2] + t * (3.0 * a[3] + t * (4.0 * a[4] + t * 5.0 * a[5]))))
                w += share * (2.0 * a[2] + t * (6.0 * a[3] + t * (12.0 * a[4] + t * 20.0 * a[5])))
                m = flat_moments[cell]
                m[0] += share
                share *= t
                m[1] += share
                share *= t
                m[2] += share
                share *= t
                m[3] += share
                share *= t
                m[4] += share
                share *= t
                m[5] += share
            e *= SCALE
            w = max(w * SCALE * SCALE, 0.0)
            sheet_information[u] = w
            whole += w
            of_form[form[u]] += w
            for f in range(terms):
                to = packed[outer[f, u]]
                to[0] += e
                to[1] += w
                to[3] += w
        ratee_information[n] = whole
        hold = 0.0 if held[n] else 1.0 / max(whole + precision, 1e-12)
        for u in range(first, last):
            if of_form[form[u]] != 0.0:
                form_schur[form[u]] += hold * of_form[form[u]] ** 2
                of_form[form[u]] = 0.0
            for f in range(terms):
                to = packed[outer[f, u]]
                if to[3] != 0.0:
                    to[2] += hold * to[3] * to[3]
                    to[3] = 0.0
    for at in range(value.size):
        expected[at] += packed[at, 0]
        information[at] += packed[at, 1]
        schur[at] += packed[at, 2]


@compiled_for_speed
def settle_lines(
    first: Array,
    line: Array,
    shift: Array,
    group: Array,
    inner: Array,
    cumulated: Array,
    low: float,
    safe: bool,  # noqa: FBT001
    moments: Array,
    form_schur: Array,
    shares: Array,
    expected: Array,
    information: Array,
    schur: Array,
    category_expected: Array,
    category_information: Array,
) -> None:
    """Turn the mass between the points into the expectations of the lines, their effects and their categories.

    ``inner`` (terms × lines) are the effects of each line; ``shares`` (one for each place in ``line``) receives the
    line's part of its form's information.
    """
    cells = moments.shape[1]
    categories = cumulated.shape[1]
    weight = np.zeros((shift.size, cells + 1, 3))
    of_form = np.empty((cells + 1, 3))
    step = 1.0 / SCALE
    for f in range(first.size - 1):
        for g in range(cells + 1):
            for part in range(3):
                of_form[g, part] = 0.0
        for g in range(cells):
            m = moments[f, g]
            if m[0] == 0.0:
                continue
            of_form[g, 0] += m[0] - 10.0 * m[3] + 15.0 * m[4] - 6.0 * m[5]
            of_form[g + 1, 0] += 10.0 * m[3] - 15.0 * m[4] + 6.0 * m[5]
            of_form[g, 1] += step * (m[1] - 6.0 * m[3] + 8.0 * m[4] - 3.0 * m[5])
            of_form[g + 1, 1] += step * (-4.0 * m[3] + 7.0 * m[4] - 3.0 * m[5])
            of_form[g, 2] += step * step * 0.5 * (m[2] - 3.0 * m[3] + 3.0 * m[4] - m[5])
            of_form[g + 1, 2] += step * step * 0.5 * (m[3] - 2.0 * m[4] + m[5])
        for at in range(first[f], first[f + 1]):
            for g in range(cells + 1):
                for part in range(3):
                    weight[line[at], g, part] += of_form[g, part]
    variance_of = np.zeros(shift.size)
    probability = np.empty(categories)
    coefficient = np.empty(cumulated.shape)
    for g in range(cumulated.shape[0]):
        for k in range(categories):
            coefficient[g, k] = np.exp(-cumulated[g, k])
    for c in range(shift.size):
        own = 0.0
        mean_of = 0.0
        for g in range(cells + 1):
            w0 = weight[c, g, 0]
            w1 = weight[c, g, 1]
            w2 = weight[c, g, 2]
            if w0 == 0.0 and w1 == 0.0 and w2 == 0.0:
                continue
            if safe:
                y = np.exp(low + g * step - shift[c])
                total = 0.0
                power = 1.0
                for k in range(categories):
                    probability[k] = coefficient[group[c], k] * power
                    total += probability[k]
                    power *= y
                for k in range(categories):
                    probability[k] /= total
            else:
                category_probabilities(low + g * step - shift[c], cumulated[group[c]], probability)
            mean = 0.0
            for k in range(categories):
                mean += k * probability[k]
            variance = 0.0
            third = 0.0
            fourth = 0.0
            for k in range(categories):
                d = k - mean
                variance += d * d * probability[k]
                third += d * d * d * probability[k]
                fourth += d * d * d * d * probability[k]
            own += w0 * variance + w1 * third + w2 * (fourth - 3.0 * variance * variance)
            for k in range(categories):
                d = k - mean
                share = probability[k] * (w0 + w1 * d + w2 * (d * d - variance))
                category_expected[group[c], k] += share
                mean_of += k * share
                for h in range(k):
                    d = k + h - 2.0 * mean
                    category_information[group[c], k, h] -= (
                        probability[k] * probability[h] * (w0 + w1 * d + w2 * (d * d - 2.0 * variance))
                    )
        variance_of[c] = own
        for f in range(inner.shape[0]):
            expected[inner[f, c]] += mean_of
            information[inner[f, c]] += own
    effect_share = np.zeros(schur.size)
    for f in range(first.size - 1):
        total = 0.0
        for at in range(first[f], first[f + 1]):
            total += variance_of[line[at]]
        for at in range(first[f], first[f + 1]):
            shares[at] = variance_of[line[at]] / max(total, 1e-300)
            for h in range(inner.shape[0]):
                effect_share[inner[h, line[at]]] += shares[at]
        for at in range(first[f], first[f + 1]):
            for h in range(inner.shape[0]):
                place = inner[h, line[at]]
                schur[place] += effect_share[place] ** 2 * form_schur[f]
                effect_share[place] = 0.0
