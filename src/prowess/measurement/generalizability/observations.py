"""Scores with the level of every facet that they were observed under, and the sums that components need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prowess.framework.errors import InputError
from prowess.measurement.generalizability.design import Design, Effect, crossed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Observations:
    """One position a score: ``score`` and, for every facet, a code for its level."""

    score: Floats
    codes: Mapping[str, Integers]

    @classmethod
    def from_columns(cls, score: ArrayLike, *, facets: Mapping[str, Sequence[object] | ArrayLike]) -> "Observations":
        """Observations from columns of equal length; a missing score (None, NaN) leaves its row out.

        Raises `InputError` for unequal lengths, scores that are no numbers, or fewer than two scores.
        """
        try:
            values = np.array(score, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise InputError("The scores are no numbers.", place="score", remedy="Code them as numbers.") from error
        kept = ~np.isnan(values)
        if np.isinf(values).any():
            raise InputError("A score is infinite.", place="score", remedy="Leave a gap where there is no score.")
        if kept.sum() < 2:
            raise InputError(f"There are {int(kept.sum())} scores.", remedy="Variance needs two scores or more.")
        return cls(values[kept], {name: _codes(name, column, kept) for name, column in facets.items()})

    @cached_property
    def _levels(self) -> dict[Effect, Integers]:
        return {}

    def levels(self, effect: Effect) -> Integers:
        """A code from zero for the combination of levels that each score has of the facets of ``effect``."""
        if effect not in self._levels:
            combined = np.zeros(self.score.size, dtype=np.int64)
            for facet in sorted(effect):
                codes = self.codes[facet]
                combined = combined * (int(codes.max()) + 1) + codes
                combined = np.unique(combined, return_inverse=True)[1].astype(np.int64)
            self._levels[effect] = combined
        return self._levels[effect]

    def count(self, effect: Effect) -> int:
        """How many combinations of levels of the facets of ``effect`` occur."""
        return int(self.levels(effect).max()) + 1

    def sizes(self, effect: Effect) -> Floats:
        """How many scores each combination of levels has."""
        return np.bincount(self.levels(effect)).astype(np.float64)


def infer_design(observations: Observations) -> Design:
    """Crossed facets, with a facet nested in another where each of its levels occurs with one level of the other.

    A nested facet whose labels start again within each level of the other looks crossed; say so with a design.
    """
    facets = tuple(observations.codes)
    nests: dict[str, list[str]] = {}
    for facet in facets:
        for other in facets:
            pair = observations.count(frozenset({facet, other}))
            own, outer = observations.count(frozenset({facet})), observations.count(frozenset({other}))
            if facet != other and pair == own > outer > 1:
                nests.setdefault(facet, []).append(other)
    return crossed(facets, nested_in=nests)


def is_balanced(observations: Observations, design: Design) -> bool:
    """Whether every combination of levels that the design foresees has equally many scores."""
    expected = 1.0
    for facet in design.facets:
        above = design.closure([facet]) - {facet}
        outer = observations.count(above) if above else 1
        expected *= observations.count(design.closure([facet])) / outer
    if round(expected) != observations.count(frozenset(design.facets)):
        return False
    return all(np.ptp(observations.sizes(effect)) == 0 for effect in design.effects)


def _codes(name: str, column: Sequence[object] | ArrayLike, kept: NDArray[np.bool_]) -> Integers:
    values = np.asarray(column)
    if values.shape != kept.shape:
        message = f"The facet {name} has {values.size} values for {kept.size} scores."
        raise InputError(message, place=name, remedy="Give one value for every score.")
    if values.dtype == object:
        values = values.astype(str)
    return np.unique(values[kept], return_inverse=True)[1].astype(np.int64)
