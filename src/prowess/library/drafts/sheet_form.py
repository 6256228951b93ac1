"""Reading a sheet from what a browser sends."""

import unicodedata
from collections.abc import Iterable

from django.http import QueryDict

from prowess.framework import DevelopmentKind, Kind, NoteOnUseAbout, Polarity, QuestionKind, RelationKind
from prowess.framework.errors import InputError
from prowess.library.drafts.sheet import MOST_ROWS, PARTS, TEXTS, Column, Part, Row, Sheet, empty_row

LONGEST = 20_000
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("relations", "kind"): tuple(RelationKind),
    ("indicators", "polarity"): tuple(Polarity),
    ("notes_on_use", "about"): tuple(NoteOnUseAbout),
    ("development", "kind"): tuple(DevelopmentKind),
    ("questions", "kind"): tuple(QuestionKind),
}


def read_sheet(data: QueryDict, *, stored: Sheet) -> Sheet:
    """The sheet as it stands in the browser; what the page does not show is taken from the stored one.

    Raises:
        InputError: the form is not whole, a choice is none of those offered, a text is too long.
    """
    if "whole" not in data:
        raise InputError("The form did not arrive whole; nothing was saved.", remedy="Reload the page and try again.")
    sheet: Sheet = {name: _clean(data.get(name, "")) for name in TEXTS}
    _require_choice("kind", sheet["kind"], among=tuple(Kind))
    for part in PARTS.values():
        keys = data.getlist(part.field)
        if len(keys) > MOST_ROWS or len(set(keys)) < len(keys):
            raise InputError(f"At most {MOST_ROWS} rows fit into “{part.title}”.", place=part.title)
        known = {row["key"]: row for row in stored[part.field]}
        sheet[part.field] = [_row(part, key, data, known) for key in keys]
    sheet["rest"] = stored["rest"]
    return sheet


def _row(part: Part, key: str, data: QueryDict, known: dict[str, Row]) -> Row:
    if not key.isalnum() or len(key) > 20:
        raise InputError("The form holds a row that this draft cannot have.", place=part.title)
    row = {**(known.get(key) or empty_row(part)), "key": key}
    for column in part.columns:
        row[column.name] = _value(part, column, data.get(f"{part.field}-{key}-{column.name}", ""))
    return row


def _value(part: Part, column: Column, sent: str) -> str:
    value = _clean(sent)
    if column.whole_number and value and not (value.isdecimal() and len(value) <= 3):
        raise InputError(f"{column.label} must be a level of the framework.", place=part.title)
    choices = CHOICES.get((part.field, column.name))
    if choices:
        _require_choice(column.label, value, among=choices)
    return value


def _require_choice(label: str, value: str, *, among: Iterable[str]) -> None:
    if value not in tuple(among):
        raise InputError(f"{label}: {value!r} is none of the choices.", remedy=f"Choose from {', '.join(among)}.")


def _clean(text: str) -> str:
    """Text as documents hold it: no control characters, lines ended in one way, no more than fits."""
    if len(text) > LONGEST:
        raise InputError(f"A text is longer than {LONGEST:,} characters.", remedy="Shorten it.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
