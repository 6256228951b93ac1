"""Who gave which unit which score: the one input of every agreement statistic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prowess.framework.errors import InputError
from prowess.measurement.agreement.estimates import NotEstimable

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LARGEST_DENSE = 50_000_000
MOST_CATEGORIES = 200


@dataclass(frozen=True)
class RatingMatrix:
    """Ratings of units (people, answers, documents) by raters; gaps are simply absent.

    One position a rating: ``unit`` and ``rater`` are codes into ``units`` and ``raters`` (labels), ``value`` is the
    numeric score. Scores that are words are coded by their place in ``categories`` and ``numeric`` is false.
    ``categories`` lists the possible scores in order, also those that nobody used when they are known.
    ``raters_known`` is false when the data do not say who rated; statistics about raters then do not apply.
    """

    unit: Integers
    rater: Integers
    value: Floats
    units: tuple[str, ...]
    raters: tuple[str, ...]
    categories: tuple[str, ...]
    category_values: Floats
    numeric: bool = True
    ordered: bool = True
    raters_known: bool = True

    @classmethod
    def from_table(
        cls,
        scores: ArrayLike | Sequence[Sequence[object]],
        *,
        units: Iterable[object] | None = None,
        raters: Iterable[object] | None = None,
        categories: Sequence[object] | None = None,
    ) -> "RatingMatrix":
        """Ratings from a table with a row for each unit and a column for each rater; None or NaN is a gap.

        Text scores become categories, in the order of ``categories`` or else of the alphabet (then unordered).
        """
        table = np.array(scores, dtype=object)
        if table.ndim != 2:
            message = f"The ratings have {table.ndim} dimensions."
            raise InputError(message, remedy="Give a table: one row for each unit, one column for each rater.")
        rows, columns = np.nonzero(~_gaps(table))
        return cls.from_ratings(
            unit=rows,
            rater=columns,
            score=table[rows, columns].tolist(),
            units=_labels(units, count=table.shape[0], word="row"),
            raters=_labels(raters, count=table.shape[1], word="column"),
            categories=categories,
        )

    @classmethod
    def from_ratings(
        cls,
        *,
        unit: ArrayLike,
        rater: ArrayLike,
        score: Sequence[object],
        units: tuple[str, ...],
        raters: tuple[str, ...],
        categories: Sequence[object] | None = None,
        raters_known: bool = True,
    ) -> "RatingMatrix":
        """Ratings from one position a rating; ``unit`` and ``rater`` are codes into the labels.

        Raises `InputError` when a rater rated a unit twice or a score is outside ``categories``.
        """
        unit_codes, rater_codes = np.asarray(unit, dtype=np.int64), np.asarray(rater, dtype=np.int64)
        values, labels, points, numeric = _code_scores(score, categories)
        _refuse_duplicates(unit_codes, rater_codes, units, raters)
        return cls(
            unit=unit_codes,
            rater=rater_codes,
            value=values,
            units=units,
            raters=raters,
            categories=labels,
            category_values=points,
            numeric=numeric,
            ordered=numeric or categories is not None,
            raters_known=raters_known,
        )

    @property
    def ratings(self) -> int:
        """How many ratings there are."""
        return int(self.value.size)

    @cached_property
    def ratings_per_unit(self) -> Integers:
        """How many ratings each unit has."""
        return np.bincount(self.unit, minlength=len(self.units)).astype(np.int64)

    @cached_property
    def category(self) -> Integers:
        """The place of each score among the categories."""
        return np.searchsorted(self.category_values, self.value).astype(np.int64)

    @cached_property
    def counts(self) -> Floats:
        """How often each unit got each category: units by categories."""
        if len(self.categories) > MOST_CATEGORIES:
            message = f"The scores take {len(self.categories)} different values, too many for categories."
            raise NotEstimable(message, remedy="Use Krippendorff's alpha (interval) or an intraclass correlation.")
        table = np.zeros((len(self.units), len(self.categories)))
        np.add.at(table, (self.unit, self.category), 1.0)
        return table

    @cached_property
    def dense(self) -> Floats:
        """Units by raters, NaN where there is no rating."""
        if len(self.units) * len(self.raters) > LARGEST_DENSE:
            message = f"{len(self.units):,} units by {len(self.raters):,} raters is too large a table to fill."
            raise NotEstimable(message, remedy="Use Krippendorff's alpha or variance components, which need no table.")
        table = np.full((len(self.units), len(self.raters)), np.nan)
        table[self.unit, self.rater] = self.value
        return table

    def complete(self) -> Floats:
        """The rows of `dense` in which every rater has a score."""
        table = self.dense
        return table[~np.isnan(table).any(axis=1)]

    def paired(self, *, minimum: int = 2) -> "RatingMatrix":
        """Only the units with at least ``minimum`` ratings: a single rating can agree with nothing."""
        keep = self.ratings_per_unit >= minimum
        chosen = keep[self.unit]
        place = np.cumsum(keep) - 1
        return RatingMatrix(
            unit=place[self.unit[chosen]].astype(np.int64),
            rater=self.rater[chosen],
            value=self.value[chosen],
            units=tuple(label for label, kept in zip(self.units, keep, strict=True) if kept),
            raters=self.raters,
            categories=self.categories,
            category_values=self.category_values,
            numeric=self.numeric,
            ordered=self.ordered,
            raters_known=self.raters_known,
        )

    def require_pairs(self) -> "RatingMatrix":
        """`paired`, or `NotEstimable` when no unit was rated twice."""
        paired = self.paired()
        if not paired.ratings:
            message = "No unit has ratings from two raters, so there is nothing to compare."
            raise NotEstimable(message, remedy="Have at least some units rated by two or more raters.")
        return paired

    def require_variation(self) -> None:
        """Raise `NotEstimable` when every rating is the same."""
        if self.ratings and np.all(self.value == self.value[0]):
            label = self.categories[int(self.category[0])]
            message = f"All {self.ratings} ratings are {label}: without variation, agreement by chance is certain."
            raise NotEstimable(message, remedy="Report the percentage of agreement, or rate units that differ.")

    def require_raters(self) -> None:
        """Raise `NotEstimable` when the data do not say who gave which rating."""
        if not self.raters_known:
            message = "The data do not say who rated, and this statistic compares particular raters."
            raise NotEstimable(message, remedy="Name the column with the rater.")


def _gaps(table: NDArray[np.object_]) -> NDArray[np.bool_]:
    return np.array([[_is_gap(cell) for cell in row] for row in table], dtype=bool).reshape(table.shape)


def _is_gap(cell: object) -> bool:
    return cell is None or (isinstance(cell, (float, np.floating)) and bool(np.isnan(cell)))


def _labels(given: Iterable[object] | None, *, count: int, word: str) -> tuple[str, ...]:
    labels = (
        tuple(str(label) for label in given) if given is not None else tuple(f"{word} {i + 1}" for i in range(count))
    )
    if len(labels) != count:
        message = f"There are {len(labels)} names for {count} {word}s."
        raise InputError(message, remedy=f"Give one name for each {word}.")
    return labels


def _code_scores(
    scores: Sequence[object], categories: Sequence[object] | None
) -> tuple[Floats, tuple[str, ...], Floats, bool]:
    if all(isinstance(score, (int, float, np.number)) for score in scores) and (
        categories is None or all(isinstance(label, (int, float, np.number)) for label in categories)
    ):
        return _code_numbers(np.asarray(scores, dtype=np.float64), categories)
    return _code_words([str(score) for score in scores], categories)


def _code_numbers(values: Floats, categories: Sequence[object] | None) -> tuple[Floats, tuple[str, ...], Floats, bool]:
    if not np.isfinite(values).all():
        raise InputError("A score is infinite.", remedy="Give finite numbers; leave a gap where there is no rating.")
    given = values if categories is None else np.asarray(categories, dtype=np.float64)
    points = np.unique(given)
    outside = np.setdiff1d(values, points)
    if outside.size:
        message = f"The score {outside[0]:g} is not among the categories {', '.join(f'{p:g}' for p in points)}."
        raise InputError(message, place="score", remedy="Correct the score, or list every category.")
    return values, tuple(f"{point:g}" for point in points), points, True


def _code_words(words: list[str], categories: Sequence[object] | None) -> tuple[Floats, tuple[str, ...], Floats, bool]:
    labels = tuple(sorted(set(words))) if categories is None else tuple(str(label) for label in categories)
    place = {label: float(position) for position, label in enumerate(labels)}
    unknown = next((word for word in words if word not in place), None)
    if unknown is not None:
        message = f"The score “{unknown}” is not among the categories {', '.join(labels)}."
        raise InputError(message, place="score", remedy="Correct the score, or list every category.")
    return np.array([place[word] for word in words]), labels, np.arange(len(labels), dtype=np.float64), False


def _refuse_duplicates(unit: Integers, rater: Integers, units: tuple[str, ...], raters: tuple[str, ...]) -> None:
    cell = unit * max(len(raters), 1) + rater
    _, first, count = np.unique(cell, return_index=True, return_counts=True)
    if (count > 1).any():
        at = first[np.argmax(count > 1)]
        message = f"{raters[rater[at]]} rated {units[unit[at]]} more than once."
        raise InputError(
            message, remedy="Keep one rating for each unit and rater, or name the facet that tells them apart."
        )
