"""The interview guide as a Word document: headings, tables with repeated heads, a section for each interviewer."""

import io
from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from prowess.hiring import fair_interview as words
from prowess.hiring.guide import Anchors, GuideCompetency, GuideQuestion, InterviewerGuide, InterviewGuide
from prowess.hiring.guide_html import KIND_NAMES, NOTES
from prowess.hiring.word_style import (
    ACCENT,
    SOFT,
    TINT,
    WARN,
    add_field,
    apply_styles,
    keep_row_whole,
    keep_with_next,
    lay_out,
    repeat_as_head,
    shade,
    shade_paragraph,
    space_for_writing,
)

_TEXT_WIDTH = 17.4
_BOX = "☐"


def guide_as_word(guide: InterviewGuide) -> bytes:
    """The guide as a .docx file."""
    document = Document()
    apply_styles(document, language=guide.language)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = f"Interview guide: {guide.role}", "", ""
    _panel(document, guide)
    for interviewer in guide.interviewers:
        _begin_part(document, f"{guide.role}: interviewer {interviewer.number}")
        _interviewer(document, interviewer, guide)
    _begin_part(document, f"{guide.role}: where the questions come from")
    _sources(document, guide)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _begin_part(document: WordDocument, title: str) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    _header(section, title)


def _header(section: Section, title: str) -> None:
    paragraph = section.header.paragraphs[0]
    paragraph.text = title
    paragraph.style = "Header"


def _footer(section: Section) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("Confidential    Page ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES")


def _panel(document: WordDocument, guide: InterviewGuide) -> None:
    _header(document.sections[0], f"Interview guide: {guide.role}")
    _footer(document.sections[0])
    document.add_paragraph("Structured interview guide", style="Subtitle")
    document.add_paragraph(guide.role, style="Title")
    people = len(guide.interviewers)
    facts = (
        f"{people} interviewer{'s' if people > 1 else ''}, {guide.minutes} minutes each. "
        f"{guide.question_count} questions on {len(guide.overview)} competencies."
    )
    document.add_paragraph(facts + (f" Library: {guide.library}." if guide.library else ""))
    document.add_heading("The plan of the panel", level=1)
    document.add_paragraph(
        "Every candidate is asked these questions by the same interviewers in the same order. "
        "The numbers are those of the questions."
    )
    _overview(document, guide)
    if guide.notes:
        heading = document.add_heading("What the plan could not do", level=2)
        keep_with_next(heading)
        for note in guide.notes:
            shade_paragraph(document.add_paragraph(note, style="List Bullet"), WARN)
    document.add_heading("How to use this guide", level=1)
    for title, items in (("Before", words.BEFORE), ("While you ask", words.ASKING), ("Afterwards", words.AFTERWARDS)):
        document.add_heading(title, level=2)
        _bullets(document, items)
    _off_limits(document)


def _overview(document: WordDocument, guide: InterviewGuide) -> None:
    people = [f"Interviewer {interviewer.number}" for interviewer in guide.interviewers]
    rows = [
        [
            row.title + (" (core)" if row.core else ""),
            f"{row.importance:.2f}",
            row.target or "–",
            *(", ".join(map(str, asked)) or "–" for asked in row.questions),
        ]
        for row in guide.overview
    ]
    others = (_TEXT_WIDTH - 9.6) / max(1, len(people))
    _table(
        document, ["Competency", "Importance", "Level needed", *people], rows, [4.9, 2.4, 2.3, *[others] * len(people)]
    )


def _off_limits(document: WordDocument) -> None:
    heading = document.add_heading("What you may not ask", level=1)
    heading.paragraph_format.page_break_before = True
    document.add_paragraph(words.LAW_DIFFERS)
    rows = [[entry.subject, entry.not_this, entry.but_this] for entry in words.OFF_LIMITS]
    _table(
        document, ["Subject", "Do not ask", "Ask this, of everybody, if the work requires it"], rows, [4.0, 6.0, 7.4]
    )


def _interviewer(document: WordDocument, interviewer: InterviewerGuide, guide: InterviewGuide) -> None:
    document.add_heading(f"Interviewer {interviewer.number}", level=1)
    _fields(document, ("Candidate", "Interviewer", "Date and time"))
    rows = [[str(row.begins), row.what, str(row.minutes)] for row in interviewer.schedule]
    _table(document, ["From minute", "What", "Minutes"], rows, [2.6, 10.0, 2.2])
    document.add_heading(f"Opening ({guide.opening} minutes)", level=2)
    _bullets(document, words.OPENING)
    for competency in interviewer.competencies:
        _competency(document, competency)
    document.add_heading(f"Closing ({guide.closing} minutes)", level=2)
    _bullets(document, words.CLOSING)
    _summary(document, interviewer)


def _fields(document: WordDocument, names: Sequence[str]) -> None:
    table = document.add_table(rows=1, cols=len(names))
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(name).font.color.rgb = SOFT
        cell.add_paragraph("_" * 26)
    keep_row_whole(table.rows[0])


def _competency(document: WordDocument, competency: GuideCompetency) -> None:
    heading = document.add_heading(f"{competency.title} ({competency.minutes} minutes)", level=2)
    heading.paragraph_format.page_break_before = True
    if competency.definition:
        keep_with_next(document.add_paragraph(competency.definition))
    why = document.add_paragraph()
    why.add_run("Why we ask: ").bold = True
    why.add_run(_why(competency)).font.color.rgb = SOFT
    keep_with_next(why)
    for question in competency.questions:
        _question(document, question)
    _rating(document, competency)


