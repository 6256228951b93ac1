"""Content checks that need to know what texts mean: the order of levels, near-copies in other words."""

from collections.abc import Callable

from prowess.framework.checks import Finding, check_framework, in_order
from prowess.framework.framework import Framework
from prowess.matching.checks.levels import levels_out_of_order
from prowess.matching.checks.likeness import LibraryMeaning, near_copies_of
from prowess.matching.encoder import TextEncoder

__all__ = ["LibraryMeaning", "check_library", "levels_out_of_order", "near_copies_of"]


def check_library(
    framework: Framework, *, encoder: TextEncoder | None, progress: Callable[[int, int], None] | None = None
) -> tuple[Finding, ...]:
    """All findings on a framework, those that need an encoder included where there is one.

    Args:
        framework: what is checked.
        encoder: reads meaning; None checks words only.
        progress: told how many competencies are done, of how many.
    """
    findings = list(check_framework(framework))
    if encoder is None:
        return tuple(findings)
    meaning = LibraryMeaning(framework, encoder=encoder)
    count = len(framework.competencies)
    for number, competency in enumerate(framework.competencies, start=1):
        findings += levels_out_of_order(competency, scale=framework.scale, encoder=encoder)
        findings += near_copies_of(competency, meaning=meaning, earlier_only=True)
        if progress:
            progress(number, count)
    return in_order(framework, findings)
