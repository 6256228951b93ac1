"""What the readers of each file format hand on: lines and tables with what the format knows about their looks."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of a dictionary that a heading, a column or a row can announce."""

    TITLE = "title"
    CODE = "code"
    CLUSTER = "cluster"
    KIND = "kind"
    ALIASES = "aliases"
    DEFINITION = "definition"
    KEY_ACTIONS = "key-actions"
    JOB_ACTIVITIES = "job-activities"
    INDICATORS = "indicators"
    EFFECTIVE = "effective"
    INEFFECTIVE = "ineffective"
    LEVEL = "level"
    QUESTIONS = "questions"
    PROBES = "probes"
    ACTIVITIES_TO_DEVELOP = "activities-to-develop"
    COURSES = "courses"
    RESOURCES = "resources"
    RELATED = "related"
    COMPARE_TO = "compare-to"
    NOT_WITH = "not-with"
    NOTES_ON_USE = "notes-on-use"
    SCALE = "scale"
    CONTENTS = "contents"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the place in a table says about a line: it opens a part (``heading``) or is content of it.

    ``field`` says that a cluster is that of the competency whose title stands above in the same table, or that a level
    is none of the scale ("n/a").
    """

    part: Part
    heading: bool = False
    level: str = ""
    field: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a source.

    ``number`` counts from 1. ``bullet`` is the sign before the text (not part of it). ``indent`` is in characters;
    ``size`` is relative to the usual type; ``lead`` is the number of characters at the start that are bold where the
    rest is not; ``heading`` is the level that the format gives (1 is the highest, 0 none); ``gap`` says that white
    space stands above; ``whole`` that the format ends a paragraph here; ``edge`` that it is at the head or foot of its
    page; ``aside`` that the format calls it navigation, header or footer; ``linked`` that it is nothing but a link.
    Lines of different ``cell`` are never joined. ``position`` counts the lines as they are read, from 0.
    """

    number: int
    text: str
    bullet: str = ""
    indent: float = 0
    bold: bool = False
    lead: int = 0
    size: float = 1.0
    heading: int = 0
    gap: bool = False
    whole: bool = False
    page: int = 0
    edge: bool = False
    aside: bool = False
    linked: bool = False
    cell: int = 0
    hint: Hint | None = None
    position: int = 0


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as the source has it: rows of cells, each with its lines; ``name`` is a sheet's name."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The content of a source in reading order, its title where the format names one, and notes for the curator.

    ``losses`` are sentences about what the source holds and lines cannot: pictures, formulas.
    """

    format: str
    content: tuple[Line | Table, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def text_of(cell: Cell) -> str:
    """All words of a cell in one line."""
    return " ".join(line.text for line in cell)
