"""What was understood of a dictionary: its labelled lines, and the reading that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from prowess.dictionaries.assembly import Assembled, Placed
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.draft import Draft
from prowess.dictionaries.labels import Label
from prowess.framework.reading import Reading

if TYPE_CHECKING:
    from prowess.dictionaries.result import Result


@dataclass(frozen=True, slots=True)
class UnderstoodLine:
    """A line of the source and what it was taken for.

    ``line`` is its number in the source (lines of one row of a table share it) and ``bullet`` the sign before it.
    ``position`` is its own and never changes; a correction names it. ``code`` and ``title`` are those of the competency
    it belongs to, ``level`` the number of its level in the framework's scale. ``goes_on`` says that it continues the
    sentence or the title of the line before, ``runs_on`` what follows the name in the same line ("Definition: …").
    """

    line: int
    text: str
    label: Label
    code: str = ""
    position: int = 0
    bullet: str = ""
    title: str = ""
    level: int | None = None
    goes_on: bool = False
    runs_on: Label | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a source beside its lines."""

    format: str
    name: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """A dictionary in which every line has its label; ``document`` and ``about`` are what `reassemble` works on."""

    document: tuple[Labelled, ...] = field(repr=False)
    about: About

    @cached_property
    def reading(self) -> Reading:
        """The framework that the labels make, and an account of every word."""
        return self._result.reading()

    @cached_property
    def lines(self) -> tuple[UnderstoodLine, ...]:
        """What became of each line, in the order of the source."""
        return self._result.lines()

    @cached_property
    def _result(self) -> "Result":
        from prowess.dictionaries.result import Result  # noqa: PLC0415  # which makes understood lines

        return Result(self.document, self.about)

    def to_json(self) -> dict[str, Any]:
        """Everything that is needed to make it again, as plain JSON (objects, arrays, texts and numbers)."""
        from prowess.dictionaries.storing import to_json  # noqa: PLC0415  # which makes understandings

        return to_json(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Understanding":
        """What `to_json` gave, understood again.

        Raises:
            InputError: it was not made by `to_json`.
        """
        from prowess.dictionaries.storing import from_json  # noqa: PLC0415

        return from_json(stored)


def understood_lines(
    assembled: Assembled, *, codes: Mapping[int, str], numbers: Mapping[str, int]
) -> tuple[UnderstoodLine, ...]:
    """What became of each line, in the order of the source; ``codes`` by the identity of their draft."""
    found = [line for placed in assembled.placed for line in _lines(placed, assembled, codes=codes, numbers=numbers)]
    return tuple(sorted(found, key=lambda line: (line.line, line.position)))


def _lines(
    placed: Placed,
    assembled: Assembled,
    *,
    codes: Mapping[int, str],
    numbers: Mapping[str, int],
) -> Sequence[UnderstoodLine]:
    draft: Draft | None = placed.draft
    code = codes.get(id(draft), "") if draft else ""
    return [
        UnderstoodLine(
            line=line.number,
            text=line.text,
            label=placed.label,
            code=code,
            position=line.position,
            bullet=line.bullet,
            title=draft.title if draft and code else "",
            level=_level(placed, assembled, numbers),
            goes_on=place > 0,
            runs_on=placed.runs_on if place == 0 else None,
        )
        for place, line in enumerate(placed.lines)
    ]


def _level(placed: Placed, assembled: Assembled, numbers: Mapping[str, int]) -> int | None:
    """The number of the level of an indicator, of a level's name or description, or of an option for development."""
    if placed.level and placed.label in _LEVELLED:
        return numbers.get(assembled.levels.found(placed.level))
    return None


_LEVELLED = frozenset(
    (
        *(Label.LEVEL, Label.SCALE_LEVEL, Label.SCALE_DESCRIPTION),
        *(Label.INDICATOR, Label.EFFECTIVE, Label.INEFFECTIVE),
        *(Label.ACTIVITY, Label.COURSE, Label.RESOURCE),
    )
)
