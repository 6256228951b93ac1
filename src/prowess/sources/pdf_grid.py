"""Tables between ruled lines: the rules of a page become a grid of cells."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prowess.sources.pdf_page import Box

_NEAR = 3.0
"""Points within which two rules are one, and a rule reaches another."""
_SHORTEST = 3.0
_MOST_RULES = 3_000
_FEWEST_OPEN = 3
"""Upright lines that end together where a page break cuts through a row."""

Span = tuple[float, float]
Rows = tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, each with a box for every column; None where a cell covers several columns or rows."""

    box: Box
    rows: Rows


def grids_of(rules: Sequence[Box]) -> list[Grid]:
    """The tables that rules draw, from top to bottom; those of one cell or one column are only frames."""
    if len(rules) > _MOST_RULES:
        return []
    level, upright = _lines(rules)
    level = _closed(level, upright)
    groups = _groups(_cells(level, upright))
    found = [_grid(cells) for cells in groups]
    return sorted((grid for grid in found if len(grid.rows[0]) > 1), key=lambda grid: (grid.box[1], grid.box[0]))


def _lines(rules: Iterable[Box]) -> tuple[dict[float, list[Span]], dict[float, list[Span]]]:
    """Level and upright lines, each at its place with the spans that are drawn there; near ones are one line."""
    level: list[tuple[float, Span]] = []
    upright: list[tuple[float, Span]] = []
    for x0, top, x1, bottom in rules:
        if bottom - top <= _NEAR and x1 - x0 >= _SHORTEST:
            level.append(((top + bottom) / 2, (x0, x1)))
        elif x1 - x0 <= _NEAR and bottom - top >= _SHORTEST:
            upright.append(((x0 + x1) / 2, (top, bottom)))
    return _snapped(level), _snapped(upright)


def _closed(level: dict[float, list[Span]], upright: dict[float, list[Span]]) -> dict[float, list[Span]]:
    """The level lines, and those that a page break left out where several upright lines end together."""
    ends: dict[float, list[float]] = {}
    for x, spans in upright.items():
        for end in (end for span in spans for end in span):
            near = next((place for place in ends if abs(place - end) <= _NEAR), end)
            ends.setdefault(near, []).append(x)
    closed = dict(level)
    for y, xs in ends.items():
        span = (min(xs), max(xs))
        known = [place for place in closed if abs(place - y) <= _NEAR]
        if len(xs) >= _FEWEST_OPEN and not any(_covers(closed[place], *span) for place in known):
            place = known[0] if known else y
            closed[place] = _joined([*closed.get(place, ()), span])
    return closed


def _snapped(lines: list[tuple[float, Span]]) -> dict[float, list[Span]]:
    found: dict[float, list[Span]] = {}
    place: float | None = None
    for at, span in sorted(lines):
        if place is None or at - place > _NEAR:
            place = at
        found.setdefault(place, []).append(span)
    return {at: _joined(spans) for at, spans in found.items()}


def _joined(spans: list[Span]) -> list[Span]:
    """Spans that touch, as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + _NEAR:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _covers(spans: Sequence[Span], start: float, end: float) -> bool:
    return any(first - _NEAR <= start and end <= last + _NEAR for first, last in spans)


def _cells(level: dict[float, list[Span]], upright: dict[float, list[Span]]) -> list[Box]:
    """The smallest box to the right of and below each crossing."""
    xs, ys = sorted(upright), sorted(level)
    found = []
    for i, x0 in enumerate(xs):
        for j, y0 in enumerate(ys):
            if not (_covers(level[y0], x0, x0) and _covers(upright[x0], y0, y0)):
                continue
            box = _smallest(level, upright, xs[i:], ys[j:])
            if box:
                found.append(box)
    return found


def _smallest(
    level: dict[float, list[Span]], upright: dict[float, list[Span]], xs: Sequence[float], ys: Sequence[float]
) -> Box | None:
    x0, y0 = xs[0], ys[0]
    for y1 in ys[1:]:
        if not _covers(upright[x0], y0, y1):
            return None
        for x1 in xs[1:]:
            if not _covers(level[y0], x0, x1):
                break
            if _covers(level[y1], x0, x1) and _covers(upright[x1], y0, y1):
                return (x0, y0, x1, y1)
    return None


def _groups(cells: list[Box]) -> list[list[Box]]:
    """Cells that share corners belong to one table."""
    at: dict[tuple[float, float], list[int]] = {}
    for number, (x0, y0, x1, y1) in enumerate(cells):
        for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
            at.setdefault(corner, []).append(number)
    seen: set[int] = set()
    groups = []
    for number in range(len(cells)):
        if number in seen:
            continue
        waiting, group = [number], []
        seen.add(number)
        while waiting:
            current = waiting.pop()
            group.append(cells[current])
            x0, y0, x1, y1 = cells[current]
            for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
                fresh = [other for other in at[corner] if other not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
        groups.append(group)
    return groups


def _grid(cells: list[Box]) -> Grid:
    xs, ys = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
    rows: list[list[Box | None]] = [[None] * len(xs) for _y in ys]
    for cell in cells:
        rows[bisect_left(ys, cell[1])][bisect_left(xs, cell[0])] = cell
    box = (xs[0], ys[0], max(cell[2] for cell in cells), max(cell[3] for cell in cells))
    return Grid(box=box, rows=tuple(map(tuple, rows)))
