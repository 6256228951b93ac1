"""The words of a PDF page in reading order: columns of text, rows, and lines with their looks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from prowess.dictionaries.line import Line
from prowess.dictionaries.sources.characters import clean, one_line, only_signs, split_bullet
from prowess.sources.pdf_page import Word

FEWEST_ROWS = 10
"""Rows of a page from which it may have two columns, where the page before had one."""

Words = list[Word]


def inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a word is in a box."""
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def lines_of_words(words: Words, *, page: int) -> list[Line]:
    """The lines that words make, from top to bottom."""
    return [line for _top, line in lines_of_page(words, page=page)]


def text_columns(words: Words, *, width: float, before: float | None) -> tuple[list[Words], float | None]:
    """The words in the order of reading, as they are or column by column between lines of full width, and the gutter.

    ``before`` is the gutter of the page before: a short last page is divided at the same place.
    """
    rows = rows_of(words)
    gutter = _gutter(rows, width=width)
    if gutter is None and before is not None and _is_divided(rows, before, fewest=2.0):
        gutter = before
    if gutter is None:
        return [words], None
    found: list[Words] = []
    left: Words = []
    right: Words = []
    for row in rows:
        if _crosses(row, gutter):
            found += [left, right, row]
            left, right = [], []
        else:
            left += [word for word in row if word.x1 <= gutter]
            right += [word for word in row if word.x1 > gutter]
    return [part for part in [*found, left, right] if part], gutter


def _gutter(rows: Sequence[Words], *, width: float) -> float | None:
    """Where an empty strip divides the page and both sides hold running text; None on a page of one column."""
    if len(rows) < FEWEST_ROWS:
        return None
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        x = width * step / 100
        across = sum(_crosses(row, x) for row in rows)
        if across <= 0.2 * len(rows):
            best = min(best or (across, x), (across, x), key=lambda found: (found[0], abs(found[1] - width / 2)))
    return best[1] if best and _is_divided(rows, best[1], fewest=3.5) else None


def _is_divided(rows: Sequence[Words], x: float, *, fewest: float) -> bool:
    """Whether both sides of a place hold running text of so many words a line."""
    beside = [row for row in rows if not _crosses(row, x)]
    sides = [[w for row in beside for w in row if (w.x1 <= x) is left] for left in (True, False)]
    total = sum(map(len, rows))
    return all(len(side) > 0.2 * total and _words_per_line(side) >= fewest for side in sides)


def _crosses(row: Words, x: float) -> bool:
    """Whether a row of words runs over a place, or leaves too little room there for a strip between columns."""
    before = max((word.x1 for word in row if word.x0 < x), default=0.0)
    after = min((word.x0 for word in row if word.x0 >= x), default=float("inf"))
    return before > x or (before > 0 and after - before < row[0].size)


def _words_per_line(words: Words) -> float:
    lines = Counter(round(word.top / 3) for word in words)
    return len(words) / max(1, len(lines))


def lines_of_page(words: Words, *, page: int) -> Iterator[tuple[float, Line]]:
    """The same, each with the height at which it stands."""
    rows = rows_of(words)
    if not rows:
        return
    steps = sorted(after - before for before, after in pairwise(_top(row) for row in rows))
    size = Counter(round(word.size, 1) for word in words).most_common(1)[0][0]
    step = steps[(len(steps) - 1) // 2] if steps else size * 1.2
    step = min(step, size * 1.8)
    left = min(word.x0 for word in words)
    previous: float | None = None
    sign = ""
    for row in rows:
        text = one_line(clean(" ".join(word.text for word in row)))
        if text and only_signs(text):
            sign = text if len(text) == 1 else ""
        elif text:
            gap = previous is None or _top(row) - previous > max(1.3 * step, 1.5 * row[0].size)
            yield _top(row), _line(row, text, left=left, unit=0.5 * max(size, 1), gap=gap, page=page, sign=sign)
            sign = ""
        previous = _top(row)


def _top(row: Words) -> float:
    return float(min(word.top for word in row))


def _line(row: Words, text: str, *, left: float, unit: float, gap: bool, page: int, sign: str) -> Line:
    bullet, rest = split_bullet(text)
    bold = [word.bold for word in row if not only_signs(word.text)]
    return Line(
        number=1,
        text=rest,
        bullet=bullet or sign,
        indent=(row[0].x0 - left) / unit,
        bold=bool(bold) and all(bold),
        lead=_lead(row, len(text) - len(rest)),
        size=max(word.size for word in row),
        gap=gap,
        page=page,
    )


def _lead(row: Words, sign: int) -> int:
    start = []
    for word in row:
        if not word.bold and not only_signs(word.text):
            break
        start.append(word.text)
    if len(start) == len(row) or not any(word.bold for word in row[: len(start)]):
        return 0
    return max(0, len(one_line(clean(" ".join(start)))) - sign)


def rows_of(words: Words) -> list[Words]:
    """Words whose feet stand at nearly the same height are one row."""
    rows: list[Words] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        if rows and abs(rows[-1][0].bottom - word.bottom) <= 0.35 * max(word.bottom - word.top, 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]
