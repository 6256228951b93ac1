"""A saved profile on paper and as a file: the job-analysis report behind it."""

import io
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from django.template.loader import render_to_string

from prowess.framework import Framework
from prowess.printing import pdf_from_html
from prowess.roles.models import RoleProfile
from prowess.roles.sheet import Sheet, SheetEntry, arrange

Writer = Callable[[RoleProfile, Framework], tuple[bytes, str]]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_json(profile: RoleProfile, framework: Framework) -> tuple[bytes, str]:  # noqa: ARG001
    """The profile document, as `prowess guide` reads it."""
    return profile.as_document().model_dump_json(indent=2, exclude_defaults=False).encode(), "application/json"


def as_pdf(profile: RoleProfile, framework: Framework) -> tuple[bytes, str]:
    """The job-analysis report as PDF."""
    html = render_to_string(
        "roles/paper.html",
        {
            "profile": profile,
            "sheet": arrange(profile.as_document(), framework=framework),
            "css": files("prowess.printing").joinpath("paper.css").read_text(encoding="utf-8"),
        },
    )
    return pdf_from_html(html), "application/pdf"


def as_word(profile: RoleProfile, framework: Framework) -> tuple[bytes, str]:
    """The job-analysis report as a Word document."""
    from docx import Document  # noqa: PLC0415 - slow to load
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    sheet = arrange(profile.as_document(), framework=framework)
    document = Document()
    document.core_properties.title = f"{sheet.title}: role profile"
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].font.color.rgb = RGBColor(0x0F, 0x4C, 0x5C)
    document.add_heading(sheet.title, level=1)
    document.add_paragraph(f"Role profile {profile.number}, {profile.changed_at:%d %B %Y}. Library: {sheet.library}.")
    _summary_table(document, sheet)
    for entry in sheet.entries:
        _entry(document, entry)
    _rest(document, sheet)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue(), WORD


def _summary_table(document: Any, sheet: Sheet) -> None:
    table = document.add_table(rows=1, cols=3)
    table.style = "Light Grid Accent 1"
    for cell, text in zip(table.rows[0].cells, ("Competency", "Importance", "Target level"), strict=True):
        cell.text = text
    for entry in sheet.entries:
        cells = table.add_row().cells
        cells[0].text = entry.entry.title
        cells[1].text = f"{entry.importance_percent} % ({entry.importance_word})"
        cells[2].text = f"{entry.level.number} {entry.level.name}" if entry.level else "–"


def _entry(document: Any, item: SheetEntry) -> None:
    add_heading, add_paragraph = document.add_heading, document.add_paragraph
    add_heading(item.entry.title, level=2)
    if item.competency and item.competency.definition:
        add_paragraph(item.competency.definition)
    if item.level and item.competency:
        add_heading(f"Target level {item.level.number} {item.level.name}", level=3)
        if item.entry.why_level:
            add_paragraph(item.entry.why_level)
        for indicator in item.competency.indicators_at(item.level.number):
            add_paragraph(indicator.text, style="List Bullet")
    if item.cited:
        add_heading("What the job says", level=3)
        for cited in item.cited:
            add_paragraph(f"“{cited.statement.text}” (line {cited.statement.line})", style="List Bullet")


def _rest(document: Any, sheet: Sheet) -> None:
    add_heading, add_paragraph = document.add_heading, document.add_paragraph
    if sheet.left_out:
        add_heading("Left out, and why", level=2)
        for item in sheet.left_out:
            note = f" {item.left.note}" if item.left.note else ""
            add_paragraph(f"{item.left.title}: {item.left.reason}.{note}", style="List Bullet")
    if sheet.uncovered:
        add_heading("Statements that nothing covers", level=2)
        for statement in sheet.uncovered:
            add_paragraph(f"{statement.text} (line {statement.line})", style="List Bullet")
    for note in sheet.notes:
        add_paragraph(note)


WRITERS: dict[str, Writer] = {"profile.json": as_json, "profile.pdf": as_pdf, "profile.docx": as_word}
