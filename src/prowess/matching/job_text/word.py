"""Word documents (.docx): the final text with styles, lists, tables and text boxes.

The parts are read directly and within limits: a document may be hostile, and tracked changes and text boxes are not
part of what a high-level reader shows. Insertions are in, deletions are out.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from prowess.framework.errors import InputError
from prowess.matching.job_text.characters import clean, one_line
from prowess.matching.job_text.limits import LARGEST_PART
from prowess.matching.job_text.line import Line, LineKind, Source
from prowess.matching.job_text.table import Cell, lines_of_table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom"))
_TRACKED = frozenset((f"{_W}del", f"{_W}ins", f"{_W}moveFrom", f"{_W}moveTo"))
_TEXTS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING_STYLE = re.compile(r"^(?:heading|überschrift|titre)\s*(\d)|^(title)$|^(subtitle)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|bullet|number", re.IGNORECASE)
_TRACKED_NOTE = (
    "The Word document holds tracked changes; its final text was read: insertions are in, deletions are left out."
)


def read_word(raw: bytes, *, place: str) -> Source:
    """The lines of a Word document.

    Raises:
        InputError: damaged, or larger than a job description can be once unpacked.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        body = _xml(archive, "word/document.xml", place=place).find(f"{_W}body")
        styles = _styles(archive, place=place)
    if body is None:
        raise _damaged(place)
    document = _Document(styles=styles)
    document.lines.extend(_lines_of(body, document, after=0))
    notes = (_TRACKED_NOTE,) if any(element.tag in _TRACKED for element in body.iter()) else ()
    return Source(lines=tuple(document.lines), notes=notes)


@dataclass
class _Style:
    name: str = ""
    bold: bool = False


@dataclass
class _Document:
    styles: dict[str, _Style]
    lines: list[Line] = field(default_factory=list)


def _xml(archive: zipfile.ZipFile, name: str, *, place: str) -> etree._Element:
    """One part of the archive as XML; never more than the limit is unpacked, and no entity is followed."""
    try:
        with archive.open(name) as part:
            content = part.read(LARGEST_PART + 1)
    except RuntimeError as error:
        raise InputError(
            "The Word document is protected with a password.", place=place, remedy="Save it without a password."
        ) from error
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise _damaged(place) from error
    except Exception as error:  # zlib.error and lzma.LZMAError have no common ancestor below Exception
        raise _damaged(place) from error
    if len(content) > LARGEST_PART:
        raise InputError(
            f"The Word document unpacks to more than {LARGEST_PART // 2**20} MB of text; no job description does.",
            place=place,
            remedy="Paste the text of the job description itself.",
        )
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise _damaged(place) from error


def _damaged(place: str) -> InputError:
    return InputError("The Word document is damaged.", place=place, remedy="Save it again in Word, or paste its text.")


def _styles(archive: zipfile.ZipFile, *, place: str) -> dict[str, _Style]:
    if "word/styles.xml" not in archive.namelist():
        return {}
    found = {}
    for style in _xml(archive, "word/styles.xml", place=place).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        found[style.get(f"{_W}styleId", "")] = _Style(
            name=name.get(f"{_W}val", "") if name is not None else "", bold=_on(style.find(f"{_W}rPr/{_W}b"))
        )
    return found


def _lines_of(container: etree._Element, document: _Document, *, after: int) -> Iterator[Line]:
    """The lines of a body, a cell or a text box, numbered from ``after`` + 1."""
    number, gap, carried = after, True, ""
    for element in _blocks(container):
        if element.tag == f"{_W}tbl":
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


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also inside content controls and accepted insertions."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}moveTo",
            f"{_W}customXml",
            f"{_W}smartTag",
        ):
            waiting.extend(reversed(element))


def _text_of(paragraph: etree._Element) -> tuple[str, bool, list[etree._Element]]:
    """The final words of a paragraph, whether all are bold, and the text boxes anchored in it."""
    pieces: list[str] = []
    bold_characters = 0
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
                words = "".join(_run(element))
                pieces.append(words)
                bold = properties is not None and _on(properties.find(f"{_W}b"))
                bold_characters += len(words.strip()) if bold else 0
            waiting.extend(reversed([child for child in element if child.tag not in _TEXTS]))
        elif element.tag != f"{_W}t":
            waiting.extend(reversed(element))
    text = "".join(pieces)
    return text, bool(text.strip()) and bold_characters >= 0.9 * len(one_line(text)) - 1, boxes


def _run(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _TEXTS:
            yield _TEXTS[child.tag]
        elif child.tag == f"{_W}sym":
            yield "•"


def _line(paragraph: etree._Element, text: str, document: _Document, *, number: int, bold: bool, gap: bool) -> Line:
    properties = paragraph.find(f"{_W}pPr")
    style_id = properties.find(f"{_W}pStyle") if properties is not None else None
    style = document.styles.get(style_id.get(f"{_W}val", "") if style_id is not None else "", _Style())
    heading = _HEADING_STYLE.match(style.name)
    numbered = properties is not None and properties.find(f"{_W}numPr") is not None
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
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        rows.append(
            [tuple(_lines_of(cell, document, after=0)) for cell in row.iter(f"{_W}tc") if cell.getparent() is row]
        )
    return rows


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    """A deleted paragraph mark joins the paragraph with the next."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _on(flag: etree._Element | None) -> bool:
    return flag is not None and flag.get(f"{_W}val", "1") not in ("0", "false", "none", "off")
