"""Sums over columns of ratings without copies of the columns."""

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled

Array = np.ndarray[Any, np.dtype[Any]]


@compiled
def add_by_element(codes: Array, steps: Array, weights: Array, usable: Array, counts: Array, totals: Array) -> None:
    """Add the number (or weight) of ratings and their categories, element by element; an empty array means all."""
    for i in range(codes.size):
        if usable.size and not usable[i]:
            continue
        weight = weights[i] if weights.size else 1.0
        counts[codes[i]] += weight
        totals[codes[i]] += weight * steps[i]


@compiled
def count_elements(codes: Array, usable: Array, counts: Array) -> None:
    """Add the number of usable ratings of each element."""
    for i in range(codes.size):
        if usable[i]:
            counts[codes[i]] += 1


@compiled
def mark_elements(codes: Array, seen: Array) -> None:
    """Set the flag of each element that occurs."""
    for i in range(codes.size):
        seen[codes[i]] = True


@compiled
def translate(codes: Array, number: Array, translated: Array) -> None:
    """Replace each code by its number."""
    for i in range(codes.size):
        translated[i] = number[codes[i]]


@compiled
def add_between(start: Array, steps: Array, weights: Array, counts: Array, totals: Array) -> None:
    """The same for consecutive stretches of rows."""
    for n in range(start.size - 1):
        for i in range(start[n], start[n + 1]):
            weight = weights[i] if weights.size else 1.0
            counts[n] += weight
            totals[n] += weight * steps[i]


@compiled
def count_categories(groups: Array, steps: Array, weights: Array, counts: Array) -> None:
    """Add the number (or weight) of ratings by set of steps and category."""
    for i in range(steps.size):
        counts[groups[i] if groups.size else 0, steps[i]] += weights[i] if weights.size else 1.0


@compiled
def find_repeats(order: Array, bounds: Array, key: Array) -> tuple[int, int]:
    """How many rows have the key of an earlier row between the same bounds, and the first such row (or -1).

    ``order`` lists the rows between the bounds; empty when they are in order.
    """
    longest = 1
    for n in range(bounds.size - 1):
        longest = max(longest, bounds[n + 1] - bounds[n])
    size = 16
    while size < 2 * longest:
        size *= 2
    holder = np.full(size, -1, np.int64)
    slots = np.empty(longest, np.int64)
    repeats = 0
    first = -1
    for n in range(bounds.size - 1):
        used = 0
        for at in range(bounds[n], bounds[n + 1]):
            i = order[at] if order.size else at
            mixed = np.uint64(key[i]) * np.uint64(0x9E3779B97F4A7C15)
            slot = np.int64((mixed ^ (mixed >> np.uint64(29))) & np.uint64(size - 1))
            while holder[slot] >= 0 and key[holder[slot]] != key[i]:
                slot = (slot + 1) & (size - 1)
            if holder[slot] >= 0:
                repeats += 1
                first = i if first < 0 else min(first, i)
                continue
            holder[slot] = i
            slots[used] = slot
            used += 1
        for s in range(used):
            holder[slots[s]] = -1
    return repeats, first
