"""Word documents (.docx): the final text with styles, lists, bold leads, tables and text boxes.

The parts are read directly and within limits: a document may be hostile, and tracked changes and text boxes are not
part of what a high-level reader shows. Insertions are in, deletions are out.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from prowess.dictionaries.limits import LARGEST_PART, MOST_COLUMNS
from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.characters import clean, one_line, only_signs, split_bullet
from prowess.framework.errors import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom"))
_TRACKED = frozenset((f"{_W}del", f"{_W}ins", f"{_W}moveFrom", f"{_W}moveTo"))
_TEXTS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_HEADING_STYLE = re.compile(r"^(?:heading|überschrift|titre|título|kop)\s*(\d)|^(title)$|^(subtitle)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|bullet", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"^toc\s*\d|table of figures", re.IGNORECASE)
_USUAL_SIZE = 22.0
_TRACKED_NOTE = (
    "The Word document holds tracked changes; its final text was read: insertions are in, deletions are left out."
)


def read_word(raw: bytes, *, place: str) -> Source:
    """The lines and tables of a Word document, its running heads among them.

    Raises:
        InputError: damaged, protected, or larger than a dictionary can be once unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            body = _xml(archive, "word/document.xml", place=place).find(f"{_W}body")
            document = _Document(styles=_styles(archive, place=place))
            heads = [
                _xml(archive, name, place=place)
                for name in sorted(archive.namelist())
                if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)
            ]
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(place) from error
    if body is None:
        raise _damaged(place)
    content = list(_content(body, document))
    for head in heads[:20]:
        content += [replace(piece, aside=True) for piece in _content(head, document) if isinstance(piece, Line)]
    notes = (_TRACKED_NOTE,) if any(element.tag in _TRACKED for element in body.iter()) else ()
    return Source(format="word", content=tuple(_relative(content, document.sizes)), notes=notes)


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


def _xml(archive: zipfile.ZipFile, name: str, *, place: str) -> etree._Element:
    """One part of the archive as XML; never more than the limit is unpacked, and no entity is followed."""
    try:
        with archive.open(name) as part:
            content = part.read(LARGEST_PART + 1)
    except RuntimeError as error:
        raise InputError(
            "The Word document is protected with a password.", place=place, remedy="Save it without a password."
        ) from error
    except Exception as error:  # zlib.error and lzma.LZMAError have no common ancestor below Exception
        raise _damaged(place) from error
    if len(content) > LARGEST_PART:
        raise InputError(
            f"The Word document unpacks to more than {LARGEST_PART // 2**20} MB of text; no dictionary does.",
            place=place,
            remedy="Divide it into several files.",
        )
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(place) from error


def _damaged(place: str) -> InputError:
    return InputError("The Word document is damaged.", place=place, remedy="Save it again in Word, or paste its text.")


def _styles(archive: zipfile.ZipFile, *, place: str) -> dict[str, _Style]:
    if "word/styles.xml" not in archive.namelist():
        return {}
    found = {}
    for style in _xml(archive, "word/styles.xml", place=place).iter(f"{_W}style"):
        name, based_on = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        found[style.get(f"{_W}styleId", "")] = _Style(
            name=name.get(f"{_W}val", "") if name is not None else "",
            bold=_on(style.find(f"{_W}rPr/{_W}b")),
            size=_size(style.find(f"{_W}rPr/{_W}sz")),
            based_on=based_on.get(f"{_W}val", "") if based_on is not None else "",
        )
    return found


def _size(element: etree._Element | None) -> float:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return float(value) if re.fullmatch(r"\d{1,4}(?:\.\d+)?", value) else 0.0


def _content(container: etree._Element, document: _Document) -> Iterator[Line | Table]:
    """The lines and tables of a body, a cell or a text box."""
    for element in _blocks(container):
        if element.tag == f"{_W}tbl":
            yield Table(rows=tuple(_rows(element, document)))
            document.gap = True
        else:
            yield from _paragraph(element, document)


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also inside content controls and accepted insertions."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            waiting.extend(reversed(element))


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
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else ""


def _runs_of(paragraph: etree._Element, style: _Style) -> tuple[list[_Run], list[etree._Element]]:
    """The final words of a paragraph with their looks, and the text boxes anchored in it."""
    runs: list[_Run] = []
    boxes: list[etree._Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _DELETED or element.tag in (f"{_W}pPr", f"{_MC}Fallback"):
            continue
        if element.tag == f"{_W}txbxContent":
            boxes.append(element)
        elif element.tag == f"{_W}r":
            properties = element.find(f"{_W}rPr")
            if properties is None or not _on(properties.find(f"{_W}vanish")):
                runs.append(_run(element, properties, style))
            waiting.extend(reversed([child for child in element if child.tag not in _TEXTS]))
        elif element.tag != f"{_W}t":
            waiting.extend(reversed(element))
    return runs, boxes


def _run(run: etree._Element, properties: etree._Element | None, style: _Style) -> _Run:
    text = "".join(
        (child.text or "")
        if child.tag == f"{_W}t"
        else "•"
        if child.tag == f"{_W}sym"
        else _TEXTS.get(str(child.tag), "")
        for child in run
    )
    bold = properties.find(f"{_W}b") if properties is not None else None
    size = _size(properties.find(f"{_W}sz")) if properties is not None else 0.0
    return _Run(text=text, bold=_on(bold) if bold is not None else style.bold, size=size or style.size)


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
    properties = paragraph.find(f"{_W}pPr/{_W}numPr")
    listed = properties is not None or bool(_LIST_STYLE.search(style.name))
    level = int(heading[1] or (1 if heading[2] else 2)) if heading else 0
    sign, rest = ("", text) if level else split_bullet(text)
    filled = [run for run in runs if run.text.strip()]
    size = max((run.size for run in filled), default=0.0) or _USUAL_SIZE
    document.sizes[size] = document.sizes.get(size, 0) + len(text)
    bold = bool(filled) and all(run.bold for run in filled)
    return Line(
        number=document.number,
        text=rest,
        bullet="•" if listed and not level else sign,
        indent=_indent(paragraph, properties),
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
    level = listing.find(f"{_W}ilvl") if listing is not None else None
    depth = level.get(f"{_W}val", "0") if level is not None else "0"
    indent = paragraph.find(f"{_W}pPr/{_W}ind")
    left = indent.get(f"{_W}left", indent.get(f"{_W}start", "0")) if indent is not None else "0"
    return 2.0 * (int(depth) if depth.isdecimal() and len(depth) < 3 else 0) + (
        min(int(left), 10_000) / 180 if left.isdecimal() and len(left) < 7 else 0.0
    )


def _rows(table: etree._Element, document: _Document) -> Iterator[tuple[Cell, ...]]:

    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[Cell] = []
        for cell in _cells(row):
            document.gap = True
            lines = _cell_lines(cell, document)
            cells.append(lines)
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = span.get(f"{_W}val", "1") if span is not None else "1"
            extra = min(int(width), MOST_COLUMNS) - 1 if width.isdecimal() and len(width) < 5 else 0
            cells.extend(() for _place in range(max(0, extra)))

        yield tuple(cells[:MOST_COLUMNS])


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    waiting = list(reversed(row))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in _WRAPPERS:
            waiting.extend(reversed(element))


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


def _on(flag: etree._Element | None) -> bool:
    return flag is not None and flag.get(f"{_W}val", "1") not in ("0", "false", "none", "off")
