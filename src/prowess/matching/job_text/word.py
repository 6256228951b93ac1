"""Word documents (.docx): the final text with styles, lists, tables and text boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from prowess.matching.job_text.limits import ASKED
from prowess.matching.job_text.line import Line, LineKind, Source
from prowess.matching.job_text.table import Cell, lines_of_table
from prowess.sources.characters import clean, one_line
from prowess.sources.word_parts import W, WordParts, blocks, is_on, notes_on, opened, runs, text_of_run

_HEADING_STYLE = re.compile(r"^(?:heading|überschrift|titre)\s*(\d)|^(title)$|^(subtitle)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|bullet|number", re.IGNORECASE)


def read_word(raw: bytes, *, place: str) -> Source:
    """The lines of a Word document.

    Raises:
        InputError: damaged, or larger than a job description can be once unpacked.
    """
    with opened(raw, asked=ASKED, place=place) as parts:
        body = parts.body()
        document = _Document(styles=_styles(parts))
    document.lines.extend(_lines_of(body, document, after=0))
    return Source(lines=tuple(document.lines), notes=notes_on(body))


@dataclass
class _Style:
    name: str = ""
    bold: bool = False


@dataclass
class _Document:
    styles: dict[str, _Style]
    lines: list[Line] = field(default_factory=list)


def _styles(parts: WordParts) -> dict[str, _Style]:
    if "word/styles.xml" not in parts.names:
        return {}
    found = {}
    for style in parts.xml("word/styles.xml").iter(f"{W}style"):
        name = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = _Style(
            name=name.get(f"{W}val", "") if name is not None else "", bold=is_on(style.find(f"{W}rPr/{W}b"))
        )
    return found


def _lines_of(container: etree._Element, document: _Document, *, after: int) -> Iterator[Line]:
    """The lines of a body, a cell or a text box, numbered from ``after`` + 1."""
    number, gap, carried = after, True, ""
    for element in blocks(container):
        if element.tag == f"{W}tbl":
            for line in lines_of_table(_rows(element, document), after=number):
                number = line.number
                yield line
            gap = True
            continue
        text, bold, boxes = _text_of(element)
        text, carried = carried + text, ""
        if _mark_is_deleted(element):
            carried = text
            continue
        for piece in text.split("\n"):
            if one_line(clean(piece)):
                number += 1
                yield _line(element, piece, document, number=number, bold=bold, gap=gap)
            gap = not one_line(piece)
        for box in boxes:
            for line in _lines_of(box, document, after=number):
                number = line.number
                yield line


def _text_of(paragraph: etree._Element) -> tuple[str, bool, list[etree._Element]]:
    """The final words of a paragraph, whether all are bold, and the text boxes anchored in it."""
    pieces: list[str] = []
    bold_characters = 0
    boxes: list[etree._Element] = []
    for element in runs(paragraph):
        if element.tag != f"{W}r":
            boxes.append(element)
            continue
        words = text_of_run(element)
        pieces.append(words)
        bold_characters += len(words.strip()) if is_on(element.find(f"{W}rPr/{W}b")) else 0
    text = "".join(pieces)
    return text, bool(text.strip()) and bold_characters >= 0.9 * len(one_line(text)) - 1, boxes


def _line(paragraph: etree._Element, text: str, document: _Document, *, number: int, bold: bool, gap: bool) -> Line:
    properties = paragraph.find(f"{W}pPr")
    style_id = properties.find(f"{W}pStyle") if properties is not None else None
    style = document.styles.get(style_id.get(f"{W}val", "") if style_id is not None else "", _Style())
    heading = _HEADING_STYLE.match(style.name)
    numbered = properties is not None and properties.find(f"{W}numPr") is not None
    if heading:
        kind, level = LineKind.HEADING, int(heading[1] or (1 if heading[2] else 2))
    elif numbered or _LIST_STYLE.search(style.name):
        kind, level = LineKind.ITEM, 0
    else:
        kind, level = LineKind.PARAGRAPH, 0
    return Line(
        number=number,
        text=one_line(clean(text)),
        kind=kind,
        level=level,
        emphasis=float(bold or style.bold),
        after_gap=gap,
    )


def _rows(table: etree._Element, document: _Document) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
            continue
        rows.append(
            [tuple(_lines_of(cell, document, after=0)) for cell in row.iter(f"{W}tc") if cell.getparent() is row]
        )
    return rows


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    """A deleted paragraph mark joins the paragraph with the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
