"""What the readers of each file format hand on: lines with what the format knows about them."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What the format says a line is; ``UNKNOWN`` where only the words can tell, and a line may be a piece of one."""

    UNKNOWN = "unknown"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a source.

    ``number`` counts from 1; ``level`` is the depth of a heading (1 is the highest, 0 unknown); ``indent`` is in
    characters; ``emphasis`` is 0 for ordinary type, higher for bold or larger type; ``after_gap`` says that white
    space stands above. ``labels`` are headings that hold for this line only (of its table row and column), ``mark``
    is what the row says about its weight ("40%", "Desirable"), and lines of different ``cell`` are never joined.
    """

    number: int
    text: str
    kind: LineKind = LineKind.UNKNOWN
    level: int = 0
    indent: float = 0
    emphasis: float = 0
    after_gap: bool = False
    labels: tuple[str, ...] = ()
    mark: str = ""
    cell: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The lines of a job description, its title where the format names one, and notes for the user."""

    lines: tuple[Line, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
