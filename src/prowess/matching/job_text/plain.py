"""Plain text and Markdown: lines with their indent, and the signs that Markdown gives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from prowess.matching.job_text.line import Line, LineKind, Source
from prowess.matching.job_text.table import lines_of_table
from prowess.sources.characters import clean, one_line

_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|\*{3,}|_{3,}|~{3,})\s*$")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(.+?)\1\s*:?\s*$")
_INLINE = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_`])(?=\S)([^*_`]+?)(?<=\S)\3(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_BESIDE = re.compile(r"(?<=\S)\s{3,}(?=[A-Z][\w ./&-]{1,30}:\s)")
"""White space between two labelled values that stand on one line."""
_LONGEST_SIGNED = 2000
"""Longer lines are running prose; the signs of Markdown are not looked for in them."""
_RULE = re.compile(r"^[\s|:+-]+$")


def read_plain(text: str) -> Source:
    """The lines of a text; empty lines become the white space above the next line."""
    raw = clean(text).expandtabs(4).split("\n")
    return Source(lines=tuple(_lines(raw, double_spaced=_double_spaced(raw))))


def _double_spaced(raw: Sequence[str]) -> bool:
    """Whether an empty line stands after almost every line, as some converters leave it: then it says nothing."""
    filled = [position for position, text in enumerate(raw) if text.strip()]
    if len(filled) < 8:
        return False
    steps = [after - before for before, after in pairwise(filled)]
    continued = sum(raw[after].lstrip()[:1].islower() for after in filled[1:])
    return sum(step == 2 for step in steps) >= 0.7 * len(steps) and continued >= 0.15 * len(filled)


def _lines(raw: Sequence[str], *, double_spaced: bool) -> Iterator[Line]:
    empty, position = 2, 0
    while position < len(raw):
        text = raw[position]
        table = _table_at(raw, position)
        if table:
            yield from _table_lines(raw[position : position + table], first=position + 1)
            position, empty = position + table, 1
            continue
        if not text.strip() or _UNDERLINE.match(text):
            empty += 1
        else:
            below = raw[position + 1] if position + 1 < len(raw) else ""
            gap = empty > (1 if double_spaced else 0)
            for piece in _BESIDE.split(text):
                yield _line(piece, number=position + 1, gap=gap, below=below)
            empty = 0
        position += 1


def _line(text: str, *, number: int, gap: bool, below: str) -> Line:
    hashes, bold, underline = _HASHES.match(text), _BOLD_LINE.match(text), _UNDERLINE.match(below)
    indent = len(text) - len(text.lstrip())
    if len(text) > _LONGEST_SIGNED:
        return Line(number=number, text=one_line(text), indent=indent, after_gap=gap)
    line = Line(number=number, text=_without_signs(text), indent=indent, after_gap=gap)
    if hashes:
        return replace(line, text=_without_signs(hashes[2]) or "-", kind=LineKind.HEADING, level=len(hashes[1]))
    if (
        underline
        and underline[1][0] in "=-"
        and len(text.strip()) <= 80
        and len(underline[1]) >= 0.5 * len(text.strip())
    ):
        return replace(line, emphasis=2.0)
    return replace(line, emphasis=1.0) if bold else line


def _without_signs(text: str) -> str:
    return one_line(_INLINE.sub(lambda found: found[2] or found[4], _LINK.sub(r"\1", text)))


def _table_at(raw: Sequence[str], position: int) -> int:
    """How many lines from here are rows of a Markdown table; 0 where there is none."""
    count = 0
    while position + count < len(raw) and _ROW.match(raw[position + count]):
        count += 1
    return count if count >= 2 else 0


def _table_lines(raw: Sequence[str], *, first: int) -> list[Line]:
    rows, numbers = [], []
    for offset, text in enumerate(raw):
        if _RULE.match(text):
            continue
        cells = [_without_signs(cell) for cell in text.strip().strip("|").split("|")]
        rows.append([(Line(number=first + offset, text=cell),) if cell else () for cell in cells])
        numbers.append(first + offset)
    lines = lines_of_table(rows, after=first)
    by_text = {cell[0].text: cell[0].number for row in reversed(rows) for cell in row if cell}
    return [replace(line, number=by_text.get(line.text, first)) for line in lines]
