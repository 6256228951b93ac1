"""Synthetic data sets of Brennan (2001), *Generalizability Theory*, Springer, with their published answers."""

import numpy as np

from prowess.measurement.generalizability import Observations

DATA_SET_1 = [  # persons by items, right or wrong
    "101000000000", "111001000000", "111110000000", "110110010000", "111110100000",
    "111011100000", "111111100000", "111101111100", "111111111110", "111111111111",
]  # fmt: skip
DATA_SET_3 = [  # four items on occasion 1, then the same on occasion 2, by ten persons
    [2, 4, 5, 5, 4, 4, 2, 3, 0, 6], [6, 5, 5, 9, 3, 4, 6, 4, 5, 8],
    [7, 6, 4, 8, 5, 4, 6, 4, 4, 7], [5, 7, 6, 6, 6, 7, 5, 5, 5, 6],
    [2, 6, 5, 5, 4, 6, 2, 6, 5, 6], [5, 7, 4, 7, 5, 4, 7, 6, 5, 8],
    [5, 5, 5, 7, 6, 7, 7, 6, 5, 8], [5, 7, 5, 6, 4, 8, 5, 4, 3, 6],
]  # fmt: skip
DATA_SET_4 = [  # twelve raters, four for each of three tasks, by ten persons
    [5, 9, 3, 7, 9, 3, 7, 5, 9, 4], [6, 3, 4, 5, 2, 4, 3, 8, 9, 4], [5, 7, 3, 5, 9, 3, 7, 5, 8, 4],
    [5, 7, 3, 3, 7, 5, 7, 7, 8, 3], [5, 7, 5, 3, 7, 3, 7, 7, 6, 3], [3, 5, 3, 1, 7, 3, 5, 5, 6, 5],
    [4, 5, 3, 4, 3, 6, 5, 5, 6, 6], [5, 5, 5, 3, 7, 3, 7, 4, 5, 5], [6, 7, 6, 5, 2, 4, 5, 3, 5, 5],
    [7, 7, 5, 3, 7, 5, 5, 2, 8, 7], [3, 5, 1, 3, 5, 1, 5, 1, 1, 1], [3, 2, 6, 5, 3, 2, 4, 1, 1, 1],
]  # fmt: skip
UNBALANCED = [  # eight items, two, four and two of three contents, by eight persons
    [4, 2, 2, 1, 3, 1, 3, 0], [5, 1, 4, 3, 3, 2, 5, 1], [3, 2, 4, 5, 6, 5, 6, 1], [3, 3, 7, 4, 7, 6, 8, 2],
    [5, 1, 6, 5, 5, 4, 6, 0], [4, 4, 5, 5, 7, 4, 7, 4], [5, 4, 8, 4, 8, 5, 7, 7], [7, 6, 7, 5, 9, 6, 8, 8],
]  # fmt: skip
UNBALANCED_CONTENT = [0, 0, 1, 1, 1, 1, 2, 2]


def _observations(columns, **facets):
    table = np.array(columns, dtype=float).T
    person, column = np.indices(table.shape)
    coded = {name: np.asarray(codes)[column.ravel()] for name, codes in facets.items()}
    return Observations.from_columns(table.ravel(), facets={"p": person.ravel(), **coded})


def data_set_1() -> Observations:
    return _observations(np.array([[int(cell) for cell in row] for row in DATA_SET_1]).T, i=range(12))


def data_set_3() -> Observations:
    return _observations(DATA_SET_3, i=np.tile(range(4), 2), o=np.repeat(range(2), 4))


def data_set_4() -> Observations:
    return _observations(DATA_SET_4, t=np.repeat(range(3), 4), r=range(12))


def unbalanced() -> Observations:
    return _observations(UNBALANCED, h=UNBALANCED_CONTENT, i=range(8))
