"""Content checks of a framework: each finding names its place and a remedy."""

from collections.abc import Iterable, Iterator

from prowess.framework.checks.completeness import missing_parts, poorly_matched, readiness
from prowess.framework.checks.consistency import inconsistencies
from prowess.framework.checks.degree import differing_in_degree_only
from prowess.framework.checks.finding import Finding, Offer, Severity, offers_to_tell_apart
from prowess.framework.checks.likeness import near_copies
from prowess.framework.checks.reading_ease import hard_to_read
from prowess.framework.checks.wording import wording_problems
from prowess.framework.framework import Framework

__all__ = [
    "Finding",
    "Offer",
    "Severity",
    "check_framework",
    "in_order",
    "offers_to_tell_apart",
    "readiness",
    "wording_problems",
]

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def check_framework(framework: Framework, *, only: str = "") -> tuple[Finding, ...]:
    """All findings on a framework: errors first, then in the order of the framework.

    Args:
        framework: what is checked.
        only: the code of a competency; then only what concerns it is looked for, which is quick in a large framework.
    """
    looked_at = _alone(framework, only) if only else framework
    findings = [
        *inconsistencies(framework),
        *missing_parts(looked_at),
        *_badly_worded(looked_at),
        *hard_to_read(looked_at),
        *near_copies(framework, only=only),
        *differing_in_degree_only(looked_at),
        *poorly_matched(looked_at),
    ]
    return in_order(framework, [finding for finding in findings if not only or finding.competency == only])


def _alone(framework: Framework, code: str) -> Framework:
    """The framework with nothing but one competency, for checks that look at each by itself."""
    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    return Framework.model_construct(**{**fields, "competencies": (framework.competency(code),)})


def in_order(framework: Framework, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a curator reads them: errors first, then in the order of the framework."""
    order = {code: position for position, code in enumerate(framework.by_code)}
    return tuple(sorted(findings, key=lambda f: (_RANK[f.severity], order.get(f.competency, -1))))


def _badly_worded(framework: Framework) -> Iterator[Finding]:
    for competency in framework.competencies:
        for indicator in competency.indicators:
            for problem in wording_problems(indicator.text):
                yield Finding(
                    severity=Severity.WARNING,
                    check=problem.check,
                    competency=competency.code,
                    place=f"{competency.code}, level {indicator.level}, “{indicator.text}”",
                    finding=problem.finding,
                    remedy=problem.remedy,
                )
