"""The level that a role needs of a competency, from the responsibility that its text shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import floor
from typing import TYPE_CHECKING

from prowess.framework import Polarity, Scale
from prowess.framework.role_profile import Statement

if TYPE_CHECKING:
    from prowess.matching.responsibility import Responsibility

_BY_IMPORTANCE = 2.0
"""Steps of responsibility for a difference of one in importance within the same job."""

_USUAL_RESPONSIBILITY = 2.9
_SPREAD = 0.6
_LONG_JOB = 24
"""A long job description mixes duties of every kind, which draws the estimate towards the usual: it is spread again, by
up to this share, the more the more statements there are."""

_RESERVE = 0.15
"""Of a level: in doubt the lower level is asked for."""

_NOTABLE = 0.04
_LOUDEST = 90


class TargetLevels:
    """Proposes target levels for one job.

    The job's responsibility, between 1 and 5, is moved by the statements cited for the competency and by how its
    importance differs from ``usual``, and then mapped onto the effective levels of the scale: levels that describe
    what goes wrong are never a target.
    """

    def __init__(
        self, scale: Scale, responsibility: Responsibility, statements: Sequence[Statement], *, usual: float
    ) -> None:
        self._scale = scale
        self._usual = usual
        self._targets = [level.number for level in scale.levels if level.polarity is Polarity.EFFECTIVE]
        self._targets = self._targets or list(scale.numbers)
        self._responsibility = responsibility
        self._pull = {statements[driver.statement].id: driver.contribution for driver in responsibility.drivers}
        self._spread = 1 + _SPREAD * min(1.0, len(statements) / _LONG_JOB)
        self._texts = {statement.id: statement.text for statement in statements}

    def of(self, title: str, *, importance: float, cited: Collection[str]) -> tuple[int | None, str]:
        """The level and the sentence that says why; no level where the framework has no scale."""
        if not self._targets:
            return None, ""
        moved = _USUAL_RESPONSIBILITY + self._spread * (self._responsibility.level - _USUAL_RESPONSIBILITY)
        moved += _BY_IMPORTANCE * (importance - self._usual)
        moved += sum(self._pull.get(statement, 0.0) for statement in cited)
        position = (moved - 1) * len(self._targets) / 4 - _RESERVE
        level = self._targets[min(len(self._targets) - 1, max(0, floor(position)))]
        return level, self._why(level, title=title, importance=importance, cited=cited)

    def _why(self, level: int, *, title: str, importance: float, cited: Collection[str]) -> str:
        numbers = self._scale.numbers
        own = [statement for statement in cited if statement in self._pull]
        strongest = max(own or self._pull, key=lambda statement: abs(self._pull[statement]), default="")
        sentence = (
            f"Level {level} ({self._scale.name_of(level)}) of {numbers[0]} to {numbers[-1]}: the text shows a "
            f"responsibility of {self._responsibility.level:.1f} on a scale from 1 to 5"
        )
        if strongest:
            direction = "raised" if self._pull[strongest] > 0 else "lowered"
            sentence += f", {direction} most by “{_short(self._texts[strongest])}”"
        above = importance - self._usual
        weight = "above" if above > _NOTABLE else "below" if above < -_NOTABLE else "near"
        return f"{sentence}; the importance of {title} ({importance:.2f}) is {weight} what is usual in this job."


def _short(text: str) -> str:
    return text if len(text) <= _LOUDEST else text[:_LOUDEST].rsplit(" ", 1)[0] + " …"
