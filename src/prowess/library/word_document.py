"""A competency as a Word file that an organisation can work on."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from prowess.library.presentation import DevelopmentLine, LevelColumn, Reading, RelationLine

UNDER_DEVELOPMENT = "Under development."
_INK = RGBColor(0x0F, 0x4C, 0x5C)
_SECONDARY = RGBColor(0x4B, 0x55, 0x63)


def as_word(reading: Reading) -> bytes:
    """The competency as a .docx file with real headings, lists and a table of levels."""
    document = Document()
    _set_up(document, reading)
    _introduction(document, reading)
    _key_actions(document, reading)
    _list(document, "Job activities", [activity.text for activity in reading.competency.job_activities])
    _levels(document, reading.levels)
    _relations(document, reading)
    _notes(document, reading)
    _development(document, reading)
    _questions(document, reading)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _set_up(document: Any, reading: Reading) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(18)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    for name in ("Title", "Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = _INK
    document.core_properties.title = reading.competency.title
    document.core_properties.author = reading.framework.publisher or reading.framework.title
    document.core_properties.language = reading.framework.language
    section.footer.paragraphs[0].text = f"{reading.framework.title} · {reading.competency.title}"


def _introduction(document: Any, reading: Reading) -> None:
    competency = reading.competency
    document.add_heading(competency.title, level=0)
    document.add_paragraph(competency.definition or UNDER_DEVELOPMENT).runs[0].font.size = Pt(12)
    if competency.aliases:
        _labelled(document, "Also called", ", ".join(competency.aliases))
    cluster = f"; cluster: {reading.cluster.title}" if reading.cluster else ""
    _labelled(document, "Kind", f"{competency.kind}{cluster}; code: {competency.code}; version: {competency.version}")
    for line in reading.not_with:
        document.add_heading(f"Not in the same profile as {line.title}", level=2)
        if line.note:
            document.add_paragraph(line.note)
        if line.advice:
            _labelled(document, "Which to take", line.advice)


def _key_actions(document: Any, reading: Reading) -> None:
    document.add_heading("Key actions", level=1)
    for action in reading.competency.key_actions:
        _labelled(document, action.name, action.description, mark=".")
    if not reading.competency.key_actions:
        document.add_paragraph(UNDER_DEVELOPMENT)


def _levels(document: Any, levels: Iterable[LevelColumn]) -> None:
    document.add_heading("Levels", level=1)
    columns = list(levels)
    if not columns:
        document.add_paragraph(UNDER_DEVELOPMENT)
        return
    table = document.add_table(rows=2, cols=len(columns), style="Table Grid")
    _repeat_as_header(table.rows[0])
    for place, level in enumerate(columns):
        number = "" if level.number is None else f"{level.number} "
        heading = table.rows[0].cells[place].paragraphs[0].add_run(f"{number}{level.name}".strip() or "Behaviours")
        heading.bold = True
        _behaviours(table.rows[1].cells[place], level)


def _behaviours(cell: Any, level: LevelColumn) -> None:
    paragraph = cell.paragraphs[0]
    _small(paragraph, level.description, secondary=True)
    for heading, indicators in (("Effective", level.effective), ("Ineffective", level.ineffective)):
        if indicators:
            _small(cell.add_paragraph(), heading, bold=True)
        for indicator in indicators:
            _small(cell.add_paragraph(), indicator.text)
    if not level.effective and not level.ineffective:
        _small(cell.add_paragraph(), UNDER_DEVELOPMENT)


def _small(paragraph: Any, text: str, *, bold: bool = False, secondary: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(8.5), bold
    if secondary:
        run.font.color.rgb = _SECONDARY
    paragraph.paragraph_format.space_after = Pt(3)


def _repeat_as_header(row: Any) -> None:
    """Mark the row as the table's header, which Word repeats on each page and screen readers announce."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _list(document: Any, heading: str, texts: Iterable[str]) -> None:
    document.add_heading(heading, level=1)
    items = list(texts)
    for text in items:
        document.add_paragraph(text, style="List Bullet")
    if not items:
        document.add_paragraph(UNDER_DEVELOPMENT)


def _relations(document: Any, reading: Reading) -> None:
    if not reading.relations and not reading.competency.matches:
        return
    document.add_heading("Relations", level=1)
    for group in reading.relations:
        document.add_heading(group.heading, level=2)
        for line in group.lines:
            _labelled(document, line.title, _note_and_advice(line), mark=".")
    if reading.competency.matches:
        document.add_heading("In other frameworks", level=2)
    for match in reading.competency.matches:
        _labelled(
            document, match.title or match.target, f"{match.framework}, {match.kind} match. {match.note}", mark="."
        )


def _note_and_advice(line: RelationLine) -> str:
    return f"{line.note} {line.advice}".strip()


def _notes(document: Any, reading: Reading) -> None:
    document.add_heading("Notes on use", level=1)
    for group in reading.notes:
        document.add_heading(group.heading, level=2)
        for note in group.notes:
            document.add_paragraph(note.text)
    if not reading.notes:
        document.add_paragraph(UNDER_DEVELOPMENT)


def _development(document: Any, reading: Reading) -> None:
    document.add_heading("Development options", level=1)
    for group in reading.development:
        document.add_heading(group.heading, level=2)
        for line in group.lines:
            document.add_paragraph(_option_in_words(line), style="List Bullet")
    if not reading.development:
        document.add_paragraph(UNDER_DEVELOPMENT)


def _option_in_words(line: DevelopmentLine) -> str:
    facts = "; ".join(fact for fact in (line.step, line.option.effort, line.option.provider) if fact)
    return " ".join(part for part in (line.option.text, f"({facts})" if facts else "", line.link) if part)


def _questions(document: Any, reading: Reading) -> None:
    document.add_heading("Interview questions", level=1)
    for question in reading.questions:
        paragraph = document.add_paragraph(question.text, style="List Number")
        paragraph.paragraph_format.keep_with_next = True
        kind = paragraph.add_run()
        kind.add_break(WD_BREAK.LINE)
        kind.add_text(question.kind)
        kind.font.size, kind.font.color.rgb = Pt(9), _SECONDARY
        for probe in question.probes:
            document.add_paragraph(probe, style="List Bullet 2")
    if not reading.questions:
        document.add_paragraph(UNDER_DEVELOPMENT)


def _labelled(document: Any, label: str, text: str, *, mark: str = ":") -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}{mark} ").bold = True
    paragraph.add_run(text)
    paragraph.paragraph_format.space_after = Pt(4)
