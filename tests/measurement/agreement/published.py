"""Small published tables of ratings, typed from the papers that they are cited from."""

from prowess.measurement.agreement import RatingMatrix

GAP = None

SHROUT_FLEISS_1979 = [  # table 2: six targets, four judges
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]

KRIPPENDORFF_2011 = [  # section C: four observers (columns), twelve units (rows)
    [1, 1, GAP, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [GAP, 5, 5, 5],
    [GAP, GAP, 1, 1],
    [GAP, GAP, 3, GAP],
]

KRIPPENDORFF_2011_BINARY = [  # section A: two observers, ten units, alpha .095
    [0, 1], [1, 1], [0, 1], [0, 0], [0, 0], [0, 1], [0, 0], [0, 0], [1, 0], [0, 0],
]  # fmt: skip

KRIPPENDORFF_2011_NOMINAL = [  # section B: two observers, twelve units, five categories, alpha .692
    ["a", "b"], ["a", "a"], ["b", "b"], ["b", "b"], ["d", "b"], ["c", "c"],
    ["c", "c"], ["c", "c"], ["e", "e"], ["d", "d"], ["d", "d"], ["a", "d"],
]  # fmt: skip

FLEISS_1971_COUNTS = [  # thirty patients, six psychiatrists, five diagnoses: how many chose each
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0), (2, 0, 4, 0, 0),
    (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6), (1, 0, 0, 5, 0), (1, 1, 0, 4, 0),
    (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1), (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0),
    (0, 2, 0, 4, 0), (1, 0, 2, 0, 3), (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0),
    (1, 0, 0, 4, 1), (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
]  # fmt: skip


def shrout_fleiss() -> RatingMatrix:
    return RatingMatrix.from_table(SHROUT_FLEISS_1979)


def krippendorff() -> RatingMatrix:
    return RatingMatrix.from_table(KRIPPENDORFF_2011)


def from_counts(counts: list[tuple[int, ...]]) -> RatingMatrix:
    """A table of category counts a unit, written out as ratings (who gave which is not known)."""
    rows = [[category for category, count in enumerate(row) for _ in range(count)] for row in counts]
    return RatingMatrix.from_table(rows)
