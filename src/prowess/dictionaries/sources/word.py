"""Word documents (.docx): lines and tables with styles, lists, bold leads and text boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from prowess.dictionaries.limits import ASKED, MOST_COLUMNS
from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.characters import clean, one_line, only_signs, split_bullet, split_number
from prowess.sources.word_parts import W, WordParts, blocks, cells, is_on, notes_on, opened, runs, text_of_run

_HEADING_STYLE = re.compile(r"^(?:heading|überschrift|titre|título|kop)\s*(\d)|^(title)$|^(subtitle)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|bullet", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"^toc\s*\d|table of figures", re.IGNORECASE)
_USUAL_SIZE = 22.0
_MOST_HEADS = 20
_PICTURES = frozenset(
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{urn:schemas-microsoft-com:vml}imagedata",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    )
)
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_HAS_WORDS = {
    "word/comments.xml": "The document has comments beside its text; they were not read.",
    "word/footnotes.xml": "The document has footnotes; they were not read.",
    "word/endnotes.xml": "The document has endnotes; they were not read.",
}


def read_word(raw: bytes, *, place: str) -> Source:
    """The lines and tables of a Word document, its running heads among them.

    Raises:
        InputError: damaged, protected, or larger than a dictionary can be once unpacked.
    """
    with opened(raw, asked=ASKED, place=place) as parts:
        body, names = parts.body(), parts.names
        document = _Document(styles=_styles(parts))
        heads = [parts.xml(name) for name in sorted(names) if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)]
    content = list(_content(body, document))
    for head in heads[:_MOST_HEADS]:
        content += [replace(piece, aside=True) for piece in _content(head, document) if isinstance(piece, Line)]
    in_order = tuple(_relative(content, document.sizes))
    return Source(format="word", content=in_order, notes=notes_on(body), losses=tuple(_losses(body, names)))


def _losses(body: etree._Element, names: frozenset[str]) -> Iterator[str]:
    """What a document holds that its lines do not."""
    pictures = sum(element.tag in _PICTURES for element in body.iter())
    if pictures:
        yield f"The document holds {_counted(pictures, 'picture')}; words in them were not read."
    formulas = sum(element.tag == _FORMULA for element in body.iter())
    if formulas:
        yield f"The document holds {_counted(formulas, 'formula')}, of which only the letters were read."
    yield from (sentence for name, sentence in _HAS_WORDS.items() if name in names)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


@dataclass
class _Style:
    name: str = ""
    bold: bool = False
    size: float = 0.0
    based_on: str = ""


@dataclass
class _Document:
    styles: dict[str, _Style]
    number: int = 0
    gap: bool = True
    sizes: dict[float, int] = field(default_factory=dict)

    def style(self, identifier: str) -> _Style:
        """A style with what it takes from those that it is based on."""
        found, steps = self.styles.get(identifier, _Style()), 0
        based_on, size, bold = found.based_on, found.size, found.bold
        while based_on in self.styles and steps < 10:
            below = self.styles[based_on]
            size, bold, based_on, steps = size or below.size, bold or below.bold, below.based_on, steps + 1
        return _Style(name=found.name, bold=bold, size=size)


def _styles(parts: WordParts) -> dict[str, _Style]:
    if "word/styles.xml" not in parts.names:
        return {}
    found = {}
    for style in parts.xml("word/styles.xml").iter(f"{W}style"):
        name, based_on = style.find(f"{W}name"), style.find(f"{W}basedOn")
        found[style.get(f"{W}styleId", "")] = _Style(
            name=name.get(f"{W}val", "") if name is not None else "",
            bold=is_on(style.find(f"{W}rPr/{W}b")),
            size=_size(style.find(f"{W}rPr/{W}sz")),
            based_on=based_on.get(f"{W}val", "") if based_on is not None else "",
        )
    return found


def _size(element: etree._Element | None) -> float:
    value = element.get(f"{W}val", "") if element is not None else ""
    return float(value) if re.fullmatch(r"\d{1,4}(?:\.\d+)?", value) else 0.0


def _content(container: etree._Element, document: _Document) -> Iterator[Line | Table]:
    """The lines and tables of a body, a cell or a text box."""
    for element in blocks(container):
        if element.tag == f"{W}tbl":
            yield Table(rows=tuple(_rows(element, document)))
            document.gap = True
        else:
            yield from _paragraph(element, document)


@dataclass
class _Run:
    text: str
    bold: bool
    size: float


def _paragraph(paragraph: etree._Element, document: _Document) -> Iterator[Line | Table]:
    style = document.style(_style_of(paragraph))
    runs, boxes = _runs_of(paragraph, style)
    pieces = _at_breaks(runs)
    for position, piece in enumerate(pieces):
        text = one_line(clean("".join(run.text for run in piece)))
        if text and not only_signs(text):
            document.number += 1
            whole = position == len(pieces) - 1
            yield _line(paragraph, piece, text, style, document, whole=whole)
            document.gap = False
        elif not text:
            document.gap = True
    for box in boxes:
        yield from _content(box, document)


def _style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _runs_of(paragraph: etree._Element, style: _Style) -> tuple[list[_Run], list[etree._Element]]:
    """The final words of a paragraph with their looks, and the text boxes anchored in it."""
    found: list[_Run] = []
    boxes: list[etree._Element] = []
    for element in runs(paragraph):
        if element.tag == f"{W}r":
            found.append(_run(element, element.find(f"{W}rPr"), style))
        else:
            boxes.append(element)
    return found, boxes


def _run(run: etree._Element, properties: etree._Element | None, style: _Style) -> _Run:
    bold = properties.find(f"{W}b") if properties is not None else None
    size = _size(properties.find(f"{W}sz")) if properties is not None else 0.0
    return _Run(text=text_of_run(run), bold=is_on(bold) if bold is not None else style.bold, size=size or style.size)


def _at_breaks(runs: list[_Run]) -> list[list[_Run]]:
    """The runs of each line, where the paragraph has line breaks of its own."""
    pieces: list[list[_Run]] = [[]]
    for run in runs:
        for position, text in enumerate(run.text.split("\n")):
            if position:
                pieces.append([])
            pieces[-1].append(_Run(text=text, bold=run.bold, size=run.size))
    return pieces


def _line(
    paragraph: etree._Element, runs: list[_Run], text: str, style: _Style, document: _Document, *, whole: bool
) -> Line:
    heading = _HEADING_STYLE.match(style.name)
    properties = paragraph.find(f"{W}pPr/{W}numPr")
    listed = properties is not None or bool(_LIST_STYLE.search(style.name))
    level = int(heading[1] or (1 if heading[2] else 2)) if heading else 0
    sign, rest = split_number(text) if level else split_bullet(text)
    filled = [run for run in runs if run.text.strip()]
    size = max((run.size for run in filled), default=0.0) or _USUAL_SIZE
    document.sizes[size] = document.sizes.get(size, 0) + len(text)
    bold = bool(filled) and all(run.bold for run in filled)
    return Line(
        number=document.number,
        text=rest,
        bullet="•" if listed and not level else sign,
        indent=_indent(paragraph, properties) + _depth(style),
        bold=bold,
        lead=0 if bold else _lead(filled, len(text) - len(rest)),
        size=size,
        heading=level,
        gap=document.gap or level > 0 or not listed,
        whole=whole,
        aside=bool(_CONTENTS_STYLE.match(style.name)),
    )


def _lead(runs: list[_Run], sign: int) -> int:
    """How many characters at the start are bold, where the rest is not."""
    start = ""
    for run in runs:
        if not run.bold:
            break
        start += run.text
    return max(0, len(one_line(clean(start))) - sign) if start.strip() else 0


def _indent(paragraph: etree._Element, listing: etree._Element | None) -> float:
    level = listing.find(f"{W}ilvl") if listing is not None else None
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    indent = paragraph.find(f"{W}pPr/{W}ind")
    left = indent.get(f"{W}left", indent.get(f"{W}start", "0")) if indent is not None else "0"
    return 2.0 * (int(depth) if depth.isdecimal() and len(depth) < 3 else 0) + (
        min(int(left), 10_000) / 180 if left.isdecimal() and len(left) < 7 else 0.0
    )


def _depth(style: _Style) -> float:
    """How much deeper a list style of a higher number stands ("List Bullet 2")."""
    number = re.search(r"[ _-]([2-9])$", style.name) if _LIST_STYLE.search(style.name) else None
    return 2.0 * (int(number[1]) - 1) if number else 0.0


def _rows(table: etree._Element, document: _Document) -> Iterator[tuple[Cell, ...]]:

    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
            continue
        found: list[Cell] = []
        for cell in cells(row):
            document.gap = True
            lines = _cell_lines(cell, document)
            found.append(lines)
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = span.get(f"{W}val", "1") if span is not None else "1"
            extra = min(int(width), MOST_COLUMNS) - 1 if width.isdecimal() and len(width) < 5 else 0
            found.extend(() for _place in range(max(0, extra)))

        yield tuple(found[:MOST_COLUMNS])


def _cell_lines(cell: etree._Element, document: _Document) -> Cell:
    lines: list[Line] = []
    for piece in _content(cell, document):
        if isinstance(piece, Line):
            lines.append(piece)
        else:
            lines.extend(line for row in piece.rows for inner in row for line in inner)
    return tuple(lines)


def _relative(content: list[Line | Table], sizes: dict[float, int]) -> Iterator[Line | Table]:
    """Sizes of type as a share of the usual one."""
    usual = max(sizes, key=lambda size: sizes[size]) if sizes else _USUAL_SIZE
    for piece in content:
        if isinstance(piece, Line):
            yield replace(piece, size=piece.size / usual)
        else:
            rows = tuple(
                tuple(tuple(replace(line, size=line.size / usual) for line in cell) for cell in row)
                for row in piece.rows
            )
            yield Table(rows=rows, name=piece.name)
