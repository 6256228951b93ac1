"""What follows from a pass over rating sheets: products with the information, and what ratees borrow from effects."""

# ruff: noqa: PLR0913, PLR0917 - Numba takes plain positional arrays, and one loop is one kernel

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled_for_speed

Array = np.ndarray[Any, np.dtype[Any]]


@compiled_for_speed
def sheet_curvature(
    start: Array,
    outer: Array,
    form: Array,
    first: Array,
    line: Array,
    inner: Array,
    shares: Array,
    sheet_information: Array,
    ratee_information: Array,
    held: Array,
    precision: float,
    direction: Array,
    mean_direction: float,
    product: Array,
) -> float:
    """What `curvature_product` does, each line taking its usual share of its sheet's information."""
    forms = first.size - 1
    terms = outer.shape[0]
    along = np.zeros(forms)
    inner_change = np.empty(line.size)
    for f in range(forms):
        for at in range(first[f], first[f + 1]):
            change = 0.0
            for h in range(inner.shape[0]):
                change += direction[inner[h, line[at]]]
            inner_change[at] = change
            along[f] += shares[at] * change
    moved = np.zeros(forms)
    weight = np.zeros(forms)
    on_mean = 0.0
    for n in range(start.size - 1):
        pull = 0.0
        for u in range(start[n], start[n + 1]):
            change = mean_direction - along[form[u]]
            for f in range(terms):
                change -= direction[outer[f, u]]
            pull += sheet_information[u] * change
        back = 0.0 if held[n] else pull / max(ratee_information[n] + precision, 1e-12)
        for u in range(start[n], start[n + 1]):
            w = sheet_information[u]
            change = mean_direction - back
            for f in range(terms):
                change -= direction[outer[f, u]]
            moved[form[u]] += w * change
            weight[form[u]] += w
            change = w * (change - along[form[u]])
            on_mean += change
            for f in range(terms):
                product[outer[f, u]] -= change
    for f in range(forms):
        for at in range(first[f], first[f + 1]):
            for h in range(inner.shape[0]):
                product[inner[h, line[at]]] -= shares[at] * (moved[f] - weight[f] * inner_change[at])
    return on_mean


@compiled_for_speed
def sheet_borrowed(
    start: Array,
    outer: Array,
    form: Array,
    first: Array,
    line: Array,
    inner: Array,
    shares: Array,
    sheet_information: Array,
    ratee_information: Array,
    precision: float,
    diagonal: Array,
    extra: Array,
) -> None:
    """What `borrowed_variance` does, each line taking its usual share of its sheet's information."""
    forms = first.size - 1
    of_lines = np.zeros(forms)
    for f in range(forms):
        for at in range(first[f], first[f + 1]):
            for h in range(inner.shape[0]):
                of_lines[f] += shares[at] ** 2 * diagonal[inner[h, line[at]]]
    shared = np.zeros(diagonal.size)
    for n in range(start.size - 1):
        scale = 1.0 / max(ratee_information[n] + precision, 1e-12)
        for u in range(start[n], start[n + 1]):
            for f in range(outer.shape[0]):
                shared[outer[f, u]] += sheet_information[u]
        total = 0.0
        through_lines = 0.0
        for u in range(start[n], start[n + 1]):
            through_lines += sheet_information[u] * np.sqrt(of_lines[form[u]])
            for f in range(outer.shape[0]):
                at = outer[f, u]
                if shared[at] != 0.0:
                    total += shared[at] ** 2 * diagonal[at]
                    shared[at] = 0.0
        extra[n] = (total + through_lines * through_lines) * scale * scale
