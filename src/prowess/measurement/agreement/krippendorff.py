"""Krippendorff's alpha for any number of raters, any level of measurement, and gaps.

alpha = 1 - observed disagreement / expected disagreement (Krippendorff 2011, *Computing Krippendorff's
alpha-reliability*; 2019, *Content Analysis*, chapter 12). Ordinal differences are differences of mid-ranks, which
makes the ordinal alpha an interval alpha of ranks. The interval is a percentile bootstrap over units (Zapf,
Castell, Morawietz and Karch 2016).
"""

from typing import Literal, get_args

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.agreement.estimates import Estimate, NotEstimable, check_confidence
from prowess.measurement.agreement.matrix import Floats, RatingMatrix

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = get_args(Level)
MOST_RATIO_VALUES = 4_000


def krippendorff_alpha(
    ratings: RatingMatrix,
    *,
    level: Level = "nominal",
    confidence: float = 0.95,
    bootstrap: int = 1_000,
    seed: int = 1,
) -> Estimate:
    """Krippendorff's alpha; 1 is perfect agreement, 0 what chance alone gives, below 0 systematic disagreement.

    ``bootstrap`` resamples of the units give the interval (0 for none). Raises `NotEstimable` without variation or
    without a unit that two raters rated, `InputError` for a level that the scores do not have.

    >>> table = RatingMatrix.from_table([[1, 1], [2, 2], [3, 3], [3, 2]])
    >>> round(krippendorff_alpha(table, level="nominal", bootstrap=0).value, 3)  # R irr::kripp.alpha
    0.696
    """
    check_confidence(confidence)
    _check_level(ratings, level)
    paired = ratings.require_pairs()
    paired.require_variation()
    parts = _Disagreement(paired, level)
    value = float(parts.alpha(np.ones((1, len(paired.units))))[0])
    low, high = _bootstrap_interval(parts, confidence=confidence, draws=bootstrap, seed=seed)
    return Estimate(
        name=f"Krippendorff's alpha, {level}",
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        units=len(paired.units),
        raters=len(np.unique(paired.rater)) if paired.raters_known else None,
    )


def _check_level(ratings: RatingMatrix, level: Level) -> None:
    if level not in LEVELS:
        message = f"“{level}” is no level of measurement."
        raise InputError(message, place="level", remedy=f"Choose one of {', '.join(LEVELS)}.")
    if level == "ordinal" and not ratings.ordered:
        message = "The scores are words without a known order, so an ordinal alpha does not apply."
        raise NotEstimable(message, place="level", remedy="List the categories from lowest to highest.")
    if level in {"interval", "ratio"} and not ratings.numeric:
        message = f"The scores are words, so the {level} alpha does not apply."
        raise NotEstimable(message, place="level", remedy="Use the nominal or ordinal level, or give numbers.")
    if level == "ratio" and (ratings.value < 0).any():
        message = "A ratio scale has no negative values, and the lowest score here is negative."
        raise NotEstimable(message, place="level", remedy="Use the interval level.")


class _Disagreement:
    """Observed and expected disagreement under any weighting of the units (one row of weights a resample)."""

    def __init__(self, paired: RatingMatrix, level: Level) -> None:
        self.level = level
        self.unit = paired.unit
        self.size = paired.ratings_per_unit.astype(np.float64)
        self.values, self.place = np.unique(paired.value, return_inverse=True)
        self.order = np.argsort(self.unit, kind="stable")
        self.start = np.concatenate([[0], np.cumsum(paired.ratings_per_unit)[:-1]])
        self.fixed = None if level == "ordinal" else self._within(self._metric_values())
        self.distance = self._ratio_distance() if level == "ratio" else None

    def alpha(self, weights: Floats) -> Floats:
        """Alpha for every row of unit weights; NaN where a resample has no variation."""
        return np.array([self._alpha(row) for row in weights])

    def _alpha(self, weight: Floats) -> float:
        count = np.bincount(self.place, weights=weight[self.unit], minlength=self.values.size)
        total = float(count.sum())
        observed, expected = self._observed_and_expected(weight, count, total)
        return 1.0 - (total - 1.0) * observed / expected if expected > 0 else float("nan")

    def _observed_and_expected(self, weight: Floats, count: Floats, total: float) -> tuple[float, float]:
        if self.level == "nominal":
            expected = total * total - float(count @ count)
        elif self.level == "ratio":
            assert self.distance is not None  # noqa: S101  # set together with the level
            expected = float(count @ self.distance @ count)
        else:
            points = self.values if self.level == "interval" else np.cumsum(count) - count / 2.0
            centred = points - float(count @ points) / total
            expected = 2.0 * total * float(count @ (centred * centred))
            within = self.fixed if self.fixed is not None else self._within(centred[self.place])
            return float(weight @ within), expected
        assert self.fixed is not None  # noqa: S101  # only the ordinal level recomputes it
        return float(weight @ self.fixed), expected

    def _metric_values(self) -> Floats:
        return self.values[self.place]

    def _within(self, points: Floats) -> Floats:
        """Sum over ordered pairs of a unit of their squared difference, divided by its ratings minus one."""
        if self.level == "nominal":
            return self._within_nominal()
        if self.level == "ratio":
            return self._within_ratio()
        mean = np.bincount(self.unit, weights=points) / self.size
        deviation = points - mean[self.unit]
        squares: Floats = np.bincount(self.unit, weights=deviation * deviation)
        return 2.0 * self.size * squares / (self.size - 1.0)

    def _within_nominal(self) -> Floats:
        cell = self.unit * self.values.size + self.place
        cells, count = np.unique(cell, return_counts=True)
        same = np.bincount(cells // self.values.size, weights=count.astype(np.float64) ** 2)
        return (self.size**2 - same) / (self.size - 1.0)

    def _within_ratio(self) -> Floats:
        result = np.zeros(self.size.size)
        ordered = self.values[self.place][self.order]
        for unit, (start, size) in enumerate(zip(self.start, self.size.astype(int), strict=True)):
            points = ordered[start : start + size]
            result[unit] = _ratio_distance(points, points).sum() / (size - 1.0)
        return result

    def _ratio_distance(self) -> Floats:
        if self.values.size > MOST_RATIO_VALUES:
            message = f"The ratio alpha compares {self.values.size} different values pair by pair, too many."
            raise NotEstimable(message, remedy="Round the scores, or use the interval level.")
        return _ratio_distance(self.values, self.values)


def _ratio_distance(first: Floats, second: Floats) -> Floats:
    total = first[:, None] + second[None, :]
    difference = first[:, None] - second[None, :]
    return np.square(np.divide(difference, total, out=np.zeros_like(total), where=total != 0))


def _bootstrap_interval(
    parts: _Disagreement, *, confidence: float, draws: int, seed: int
) -> tuple[float | None, float | None]:
    units = parts.size.size
    if draws <= 0 or units < 2:
        return None, None
    generator = np.random.default_rng(seed)
    values = np.concatenate(
        [parts.alpha(generator.multinomial(units, np.full(units, 1.0 / units), size=1)) for _ in range(draws)]
    )
    values = values[np.isfinite(values)]
    if values.size < draws / 2:
        return None, None
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
