"""Union-find over elements that share a key, by hashing: one pass over the ratings."""

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled

Array = np.ndarray[Any, np.dtype[Any]]


@compiled
def _root(parent: Array, element: int) -> int:
    while parent[element] != element:
        parent[element] = parent[parent[element]]
        element = parent[element]
    return element


@compiled
def _slot(key: int, mask: int) -> int:
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64((mixed ^ (mixed >> np.uint64(29))) & np.uint64(mask))  # type: ignore[return-value]


@compiled
def unite_by_key(key: Array, element: Array, count: int) -> Array:
    """Classes 0 … of ``count`` elements after uniting all that occur with the same key, numbered by first element."""
    parent = np.arange(count)
    size = 16
    while size < 2 * key.size:
        size *= 2
    holder = np.full(size, -1, np.int64)
    for i in range(key.size):
        slot = _slot(key[i], size - 1)
        while holder[slot] >= 0 and key[holder[slot]] != key[i]:
            slot = (slot + 1) & (size - 1)
        if holder[slot] < 0:
            holder[slot] = i
            continue
        one = _root(parent, element[holder[slot]])
        other = _root(parent, element[i])
        if one != other:
            parent[max(one, other)] = min(one, other)
    number = np.full(count, -1, np.int64)
    classes = np.empty(count, np.int64)
    used = 0
    for e in range(count):
        root = _root(parent, e)
        if number[root] < 0:
            number[root] = used
            used += 1
        classes[e] = number[root]
    return classes


@compiled
def first_of_each_key(key: Array) -> Array:
    """Positions of the first occurrence of each distinct key, in order."""
    size = 16
    while size < 2 * key.size:
        size *= 2
    holder = np.full(size, -1, np.int64)
    first = np.empty(key.size, np.int64)
    used = 0
    for i in range(key.size):
        slot = _slot(key[i], size - 1)
        while holder[slot] >= 0 and key[holder[slot]] != key[i]:
            slot = (slot + 1) & (size - 1)
        if holder[slot] < 0:
            holder[slot] = i
            first[used] = i
            used += 1
    return first[:used].copy()
