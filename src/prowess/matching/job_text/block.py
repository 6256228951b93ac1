"""Lines to blocks: headings, list items and paragraphs, with hard-wrapped lines joined again."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from prowess.matching.job_text.heading import is_heading
from prowess.matching.job_text.line import Line, LineKind
from prowess.matching.job_text.section import Section, section_of

_BULLET = re.compile(r"^\s*(?:[•●○◦▪▫■□◆◇►▶➤➢✓✔→⇒»·∙‣⁃*+–—−-]|o(?=\s+[A-Z]))(?:\s+|(?<=[•●○▪■◆►✓·‣])(?=\S))")
_NUMBER = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)]|\d{1,2}(?=\s{2,})|[a-z][.)]|[A-Z]\)|[ivx]{1,5}[.)]|[IVX]{1,5}[.)])\)?)\s+"
)
_CAPITAL_LETTER = re.compile(r"^\s*[A-H]\.\s+(?=[A-Z])")
_CODE = re.compile(
    r"^\s*(?:[A-Z]{1,4}[ -]?\d{1,2}(?:\.\d{1,2})*[.):]\s+(?=\S)"
    r"|(?:[A-Z]{1,3}\d{1,2}|[A-Z]{1,4}[ -]?\d{1,2}(?:\.\d{1,2})+)\s+(?=[A-Z]))"
)
"""Duties with codes of their own: “A1. …”, “KRA 2: …”, “SC1 …”."""

_DEEP_NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_NUMBER_OF_ITEM = re.compile(r"^\s*((?:[A-Z]{1,4}[ -]?)?\d{1,2}(?:\.\d{1,2})*|[A-H](?=[.)]))[.):]?\s")
_RUN_IN = re.compile(r"^([A-Z][\w ,&/()'’-]{3,60}):\s+(?=\S)")
_ENDS = re.compile(r"[.!?:;][\"'”’)]*$")
_JOINED_WORDS = frozenset(
    "self well follow co cross non long short high low part full time day hands front back end post pre multi inter "
    "decision problem customer client cost user evidence health work team year state in on off up out de re".split()
)


LONGEST_ACRONYM = 6
"""Characters: “CTC: 6 a year” is a fact, “REQUIREMENTS: Two years …” a heading and its text."""

FEWEST_CONTINUED = 0.05
"""Share of lines that begin small: in a hard-wrapped text some do, where every line is whole hardly any."""

NARROWEST = 45
"""Characters of a line below which a text was not hard-wrapped, but has short lines."""


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, an item of a list or a paragraph, whole, with the number of its first line."""

    kind: BlockKind
    number: int
    text: str
    level: int = 0
    labels: tuple[str, ...] = ()
    mark: str = ""
    number_of_item: str = ""
    opens_list: bool = False
    after_gap: bool = False
    indent: float = 0
    starts: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The number of the line on which a character of the text stands."""
        return max((number for start, number in self.starts if start <= offset), default=self.number)


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a source in order."""
    groups = _grouped(lines, width=_wrap_width(lines))
    return [part for block in _marked(groups) for part in _run_in_heading(block)]


def _run_in_heading(block: Block) -> Iterator[Block]:
    """ "MINIMUM QUALIFICATIONS: Graduation from …" is a heading and a paragraph."""
    found = _RUN_IN.match(block.text) if block.kind is not BlockKind.HEADING and not block.labels else None
    announced = section_of(found[1]) if found else None
    labels_a_value = announced is not None and announced.section in (Section.TERMS, Section.TITLE)
    clear = found is not None and (
        (found[1].isupper() and len(found[1]) > LONGEST_ACRONYM)
        or (announced is not None and announced.strength >= 0.85)
    )
    if found is None or labels_a_value or not clear or len(block.text) - found.end() < 12:
        yield block
        return
    yield Block(kind=BlockKind.HEADING, number=block.number, text=found[1], level=3)
    starts = tuple((start - found.end(), number) for start, number in block.starts)
    yield replace(block, text=block.text[found.end() :], starts=starts)


@dataclass(slots=True)
class _Group:
    first: Line
    kind: BlockKind
    text: str
    last: Line
    level: int = 0
    starts: list[tuple[int, int]] = field(default_factory=list)


def _wrap_width(lines: Sequence[Line]) -> float:
    """The width at which a text was hard-wrapped; 0 where its lines are whole (some are longer than any screen)."""
    pieces = [line for line in lines if line.kind is LineKind.UNKNOWN and not line.cell]
    lengths = sorted(line.indent + len(line.text) for line in pieces)
    continued = sum(line.text[:1].islower() and not line.after_gap for line in pieces)
    if not lengths or lengths[-1] > 180 or continued < FEWEST_CONTINUED * len(pieces):
        return 0
    width = lengths[math.ceil(0.92 * (len(lengths) - 1))]
    return width if width >= NARROWEST else 0


