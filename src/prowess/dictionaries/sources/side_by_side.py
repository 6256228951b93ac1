"""Columns that stand side by side in plain text, set with spaces: they become a table."""

import re
from collections import Counter
from collections.abc import Sequence

from prowess.dictionaries.level_names import level_at
from prowess.dictionaries.line import Cell, Line, Table
from prowess.dictionaries.sources.characters import one_line, only_signs, split_bullet
from prowess.dictionaries.vocabulary import parts_named

_GUTTER = re.compile(r"(?<=\S) {2,}(?=\S)")
_FEWEST_ROWS = 3
_FEWEST_WORDS = 10
_NARROWEST = 8
"""Characters from the left at which the second column may begin."""
_LONGEST_LABEL = 30


def height_of_columns(rows: Sequence[str], position: int) -> tuple[int, tuple[int, ...]]:
    """How many lines from here stand in columns, and where these begin; 0 where fewer than three do."""
    height = 0
    while position + height < len(rows) and _may_stand(rows, position + height):
        height += 1
    region = [row.rstrip() for row in rows[position : position + height]]
    while region and not region[-1]:
        region.pop()
    starts = _starts(region)
    if not starts:
        return 0, ()
    usable = 0
    while usable < len(region) and _fits(region[usable], starts) and not _ends(region, usable, starts):
        usable += 1
    while usable and not region[usable - 1]:
        usable -= 1
    region = region[:usable]
    return (len(region), starts) if _are_columns(region, starts) else (0, ())


def _may_stand(rows: Sequence[str], position: int) -> bool:
    """A line, or one empty line between lines."""
    if rows[position].strip():
        return "\t" not in rows[position]
    return position > 0 and position + 1 < len(rows) and bool(rows[position - 1].strip() and rows[position + 1].strip())


def _starts(region: Sequence[str]) -> tuple[int, ...]:
    """Where columns begin: places at which words start after a wide space in several lines."""
    places = Counter(found.end() for row in region for found in _GUTTER.finditer(row) if found.end() >= _NARROWEST)
    first = _first(region)
    wanted = min(_FEWEST_ROWS, max(2, len([row for row in region if row]) // 4))
    own = [place for place, count in sorted(places.items()) if count >= wanted]
    kept: list[int] = []
    for place in own:
        if place - (kept[-1] if kept else first) >= _NARROWEST:
            kept.append(place)
    return (first, *kept) if kept and _begins_columns(region, kept) else ()


def _first(region: Sequence[str]) -> int:
    return min((len(row) - len(row.lstrip()) for row in region if row), default=0)


def _begins_columns(region: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether the first line already has words in each column."""
    ends = {found.end() for found in _GUTTER.finditer(region[0])}
    return all(place in ends for place in starts)


def _fits(row: str, starts: Sequence[int]) -> bool:
    """Whether no word runs over the place where a column begins."""
    return all(len(row) <= place or row[place - 2 : place] == "  " for place in starts[1:])


def _ends(region: Sequence[str], position: int, starts: Sequence[int]) -> bool:
    """Whether white space stands here above a line that has words in the first column only."""
    return not region[position] and position + 1 < len(region) and not region[position + 1][starts[1] :].strip()


def _are_columns(region: Sequence[str], starts: Sequence[int]) -> bool:
    filled = [row for row in region if row]
    both = [row for row in filled if row[: starts[1]].strip() and row[starts[1] :].strip()]
    columns = zip(*(_cut(row, starts) for row in filled), strict=True)
    words = [sum(len(text.split()) for text in column) for column in columns]
    often = len(both) >= _FEWEST_ROWS and len(both) >= 0.4 * len(filled)
    return max(words, default=0) >= _FEWEST_WORDS and (often or _are_labelled(filled, starts))


def _are_labelled(filled: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether all that stands in the first of two columns are names of parts and levels."""
    labels = [text for row in filled if (text := row[: starts[1]].strip())]
    return len(starts) == 2 and len(labels) >= 2 and all(map(_is_known, labels))  # a pair of columns


def _is_known(label: str) -> bool:
    level = level_at(label)
    return any(sure == 1.0 for _part, sure in parts_named(label)) or bool(level and not level.content)


def _cut(row: str, starts: Sequence[int]) -> list[str]:
    return [row[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def table_of_columns(rows: Sequence[str], starts: Sequence[int], *, first: int) -> Table:
    """The lines as a table: a head, and a row for each label in the first column, or one row where it holds text."""
    cells = [_cut(row, starts) for row in rows]
    labels = _labels(cells)
    headed = len(cells) > 1 and all(_is_known(cell.strip()) for cell in cells[0])
    breaks = [0, 1, *labels] if headed or labels else [0]
    groups = [range(start, end) for start, end in zip(breaks, [*breaks[1:], len(cells)], strict=True) if end > start]
    return Table(
        rows=tuple(
            tuple(_cell([(first + place, cells[place][column]) for place in group]) for column in range(len(starts)))
            for group in groups
        )
    )


def _labels(cells: Sequence[Sequence[str]]) -> list[int]:
    """Where rows begin after the first: at short labels in the first column; none where it holds running text."""
    places = [place for place in range(1, len(cells)) if cells[place][0].strip()]
    texts = [cells[place][0].strip() for place in places]
    are_labels = texts and all(len(text) <= _LONGEST_LABEL and not split_bullet(text)[0] for text in texts)
    ended = any(text.endswith((".", ";")) for text in texts)
    beside = all("".join(cells[place][1:]).strip() for place in places)
    if not are_labels or ended or not beside or len(places) > 0.6 * (len(cells) - 1):
        return []
    return [place for place in places if place > 1]


def _cell(pieces: Sequence[tuple[int, str]]) -> Cell:
    lines: list[Line] = []
    gap = True
    left = min((len(text) - len(text.lstrip()) for _number, text in pieces if text.strip()), default=0)
    for number, text in pieces:
        bullet, rest = split_bullet(text)
        if not rest or only_signs(rest):
            gap = gap or not text.strip()
            continue
        indent = len(text) - len(text.lstrip()) - left
        lines.append(Line(number=number, text=one_line(rest), bullet=bullet, indent=indent, gap=gap))
        gap = False
    return tuple(lines)
