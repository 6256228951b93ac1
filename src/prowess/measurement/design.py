"""A table of ratings and a model, turned into the arrays that the kernels read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from prowess.framework.errors import InputError
from prowess.measurement.ratings import RatingTable
from prowess.measurement.specification import ModelSpecification

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Term:
    """A facet, or the cells of two facets, as a stretch of the vector of effects."""

    name: str
    facets: tuple[str, ...]
    first: int
    size: int
    random: bool
    labels: list[str]

    @property
    def stretch(self) -> slice:
        """Where its elements stand in the vector of effects."""
        return slice(self.first, self.first + self.size)


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """The mean of these effects is held at a value; ``indices`` point into the vector of effects."""

    indices: npt.NDArray[np.int64]
    value: float


@dataclass(frozen=True, kw_only=True)
class Design:
    """Ratings sorted by ratee, without those that carry no information on the fixed elements.

    ``rows``: positions in the table; ``start``: bounds of each ratee's rows (ratees + 1); ``effects``: terms × rows,
    positions in the vector of effects; ``groups``: the set of steps of each row (empty when there is one);
    ``categories_seen``: groups × categories; ``steps``: the category 0 … K-1 of each row; ``free``: effects that are
    estimated; ``initial``: their starting values and the anchors; ``held``: ratees with an anchor, at ``ratee_anchor``.
    """

    table: RatingTable
    model: ModelSpecification
    terms: tuple[Term, ...]
    constraints: tuple[Constraint, ...]
    rows: Integers
    start: npt.NDArray[np.int64]
    effects: Integers
    groups: Integers
    group_labels: list[str]
    steps: npt.NDArray[np.int8]
    weights: Floats
    categories_seen: Flags
    anchored_steps: dict[int, Floats]
    initial: Floats
    free: Flags
    held: Flags
    ratee_anchor: Floats
    left_out: dict[str, Flags]

    @property
    def effect_count(self) -> int:
        """Length of the vector of effects."""
        return int(self.initial.size)

    @cached_property
    def _effect_sums(self) -> tuple[Floats, Floats]:
        from prowess.measurement.kernels.sums import add_by_element  # noqa: PLC0415

        counts, totals = np.zeros(self.effect_count), np.zeros(self.effect_count)
        for row in self.effects:
            add_by_element(row, self.steps, self.weights, np.empty(0, dtype=bool), counts, totals)
        return counts, totals

    @cached_property
    def _ratee_sums(self) -> tuple[Floats, Floats]:
        from prowess.measurement.kernels.sums import add_between  # noqa: PLC0415

        counts, totals = np.zeros(self.start.size - 1), np.zeros(self.start.size - 1)
        add_between(self.start, self.steps, self.weights, counts, totals)
        return counts, totals

    @property
    def effect_totals(self) -> Floats:
        """Sum of the categories of each effect's ratings: its sufficient statistic."""
        return self._effect_sums[1]

    @property
    def ratee_totals(self) -> Floats:
        """Sum of the categories of each ratee's ratings."""
        return self._ratee_sums[1]

    @property
    def ratee_ratings(self) -> Floats:
        """Number (or weight) of the ratings of each ratee."""
        return self._ratee_sums[0]

    @cached_property
    def category_counts(self) -> Floats:
        """Ratings in each category by group (groups × categories)."""
        from prowess.measurement.kernels.sums import count_categories  # noqa: PLC0415

        counts = np.zeros(self.categories_seen.shape)
        count_categories(self.groups, self.steps, self.weights, counts)
        return counts

    @cached_property
    def rough_ratees(self) -> tuple[Floats, Floats]:
        """Where to start the ratees, and how uncertain that is: logits of their share of the possible points."""
        top = self.categories_seen.shape[1] - 1
        ratings = self.ratee_ratings
        return _rough_logits(self.ratee_totals, ratings * top), 1.0 / np.sqrt(1.0 + 0.2 * ratings * top)

    @property
    def effect_ratings(self) -> Floats:
        """Number (or weight) of the ratings of each effect."""
        return self._effect_sums[0]

    def rough_effects(self) -> Floats:
        """Where to start the fixed facets: logits of the points that their elements kept from being given."""
        top = self.categories_seen.shape[1] - 1
        rough, given = self.initial.copy(), self.effect_ratings
        for term in self.terms:
            part = given[term.stretch]
            if term.random or len(term.facets) > 1 or not (part > 0).any():
                continue
            logits = -_rough_logits(self.effect_totals[term.stretch], part * top)
            movable = self.free[term.stretch] & (part > 0)
            rough[term.stretch] += np.where(movable, logits - logits[part > 0].mean(), 0.0)
        return rough


def _rough_logits(points: Floats, possible: Floats) -> Floats:
    return np.asarray(np.log((points + 0.5) / (possible - points + 0.5)))


def build_design(table: RatingTable, model: ModelSpecification) -> Design:
    """Check the model against the table and lay the ratings out; raises ``InputError`` when they do not fit."""
    from prowess.measurement.layout import lay_out  # noqa: PLC0415

    _check_names(table, model)
    return lay_out(table, model, random=random_facets(table, model))


def random_facets(table: RatingTable, model: ModelSpecification) -> tuple[str, ...]:
    """The facets beside the ratee that are drawn from a distribution."""
    named = tuple(f for f in (table.facet(name) for name in model.random) if f != table.ratee)
    if model.estimator == "crossed" and not named:
        named = (table.rater,) if table.rater else table.facets[1:2]
    if named and model.estimator not in (None, "crossed"):
        raise InputError(
            f"The estimator {model.estimator} takes {', '.join(named)} as fixed, but the model calls it random.",
            remedy="Use the estimator crossed, or name no random facet beside the ratee.",
        )
    return named


def _check_names(table: RatingTable, model: ModelSpecification) -> None:
    named: list[Sequence[str]] = [list(model.dummy), list(model.anchors.elements), list(model.group_anchors)]
    named += [list(pair) for pair in model.interactions]
    if model.step_facet:
        named.append([model.step_facet])
    for names in named:
        for name in names:
            table.facet(name)
    for facet in [*model.anchors.elements, *model.group_anchors]:
        known = set(table.labels[table.facet(facet)])
        wanted = list(model.anchors.elements.get(facet, {}))
        wanted += [e for elements, _ in model.group_anchors.get(facet, ()) for e in elements]
        if wanted and not known & set(wanted):
            raise InputError(
                f"None of the anchored elements of {facet} occurs in the ratings.",
                remedy=f"The elements are called, for instance, {', '.join(list(known)[:3])}.",
            )
