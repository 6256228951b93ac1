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

    >>> observers = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]  # Krippendorff (2011), section A
    >>> table = RatingMatrix.from_table(list(zip(*observers, strict=True)))
    >>> round(krippendorff_alpha(table, level="nominal", bootstrap=0).value, 3)
    0.095
    """
    check_confidence(confidence)
    _check_level(ratings, level)
    paired = ratings.require_pairs()
    paired.require_variation()
    parts = _Disagreement(paired, level)
    value = parts.alpha(np.ones(len(paired.units)))
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
    """Observed and expected disagreement under any weighting of the units (weights count how often each is drawn)."""

    def __init__(self, paired: RatingMatrix, level: Level) -> None:
        self.level = level
        self.unit = paired.unit
        self.size = paired.ratings_per_unit.astype(np.float64)
        self.values, self.place = np.unique(paired.value, return_inverse=True)
        self.distance = self._all_ratio_distances() if level == "ratio" else np.empty((0, 0))
        self.within = self._within()

    def alpha(self, weight: Floats) -> float:
        """Alpha when each unit counts ``weight`` times; NaN without variation."""
        count = np.bincount(self.place, weights=weight[self.unit], minlength=self.values.size).astype(np.float64)
        total = float(count.sum())
        if self.level == "ordinal":
            ranks = np.cumsum(count) - count / 2.0
            observed, expected = float(weight @ self._squared(ranks[self.place])), _spread(ranks, count)
        else:
            observed, expected = float(weight @ self.within), self._expected(count)
        return 1.0 - (total - 1.0) * observed / expected if expected > 0 else float("nan")

    def _expected(self, count: Floats) -> float:
        if self.level == "nominal":
            return float(count.sum() ** 2 - count @ count)
        if self.level == "ratio":
            return float(count @ self.distance @ count)
        return _spread(self.values, count)

    def _within(self) -> Floats:
        """By unit: the sum over ordered pairs of ratings of their difference, divided by its ratings minus one."""
        if self.level == "nominal":
            return self._different()
        if self.level == "ratio":
            return self._ratio_apart()
        return self._squared(self.values[self.place])

    def _squared(self, points: Floats) -> Floats:
        mean = np.bincount(self.unit, weights=points) / self.size
        squares = np.bincount(self.unit, weights=(points - mean[self.unit]) ** 2)
        return np.asarray(2.0 * self.size * squares / (self.size - 1.0))

    def _different(self) -> Floats:
        cells, count = np.unique(self.unit * self.values.size + self.place, return_counts=True)
        same = np.bincount(cells // self.values.size, weights=count.astype(np.float64) ** 2)
        return np.asarray((self.size**2 - same) / (self.size - 1.0))

    def _ratio_apart(self) -> Floats:
        ordered = self.values[self.place][np.argsort(self.unit, kind="stable")]
        parts = np.split(ordered, np.cumsum(self.size[:-1]).astype(np.int64))
        apart = np.array([_ratio_distance(points, points).sum() for points in parts])
        return np.asarray(apart / (self.size - 1.0))

    def _all_ratio_distances(self) -> Floats:
        if self.values.size > MOST_RATIO_VALUES:
            message = f"The ratio alpha compares {self.values.size:,} different values pair by pair, too many."
            raise NotEstimable(message, remedy="Round the scores, or use the interval level.")
        return _ratio_distance(self.values, self.values)


def _spread(points: Floats, count: Floats) -> float:
    """Sum over ordered pairs of all ratings of the squared difference of their points."""
    total = float(count.sum())
    centred = points - float(count @ points) / total
    return 2.0 * total * float(count @ (centred * centred))


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
    even = np.full(units, 1.0 / units)
    values = np.array([parts.alpha(generator.multinomial(units, even).astype(np.float64)) for _ in range(draws)])
    values = values[np.isfinite(values)]
    if values.size < draws / 2:
        return None, None
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
