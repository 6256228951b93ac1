"""A profile arranged for reading: entries with their competency, evidence beside its statement, what was left out."""

from dataclasses import dataclass

from prowess.framework import Competency, Framework, ProfileEntry, RoleProfile, forbidden_pairs
from prowess.framework.role_profile import Evidence, LeftOut, Statement
from prowess.framework.scale import Level


@dataclass(frozen=True)
class CitedStatement:
    """A statement of the job with the part of the competency that matched it."""

    statement: Statement
    evidence: Evidence


@dataclass(frozen=True)
class SheetEntry:
    """One competency of the profile, with everything that a page or a print says about it."""

    entry: ProfileEntry
    competency: Competency | None
    cluster: str
    level: Level | None
    cited: tuple[CitedStatement, ...]

    @property
    def importance_percent(self) -> int:
        """The importance in whole percent."""
        return round(self.entry.importance * 100)

    @property
    def importance_word(self) -> str:
        """The importance in a word, for those who do not think in percent."""
        return importance_word(self.entry.importance)


@dataclass(frozen=True)
class LeftOutEntry:
    """A competency that was left out, and the title of the one that stands against it, if any."""

    left: LeftOut
    against: str
    can_add: bool
    can_swap: bool


@dataclass(frozen=True)
class StatementEntry:
    """A statement of the job, with the titles of the competencies that cite it."""

    statement: Statement
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole profile, arranged."""

    title: str
    entries: tuple[SheetEntry, ...]
    left_out: tuple[LeftOutEntry, ...]
    uncovered: tuple[Statement, ...]
    statements: tuple[StatementEntry, ...]
    notes: tuple[str, ...]
    levels: tuple[Level, ...]
    library: str

    @property
    def counted(self) -> int:
        """How many statements of the job count."""
        return sum(entry.statement.counts for entry in self.statements)

    @property
    def covered(self) -> int:
        """How many of those at least one competency of the profile answers."""
        return self.counted - len(self.uncovered)


def importance_word(importance: float) -> str:
    """Three words for an importance between 0 and 1."""
    if importance >= 0.75:
        return "essential"
    return "important" if importance >= 0.5 else "helpful"


def arrange(profile: RoleProfile, *, framework: Framework) -> Sheet:
    """Arrange a profile; competencies are taken from the profile's own record where it holds them."""
    kept = {competency.code: competency for competency in profile.definitions}
    statements = {statement.id: statement for statement in profile.statements}
    entries = tuple(
        _entry(entry, kept=kept, framework=framework, statements=statements) for entry in profile.competencies
    )
    return Sheet(
        title=profile.role.title,
        entries=entries,
        left_out=_left_out(profile, framework=framework),
        uncovered=tuple(statements[s] for s in profile.uncovered if s in statements),
        statements=_cited(profile),
        notes=(*((profile.matching,) if profile.matching else ()), *profile.notes),
        levels=framework.scale.levels,
        library=framework.title,
    )


def _entry(
    entry: ProfileEntry, *, kept: dict[str, Competency], framework: Framework, statements: dict[str, Statement]
) -> SheetEntry:
    competency = kept.get(entry.code) or framework.by_code.get(entry.code)
    cited = (CitedStatement(statements[e.statement], e) for e in entry.evidence if e.statement in statements)
    return SheetEntry(
        entry=entry,
        competency=competency,
        cluster=framework.cluster_title(competency.cluster) if competency else "",
        level=framework.scale.level(entry.target_level) if entry.target_level is not None else None,
        cited=tuple(cited),
    )


def _left_out(profile: RoleProfile, *, framework: Framework) -> tuple[LeftOutEntry, ...]:
    inside = {entry.code: entry.title for entry in profile.competencies}
    against: dict[str, list[str]] = {}
    for pair in forbidden_pairs(framework):
        for code in pair.codes:
            if pair.other(code) in inside:
                against.setdefault(code, []).append(pair.other(code))
    return tuple(
        LeftOutEntry(
            left=left,
            against=inside[against[left.code][0]] if left.code in against else "",
            can_add=left.code in framework.by_code and left.code not in against,
            can_swap=left.code in framework.by_code and len(against.get(left.code, ())) == 1,
        )
        for left in profile.left_out
        if left.code not in inside
    )


def _cited(profile: RoleProfile) -> tuple[StatementEntry, ...]:
    titles: dict[str, list[str]] = {}
    for entry in profile.competencies:
        for evidence in entry.evidence:
            titles.setdefault(evidence.statement, []).append(entry.title)
    return tuple(StatementEntry(s, tuple(dict.fromkeys(titles.get(s.id, ())))) for s in profile.statements)
