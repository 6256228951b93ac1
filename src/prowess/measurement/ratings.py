"""The ratings: who rated whom on what, checked and encoded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from prowess.framework.errors import InputError
from prowess.measurement.connectivity import Subset, find_subsets, row_key
from prowess.measurement.reading import (
    MOST_CATEGORIES,
    Numbers,
    check_scores,
    encode_elements,
    present_scores,
    read_frame,
    read_numbers,
    read_scores,
    require_columns,
)

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, kw_only=True)
class RatingTable:
    """Ratings in long form: one score for each combination of the facets' elements that was observed.

    ``codes[facet]`` holds, for each rating, the position of its element in ``labels[facet]``; ``scores`` the original
    whole numbers; ``categories`` those that occur, lowest first; ``rows`` the number of each rating in its source.
    The first facet is the ratee. ``notes`` are sentences about what was found while reading.
    """

    facets: tuple[str, ...]
    codes: dict[str, npt.NDArray[np.int32]]
    labels: dict[str, list[str]]
    scores: npt.NDArray[np.int16]
    categories: tuple[int, ...]
    rows: npt.NDArray[np.int32]
    rater: str | None = None
    item: str | None = None
    score_name: str = "score"
    weight_name: str | None = None
    weights: npt.NDArray[np.float64] | None = None
    source: str = "the table of ratings"
    notes: tuple[str, ...] = field(default=())

    @classmethod
    def read(
        cls,
        source: object,
        *,
        ratee: str = "ratee",
        rater: str | None = None,
        item: str | None = None,
        score: str = "score",
        facets: Sequence[str] = (),
        weight: str | None = None,
    ) -> "RatingTable":
        """Read a CSV or Parquet file (by its path) or a pandas, Polars or Arrow table.

        ``ratee``, ``rater``, ``item``, ``score`` and ``weight`` name columns, ``facets`` further ones. Ratings without
        a
        score are left out and counted in ``warnings``. Raises ``InputError`` naming the row and column.
        """
        frame, place, first_row = read_frame(source)
        names = [ratee, *[name for name in (rater, item) if name], *facets]
        require_columns(frame, wanted=[*names, score, *([weight] if weight else [])], place=place)
        numbers = read_scores(frame[score], place=place, first_row=first_row)
        check_scores(numbers, name=score, place=place, first_row=first_row)
        weights = _read_weights(frame[weight], place=place, first_row=first_row) if weight else None
        return _assemble(
            frame,
            names=names,
            numbers=numbers,
            weights=weights,
            place=place,
            first_row=first_row,
            table=cls._blank(names, rater=rater, item=item, score=score, weight=weight, source=place),
        )

    @classmethod
    def _blank(
        cls, names: list[str], *, rater: str | None, item: str | None, score: str, weight: str | None, source: str
    ) -> "RatingTable":
        return cls(
            facets=tuple(names),
            codes={},
            labels={},
            scores=np.empty(0, dtype=np.int16),
            categories=(),
            rows=np.empty(0, dtype=np.int32),
            rater=rater,
            item=item,
            score_name=score,
            weight_name=weight,
            source=source,
        )

    def __len__(self) -> int:
        return int(self.scores.size)

    @property
    def ratee(self) -> str:
        """Name of the ratees' column."""
        return self.facets[0]

    def facet(self, name: str) -> str:
        """The facet of this column name or role (ratee, rater, item)."""
        if name in self.facets:
            return name
        role = {"ratee": self.ratee, "person": self.ratee, "rater": self.rater, "item": self.item}.get(name)
        if role is None:
            raise InputError(f"There is no facet {name!r}.", remedy=f"The facets are: {', '.join(self.facets)}.")
        return role

    @cached_property
    def steps(self) -> npt.NDArray[np.int8]:
        """The category of each rating as 0 … K-1, scale points that nobody used left out."""
        low = self.categories[0]
        position = np.zeros(self.categories[-1] - low + 1, dtype=np.int8)
        position[np.asarray(self.categories) - low] = np.arange(len(self.categories), dtype=np.int8)
        return position[self.scores - low]

    @cached_property
    def _subsets(self) -> list[Subset]:
        return find_subsets(self.codes, self.labels)

    def subsets(self) -> list[Subset]:
        """The disjoint subsets of elements that cannot be compared with each other; one when all are connected.

        Decided by the rank of the design (with every facet fixed), so that shared items cannot hide two blocks of
        ratees and raters that never met.
        """
        return self._subsets

    def extremes(self, name: str) -> npt.NDArray[np.int8]:
        """For each element of a facet: -1 all ratings in the lowest category, 1 all in the highest, 0 otherwise."""
        facet = self.facet(name)
        from prowess.measurement.kernels.sums import add_by_element  # noqa: PLC0415

        size = len(self.labels[facet])
        ratings, total = np.zeros(size), np.zeros(size)
        everything = np.empty(0, dtype=bool)
        add_by_element(self.codes[facet], self.steps, np.empty(0), everything, ratings, total)
        top = len(self.categories) - 1
        return np.where(total == 0, -1, np.where(total == top * ratings, 1, 0)).astype(np.int8)

    @cached_property
    def warnings(self) -> list[str]:
        """Sentences about what the ratings can and cannot support; empty when nothing is the matter."""
        return [*self.notes, *_describe_facets(self), *_describe_subsets(self.subsets())]

    def frame(self) -> "pl.DataFrame":
        """The ratings as a Polars table: the facets' columns, the score and, where given, the weight."""
        import polars as pl  # noqa: PLC0415

        columns: dict[str, pl.Series] = {
            name: pl.Series(name, self.labels[name], dtype=pl.String).gather(self.codes[name]) for name in self.facets
        }
        columns[self.score_name] = pl.Series(self.score_name, self.scores, dtype=pl.Int32)
        if self.weights is not None:
            columns[self.weight_name or "weight"] = pl.Series(self.weight_name or "weight", self.weights)
        return pl.DataFrame(columns)


