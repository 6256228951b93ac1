"""Do relations, levels and successors hold together?"""

from collections.abc import Iterator

from prowess.framework.checks.finding import Finding, Severity
from prowess.framework.competency import Competency, RelationKind, Status
from prowess.framework.framework import Framework
from prowess.framework.rules import broader_cycle, one_sided


def inconsistencies(framework: Framework) -> Iterator[Finding]:
    """Relations to nowhere or to oneself, one-sided relations, cycles, levels that the scale lacks, lost successors."""
    for competency in framework.competencies:
        yield from _relations(framework, competency)
        yield from _levels(framework, competency)
        yield from _successor(framework, competency)
    yield from _one_sided(framework)
    yield from _cycle(framework)


def _relations(framework: Framework, competency: Competency) -> Iterator[Finding]:
    seen: set[tuple[RelationKind, str]] = set()
    for relation in competency.relations:
        place = f"{competency.code}, {relation.kind} {relation.target}"
        key = (relation.kind, relation.target)
        if relation.target == competency.code:
            yield _error("self-relation", competency, place, "The competency is related to itself.", "Remove it.")
        elif relation.target not in framework.by_code:
            yield _error(
                "dangling-relation",
                competency,
                place,
                f"The framework has no competency with the code {relation.target!r}.",
                "Correct the code, or record it as a match to an outside framework.",
            )
        elif key in seen:
            yield _error("repeated-relation", competency, place, "The relation is stated twice.", "Keep one of them.")
        elif relation.kind is RelationKind.NOT_WITH and not (relation.note and relation.advice):
            yield Finding(
                severity=Severity.WARNING,
                check="unexplained-pair",
                competency=competency.code,
                place=place,
                finding="The pair is forbidden without a reason and advice on which to take.",
                remedy="Say in `note` why the two are not used together, and in `advice` which to take when.",
            )
        seen.add(key)


def _levels(framework: Framework, competency: Competency) -> Iterator[Finding]:
    known = set(framework.scale.numbers)
    for number in sorted({i.level for i in competency.indicators if i.level is not None} - known):
        yield _error(
            "unknown-level",
            competency,
            f"{competency.code}, level {number}",
            f"Indicators stand at level {number}, which the scale does not have.",
            f"Use one of the levels {', '.join(map(str, sorted(known))) or '(the framework has none)'}.",
        )
    for position, option in enumerate(competency.development, start=1):
        steps = [level for level in (option.from_level, option.to_level) if level is not None]
        place = f"{competency.code}, development option {position}"
        if set(steps) - known:
            yield _error(
                "unknown-level",
                competency,
                place,
                "It names a level that the scale does not have.",
                "Use the levels of the scale.",
            )
        elif len(steps) == 2 and steps[0] >= steps[1]:
            yield _error(
                "descending-step",
                competency,
                place,
                f"It leads from level {steps[0]} to level {steps[1]}, which is not upwards.",
                "Let it lead to a higher level.",
            )


def _successor(framework: Framework, competency: Competency) -> Iterator[Finding]:
    if competency.successor and competency.successor not in framework.by_code:
        yield _error(
            "unknown-successor",
            competency,
            f"{competency.code}, successor",
            f"The successor {competency.successor!r} is not in the framework.",
            "Name a competency of this framework.",
        )
    elif competency.successor and competency.status is not Status.RETIRED:
        yield Finding(
            severity=Severity.WARNING,
            check="successor-of-the-living",
            competency=competency.code,
            place=f"{competency.code}, successor",
            finding="A successor is named although the competency is not retired.",
            remedy="Retire the competency, or remove the successor.",
        )


def _one_sided(framework: Framework) -> Iterator[Finding]:
    for code, relation in one_sided(framework):
        inverse = relation.kind.inverse
        yield Finding(
            severity=Severity.WARNING,
            check="one-sided-relation",
            competency=relation.target,
            place=f"{relation.target}, relations",
            finding=f"“{code}” says {relation.kind} “{relation.target}”, but “{relation.target}” does not say {inverse}"
            f" “{code}”.",
            remedy=f"Add {inverse} {code} with a note, or remove the relation from {code}.",
        )


def _cycle(framework: Framework) -> Iterator[Finding]:
    cycle = broader_cycle(framework)
    if cycle:
        yield Finding(
            severity=Severity.ERROR,
            check="broader-cycle",
            competency=cycle[0],
            place=f"{cycle[0]}, relations",
            finding=f"Each is narrower than the next in a circle: {' → '.join([*cycle, cycle[0]])}.",
            remedy="Remove one of these relations.",
        )


def _error(check: str, competency: Competency, place: str, finding: str, remedy: str) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        check=check,
        competency=competency.code,
        place=place,
        finding=finding,
        remedy=remedy,
    )
