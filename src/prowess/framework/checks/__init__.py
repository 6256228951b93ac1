"""Content checks of a framework: each finding names its place and a remedy."""

from collections.abc import Iterator

from prowess.framework.checks.completeness import missing_parts, poorly_matched, readiness
from prowess.framework.checks.consistency import inconsistencies
from prowess.framework.checks.finding import Finding, Severity
from prowess.framework.checks.likeness import near_copies
from prowess.framework.checks.wording import wording_problems
from prowess.framework.framework import Framework

__all__ = ["Finding", "Severity", "check_framework", "readiness", "wording_problems"]

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def check_framework(framework: Framework) -> tuple[Finding, ...]:
    """All findings on a framework: errors first, then in the order of the framework."""
    findings = [
        *inconsistencies(framework),
        *missing_parts(framework),
        *_badly_worded(framework),
        *near_copies(framework),
        *poorly_matched(framework),
    ]
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