def _why(competency: GuideCompetency) -> str:
    if not competency.traces:
        return "it is part of the role profile."
    return "the job description says " + "; ".join(f"“{trace.text}” (line {trace.line})" for trace in competency.traces)


def _question(document: WordDocument, question: GuideQuestion) -> None:
    line = document.add_heading(f"{question.number}.  {question.text}", level=3)
    keep_with_next(line)
    kind = document.add_paragraph()
    kind.add_run(f"{KIND_NAMES[question.kind]}, {question.minutes} minutes").font.color.rgb = SOFT
    keep_with_next(kind)
    for probe in question.probes:
        keep_with_next(document.add_paragraph(probe, style="List Bullet"))
    table = document.add_table(rows=1, cols=len(NOTES), style="Table Grid")
    lay_out(table, [5.2, 7.4, 4.8])
    space_for_writing(table.rows[0], Cm(3.6))
    keep_row_whole(table.rows[0])
    for cell, (name, hint) in zip(table.rows[0].cells, NOTES, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(f"{name} ").bold = True
        paragraph.add_run(hint).font.color.rgb = SOFT
    document.add_paragraph()


def _rating(document: WordDocument, competency: GuideCompetency) -> None:
    keep_with_next(document.add_heading(f"Your rating: {competency.title}", level=3))
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    _head(table, ["Tick one", "Level", "What it looks like"])
    for anchors in competency.anchors:
        _anchor_row(table, anchors)
    cells = _new_row(table)
    cells[0].text, cells[1].text = _BOX, "Not observed"
    cells[2].text = "Too little was said to choose a level."
    lay_out(table, [1.8, 3.6, 12.0])
    for row in table.rows:
        keep_row_whole(row)
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                keep_with_next(paragraph)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    reasons = document.add_table(rows=1, cols=1, style="Table Grid")
    lay_out(reasons, [_TEXT_WIDTH])
    reasons.rows[0].cells[0].paragraphs[0].add_run("What speaks for this rating").bold = True
    space_for_writing(reasons.rows[0], Cm(2.2))
    keep_row_whole(reasons.rows[0])


def _anchor_row(table: Table, anchors: Anchors) -> None:
    cells = _new_row(table)
    cells[0].text = _BOX
    cells[1].paragraphs[0].add_run(f"{anchors.level} {anchors.name}".strip()).bold = True
    if anchors.needed:
        cells[1].add_paragraph().add_run("needed in this role").font.color.rgb = ACCENT
        for cell in cells:
            shade(cell, TINT)
    _lines(cells[2], anchors.behaviours or ("–",))


def _new_row(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves this one untyped
    return row.cells


def _lines(cell: _Cell, items: Sequence[str]) -> None:
    cell.paragraphs[0].text = items[0]
    for item in items[1:]:
        cell.add_paragraph(item)
    for paragraph in cell.paragraphs:
        paragraph.style = "List Bullet"
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.4), Cm(-0.4)


def _summary(document: WordDocument, interviewer: InterviewerGuide) -> None:
    levels = sorted({anchors.level for c in interviewer.competencies for anchors in c.anchors})
    keep_with_next(document.add_heading("Your ratings at a glance", level=2))
    keep_with_next(
        document.add_paragraph("Fill this in when every competency is rated, and before you speak with the others.")
    )
    rows = [[c.title, *[_BOX] * (len(levels) + 1)] for c in interviewer.competencies]
    narrow = min(1.5, 9.0 / max(1, len(levels)))
    widths = [_TEXT_WIDTH - 2.6 - narrow * len(levels), *[narrow] * len(levels), 2.6]
    _table(document, ["Competency", *map(str, levels), "Not observed"], rows, widths)
    _fields(document, ("Signature", "Date"))


def _sources(document: WordDocument, guide: InterviewGuide) -> None:
    document.add_heading("Where the questions come from", level=1)
    document.add_paragraph(
        "Each question asks about a competency; each competency was chosen for what the job description says."
    )
    numbers: dict[str, list[int]] = {}
    competencies: dict[str, GuideCompetency] = {}
    for competency in guide.all_competencies():
        competencies.setdefault(competency.code, competency)
        numbers.setdefault(competency.code, []).extend(question.number for question in competency.questions)
    rows = [
        [
            competency.title,
            ", ".join(map(str, sorted(numbers[code]))),
            "\n".join(f"“{trace.text}” (line {trace.line})" for trace in competency.traces)
            or "No statement; it is part of the role profile.",
        ]
        for code, competency in competencies.items()
    ]
    _table(document, ["Competency", "Questions", "Statements of the job description"], rows, [4.6, 2.4, 10.4])


def _bullets(document: WordDocument, items: Iterable[str]) -> None:
    for item in items:
        document.add_paragraph(item, style="List Bullet")


def _table(document: WordDocument, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    _head(table, head)
    for row in rows:
        cells = _new_row(table)
        for position, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.paragraphs[0].add_run(text).bold = position == 0
    lay_out(table, widths)
    for row in table.rows:
        keep_row_whole(row)
    document.add_paragraph()


def _head(table: Table, titles: Sequence[str]) -> None:
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        run = cell.paragraphs[0].add_run(title)
        run.bold, run.font.color.rgb = True, ACCENT
        shade(cell, TINT)
    repeat_as_head(table.rows[0])
