"""Cells of tables that spreadsheets open: what would run as a formula is written as text, and read back as it was."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def cell_text(cell: str) -> str:
    """What a cell says, without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV (RFC 4180), each cell safe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def table_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a CSV text that are not empty, each with the line where it ends; the head tells the delimiter."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=lambda each: (head.count(each), each == ","))
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    found = []
    old = csv.field_size_limit(10_000_000)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((reader.line_num, [cell_text(cell.strip()) for cell in row]))
    finally:
        csv.field_size_limit(old)
    return found
