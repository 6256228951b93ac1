"""PDF: lines in reading order with indent, size and weight of type and white space; tables where lines are ruled."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from prowess.dictionaries.limits import ASKED
from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.pdf_columns import columns_under_heads
from prowess.dictionaries.sources.pdf_lines import Words, inside, lines_of_page, lines_of_words, text_columns
from prowess.dictionaries.sources.pdf_tables import Ruled, joined_over_pages
from prowess.sources.pdf import pages_of
from prowess.sources.pdf_grid import grids_of
from prowess.sources.pdf_page import Page, Word

EDGE = 2
"""Lines at the head and foot of a page that may be running heads."""

FEWEST_RULES = 4
"""Rules of a page from which it may hold a table."""


def read_pdf(raw: bytes, *, place: str, progress: Callable[[int, int], None] | None = None) -> Source:
    """The lines and tables of a PDF.

    Raises:
        InputError: protected with a password, without text (scanned), damaged, or too large.
    """
    pages: list[list[Line | Ruled]] = []
    sizes: Counter[float] = Counter()
    pictured: list[int] = []
    gutter: float | None = None
    for page in pages_of(raw, asked=ASKED, place=place, progress=progress):
        content, gutter = _page(page, sizes, gutter)
        pages.append(content)
        pictured += [page.number] if page.large_pictures else []
    usual = sizes.most_common(1)[0][0] if sizes else 10.0
    in_order = _numbered(list(_relative(joined_over_pages(pages), usual)))
    return Source(format="pdf", content=tuple(in_order), losses=_lost_pictures(pictured))


def _lost_pictures(pages: Sequence[int]) -> tuple[str, ...]:
    """What a curator should know of large pictures: they may hold words."""
    if not pages:
        return ()
    named = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    which = f"page {named}" if len(pages) == 1 else f"pages {named}"
    return (f"The pictures on {which} were not read; words in them are missing.",)


def _page(page: Page, sizes: Counter[float], gutter: float | None) -> tuple[list[Line | Ruled], float | None]:
    """Tables and the lines between them, from top to bottom; the columns of a page one after the other."""
    grids = grids_of(page.rules) if len(page.rules) >= FEWEST_RULES else []
    for word in page.words:
        sizes[round(word.size, 1)] += len(word.text)
    cells = [box for grid in grids for row in grid.rows for box in row if box]
    words = [word for word in page.words if not any(inside(word, box) for box in cells)]
    unruled, words = columns_under_heads(words)
    columns, gutter = text_columns(words, width=page.width, before=gutter)
    pieces: list[tuple[float, Line | Ruled]] = []
    for group in unruled:
        rows = [
            tuple(tuple(lines_of_words(held, page=page.number)) for held in row) for row in (group.heads, group.body)
        ]
        pieces.append((group.top, Ruled(rows=rows, starts=group.starts)))
    for column in columns:
        pieces.extend(lines_of_page(column, page=page.number))
    for grid in grids:
        held = [word for word in page.words if inside(word, grid.box)]
        rows = [tuple(_cell(held, box, page=page.number) for box in row) for row in grid.rows]
        pieces.append((grid.box[1], Ruled(rows=rows, starts=tuple(_starts(grid.rows)))))
    if grids or unruled:
        pieces.sort(key=lambda piece: piece[0])
    return _with_edges([piece for _top, piece in pieces]), gutter


def _cells_of(columns: Sequence[Words], *, page: int) -> tuple[Cell, ...]:
    return tuple(tuple(lines_of_words(words, page=page)) for words in columns)


def _starts(rows: Sequence[Sequence[tuple[float, float, float, float] | None]]) -> Iterator[float]:
    for column in range(len(rows[0])):
        yield min(box[0] for row in rows if (box := row[column]) is not None)


def _cell(words: Sequence[Word], box: tuple[float, float, float, float] | None, *, page: int) -> Cell:
    held = [word for word in words if box and inside(word, box)]
    return tuple(lines_of_words(held, page=page))


def _with_edges(content: list[Line | Ruled]) -> list[Line | Ruled]:
    """The first and last lines of a page may be running heads."""
    places = [position for position, piece in enumerate(content) if isinstance(piece, Line)]
    edges = {*places[:EDGE], *places[-EDGE:]}
    return [
        replace(piece, edge=True) if position in edges and isinstance(piece, Line) and not piece.bullet else piece
        for position, piece in enumerate(content)
    ]


def _relative(content: Iterable[Line | Table], usual: float) -> Iterator[Line | Table]:
    for piece in content:
        if isinstance(piece, Line):
            yield replace(piece, size=piece.size / usual)
        else:
            yield Table(
                rows=tuple(
                    tuple(tuple(replace(line, size=line.size / usual) for line in cell) for cell in row)
                    for row in piece.rows
                )
            )


def _numbered(content: Sequence[Line | Table]) -> Iterator[Line | Table]:
    number = 0
    for piece in content:
        if isinstance(piece, Line):
            number += 1
            yield replace(piece, number=number)
            continue
        rows = []
        for row in piece.rows:
            cells: list[Cell] = []
            for cell in row:
                cells.append(tuple(replace(line, number=number + place) for place, line in enumerate(cell, start=1)))
                number += len(cell)
            rows.append(tuple(cells))
        yield Table(rows=tuple(rows))
