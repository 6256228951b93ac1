"""Finding the sheets of a design and the forms that they are on: passes over the ratings in their order by ratee."""

from typing import Any

import numpy as np

from prowess.measurement.kernels.compiled import compiled

Array = np.ndarray[Any, np.dtype[Any]]


@compiled
def order_by_two(first: Array, first_size: int, second: Array, second_size: int) -> Array:
    """Positions that sort by ``first``, then by ``second``, then by position: two counting sorts."""
    bounds = np.zeros(second_size + 1, np.int64)
    for i in range(second.size):
        bounds[second[i] + 1] += 1
    for e in range(second_size):
        bounds[e + 1] += bounds[e]
    once = np.empty(second.size, np.int32)
    for i in range(second.size):
        once[bounds[second[i]]] = i
        bounds[second[i]] += 1
    bounds = np.zeros(first_size + 1, np.int64)
    for i in range(first.size):
        bounds[first[i] + 1] += 1
    for e in range(first_size):
        bounds[e + 1] += bounds[e]
    order = np.empty(first.size, np.int32)
    for j in range(first.size):
        i = once[j]
        order[bounds[first[i]]] = i
        bounds[first[i]] += 1
    return order


@compiled
def is_in_runs(first: Array, second: Array, second_size: int) -> bool:
    """Whether ``first`` never falls, and within each of its values equal values of ``second`` stand together."""
    seen = np.full(second_size, -1, np.int64)
    for i in range(first.size):
        if i and first[i] < first[i - 1]:
            return False
        if i and first[i] == first[i - 1] and second[i] == second[i - 1]:
            continue
        if seen[second[i]] == first[i]:
            return False
        seen[second[i]] = first[i]
    return True


@compiled
def _mixed(number: int) -> int:
    key = (np.uint64(number) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))  # type: ignore[return-value]


@compiled
def count_sheets(start: Array, outer: Array) -> int:
    """Number of stretches of rows with the same ratee and the same outer effects."""
    sheets = 0
    for n in range(start.size - 1):
        for i in range(start[n], start[n + 1]):
            new = i == start[n]
            for f in range(outer.shape[0]):
                new = new or outer[f, i] != outer[f, i - 1]
            if new:
                sheets += 1
    return sheets


@compiled
def find_forms(
    start: Array, outer: Array, line: Array, most: int, form: Array, last_row: Array, sample: Array, uses: Array
) -> int:
    """Number of sheets, each with its form and the row after its last; -1 when there are more than ``most`` forms.

    A form is recognised by a sum of 64-bit hashes of its lines, so that their order does not matter. ``sample`` and
    ``uses`` (``most`` long) receive a sheet on each form and how many there are.
    """
    mixed = np.empty(int(line.max()) + 1, np.uint64)
    for c in range(mixed.size):
        mixed[c] = _mixed(c)
    size = 1
    while size < 4 * most:
        size *= 2
    keys = np.zeros(size, np.uint64)
    numbers = np.full(size, -1, np.int32)
    forms = 0
    sheets = 0
    for n in range(start.size - 1):
        i = start[n]
        while i < start[n + 1]:
            begin = i
            key = np.uint64(0)
            same = True
            while same:
                key += mixed[line[i]]
                i += 1
                same = i < start[n + 1]
                if same:
                    for f in range(outer.shape[0]):
                        same = same and outer[f, i] == outer[f, begin]
            slot = np.int64(key & np.uint64(size - 1))
            while numbers[slot] >= 0 and keys[slot] != key:
                slot = (slot + 1) & (size - 1)
            if numbers[slot] < 0:
                if forms == most:
                    return -1
                numbers[slot] = forms
                keys[slot] = key
                sample[forms] = sheets
                forms += 1
            form[sheets] = numbers[slot]
            uses[numbers[slot]] += 1
            last_row[sheets] = i
            sheets += 1
    return sheets


@compiled
def sheet_columns(
    start: Array,
    outer: Array,
    line: Array,
    form: Array,
    last_row: Array,
    number: Array,
    single: Array,
    sheet_start: Array,
    sheet_outer: Array,
    sheet_form: Array,
) -> None:
    """Bounds of each ratee's sheets, their effects and forms; sheets on rare forms (``number`` < 0) line by line.

    ``single`` is the number of the form that has one line only, for each line.
    """
    into = 0
    sheet = 0
    row = 0
    sheet_start[0] = 0
    for n in range(start.size - 1):
        while row < start[n + 1]:
            end = last_row[sheet]
            kept = number[form[sheet]]
            while row < end:
                sheet_form[into] = kept if kept >= 0 else single[line[row]]
                for f in range(outer.shape[0]):
                    sheet_outer[f, into] = outer[f, row]
                into += 1
                row = end if kept >= 0 else row + 1
            sheet += 1
        sheet_start[n + 1] = into
