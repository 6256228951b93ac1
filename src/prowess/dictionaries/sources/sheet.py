"""Spreadsheets (.xlsx) and texts of separated values: a table a sheet; formulas are never worked out."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from prowess.dictionaries.limits import LARGEST_PART, MOST_CELLS, MOST_COLUMNS
from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.characters import clean, one_line, only_signs, split_bullet
from prowess.framework.errors import InputError

_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNWORKED = re.compile(rb"</f>(?:<v>\s*</v>|<v/>|</c>)|<f/>(?:<v/>|</c>)")
_SEPARATORS = ",;\t|"
_SIZE = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')


def read_sheet(raw: bytes, *, place: str) -> Source:
    """The sheets of a spreadsheet, in order, as tables of the values that it shows.

    Raises:
        InputError: damaged, protected, or larger than a dictionary can be once unpacked.
    """
    import python_calamine  # noqa: PLC0415  # texts need not wait for it

    unworked = _refuse_bombs(raw, place=place)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as workbook:
            tables = _tables(workbook, place=place)
    except InputError:
        raise
    except BaseException as error:  # a panic inside the reader is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise _damaged(place) from error
    if not any(table.rows for table in tables):
        raise InputError("The spreadsheet is empty.", place=place, remedy="Give the dictionary itself.")
    losses = (
        (f"{unworked:,} {'formula has' if unworked == 1 else 'formulas have'} no stored result; such cells are empty.",)
        if unworked
        else ()
    )
    return Source(format="spreadsheet", content=tuple(tables), losses=losses)


def _damaged(place: str) -> InputError:
    return InputError(
        "The spreadsheet is damaged or protected and cannot be read.",
        place=place,
        remedy="Save it again without a password, or as .csv.",
    )


def _refuse_bombs(raw: bytes, *, place: str) -> int:
    """Unpack each part within the limit first, and refuse entities: a few bytes can hold gigabytes.

    The answer is the number of formulas without a stored result.
    """
    unworked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            left = LARGEST_PART
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    content = _checked_part(archive, entry, left=left, place=place)
                    left -= len(content)
                    if entry.filename.startswith("xl/worksheets/"):
                        unworked += len(_UNWORKED.findall(content))
    except InputError:
        raise
    except RuntimeError as error:
        raise _damaged(place) from error
    except Exception as error:  # zlib.error and lzma.LZMAError have no common ancestor below Exception
        raise _damaged(place) from error
    return unworked


def _checked_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, left: int, place: str) -> bytes:
    with archive.open(entry) as part:
        content = part.read(left + 1)
    if len(content) > left:
        raise InputError(
            f"The spreadsheet unpacks to more than {LARGEST_PART // 2**20} MB; no dictionary does.",
            place=place,
            remedy="Divide it into several files, or save it as .csv.",
        )
    if _DTD.search(content[:4096]) or b"<!ENTITY" in content:
        raise InputError(
            "The spreadsheet defines entities of its own, which no office program writes; it was not opened.",
            place=place,
            remedy="Save it again with an office program.",
        )
    size = _SIZE.search(content[:4096])
    if size and _column(size[1]) * int(size[2]) > 20 * MOST_CELLS and len(content) < int(size[2]):
        raise _too_many_cells(place)
    return content


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_many_cells(place: str) -> InputError:
    return InputError(
        f"The spreadsheet spans more than {MOST_CELLS:,} cells; no dictionary does.",
        place=place,
        remedy="Delete the empty rows and columns, or save the sheet as .csv.",
    )


def _tables(workbook: Any, *, place: str) -> list[Table]:
    tables: list[Table] = []
    cells = number = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.height * sheet.width
        if cells > MOST_CELLS:
            raise _too_many_cells(place)
        rows = sheet.to_python(skip_empty_area=True)
        rows = _unmerged(rows, sheet)
        tables.append(
            _table([[_shown(value) for value in row[:MOST_COLUMNS]] for row in rows], first=number + 1, name=name)
        )
        number += max(1, len(rows))
    return tables


def _unmerged(rows: list[list[Any]], sheet: Any) -> list[list[Any]]:
    """Cells that are merged downwards say their words for every row; `to_python` gives them in the first only."""
    top, left = sheet.start or (0, 0)
    for start, end in sheet.merged_cell_ranges or ():
        row, column = start[0] - top, start[1] - left
        if end[1] - start[1] > 0 or not (0 <= row < len(rows)) or not (0 <= column < len(rows[row])):
            continue
        for below in range(row + 1, min(end[0] - top + 1, len(rows))):
            if column < len(rows[below]) and rows[below][column] in ("", None):
                rows[below][column] = rows[row][column]
    return rows


def _shown(value: Any) -> str:
    """A value as a sheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def read_separated(text: str, *, name: str) -> Source | None:
    """A text of comma-, semicolon- or tab-separated values; None where it is no such text.

    Raises:
        InputError: named as such a text, but broken.
    """
    named = name.lower().endswith((".csv", ".tsv"))
    separator = _separator(text, named=named)
    if separator is None:
        return None
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=False))
    except csv.Error as error:
        if not named:
            return None
        raise InputError(
            f"The separated values are broken: {error}.", place=name, remedy="Save the file again as .csv."
        ) from error
    if any(len(row) > MOST_COLUMNS for row in rows) or sum(map(len, rows)) > MOST_CELLS:
        raise _too_many_cells(name)
    return Source(format="csv", content=(_table(rows, first=1, name=""),))


def _separator(text: str, *, named: bool) -> str | None:
    """The separator by which nearly all records have as many fields (at least two, four in an unnamed text)."""
    sample = text[:200_000]
    best: tuple[float, str] | None = None
    for separator in _SEPARATORS:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(row)][:500]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        fewest = (2, 1) if named else (3, 3)
        agreeing = count / len(rows)
        if width >= fewest[0] and count >= fewest[1] and agreeing >= (0.5 if named else 0.95):
            best = max(best or (0.0, ""), (agreeing * width, separator))
    if best:
        return best[1]
    return "," if named else None


def _table(rows: Sequence[Sequence[str]], *, first: int, name: str) -> Table:
    return Table(
        rows=tuple(tuple(_cell(text, number=first + offset) for text in row) for offset, row in enumerate(rows)),
        name=name,
    )


def _cell(text: str, *, number: int) -> Cell:
    lines: list[Line] = []
    for piece in clean(text).split("\n"):
        bullet, rest = split_bullet(piece)
        if rest and not only_signs(rest):
            lines.append(Line(number=number, text=one_line(rest), bullet=bullet, gap=not lines, whole=True))
    return tuple(lines)
