"""Levels that do not ascend: a behaviour at a lower level that reads as the more proficient one.

Every behaviour of one level is compared with every one of another by the shipped judge of anchors (`matching.anchors`,
right in about 86 of 100 pairs of O*NET anchors that it never saw). One pair says little, so the mean of the log odds
over all pairs decides, and only a clear answer is told.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy.special import logit

from prowess.framework.checks import Finding, Severity
from prowess.framework.competency import Competency
from prowess.framework.scale import Polarity, Scale
from prowess.matching.anchors import ascending_probabilities
from prowess.matching.encoder import TextEncoder

CLEARLY_WRONG = -1.6
"""Mean log odds below which two levels are said to stand in the wrong order (the starter library has none)."""
FEWEST_PAIRS = 4
_CERTAIN = 0.999


def levels_out_of_order(competency: Competency, *, scale: Scale, encoder: TextEncoder) -> Iterator[Finding]:
    """Pairs of levels of a competency whose effective behaviours seem to stand in the wrong order."""
    by_level = {
        level.number: [i.text for i in competency.indicators_at(level.number) if i.polarity is Polarity.EFFECTIVE]
        for level in scale.levels
    }
    filled = [number for number, texts in by_level.items() if texts]
    for lower, upper in combinations(filled, 2):
        pairs = [(low, high) for low in by_level[lower] for high in by_level[upper]]
        if len(pairs) < FEWEST_PAIRS:
            continue
        odds = logit(np.clip(ascending_probabilities(pairs, encoder=encoder), 1 - _CERTAIN, _CERTAIN))
        if float(np.mean(odds)) < CLEARLY_WRONG:
            yield _finding(competency, scale, lower, upper)


def _finding(competency: Competency, scale: Scale, lower: int, upper: int) -> Finding:
    names = f"level {lower} ({scale.name_of(lower)})", f"level {upper} ({scale.name_of(upper)})"
    return Finding(
        severity=Severity.WARNING,
        check="levels-not-ascending",
        competency=competency.code,
        place=f"{competency.code}, level {upper}",
        finding=f"What stands at {names[0]} reads as more proficient than what stands at {names[1]}.",
        remedy="Look whether the two levels were exchanged, or raise what the higher one asks for.",
    )
