"""Plain text and Markdown: lines with their indent and signs; pages end at form feeds."""

import re
from collections.abc import Iterator, Sequence

from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.characters import clean, one_line, only_signs, split_bullet, split_number
from prowess.dictionaries.sources.side_by_side import height_of_columns, table_of_columns

_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_MARKDOWN = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_QUOTED = re.compile(r"^\s{0,3}>\s?", re.MULTILINE)
_UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|~{3,})\s*$")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(.+?)\1\s*[:.]?\s*$")
_BOLD_LEAD = re.compile(r"^\s*(\*\*|__)(?=\S)(.{2,120}?)(?<=\S)\1(?=\W)")
_ITALIC_LINE = re.compile(r"^\s*([*_])(?=[^\s*_])[^*_]+(?<=\S)\1\s*$")
_INLINE = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_`])(?=\S)([^*_`]+?)(?<=\S)\3(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_ONLY_LINKS = re.compile(r"^(?:\W*\[[^\[\]]{1,200}\]\([^()\s]{1,500}\)\W*)+$")
_ROW = re.compile(r"^\s*\|(.*\S.*)\|\s*$")
_RULE = re.compile(r"^[\s|:+=-]+$")
_BOXED = str.maketrans("│┃║┆┊", "|||||")
_LONGEST_SIGNED = 2_000
"""Longer lines are running prose; the signs of Markdown are not looked for in them."""
EDGE = 2
"""Lines at the head and foot of a page that may be running heads."""


def read_plain(text: str) -> Source:
    """The lines of a text; empty lines become the white space above the next line."""
    if _MARKDOWN.search(text):
        text = _QUOTED.sub("", text)
    content: list[Line | Table] = []
    number = 0
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    for page, page_text in enumerate(pages, start=1):
        raw = clean(page_text).translate(_BOXED).expandtabs(8) if "\t" not in page_text else clean(page_text)
        rows = raw.translate(_BOXED).split("\n")
        content.extend(_content(rows, first=number + 1, page=page if len(pages) > 1 else 0))
        number += len(rows) - (page < len(pages) and rows[-1] == "")
    return Source(format="text", content=tuple(content))


def _content(rows: Sequence[str], *, first: int, page: int) -> Iterator[Line | Table]:
    filled = [position for position, text in enumerate(rows) if text.strip() and not only_signs(text)]
    edges = {*filled[:EDGE], *filled[-EDGE:]} if page else set()
    gap, position, sign = True, 0, ""
    while position < len(rows):
        height = _piped(rows, position) or _tabbed(rows, position)
        if height:
            yield _table(rows[position : position + height], first=first + position)
            position, gap = position + height, True
            continue
        height, starts = height_of_columns(rows, position) if "  " in rows[position].strip() else (0, ())
        if height:
            yield table_of_columns(rows[position : position + height], starts, first=first + position)
            position, gap = position + height, True
            continue
        text = rows[position]
        if not text.strip() or only_signs(text):
            gap = gap or not text.strip() or len(text.strip()) > 2
            sign = text.strip() if text.strip() and len(text.strip()) == 1 and text.strip() != "|" else ""
            gap = gap or text.strip() == "|"
        else:
            below = rows[position + 1] if position + 1 < len(rows) else ""
            yield _line(
                text.replace("\t", "    "),
                number=first + position,
                gap=gap,
                below=below,
                page=page,
                edge=position in edges,
                sign=sign,
            )
            gap, sign = False, ""
        position += 1


def _line(text: str, *, number: int, gap: bool, below: str, page: int, edge: bool, sign: str) -> Line:
    indent = len(text) - len(text.lstrip())
    if len(text) > _LONGEST_SIGNED:
        bullet, rest = split_bullet(text)
        return Line(number=number, text=one_line(rest), bullet=bullet, indent=indent, gap=gap, page=page)
    hashes, underline = _HASHES.match(text), _UNDERLINE.match(below)
    if hashes:
        sign, title = split_number(without_signs(hashes[2]) or "-")
        return Line(number=number, text=title, bullet=sign, heading=len(hashes[1]), gap=True, whole=True)
    marked = _BOLD_LINE.match(text) or _BOLD_LEAD.match(text) or _ITALIC_LINE.match(text)
    bullet, rest = ("", text) if marked else split_bullet(text)
    bold, lead = _BOLD_LINE.match(rest), _BOLD_LEAD.match(rest)
    content = without_signs(rest)
    underlined = underline is not None and len(content) <= 90 and len(underline[1]) >= 0.5 * len(content)
    return Line(
        number=number,
        text=content or rest.strip(),
        bullet=bullet or sign,
        indent=indent,
        gap=gap,
        page=page,
        edge=edge,
        bold=bool(bold) or underlined,
        size=1.15 if underlined else 1.0,
        lead=len(one_line(lead[2])) if lead and not bold else 0,
        linked=_ONLY_LINKS.match(rest) is not None,
    )


def without_signs(text: str) -> str:
    """A line of Markdown as it would be shown."""
    return one_line(_INLINE.sub(lambda found: found[2] or found[4], _LINK.sub(r"\1", text)))


def _piped(rows: Sequence[str], position: int) -> int:
    """How many lines from here are rows between upright strokes; 0 where fewer than two."""
    count = 0
    while position + count < len(rows):
        text = rows[position + count]
        if not (_ROW.match(text) and "|" in text.strip().strip("|")) and not (
            (count and _RULE.match(text) and "-" in text and "|" in text) or (count and text.lstrip().startswith("+-"))
        ):
            break
        count += 1
    return count if count >= 2 else 0


def _tabbed(rows: Sequence[str], position: int) -> int:
    """How many lines from here are rows of cells between tabs: at least three with as many cells."""
    count, width = 0, rows[position].strip("\n").count("\t")
    if not width or rows[position].startswith("\t"):
        return 0
    while position + count < len(rows) and rows[position + count].count("\t") == width:
        count += 1
    return count if count >= 3 else 0


def _table(rows: Sequence[str], *, first: int) -> Table:
    found: list[tuple[Cell, ...]] = []
    for offset, text in enumerate(rows):
        if _RULE.match(text):
            continue
        cells = (
            text.split("\t")
            if "\t" in text and "|" not in text
            else text.strip().removeprefix("|").removesuffix("|").split("|")
        )
        found.append(tuple(_cell(cell, number=first + offset) for cell in cells))
    return Table(rows=tuple(found))


def _cell(text: str, *, number: int) -> Cell:
    lines: list[Line] = []
    for piece in re.split(r"<br\s*/?>|\s;\s(?=[A-Z•])", text):
        bold = bool(_BOLD_LINE.match(piece))
        bullet, rest = ("", piece) if bold or _BOLD_LEAD.match(piece) else split_bullet(piece)
        content = without_signs(rest)
        if content:
            lines.append(Line(number=number, text=content, bullet=bullet, bold=bold, gap=not lines, whole=True))
    return tuple(lines)