def _width_of_cells(lines: Sequence[Line]) -> dict[int, float]:
    """The longest line of each table cell, as wide as the cell or narrower."""
    widest: dict[int, float] = {}
    for line in lines:
        if line.cell:
            widest[line.cell] = max(widest.get(line.cell, 0), len(line.text))
    return widest


def _grouped(lines: Sequence[Line], *, width: float) -> list[_Group]:
    groups: list[_Group] = []
    cells = _width_of_cells(lines)
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        previous = groups[-1] if groups else None
        if previous and _continues(previous, line, width=cells.get(line.cell, width)):
            previous.text = _joined(previous.text, line.text)
            previous.starts.append((len(previous.text) - len(line.text), line.number))
            previous.last = line
        else:
            groups.append(_started(line, following))
    return groups


def _started(line: Line, following: Line | None) -> _Group:
    text, item = _without_marker(line)
    if line.kind is LineKind.HEADING:
        return _Group(first=line, kind=BlockKind.HEADING, text=text, last=line, level=line.level)
    if is_heading(line, text=text, following=following, listed=item):
        return _Group(first=line, kind=BlockKind.HEADING, text=text, last=line, level=_depth(line))
    kind = BlockKind.ITEM if item or line.kind is LineKind.ITEM else BlockKind.PARAGRAPH
    return _Group(first=line, kind=kind, text=text, last=line)


def _without_marker(line: Line) -> tuple[str, bool]:
    """The words of a line without its bullet or number, and whether it had one."""
    for marker in (_BULLET, _NUMBER, _CAPITAL_LETTER, _CODE):
        found = marker.match(line.text)
        if found and len(line.text) > found.end():
            return line.text[found.end() :].strip(), True
    return line.text, False


def _depth(line: Line) -> int:
    number = _DEEP_NUMBER.match(line.text)
    if number:
        return 1 + number[1].count(".") + 1
    return 2 if line.emphasis >= 2 or line.text.isupper() else 3


def _continues(group: _Group, line: Line, *, width: float) -> bool:
    """Whether a line is a further piece of a hard-wrapped block."""
    if not _may_continue(group, line):
        return False
    small = line.text[:1].islower() or line.text[:1] in "(&,;%"
    ended = bool(_ENDS.search(group.text))
    if small and not ended:
        return not line.after_gap or width > 0
    if line.after_gap or (line.emphasis != group.last.emphasis and not small):
        return False
    in_prose = not ended or group.kind is BlockKind.PARAGRAPH or line.indent > group.first.indent
    return in_prose and _was_full(group.last, line, width=width)


def _may_continue(group: _Group, line: Line) -> bool:
    """Lines that a format calls whole, and lines of other cells or with a bullet, begin something new."""
    pieces = line.kind is LineKind.UNKNOWN and group.last.kind is LineKind.UNKNOWN
    together = line.cell == group.last.cell and line.labels == group.first.labels
    return pieces and together and group.kind is not BlockKind.HEADING and not _without_marker(line)[1]


def _was_full(last: Line, line: Line, *, width: float) -> bool:
    """Whether the first word of this line would not have fitted on the last one."""
    first_word = len(line.text.split(" ", 1)[0])
    return width > 0 and last.indent + len(last.text) + 1 + first_word > 0.93 * width


def _number_of(text: str) -> str:
    number = _NUMBER_OF_ITEM.match(text)
    return number[1] if number else ""


def _joined(text: str, more: str) -> str:
    """Two pieces of a block; a word divided at the end of the line is made whole."""
    if text.endswith("-") and more[:1].islower() and text[-2:-1].isalpha():
        stem = re.split(r"[\s-]", text[:-1])[-1].lower()
        return text + more if stem in _JOINED_WORDS else text[:-1] + more
    return f"{text} {more}"


def _marked(groups: Sequence[_Group]) -> Iterator[Block]:
    for position, group in enumerate(groups):
        following = groups[position + 1] if position + 1 < len(groups) else None
        block = Block(
            kind=group.kind,
            number=group.first.number,
            text=group.text.strip(),
            level=group.level,
            labels=group.first.labels,
            mark=group.first.mark,
            after_gap=group.first.after_gap,
            indent=group.first.indent,
            number_of_item=_number_of(group.first.text),
            starts=tuple(group.starts),
        )
        opens = group.text.rstrip().endswith(":") and following is not None and following.kind is BlockKind.ITEM
        if block.text:
            yield replace(block, opens_list=opens)
