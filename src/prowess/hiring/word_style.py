"""Looks and page behaviour of Word documents, where python-docx has no word for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree

ACCENT = RGBColor(0x0B, 0x4F, 0x5E)
SOFT = RGBColor(0x50, 0x60, 0x6E)
TINT, WARN, LINE = "EAF2F3", "FBF3E2", "B9C4CC"

_SIZES = {
    "Normal": 9.5,
    "Title": 24,
    "Subtitle": 11,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11,
    "Header": 9,
    "Footer": 9,
}


def apply_styles(document: WordDocument, *, language: str) -> None:
    """A4, one typeface, the accent colour for headings, and the language for the spelling check."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.9)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        if name.startswith(("Heading", "Title")):
            style.font.color.rgb, style.paragraph_format.space_before = ACCENT, Pt(10)
            style.paragraph_format.space_after = Pt(4)
        elif name in ("Subtitle", "Header", "Footer"):
            style.font.color.rgb = SOFT
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(1)
    _set_language(document, language)


def _set_language(document: WordDocument, language: str) -> None:
    properties = document.styles["Normal"].element.get_or_add_rPr()
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), {"en": "en-GB"}.get(language, language))
    properties.append(element)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word computes, such as PAGE."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # python-docx offers no public way to place a field


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell with a colour (six hexadecimal digits)."""
    cell._tc.get_or_add_tcPr().append(_shading(colour))


def shade_paragraph(paragraph: Paragraph, colour: str) -> None:
    """Put a colour behind a paragraph."""
    paragraph._p.get_or_add_pPr().append(_shading(colour))


def _shading(colour: str) -> etree._Element:
    element = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        element.set(qn(f"w:{name}"), value)
    return element


def lay_out(table: Table, widths: Sequence[float]) -> None:
    """Fixed column widths in centimetres, thin grey lines, and room around the words."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    properties = table._tbl.tblPr  # python-docx offers no public way to borders and margins
    lines = _edges("tblBorders", {"val": "single", "sz": "4", "space": "0", "color": LINE}, inside=True)
    properties.insert_element_before(lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    room = _edges("tblCellMar", {"w": "100", "type": "dxa"}, inside=False)
    properties.insert_element_before(room, "w:tblLook")


def _edges(name: str, attributes: Mapping[str, str], *, inside: bool) -> Any:
    element = OxmlElement(f"w:{name}")
    for side in ("top", "left", "bottom", "right", *(("insideH", "insideV") if inside else ())):
        edge = OxmlElement(f"w:{side}")
        for key, value in attributes.items():
            small = name == "tblCellMar" and side in ("top", "bottom") and key == "w"
            edge.set(qn(f"w:{key}"), "45" if small else value)
        element.append(edge)
    return element


def repeat_as_head(row: _Row) -> None:
    """Repeat a row at the top of each page that its table reaches."""
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def keep_row_whole(row: _Row) -> None:
    """Keep a row on one page."""
    element = OxmlElement("w:cantSplit")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def keep_with_next(paragraph: Paragraph) -> None:
    """Keep a paragraph on the page of what follows."""
    paragraph.paragraph_format.keep_with_next = True


def space_for_writing(row: _Row, height: Length) -> None:
    """Leave a row at least this high."""
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, height
