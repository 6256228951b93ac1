"""Agreement of the raters of one ratee: r_wg, r_wg(j) and the average deviation.

r_wg compares the variance of the ratings with what raters without any opinion would produce (James, Demaree and Wolf
1984, 1993); r_wg(j) does so for the mean of j parallel items. The average deviation needs no such null
distribution and is in points of the scale (Burke, Finkelstein and Dusig 1999; Burke and Dunlap 2002).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.agreement.estimates import NotEstimable
from prowess.measurement.agreement.matrix import Floats, Integers, RatingMatrix

Null = Literal["uniform", "slight skew", "moderate skew", "heavy skew", "triangular"]
NULLS: tuple[Null, ...] = get_args(Null)

SKEWED_VARIANCES: Mapping[str, float] = MappingProxyType(
    {"slight skew": 1.34, "moderate skew": 0.90, "heavy skew": 0.44}  # LeBreton and Senter (2008), table 2
)
SKEWED_OPTIONS = 5


def null_variance(options: int, *, null: Null = "uniform") -> float:
    """Variance of ratings by raters who choose without an opinion among ``options`` neighbouring scores.

    ``uniform`` is (A² - 1) / 12; ``triangular`` prefers the middle; the skewed ones lean to one end and are tabled
    for five options.
    """
    if null not in NULLS:
        raise InputError(f"“{null}” is no known null distribution.", remedy=f"Choose one of {', '.join(NULLS)}.")
    if options < 2:
        raise NotEstimable("A scale with one option cannot show agreement.", remedy="Say how many options there are.")
    if null == "uniform":
        return (options**2 - 1) / 12.0
    if null == "triangular":
        return _triangular_variance(options)
    if options != SKEWED_OPTIONS:
        message = f"The {null} null distribution is tabled for {SKEWED_OPTIONS} options, not for {options}."
        raise InputError(message, remedy="Use the uniform or the triangular null distribution.")
    return SKEWED_VARIANCES[null]


def _triangular_variance(options: int) -> float:
    """James, Demaree and Wolf (1984): (A² + 2A - 2) / 24 for even A, (A - 1)(A + 3) / 24 for odd A."""
    return (options**2 + 2 * options - 2) / 24.0 if options % 2 == 0 else (options - 1) * (options + 3) / 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinGroup:
    """Agreement of the raters of one ratee. ``None`` where fewer than two raters rated the ratee.

    ``r_wg`` is from 0 (no more than chance; negative values are reported as they are in ``r_wg_raw``) to 1;
    ``average_deviation`` and its median form are in points of the scale, smaller is closer.
    """

    ratee: str
    raters: int
    items: int
    mean: float | None
    r_wg: float | None
    r_wg_raw: float | None
    average_deviation: float | None
    average_deviation_median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinGroupSummary:
    """The ratees' agreement at a glance: ``acceptable_deviation`` is A / 6 (Burke and Dunlap 2002)."""

    ratees: tuple[WithinGroup, ...]
    options: int
    null: Null
    null_variance: float
    items: int
    mean_r_wg: float | None
    median_r_wg: float | None
    share_at_least_70: float | None
    mean_average_deviation: float | None
    acceptable_deviation: float
    share_acceptable_deviation: float | None


def within_group_agreement(
    items: RatingMatrix | list[RatingMatrix], *, options: int, null: Null = "uniform"
) -> WithinGroupSummary:
    """r_wg (one item) or r_wg(j) (several items, each a `RatingMatrix` of the same ratees) and AD by ratee.

    ``options`` is the number of response options of the scale, also those nobody used: it sets the null variance.
    """
    matrices = [items] if isinstance(items, RatingMatrix) else list(items)
    if not matrices or any(not matrix.numeric and not matrix.ordered for matrix in matrices):
        raise NotEstimable("r_wg and the average deviation need scores with an order, not plain words.")
    expected = null_variance(options, null=null)
    statistics = [_item_statistics(matrix) for matrix in matrices]
    raters = _raters_by_ratee(matrices)
    ratees = tuple(
        _ratee(label, place, raters=int(raters[place]), statistics=statistics, expected=expected)
        for place, label in enumerate(matrices[0].units)
    )
    if all(ratee.r_wg is None for ratee in ratees):
        raise NotEstimable("No ratee has ratings from two raters.", remedy="Have ratees rated by two or more raters.")
    return _summary(ratees, options=options, null=null, expected=expected, items=len(matrices))


