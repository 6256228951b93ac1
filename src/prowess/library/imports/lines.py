"""The lines of a source as the page shows them: a page of them, filtered, with what each was taken for in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from prowess.dictionaries import Label, Understanding, UnderstoodLine
from prowess.framework import Scale

_TITLES = (Label.TITLE, Label.DOCUMENT_TITLE, Label.CLUSTER)
_HEADINGS = (Label.HEADING, Label.LEVEL, Label.SCALE_LEVEL)
_LEFT_OUT = (Label.CLUTTER, Label.PLACEHOLDER)
FILTERS = {"all": "All lines", "unplaced": "Not understood", "clutter": "Left out", "corrected": "Corrected"}


@dataclass(frozen=True)
class ShownLine:
    """A line with what it was taken for; ``look`` is the class under which it is drawn."""

    line: UnderstoodLine
    look: str
    what: str
    level: str
    is_corrected: bool

    @property
    def source(self) -> str:
        """The words of the line with the sign before them."""
        return f"{self.line.bullet} {self.line.text}".strip()


@dataclass(frozen=True)
class SourceLines:
    """All lines of a source, and which of them were corrected."""

    understanding: Understanding
    corrected: frozenset[int]

    @cached_property
    def scale(self) -> Scale:
        """The scale of what was understood."""
        return self.understanding.reading.framework.scale

    @property
    def counts(self) -> dict[str, int]:
        """How many lines each filter shows."""
        return {name: len(self.shown(name)) for name in FILTERS}

    def shown(self, filter_name: str, *, competency: str = "") -> Sequence[UnderstoodLine]:
        """The lines that a filter shows, in the order of the source."""
        lines = self.understanding.lines
        if competency:
            lines = tuple(line for line in lines if line.code == competency)
        passes = self._filters().get(filter_name)
        return [line for line in lines if passes(line)] if passes else lines

    def _filters(self) -> dict[str, Callable[[UnderstoodLine], bool]]:
        return {
            "unplaced": lambda line: line.label is Label.UNPLACED or line.runs_on is Label.UNPLACED,
            "clutter": lambda line: line.label in _LEFT_OUT,
            "corrected": lambda line: line.position in self.corrected,
        }

    def as_shown(self, line: UnderstoodLine) -> ShownLine:
        """A line as the page shows it."""
        return ShownLine(line, _look(line), _what(line), self._level(line), line.position in self.corrected)

    def _level(self, line: UnderstoodLine) -> str:
        if line.level is None:
            return ""
        name = self.scale.name_of(line.level)
        return name if name.casefold().startswith("level") else f"level {line.level}, {name}"

    def next_unplaced(self, shown: Sequence[UnderstoodLine], *, after: int) -> int | None:
        """The place, among the lines that are shown, of the first one after ``after`` that was not understood."""
        passes = self._filters()["unplaced"]
        return next((place for place in range(after, len(shown)) if passes(shown[place])), None)


def _look(line: UnderstoodLine) -> str:
    if line.label is Label.UNPLACED or line.runs_on is Label.UNPLACED:
        return "unplaced"
    if line.label in _LEFT_OUT:
        return "clutter"
    if line.label in _TITLES:
        return "title"
    return "heading" if line.label in _HEADINGS else "content"


def _what(line: UnderstoodLine) -> str:
    what = line.label.words
    if line.runs_on is not None:
        what = f"{what}, then {line.runs_on.words}"
    return f"{what}, goes on" if line.goes_on else what