def _read_weights(series: "pl.Series", *, place: str, first_row: int) -> npt.NDArray[np.float64]:
    weights = read_numbers(series, place=place, first_row=first_row)
    wrong = ~(np.isfinite(weights) & (weights >= 0))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            f"The weight {weights[row]:g} is not a number from 0 up.",
            place=f"{place}, row {row + first_row}, column {series.name}",
            remedy="Leave the column out, or give every rating a weight; 1 counts once.",
        )
    return weights


def _assemble(
    frame: "pl.DataFrame",
    *,
    names: list[str],
    numbers: Numbers,
    weights: npt.NDArray[np.float64] | None,
    place: str,
    first_row: int,
    table: RatingTable,
) -> RatingTable:
    from dataclasses import replace  # noqa: PLC0415

    notes: list[str] = []
    kept = present_scores(numbers) if weights is None else present_scores(numbers) & (weights > 0)
    whole = bool(kept.all())
    rows = np.arange(kept.size, dtype=np.int32) if whole else np.flatnonzero(kept).astype(np.int32)
    if rows.size == 0:
        raise InputError(
            "No row has a score.", place=f"{place}, column {table.score_name}", remedy="Give at least some ratings."
        )
    if not whole:
        notes.append(f"{numbers.size - rows.size} of {numbers.size} rows have no score and were left out.")
        frame, numbers = frame[rows], numbers[rows]
        weights = weights[rows] if weights is not None else None
    scores = numbers.astype(np.int16)
    low, high = int(scores.min()), int(scores.max())
    seen = np.zeros(high - low + 1, dtype=bool)
    seen[scores - low] = True
    categories = tuple(int(c) for c in np.flatnonzero(seen) + low)
    _check_categories(categories, place=place, name=table.score_name, notes=notes)
    encoded = {name: encode_elements(frame[name], place=place, first_row=first_row) for name in names}
    table = replace(
        table,
        codes={name: codes for name, (codes, _) in encoded.items()},
        labels={name: labels for name, (_, labels) in encoded.items()},
        scores=scores,
        categories=categories,
        rows=rows + np.int32(first_row),
        weights=weights,
    )
    return replace(table, notes=(*notes, *_describe_duplicates(table)))


def _check_categories(categories: tuple[int, ...], *, place: str, name: str, notes: list[str]) -> None:
    if len(categories) == 1:
        raise InputError(
            f"Every rating is {categories[0]}: nobody can be told apart.",
            place=f"{place}, column {name}",
            remedy="A measurement needs ratings in at least two categories.",
        )
    if len(categories) > MOST_CATEGORIES:
        raise InputError(
            f"There are {len(categories)} different scores; a rating scale has at most {MOST_CATEGORIES}.",
            place=f"{place}, column {name}",
            remedy="Is this the column of scores? Group a finer scale into fewer categories.",
        )
    unused = [c for c in range(categories[0], min(categories[-1], categories[0] + 400)) if c not in set(categories)]
    if unused:
        listed = ", ".join(str(c) for c in unused[:10]) + (" …" if len(unused) > 10 else "")
        notes.append(
            f"The scores skip {listed}: nobody used {'it' if len(unused) == 1 else 'them'}, "
            "so the neighbouring categories are treated as adjacent."
        )


def _describe_duplicates(table: RatingTable) -> list[str]:
    from prowess.measurement.kernels.forms import is_in_runs, order_by_two  # noqa: PLC0415
    from prowess.measurement.kernels.sums import count_elements, find_repeats  # noqa: PLC0415

    codes, size = table.codes[table.ratee], len(table.labels[table.ratee])
    others = table.facets[1:]
    key = row_key([table.codes[name] for name in others], [len(table.labels[name]) for name in others], codes.size)
    bounds = np.zeros(size + 1, dtype=np.int64)
    count_elements(codes, np.ones(codes.size, dtype=bool), bounds[1:])
    bounds = np.cumsum(bounds)
    order = np.empty(0, dtype=np.int32)
    if not is_in_runs(codes, codes, size):
        order = order_by_two(codes, size, codes, size)
    repeated, first = find_repeats(order, bounds, key)
    if repeated == 0:
        return []
    where = ", ".join(f"{name} {table.labels[name][table.codes[name][first]]}" for name in table.facets)
    return [
        f"{repeated} ratings repeat an earlier one of the same {', '.join(table.facets)} (first: row "
        f"{int(table.rows[first])}: {where}); all were kept as separate observations."
    ]


def _describe_facets(table: RatingTable) -> list[str]:
    sentences = []
    for name in table.facets:
        count = len(table.labels[name])
        if count == 1 and name != table.ratee:
            sentences.append(f"The facet {name} has one element only ({table.labels[name][0]}): it cannot be measured.")
            continue
        extreme = np.flatnonzero(table.extremes(name))
        if extreme.size:
            listed = ", ".join(table.labels[name][e] for e in extreme[:5]) + (" …" if extreme.size > 5 else "")
            sentences.append(
                f"{extreme.size} of {count} elements of {name} have only the lowest or only the highest score "
                f"({listed})."
            )
    return sentences


def _describe_subsets(subsets: list[Subset]) -> list[str]:
    if len(subsets) < 2:
        return []
    return [
        f"The design falls into {len(subsets)} disjoint subsets: elements of different subsets were never compared, "
        "directly or through others, and differences between subsets rest on assumptions, not on ratings."
    ]
