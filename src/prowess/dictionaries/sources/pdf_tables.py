"""Ruled tables that a page breaks become one again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from prowess.dictionaries.line import Cell, Line, Table, text_of

_NEAR = 3.0
"""Points within which columns of two pages begin at the same place."""
_MOST_BETWEEN = 3
"""Lines of running heads and feet between the two halves of a table, on each page."""
_ENDS = (".", "!", "?", ";", ":")

Row = tuple[Cell, ...]


@dataclass(slots=True)
class Ruled:
    """A table of one page, with the places at which its columns begin."""

    rows: list[Row]
    starts: tuple[float, ...] = field(default=())


def joined_over_pages(pages: Sequence[list[Line | Ruled]]) -> Iterator[Line | Table]:
    """All pages in order; a table that goes on at the head of the next page takes its rows from there."""
    found: list[Line | Ruled] = []
    edges = Counter(_pattern(piece) for page in pages for piece in page if isinstance(piece, Line) and piece.edge)
    running = frozenset(pattern for pattern, count in edges.items() if count > 1 or pattern == "#")
    for page in pages:
        last, first = _table_at(found[::-1], running), _table_at(page, running)
        if last is not None and first is not None and _goes_on(last, first):
            _take(last, first)
            page.remove(first)
        found.extend(page)
    for piece in found:
        yield Table(rows=tuple(piece.rows)) if isinstance(piece, Ruled) else piece


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _table_at(content: Sequence[Line | Ruled], running: frozenset[str]) -> Ruled | None:
    """The table at one end of a page, beyond nothing but running heads or feet."""
    for piece in content[: _MOST_BETWEEN + 1]:
        if isinstance(piece, Ruled):
            return piece
        if not (piece.edge and _pattern(piece) in running):
            return None
    return None


def _goes_on(last: Ruled, first: Ruled) -> bool:
    return len(last.starts) == len(first.starts) and all(
        abs(one - other) <= _NEAR for one, other in zip(last.starts, first.starts, strict=True)
    )


def _take(last: Ruled, first: Ruled) -> None:
    rows = list(first.rows)
    head = [row for row in rows[:1] if _texts(row) == _texts(last.rows[0])]
    body = rows[len(head) :]
    if body and _is_rest(last.rows[-1], body[0]):
        last.rows[-1] = tuple(
            (*above, *(replace(line, gap=line.gap and place > 0) for place, line in enumerate(below)))
            for above, below in zip(last.rows[-1], body[0], strict=True)
        )
        body = body[1:]
    last.rows += [*head, *body]


def _texts(row: Row) -> list[str]:
    return list(map(text_of, row))


def _is_rest(above: Row, below: Row) -> bool:
    """Whether a row only goes on with the row above it: a sentence is broken, or one cell alone is filled."""
    for before, after in zip(above, below, strict=True):
        if before and after and not after[0].bullet:
            broken = after[0].text[:1].islower() and not before[-1].text.endswith(_ENDS)
            if broken:
                return True
    filled = [place for place, cell in enumerate(below) if cell]
    return len(below) > 1 and len(filled) == 1 and filled[0] > 0
