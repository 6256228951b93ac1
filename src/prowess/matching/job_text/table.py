"""Tables of job descriptions: duties with their share of time, person specifications, labels beside values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from prowess.matching.job_text.line import Line, LineKind

Cell = tuple[Line, ...]
"""The lines of one cell, numbered in any way: the table numbers them anew."""


class _Column(StrEnum):
    """What a column of a table is for, by the words at its head."""

    TEXT = "text"
    GRADE = "grade"
    MARK = "mark"
    ASIDE = "aside"
    PLAIN = "plain"


_HEADS = (
    (
        _Column.MARK,
        re.compile(r"%|\be\s*/\s*d\b|essential\s*(?:/|or)\s*desirable|\btime\b|\bweight|percent|priority", re.I),
    ),
    (_Column.GRADE, re.compile(r"^\W*(?:essential|desirable|required|preferred|minimum|must|nice)\b", re.I)),
    (
        _Column.ASIDE,
        re.compile(
            r"assess|method|measure|how (?:identified|tested)|application|interview|^no\.?$|^#$|^ref|^item$|evidence",
            re.I,
        ),
    ),
    (
        _Column.TEXT,
        re.compile(
            r"dut(?:y|ies)|task|responsib|criteri|requirement|descri|attribut|competenc|skill|activit|accountab|area|factor",
            re.I,
        ),
    ),
)
_TICK = re.compile(r"^[x✓✔√☑●•*]$|^yes$|^y$", re.I)
_GRADES = {"e": "Essential", "d": "Desirable", "essential": "Essential", "desirable": "Desirable"}
_PERCENT = re.compile(r"^\(?\s*(\d{1,3})(?:\.\d+)?\s*%?\s*\)?$")
LONGEST_LABEL = 80


def lines_of_table(rows: Sequence[Sequence[Cell]], *, after: int) -> list[Line]:
    """The lines of a table, numbered from ``after`` + 1, each with the labels of its row and column."""
    filled = [list(row) for row in rows if any(row)]
    if not filled:
        return []
    head = _columns(filled[0])
    found = _with_head(filled[1:], head, filled[0]) if head else _without_head(filled)
    return [
        replace(line, number=after + 1 + position, cell=after + 1 + cell) for position, (cell, line) in enumerate(found)
    ]


def text_of(cell: Cell) -> str:
    """All words of a cell in one line."""
    return " ".join(line.text for line in cell)


def _columns(row: Sequence[Cell]) -> list[_Column] | None:
    """The columns of a table whose first row is a head; None where it is not one."""
    texts = [text_of(cell) for cell in row]
    if len(texts) < 2 or any(len(text) > 60 for text in texts):
        return None
    columns = [next((column for column, words in _HEADS if words.search(text)), _Column.PLAIN) for text in texts]
    known = sum(column is not _Column.PLAIN for column in columns)
    empty_or_known = sum(column is not _Column.PLAIN or not text for column, text in zip(columns, texts, strict=True))
    return columns if known >= 2 or (known == 1 and empty_or_known >= len(texts) - 1 and len(texts) > 2) else None


def _with_head(
    rows: Sequence[Sequence[Cell]], columns: list[_Column], head: Sequence[Cell]
) -> Iterator[tuple[int, Line]]:
    section, count = "", 0
    for row in rows:
        if _spans(row):
            section = text_of(row[0])
            continue
        cells = list(zip(columns, [text_of(cell) for cell in head], row, strict=False))
        mark = _mark_of(cells)
        label, contents = _label_and_contents(cells)
        for title, cell in contents:
            count += 1
            labels = tuple(part for part in (section, label, title) if part)
            for line in cell:
                yield count, replace(line, labels=labels, mark=mark)


def _mark_of(cells: Sequence[tuple[_Column, str, Cell]]) -> str:
    """What a row says of its weight: a percentage, a grade in letters, or a tick below a grade."""
    for column, title, cell in cells:
        text = text_of(cell).strip()
        percent = _PERCENT.match(text)
        if column is _Column.MARK and percent:
            return f"{percent[1]}%"
        if column in (_Column.MARK, _Column.ASIDE) and text.lower() in _GRADES:
            return _GRADES[text.lower()]
        if column is _Column.GRADE and _TICK.match(text):
            return title
    return ""


def _label_and_contents(cells: Sequence[tuple[_Column, str, Cell]]) -> tuple[str, list[tuple[str, Cell]]]:
    contents = [
        (title if column in (_Column.GRADE, _Column.TEXT) else "", cell)
        for column, title, cell in cells
        if column in (_Column.TEXT, _Column.GRADE, _Column.PLAIN) and cell and not _TICK.match(text_of(cell))
    ]
    first = cells[0] if cells else None
    if first and len(contents) > 1 and first[0] is not _Column.GRADE and _is_label(first[2]):
        return text_of(first[2]), contents[1:]
    return "", contents


def _without_head(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, Line]]:
    """Labels beside values where most rows look so; else each cell for itself."""
    pairs = [row for row in rows if len(row) >= 2 and _is_label(row[0]) and any(row[1:])]
    labelled = 2 * len(pairs) > len(rows) or any(text_of(row[0]).rstrip().endswith(":") for row in pairs)
    count = 0
    for row in rows:
        if _spans(row) and _is_label(row[0]):
            count += 1
            yield count, replace(row[0][0], text=text_of(row[0]), kind=LineKind.UNKNOWN, emphasis=1.0, after_gap=True)
            continue
        own = labelled and len(row) >= 2 and _is_label(row[0]) and any(row[1:])
        mark, rest = _percent_beside(row[1:] if own else row)
        for cell in rest:
            count += 1
            for line in cell:
                yield count, replace(line, labels=(text_of(row[0]),) if own else (), mark=mark)


def _percent_beside(cells: Sequence[Cell]) -> tuple[str, list[Cell]]:
    texts = [text_of(cell).strip() for cell in cells]
    mark = next((text for text in texts if "%" in text and _PERCENT.match(text)), "")
    return mark, [cell for cell, text in zip(cells, texts, strict=True) if text and not _PERCENT.match(text)]


def _is_label(cell: Cell) -> bool:
    text = text_of(cell)
    return 0 < len(text) <= LONGEST_LABEL and len(text.split()) <= 8 and not text.endswith(".")


def _spans(row: Sequence[Cell]) -> bool:
    """Whether only the first cell of a row says something: the title of what follows."""
    texts = [text_of(cell) for cell in row]
    return (
        len(row) > 1
        and bool(texts[0])
        and all(not text or text == texts[0] for text in texts[1:])
        and _is_label(row[0])
    )
