"""Is every part there, and enough of it for what it is used for?"""

from collections.abc import Iterator

from prowess.framework.checks.finding import Finding, Severity
from prowess.framework.competency import Competency
from prowess.framework.framework import Framework

FEWEST_INDICATORS = 2
FEWEST_ACTIVITIES = 8

_PARTS = (
    ("definition", "definition", "Write one or two sentences that say what the competency is."),
    ("key_actions", "key actions", "Name the four to seven parts that make it up."),
    ("job_activities", "job activities", "List tasks that show that a job needs it; matching rests on them."),
    ("development", "development options", "Add an activity, a course or a resource."),
    ("questions", "interview questions", "Add questions that ask for past behaviour, with probes."),
)


def missing_parts(framework: Framework) -> Iterator[Finding]:
    """Parts under development, and levels without enough indicators."""
    for competency in framework.competencies:
        for field, name, remedy in _PARTS:
            if not getattr(competency, field):
                yield Finding(
                    severity=Severity.WARNING,
                    check="missing-part",
                    competency=competency.code,
                    place=f"{competency.code}, {name}",
                    finding=f"The {name} of “{competency.title}” {_are(name)} under development.",
                    remedy=remedy,
                )
        yield from _thin_levels(framework, competency)
        yield from _unlisted_cluster(framework, competency)


def _are(name: str) -> str:
    return "are" if name.endswith("s") else "is"


def _thin_levels(framework: Framework, competency: Competency) -> Iterator[Finding]:
    for level in framework.scale.levels:
        count = len(competency.indicators_at(level.number))
        if count >= FEWEST_INDICATORS:
            continue
        found = "has no indicators" if count == 0 else "has only one indicator"
        yield Finding(
            severity=Severity.WARNING if count == 0 else Severity.HINT,
            check="thin-level",
            competency=competency.code,
            place=f"{competency.code}, level {level.number}",
            finding=f"Level {level.number} ({level.name}) of “{competency.title}” {found}.",
            remedy="Describe three to six behaviours that one would see at this level and at no other.",
        )


def _unlisted_cluster(framework: Framework, competency: Competency) -> Iterator[Finding]:
    known = {cluster.code for cluster in framework.clusters}
    if competency.cluster and competency.cluster not in known:
        yield Finding(
            severity=Severity.ERROR,
            check="unknown-cluster",
            competency=competency.code,
            place=f"{competency.code}, cluster",
            finding=f"“{competency.title}” is in the cluster {competency.cluster!r}, unknown to the framework.",
            remedy="Add the cluster to the framework, or correct its code.",
        )


def readiness(competency: Competency) -> float:
    """How well a competency can be matched to job descriptions, from 0 to 1.

    Examples carry most of the weight: a definition alone matches poorly; eight or more job activities together with
    aliases match well (measured in `benchmarks/matching`).
    """
    activities = min(len(competency.job_activities), FEWEST_ACTIVITIES) / FEWEST_ACTIVITIES
    aliases = min(len(competency.aliases), 3) / 3
    definition = 1.0 if competency.definition else 0.0
    actions = min(len(competency.key_actions), 4) / 4
    return round(0.55 * activities + 0.15 * aliases + 0.15 * definition + 0.15 * actions, 3)


def poorly_matched(framework: Framework) -> Iterator[Finding]:
    """Competencies that job descriptions will hardly find."""
    for competency in framework.competencies:
        if readiness(competency) >= 0.6:
            continue
        yield Finding(
            severity=Severity.HINT,
            check="readiness",
            competency=competency.code,
            place=f"{competency.code}, job activities",
            finding=f"“{competency.title}” will be hard to match to job descriptions: it has "
            f"{len(competency.job_activities)} job activities and {len(competency.aliases)} aliases.",
            remedy="Add job activities (eight or more work well) and the names by which the field knows it.",
        )
