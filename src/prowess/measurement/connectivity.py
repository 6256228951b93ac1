"""Which elements can be compared at all: disjoint subsets of a design, decided by its rank.

Two elements of a facet are comparable when every vector in the null space of the design matrix (one column for each
element of each facet, all fixed) gives them the same value. Where the null space has more dimensions than the usual one
for each facet beyond the first, the data fall into subsets (Linacre 1989, chapter 9; Weeks and Williams 1964). A graph
of
"shares a rating with" is not enough for three or more facets: items that all raters share hide two blocks that never
met.

First, elements are merged by a sound rule (two ratings that agree in all facets but one make the two elements of that
one
comparable), until nothing changes. What is left is small, and its rank is found exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
DENSE_LIMIT = 1500
CHUNK = 5_000_000


@dataclass(frozen=True, kw_only=True)
class Subset:
    """Elements that can be compared with each other and with no element of another subset."""

    elements: dict[str, list[str]]

    def describe(self) -> str:
        """One line: how many elements of each facet, with the first names."""
        parts = []
        for facet, names in self.elements.items():
            shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
            parts.append(f"{facet}: {shown}")
        return "; ".join(parts)


def find_subsets(codes: Mapping[str, npt.NDArray[np.int32]], labels: Mapping[str, Sequence[str]]) -> list[Subset]:
    """The disjoint subsets of a design, the one with most ratings first; a single one when all is connected.

    ``codes[facet]`` gives the element of each rating, ``labels[facet]`` the elements' names. A facet all of whose
    elements are comparable is listed whole in each subset that uses it.
    """
    classes, design = merge_comparable([codes[name] for name in codes], [len(labels[name]) for name in codes])
    if all(int(of.max()) == 0 for of in classes):
        return [Subset(elements={name: list(labels[name]) for name in codes})]
    groups = _group_by_null_space(design)
    merged = [groups[f][of] for f, of in enumerate(classes)]
    return _subsets_of(merged, codes, labels)


def merge_comparable(
    codes: Sequence[npt.NDArray[np.int32]], sizes: Sequence[int]
) -> tuple[list[Codes], npt.NDArray[np.int64]]:
    """Merge elements until no two distinct rows differ in one facet only.

    Returns the class of each element by facet, and the distinct rows of classes (rows × facets).
    """
    classes: list[Codes] = [np.arange(size, dtype=np.int64) for size in sizes]
    rows = codes[0].size
    design = [np.empty(0, dtype=np.int32) for _ in codes]
    for first in range(0, rows, CHUNK):
        part = [of[column[first : first + CHUNK]] for of, column in zip(classes, codes, strict=True)]
        design = [np.concatenate([old, new.astype(np.int32)]) for old, new in zip(design, part, strict=True)]
        design = _merge_rows(classes, design)
    return classes, np.stack(design, axis=1).astype(np.int64)


def _merge_rows(classes: list[Codes], design: list[npt.NDArray[np.int32]]) -> list[npt.NDArray[np.int32]]:
    """Merge by these rows of classes; changes ``classes`` and returns the distinct rows."""
    from prowess.measurement.kernels.union import unite_by_key  # noqa: PLC0415

    changed = True
    while changed:
        changed = False
        for facet in sorted(range(len(design)), key=lambda f: int(classes[f].max())):
            count = int(classes[facet].max()) + 1
            if count == 1:
                continue
            others = [f for f in range(len(design)) if f != facet and int(classes[f].max()) > 0]
            key = row_key([design[f] for f in others], [int(classes[f].max()) + 1 for f in others], design[facet].size)
            new = unite_by_key(key, design[facet], count)
            if int(new.max()) + 1 < count:
                changed = True
                classes[facet] = new[classes[facet]]
                design[facet] = new[design[facet]].astype(np.int32)
                design = _distinct_rows(design, [int(of.max()) + 1 for of in classes])
    return _distinct_rows(design, [int(of.max()) + 1 for of in classes])


def row_key(columns: Sequence[npt.NDArray[Any]], sizes: Sequence[int], rows: int) -> npt.NDArray[np.int64]:
    """One number for each row that is the same only where all columns are the same."""
    key = np.zeros(rows, dtype=np.int64)
    room = 1.0
    for column, size in zip(columns, sizes, strict=True):
        room *= size
        if room >= 2**62:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            room = float(int(key.max()) + 1) * size
        key *= size
        key += column
    return key


def _distinct_rows(design: list[npt.NDArray[np.int32]], sizes: Sequence[int]) -> list[npt.NDArray[np.int32]]:
    from prowess.measurement.kernels.union import first_of_each_key  # noqa: PLC0415

    first = first_of_each_key(row_key(design, sizes, design[0].size))
    return design if first.size == design[0].size else [column[first] for column in design]


def _group_by_null_space(design: npt.NDArray[np.int64]) -> list[Codes]:
    """The comparable classes in a reduced design: equal values in every null vector."""
    sizes = (design.max(axis=0) + 1).tolist()
    starts = np.concatenate([[0], np.cumsum(sizes)])
    columns = int(starts[-1])
    vectors = _null_vectors(design + starts[:-1], columns)
    groups = []
    for facet, size in enumerate(sizes):
        values = vectors[starts[facet] : starts[facet] + size]
        rounded = np.round(values - values[0], 5) + 0.0
        groups.append(np.unique(rounded, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64))
    return groups


def _null_vectors(columns_of_row: npt.NDArray[np.int64], columns: int) -> npt.NDArray[np.float64]:
    from scipy import sparse  # noqa: PLC0415
    from scipy.sparse.linalg import lsmr  # noqa: PLC0415

    rows, facets = columns_of_row.shape
    matrix = sparse.csr_array(
        (np.ones(rows * facets), (np.repeat(np.arange(rows), facets), columns_of_row.ravel())), shape=(rows, columns)
    )
    if columns <= DENSE_LIMIT:
        values, vectors = np.linalg.eigh((matrix.T @ matrix).toarray())
        return np.asarray(vectors[:, values < 1e-9 * max(values[-1], 1.0)] * np.sqrt(columns))
    # A random vector less its projection on the rows is a random null vector; two of them separate what is separable.
    generator = np.random.default_rng(20261101)
    found = []
    for _ in range(2):
        vector = generator.standard_normal(columns)
        for _ in range(2):
            vector = vector - lsmr(matrix, matrix @ vector, atol=1e-13, btol=1e-13, conlim=0, maxiter=20 * columns)[0]
        found.append(vector)
    return np.stack(found, axis=1)


def _subsets_of(
    groups: Sequence[Codes], codes: Mapping[str, npt.NDArray[np.int32]], labels: Mapping[str, Sequence[str]]
) -> list[Subset]:
    """Subsets as the distinct combinations of classes that ratings have."""
    names = list(codes)
    sizes = [int(group.max()) + 1 for group in groups]
    key = row_key([groups[f][codes[n]] for f, n in enumerate(names)], sizes, len(codes[names[0]]))
    _, member, counts = np.unique(key, return_inverse=True, return_counts=True)
    parts = np.split(np.argsort(member, kind="stable"), np.cumsum(counts)[:-1])
    order = np.argsort(-counts, kind="stable")
    return [Subset(elements={n: [labels[n][e] for e in np.unique(codes[n][parts[s]])] for n in names}) for s in order]
