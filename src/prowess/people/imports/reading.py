"""A list of people from a CSV file or a spreadsheet: rows of cells, with the numbers that the reader sees."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from prowess.framework.errors import InputError
from prowess.sources.characters import clean, decode, one_line

LARGEST_FILE = 200_000_000
_REMEDY = "Give a CSV file or a spreadsheet (.xlsx, .ods) with one head row."
_HEADS = {
    "id": ("id", "person id", "employee id", "employee number", "personnel number", "staff number", "external id"),
    "name": ("name", "full name", "person", "employee", "employee name"),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address", "work email"),
    "unit": ("unit", "department", "organisational unit", "organizational unit", "org unit", "team", "division"),
    "job": ("job", "job title", "title", "position", "role", "function"),
    "manager": ("manager", "manager id", "manager number", "supervisor", "supervisor id", "reports to", "line manager"),
    "since": ("since", "from", "start date", "start", "position start", "in position since"),
}
FIELDS = tuple(_HEADS)
REQUIRED = ("id", "name")


@dataclass(frozen=True)
class Table:
    """Head and rows of a file; each row with its number in the file."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    place: str


def read_table(path: Path) -> Table:
    """Head and rows of a list of people.

    Raises:
        InputError: the file is missing, too large, of another kind, or has no rows.
    """
    place = path.name
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("The file is larger than 200 MB.", place=place, remedy="Divide it.")
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"The file cannot be read: {error.strerror}.", place=place, remedy=_REMEDY) from error
    is_book = raw.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    numbered = _rows_of_book(raw, place=place) if is_book else _rows_of_text(raw, place=place)
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if len(filled) < 2:
        raise InputError("The file has no rows under a head row.", place=place, remedy=_REMEDY)
    return Table(heads=filled[0][1], rows=tuple(filled[1:]), place=place)


def _rows_of_text(raw: bytes, *, place: str) -> list[tuple[int, tuple[str, ...]]]:
    text = clean(decode(raw, place=place, remedy=_REMEDY))
    head = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",;\t|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, begins = [], 1
    try:
        for cells in reader:
            rows.append((begins, tuple(one_line(cell) for cell in cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"The quotation marks do not fit: {error}.", place=f"{place}, row {begins}", remedy="Correct this row."
        ) from error
    return rows


def _rows_of_book(raw: bytes, *, place: str) -> list[tuple[int, tuple[str, ...]]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as error:
        raise InputError("This is not a spreadsheet that can be read.", place=place, remedy=_REMEDY) from error
    return [(number, tuple(_cell(value) for value in row)) for number, row in enumerate(rows, start=1)]


def _cell(value: Any) -> str:
    """A cell as a person would read it: numbers of persons without “.0”, days without hours."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return one_line(clean(str(value)))


def guessed_columns(table: Table, *, chosen: Mapping[str, str] | None = None) -> dict[str, int]:
    """Which column holds which field: what was chosen, else by the words of the head.

    Raises:
        InputError: a chosen field or head does not exist, a head stands twice, or `id` or `name` is in no column.
    """
    columns = {field: _chosen(table, field=field, head=head) for field, head in (chosen or {}).items()}
    plain = [_plain(head) for head in table.heads]
    for field, words in _HEADS.items():
        at = next((plain.index(_plain(word)) for word in words if _plain(word) in plain), None)
        if field not in columns and at is not None and at not in columns.values():
            columns[field] = at
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        raise InputError(
            f"No column is recognised as {' or '.join(missing)}; the heads are: {', '.join(table.heads)}.",
            place=f"{table.place}, row of heads",
            remedy=f"Say which it is: --column {missing[0]}=HEAD.",
        )
    return columns


def _chosen(table: Table, *, field: str, head: str) -> int:
    if field not in FIELDS:
        raise InputError(f"There is no field {field!r}.", remedy=f"The fields are: {', '.join(FIELDS)}.")
    if table.heads.count(head) != 1:
        how_many = "more than one column" if head in table.heads else "no column"
        raise InputError(
            f"There is {how_many} with the head {head!r}.",
            place=table.place,
            remedy=f"The heads are: {', '.join(table.heads)}.",
        )
    return table.heads.index(head)


def _plain(head: str) -> str:
    return re.sub(r"[\s_\-.]+", "", head).lower()
