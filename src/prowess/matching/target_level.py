"""The level that a role needs of a competency, from the responsibility that its text shows.

Two things are blended: the responsibility of the whole job (what occupations with such duties need, the rank in the
title, and the authority in the weightiest duties), and that of the statements that call for the competency.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

from prowess.framework import Polarity, Scale
from prowess.framework.role_profile import Statement
from prowess.matching.authority import authority_of, rank_of

if TYPE_CHECKING:
    from prowess.matching.responsibility import Responsibility

LEAST, MOST = 1.0, 5.0
_USUAL = 2.9
"""Responsibility of a usual job, and its authority in the weightiest third of its duties."""

_ORDINARY = 0.9
_OF_OCCUPATION = 0.45
_OF_RANK = 0.5
_OF_AUTHORITY = 0.45
"""Small enough that a trainee is not at the bottom nor a director at the top in everything."""

_WEIGHTIEST = 1 / 3
"""Share of the statements whose authority is that of the job: rank shows in some duties, not in all."""

_OF_OWN_STATEMENTS = 1.6
_DOUBT = 0.5
"""Statements: what one alone shows is believed by two thirds, what two show by four fifths."""

_OF_MEANING = 0.3
"""Share of what a statement says by its meaning, beside its words of authority."""

_FURTHEST = 1.5
_BY_IMPORTANCE = 0.8
"""Steps of responsibility for a difference of one in importance within the same job."""

_RESERVE = 0.2
"""In doubt the lower level is asked for."""

_NOTABLE = 0.15
_LONGEST_QUOTE = 90


class TargetLevels:
    """Proposes target levels for one job.

    The position between 1 and 5 is mapped onto the effective levels of the scale: levels that describe what goes
    wrong are never a target. ``usual`` is the usual importance of a competency in this job.
    """

    def __init__(
        self,
        scale: Scale,
        responsibility: Responsibility,
        statements: Sequence[Statement],
        *,
        usual: float,
        job_title: str = "",
    ) -> None:
        self._scale = scale
        self._usual = usual
        self._targets = [level.number for level in scale.levels if level.polarity is Polarity.EFFECTIVE]
        self._targets = self._targets or list(scale.numbers)
        self._texts = {statement.id: statement.text for statement in statements}
        self._own = _own_of(statements, responsibility)
        self._mean = sum(self._own.values()) / max(1, len(self._own))
        self.job = _job_of(responsibility, statements, job_title=job_title)

    def of(self, title: str, *, importance: float, cited: Collection[str]) -> tuple[int | None, str]:
        """The level and the sentence that says why; no level where the framework has no scale."""
        if not self._targets:
            return None, ""
        own = self._above_the_job(cited)
        position = self.job + own + _BY_IMPORTANCE * (importance - self._usual) - _RESERVE
        return self._level_at(position), self._why(self._level_at(position), title=title, own=own, cited=cited)

    def _level_at(self, position: float) -> int:
        step = floor((position - LEAST) * len(self._targets) / (MOST - LEAST))
        return self._targets[min(len(self._targets) - 1, max(0, step))]

    def _above_the_job(self, cited: Collection[str]) -> float:
        """How far the statements that call for a competency stand above the usual one of this job."""
        own = [self._own[statement] for statement in cited if statement in self._own]
        shown = sum(own) - len(own) * self._mean
        return _OF_OWN_STATEMENTS * shown / (len(own) + _DOUBT)

    def _why(self, level: int, *, title: str, own: float, cited: Collection[str]) -> str:
        numbers = self._scale.numbers
        sentence = (
            f"Level {level} ({self._scale.name_of(level)}) of {numbers[0]} to {numbers[-1]}: the text shows a "
            f"responsibility of {self.job:.1f} on a scale from 1 to 5"
        )
        known = [statement for statement in cited if statement in self._own]
        if not known:
            return f"{sentence}; no statement calls for {title}, so the whole job decides."
        if abs(own) < _NOTABLE:
            return f"{sentence}; the statements that call for {title} carry about as much as the job as a whole."
        strongest = (max if own > 0 else min)(known, key=lambda statement: self._own[statement])
        more = "more" if own > 0 else "less"
        quote = _short(self._texts[strongest])
        return f"{sentence}; the statements that call for {title} carry {more} of it, most clearly “{quote}”."


def _own_of(statements: Sequence[Statement], responsibility: Responsibility) -> dict[str, float]:
    """What each statement shows by itself, in levels against an ordinary duty."""
    meaning = responsibility.by_statement or (0.0,) * len(statements)
    return {
        statement.id: authority_of(statement.text) + _OF_MEANING * max(-_FURTHEST, min(_FURTHEST, above))
        for statement, above in zip(statements, meaning, strict=True)
    }


def _job_of(responsibility: Responsibility, statements: Sequence[Statement], *, job_title: str) -> float:
    """The responsibility of the whole job, 1 to 5."""
    shown = sorted((authority_of(statement.text) for statement in statements), reverse=True)
    weightiest = shown[: ceil(_WEIGHTIEST * len(shown))]
    level = _USUAL + _OF_OCCUPATION * (responsibility.level - _USUAL) + _OF_RANK * rank_of(job_title)
    level += _OF_AUTHORITY * (sum(weightiest) / len(weightiest) - _ORDINARY) if weightiest else 0.0
    return max(LEAST, min(MOST, level))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
