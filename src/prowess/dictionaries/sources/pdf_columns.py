"""Columns of a PDF page without ruled lines: below a row of known heads, the words under each head stand together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from prowess.dictionaries.level_names import level_at
from prowess.dictionaries.sources.pdf_lines import Words, rows_of
from prowess.dictionaries.vocabulary import parts_named

_WIDE = 1.3
"""Share of the size of type from which a space divides heads."""
_STEP = 2.0
"""Points between the places at which a gutter is tried."""
_FEWEST_ROWS = 3
_LARGER = 1.1
_WHITE = 1.7
"""White space above a row, as a share of its size, from which it may be a heading."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Words in columns: the heads, and below them the words of each column."""

    top: float
    heads: tuple[Words, ...]
    body: tuple[Words, ...]
    starts: tuple[float, ...]


def columns_under_heads(words: Words) -> tuple[list[Columns], Words]:
    """Every group of columns that stands under a row of names of parts or levels, and the words beside them."""
    rows = rows_of(words)
    found: list[Columns] = []
    rest: Words = []
    position = 0
    while position < len(rows):
        heads = _segments(rows[position])
        height, edges = _height(rows, position, heads) if _are_known(heads) else (0, [])
        if height >= _FEWEST_ROWS:
            found.append(_columns(rows[position : position + height + 1], heads, edges))
            position += height + 1
        else:
            rest += rows[position]
            position += 1
    return found, rest


def _segments(row: Words) -> list[Words]:
    """The words of a row where wide spaces divide it."""
    found: list[Words] = []
    for word in row:
        if found and word.x0 - found[-1][-1].x1 < _WIDE * word.size:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _are_known(heads: Sequence[Words]) -> bool:
    texts = [" ".join(word.text for word in head) for head in heads]
    return len(heads) > 1 and all(map(_is_known, texts))


def _is_known(text: str) -> bool:
    level = level_at(text)
    return any(sure == 1.0 for _part, sure in parts_named(text)) or bool(level and not level.content)


def _height(rows: Sequence[Words], head: int, heads: Sequence[Words]) -> tuple[int, list[float]]:
    """How many rows below the heads leave a gutter before each of them, and where."""
    places = [_tried(left[-1].x1, right[0].x0) for left, right in pairwise(heads)]
    height = 0
    for row in rows[head + 1 :]:
        left_over = [[x for x in tried if not _crosses(row, x)] for tried in places]
        if not all(left_over):
            break
        places, height = left_over, height + 1
    edges = [tried[len(tried) // 2] for tried in places]
    while height and _is_heading(rows, head, head + height, edges):
        height -= 1
    return height, edges


def _tried(left: float, right: float) -> list[float]:
    return [left + _STEP * step for step in range(1, max(2, int((right - left) / _STEP)))]


def _crosses(row: Words, x: float) -> bool:
    return any(word.x0 < x < word.x1 for word in row)


def _is_heading(rows: Sequence[Words], head: int, position: int, edges: Sequence[float]) -> bool:
    """Whether the last row belongs to what follows: in the first column only, larger, or below white space."""
    row, above = rows[position], rows[position - 1]
    if any(word.x1 > edges[0] for word in row):
        return False
    size = max(word.size for word in row)
    usual = min(word.size for word in rows[head + 1])
    white = min(word.top for word in row) - max(word.bottom for word in above)
    return size > _LARGER * usual or white > _WHITE * size


def _columns(rows: Sequence[Words], heads: Sequence[Words], edges: Sequence[float]) -> Columns:
    body: tuple[Words, ...] = tuple([] for _head in heads)
    for row in rows[1:]:
        for word in row:
            body[sum(word.x0 >= edge for edge in edges)].append(word)
    return Columns(
        top=min(word.top for word in rows[0]),
        heads=tuple(heads),
        body=body,
        starts=(min(head[0].x0 for head in heads), *edges),
    )
