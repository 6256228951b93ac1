"""Levels that differ in a word of degree only: raters cannot tell “sometimes” from “usually”.

Anchors that are told apart by adverbs alone are the classic fault of rating scales (Smith and Kendall 1963 wrote
behavioural anchors against it).
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from prowess.framework.checks.finding import Finding, Severity
from prowess.framework.competency import Competency, Indicator
from prowess.framework.framework import Framework

DEGREES = frozenset(
    "adequate adequately advanced all almost always any basic broad complex comprehensive considerable "
    "consistently constantly deep detailed effectively every excellent exceptional expertly extensive extensively "
    "fair few frequently full fully generally good great high highly increasingly intermediate large limited "
    "little low many minimal minimally moderate more most mostly much never no normally occasionally often "
    "outstanding partial partially partly poor poorly rarely regularly routine routinely seldom simple simply "
    "skilfully skillfully solid some sometimes sophisticated strong strongly superficial thorough thoroughly "
    "typically usually varied very weak well wide widely".split()
)
LEAST_WORDS = 3
_WORD = re.compile(r"[a-z']+")


def differing_in_degree_only(framework: Framework) -> Iterator[Finding]:
    """Indicators of one competency at different levels that are the same but for words of degree."""
    for competency in framework.competencies:
        for texts in _alike(competency).values():
            levels = [indicator.level for indicator in texts]
            if len(set(levels)) > 1 and len({indicator.text for indicator in texts}) > 1:
                yield _finding(competency, texts)


def _alike(competency: Competency) -> dict[tuple[str, ...], list[Indicator]]:
    found: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for indicator in competency.indicators:
        words = tuple(word for word in _WORD.findall(indicator.text.lower()) if word not in DEGREES)
        if len(words) >= LEAST_WORDS:
            found[words].append(indicator)
    return found


def _finding(competency: Competency, texts: list[Indicator]) -> Finding:
    first, *others = texts
    where = ", ".join(f"level {other.level}: “{other.text}”" for other in others)
    return Finding(
        severity=Severity.WARNING,
        check="degree-only",
        competency=competency.code,
        place=f"{competency.code}, level {first.level}, “{first.text}”",
        finding=f"Only a word of degree tells it from {where}.",
        remedy="Describe what people do differently at each level, not how often or how well.",
    )
