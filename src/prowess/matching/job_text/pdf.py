"""PDF: lines in reading order with indent, weight of type and white space; tables where lines are ruled."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from prowess.matching.job_text.limits import ASKED
from prowess.matching.job_text.line import Line, Source
from prowess.matching.job_text.table import Cell, lines_of_table
from prowess.sources.characters import clean, one_line
from prowess.sources.pdf import pages_of
from prowess.sources.pdf_grid import Grid, grids_of
from prowess.sources.pdf_page import Box, Page, Word


def read_pdf(raw: bytes, *, place: str) -> Source:
    """The lines of a PDF.

    Raises:
        InputError: protected with a password, without text (scanned), damaged, or too large.
    """
    pages = [
        list(_lines_of_page(page, cells_from=10_000 * page.number)) for page in pages_of(raw, asked=ASKED, place=place)
    ]
    lines = _without_page_furniture(pages)
    return Source(lines=tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)))


def _lines_of_page(page: Page, *, cells_from: int) -> Iterator[Line]:
    """Tables and the lines between them, from top to bottom; the columns of a page one after the other."""
    tables = [grid for grid in grids_of(page.rules) if len(grid.rows) > 1]
    boxes = [box for table in tables for row in table.rows for box in row if box]
    words = [word for word in page.words if not any(_inside(word, box) for box in boxes)]
    pieces: list[tuple[float, list[Line]]] = []
    for column in _columns(words, width=page.width):
        for top, line in _lines_of_words(column):
            pieces.append((top, [line]))
    for position, table in enumerate(tables):
        lines = _table_lines(table, page.words, cells_from=cells_from + 100 * position)
        pieces.append((table.box[1], lines))
    if tables:
        pieces.sort(key=lambda piece: piece[0])
    for _top, lines in pieces:
        yield from lines


def _inside(word: Word, box: Box) -> bool:
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _table_lines(table: Grid, words: Sequence[Word], *, cells_from: int) -> list[Line]:
    rows: list[list[Cell]] = [[tuple(_cell_lines(words, box)) for box in row] for row in table.rows]
    return [replace(line, cell=cells_from + line.cell) for line in lines_of_table(rows, after=0)]


def _cell_lines(words: Sequence[Word], box: Box | None) -> Iterator[Line]:
    for row in _rows([word for word in words if box and _inside(word, box)]):
        text = one_line(clean(" ".join(word.text for word in row)))
        if text:
            yield Line(number=1, text=text)


def _columns(words: Sequence[Word], *, width: float) -> list[list[Word]]:
    """One list of words, or two where an empty strip divides the page and both sides hold running text."""
    everything = list(words)
    if len(everything) < 80:
        return [everything]
    middle = [width * step / 100 for step in range(30, 71)]
    free = [x for x in middle if not any(word.x0 < x < word.x1 for word in everything)]
    for gutter in free:
        left = [word for word in everything if word.x1 <= gutter]
        right = [word for word in everything if word.x0 >= gutter]
        if all(len(side) > 0.25 * len(everything) and _words_per_line(side) >= 4 for side in (left, right)):
            return [left, right]
    return [everything]


def _words_per_line(words: Sequence[Word]) -> float:
    lines = Counter(round(word.top / 3) for word in words)
    return len(words) / len(lines)


def _lines_of_words(words: Sequence[Word]) -> Iterator[tuple[float, Line]]:
    rows = _rows(words)
    if not rows:
        return
    usual = Counter(round(word.size, 1) for word in words).most_common(1)[0][0]
    step = sorted(_steps(rows))[len(rows) // 2 - 1] if len(rows) > 1 else usual * 1.2
    left = min(word.x0 for word in words)
    previous: float | None = None
    for row in rows:
        top = min(word.top for word in row)
        text = one_line(clean(" ".join(word.text for word in row)))
        if text:
            gap = previous is None or top - previous > 1.35 * step
            indent = (row[0].x0 - left) / (0.5 * max(usual, 1))
            yield (
                top,
                Line(number=1, text=text, indent=indent, emphasis=_emphasis(row, usual), after_gap=gap),
            )
        previous = top


def _steps(rows: Sequence[Sequence[Word]]) -> list[float]:
    tops = [min(word.top for word in row) for row in rows]
    return [after - before for before, after in pairwise(tops)]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words whose feet stand at nearly the same height are one row."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        if rows and abs(rows[-1][0].bottom - word.bottom) <= 0.35 * max(word.bottom - word.top, 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _emphasis(row: Sequence[Word], usual: float) -> float:
    bold = all(word.bold for word in row)
    smallest: float = min(word.size for word in row)
    return float(bold) + max(0.0, smallest / max(usual, 1) - 1.05) * 5


def _without_page_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Leave out what stands at the head or foot of most pages: running titles and page numbers."""
    edges = Counter(
        pattern for page in pages for pattern in {_pattern(line) for line in (*page[:2], *page[-2:])} if len(pages) > 1
    )
    for page in pages:
        for position, line in enumerate(page):
            at_edge = position < 2 or position >= len(page) - 2
            repeated = edges[_pattern(line)] > max(1, len(pages) / 2)
            if not (at_edge and (repeated or re.fullmatch(r"(?i)(?:page )?\d+(?: ?(?:of|/) ?\d+)?", line.text))):
                yield line


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())
