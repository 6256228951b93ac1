"""The sheet of a draft: a competency while it is written, with rows that may still be empty.

A sheet is plain data: texts under their field names, and lists of rows, each with a ``key`` that stays with the row
as long as the draft lives. What a page does not show (identifiers, extensions) travels in the rows and in ``rest``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as part_of
from secrets import token_hex
from typing import Any

from prowess.framework import Competency
from prowess.framework.errors import InputError
from prowess.framework.yaml_document import competency_from

Sheet = dict[str, Any]
Row = dict[str, Any]
MOST_ROWS = 300


@dataclass(frozen=True)
class Column:
    """A field of a row: its name in the document, its label, and how it is typed."""

    name: str
    label: str
    widget: str = "text"
    whole_number: bool = False


@dataclass(frozen=True)
class Part:
    """A list of a competency: its field, what its rows are called, and their columns."""

    field: str
    title: str
    one: str
    columns: tuple[Column, ...]
    needed: str
    defaults: Mapping[str, str] = part_of(default_factory=dict)
    pasted: bool = True


_KIND = Column("kind", "Kind", "choice")
PARTS = {
    part.field: part
    for part in (
        Part(
            "key_actions",
            "Key actions",
            "key action",
            (Column("name", "Name", "line"), Column("description", "Description")),
            "name",
        ),
        Part("job_activities", "Job activities", "job activity", (Column("text", "Job activity"),), "text"),
        Part(
            "indicators",
            "Indicators",
            "indicator",
            (
                Column("text", "Behaviour"),
                Column("level", "Level", "choice", whole_number=True),
                Column("polarity", "Polarity", "choice"),
            ),
            "text",
            {"polarity": "effective", "level": ""},
        ),
        Part(
            "relations",
            "Relations",
            "relation",
            (
                _KIND,
                Column("target", "Competency", "choice"),
                Column("note", "Note"),
                Column("advice", "Advice: which to take when"),
            ),
            "target",
            {"kind": "related"},
            pasted=False,
        ),
        Part(
            "notes_on_use",
            "Notes on use",
            "note on use",
            (Column("about", "About", "choice"), Column("text", "Note")),
            "text",
            {"about": "general"},
        ),
        Part(
            "development",
            "Development options",
            "development option",
            (
                _KIND,
                Column("text", "What to do"),
                Column("from_level", "From level", "choice", whole_number=True),
                Column("to_level", "To level", "choice", whole_number=True),
                Column("provider", "Provider", "line"),
                Column("link", "Link", "line"),
                Column("effort", "Effort", "line"),
            ),
            "text",
            {"kind": "activity"},
        ),
        Part(
            "questions",
            "Interview questions",
            "question",
            (_KIND, Column("text", "Question"), Column("probes", "Probes, one a line", "lines")),
            "text",
            {"kind": "behavioural"},
        ),
    )
}
TEXTS = {
    "title": "Title",
    "aliases": "Also called",
    "definition": "Definition",
    "cluster": "Cluster",
    "kind": "Kind of competency",
}
SECTIONS = {"basics": "Basics", **{part.field: part.title for part in PARTS.values()}}


def new_key() -> str:
    """A key for a row."""
    return f"r{token_hex(4)}"


def sheet_of(competency: Competency) -> Sheet:
    """The sheet that shows a competency."""
    plain = competency.model_dump(mode="json", exclude_defaults=True)
    sheet: Sheet = {name: plain.pop(name, "") for name in TEXTS}
    sheet["aliases"] = "\n".join(competency.aliases)
    sheet["kind"] = competency.kind.value
    for part in PARTS.values():
        sheet[part.field] = [_row_of(part, row) for row in plain.pop(part.field, [])]
    sheet["rest"] = plain
    return sheet


def _row_of(part: Part, content: Mapping[str, Any]) -> Row:
    row = {"key": new_key(), **part.defaults, **content}
    for column in part.columns:
        value = row.get(column.name)
        row[column.name] = "\n".join(value) if column.widget == "lines" and value else "" if value is None else value
        if column.whole_number:
            row[column.name] = str(row[column.name])
    return row


def empty_row(part: Part, **values: str) -> Row:
    """A row to be filled in."""
    return {"key": new_key(), **{column.name: "" for column in part.columns}, **part.defaults, **values}


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_blank(part: Part, row: Row) -> bool:
    """Whether a row says nothing yet: only choices are made in it."""
    return not any(str(row[c.name]).strip() for c in part.columns if c.widget != "choice" or c.name == "target")


def competency_of(sheet: Sheet) -> Competency:
    """The competency that a sheet describes; rows that are still blank are left out.

    Raises:
        InputError: a row lacks what it needs, or a text is too long; ``place`` names the part and the row.
    """
    content: dict[str, Any] = {**sheet["rest"], **{name: sheet[name] for name in TEXTS}}
    content["aliases"] = lines_of(sheet["aliases"])
    if not sheet["title"].strip():
        raise InputError("The competency has no title.", place="title", remedy="Give it one.")
    for part in PARTS.values():
        rows = [(position, row) for position, row in enumerate(sheet[part.field], start=1) if not is_blank(part, row)]
        content[part.field] = [_content_of(part, row, position) for position, row in rows]
    return competency_from(content, place=f"“{sheet['title'][:80]}”")


def _content_of(part: Part, row: Row, position: int) -> dict[str, Any]:
    if not str(row[part.needed]).strip():
        label = next(column.label for column in part.columns if column.name == part.needed)
        raise InputError(
            f"The {part.one} {position} has no {label.lower()}.",
            place=part.title,
            remedy="Fill it in, or remove the row.",
        )
    content = {name: value for name, value in row.items() if name != "key"}
    for column in part.columns:
        if column.whole_number:
            content[column.name] = int(row[column.name]) if row[column.name] != "" else None
        elif column.widget == "lines":
            content[column.name] = lines_of(row[column.name])
    return content