@dataclass(frozen=True, slots=True)
class _ItemStatistics:
    count: Floats
    mean: Floats
    variance: Floats
    deviation: Floats
    deviation_median: Floats


def _item_statistics(matrix: RatingMatrix) -> _ItemStatistics:
    units, count = len(matrix.units), matrix.ratings_per_unit.astype(np.float64)
    some, several = np.maximum(count, 1.0), np.maximum(count - 1.0, 1.0)
    mean = np.bincount(matrix.unit, weights=matrix.value, minlength=units) / some
    apart = matrix.value - mean[matrix.unit]
    variance = np.bincount(matrix.unit, weights=apart**2, minlength=units) / several
    deviation = np.bincount(matrix.unit, weights=np.abs(apart), minlength=units) / some
    from_median = np.abs(matrix.value - _medians(matrix)[matrix.unit])
    return _ItemStatistics(
        count, mean, variance, deviation, np.bincount(matrix.unit, weights=from_median, minlength=units) / some
    )


def _medians(matrix: RatingMatrix) -> Floats:
    order = np.lexsort((matrix.value, matrix.unit))
    ordered, count = matrix.value[order], matrix.ratings_per_unit
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    last = max(ordered.size - 1, 0)
    low = np.minimum(start + np.maximum(count - 1, 0) // 2, last)
    high = np.minimum(start + count // 2, last)
    return np.asarray((ordered[low] + ordered[high]) / 2.0)


def _raters_by_ratee(matrices: list[RatingMatrix]) -> Integers:
    """How many different raters rated each ratee on any item."""
    raters = max(len(matrices[0].raters), 1)
    cells = np.unique(np.concatenate([matrix.unit * raters + matrix.rater for matrix in matrices]))
    return np.bincount(cells // raters, minlength=len(matrices[0].units)).astype(np.int64)


def _ratee(label: str, place: int, *, raters: int, statistics: list[_ItemStatistics], expected: float) -> WithinGroup:
    seen = [item for item in statistics if item.count[place] >= 2]
    if not seen:
        return WithinGroup(
            ratee=label, raters=raters, items=0, mean=None, r_wg=None, r_wg_raw=None,
            average_deviation=None, average_deviation_median=None,
        )  # fmt: skip
    raw = r_wg(float(np.mean([item.variance[place] for item in seen])), expected=expected, items=len(seen))
    return WithinGroup(
        ratee=label,
        raters=raters,
        items=len(seen),
        mean=float(np.mean([item.mean[place] for item in seen])),
        r_wg=min(max(raw, 0.0), 1.0),
        r_wg_raw=raw,
        average_deviation=float(np.mean([item.deviation[place] for item in seen])),
        average_deviation_median=float(np.mean([item.deviation_median[place] for item in seen])),
    )


def r_wg(variance: float, *, expected: float, items: int = 1) -> float:
    """r_wg(j) from the mean variance of ``items`` items (one item: r_wg), unbounded.

    Above the null variance the Spearman–Brown form has a pole, so r_wg(j) is then 0 (James et al. 1984, page 88).
    """
    share = variance / expected
    if items == 1:
        return 1.0 - share
    if share >= 1.0:
        return 0.0
    return items * (1.0 - share) / (items * (1.0 - share) + share)


def _summary(
    ratees: tuple[WithinGroup, ...], *, options: int, null: Null, expected: float, items: int
) -> WithinGroupSummary:
    agreement = np.array([ratee.r_wg for ratee in ratees if ratee.r_wg is not None])
    deviation = np.array([r.average_deviation for r in ratees if r.average_deviation is not None])
    acceptable = options / 6.0
    return WithinGroupSummary(
        ratees=ratees,
        options=options,
        null=null,
        null_variance=expected,
        items=items,
        mean_r_wg=float(agreement.mean()),
        median_r_wg=float(np.median(agreement)),
        share_at_least_70=float((agreement >= 0.70).mean()),
        mean_average_deviation=float(deviation.mean()),
        acceptable_deviation=acceptable,
        share_acceptable_deviation=float((deviation <= acceptable).mean()),
    )
