"""Comparing two role profiles: what both need, what only one needs, how far it is from one role to the other."""

from dataclasses import dataclass

from prowess.framework import ProfileEntry, RoleProfile


@dataclass(frozen=True)
class ComparedCompetency:
    """A competency of either profile; ``first`` or ``second`` is None where that profile does not hold it."""

    code: str
    title: str
    first: ProfileEntry | None
    second: ProfileEntry | None

    @property
    def importance_difference(self) -> float:
        """Importance in the second role less that in the first; a competency that a role lacks counts as 0."""
        first = self.first.importance if self.first else 0.0
        return (self.second.importance if self.second else 0.0) - first

    @property
    def level_difference(self) -> int | None:
        """Levels that the second role asks above the first; None where either has no target level."""
        if self.first is None or self.second is None:
            return None
        if self.first.target_level is None or self.second.target_level is None:
            return None
        return self.second.target_level - self.first.target_level


@dataclass(frozen=True)
class ProfileComparison:
    """Two profiles side by side, from the first role to the second."""

    first_title: str
    second_title: str
    common: tuple[ComparedCompetency, ...]
    only_first: tuple[ComparedCompetency, ...]
    only_second: tuple[ComparedCompetency, ...]
    likeness: float

    @property
    def all(self) -> tuple[ComparedCompetency, ...]:
        """Every competency of either profile: common ones, then those of one only."""
        return (*self.common, *self.only_first, *self.only_second)

    @property
    def distance(self) -> float:
        """How far apart the roles are: 0 for the same competencies at the same importance, 1 for nothing in common."""
        return 1.0 - self.likeness

    @property
    def steps_up(self) -> tuple[ComparedCompetency, ...]:
        """What somebody in the first role has to gain for the second: new competencies, and higher levels."""
        higher = (c for c in self.common if (c.level_difference or 0) > 0)
        return (*higher, *self.only_second)


def compare_profiles(first: RoleProfile, second: RoleProfile) -> ProfileComparison:
    """Compare two profiles made from the same library.

    The likeness is the weighted Jaccard index (Ruzicka 1958) of their importances: the sum over competencies of the
    smaller importance, divided by the sum of the larger one; a competency that a role lacks counts as 0.
    """
    in_first = {entry.code: entry for entry in first.competencies}
    in_second = {entry.code: entry for entry in second.competencies}
    compared = [
        ComparedCompetency(
            code=code,
            title=(in_first.get(code) or in_second[code]).title,
            first=in_first.get(code),
            second=in_second.get(code),
        )
        for code in dict.fromkeys([*in_first, *in_second])
    ]
    return ProfileComparison(
        first_title=first.role.title,
        second_title=second.role.title,
        common=tuple(c for c in compared if c.first and c.second),
        only_first=tuple(c for c in compared if c.second is None),
        only_second=tuple(c for c in compared if c.first is None),
        likeness=_weighted_jaccard(compared),
    )


def _weighted_jaccard(compared: list[ComparedCompetency]) -> float:
    smaller = larger = 0.0
    for competency in compared:
        pair = [entry.importance if entry else 0.0 for entry in (competency.first, competency.second)]
        smaller += min(pair)
        larger += max(pair)
    return smaller / larger if larger else 1.0
