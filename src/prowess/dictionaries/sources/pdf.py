"""PDF: lines in reading order with indent, size and weight of type and white space; tables where lines are ruled."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from prowess.dictionaries.limits import LARGEST_PAGE, LARGEST_PART, LONGEST_TEXT, MOST_PAGES
from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.characters import clean, one_line, only_signs, split_bullet
from prowess.framework.errors import InputError

_STREAM = re.compile(rb"stream\r?\n")
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
FEWEST_CHARACTERS = 20
EDGE = 2
"""Lines at the head and foot of a page that may be running heads."""

FEWEST_STROKES = 4
"""Lines and frames of a page from which it may hold a table."""

FEWEST_ROWS = 10
"""Rows of a page from which it may have two columns."""

Words = list[dict[str, Any]]


def read_pdf(raw: bytes, *, place: str, progress: Callable[[int, int], None] | None = None) -> Source:
    """The lines and tables of a PDF.

    Raises:
        InputError: protected with a password, without text (scanned), damaged, or too large.
    """
    import pdfplumber  # noqa: PLC0415  # takes a quarter of a second that texts and Word documents need not wait
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    _refuse_bombs(raw, place=place)
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            content = _content(document, place=place, progress=progress)
    except InputError:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise InputError(
                "The PDF is protected with a password.", place=place, remedy="Save it without a password, or paste it."
            ) from error
        raise _damaged(place) from error
    except Exception as error:  # the parser raises whatever a broken file makes it meet
        raise _damaged(place) from error
    return Source(format="pdf", content=tuple(_numbered(content)))


def _damaged(place: str) -> InputError:
    return InputError(
        "The PDF is damaged and cannot be read.", place=place, remedy="Print it to PDF again, or paste its text."
    )


def _refuse_bombs(raw: bytes, *, place: str) -> None:
    """Unpack every stream within the limit first: a few bytes can hold gigabytes."""
    for start in _STREAM.finditer(raw):
        content, spent = raw[start.end() : start.end() + LARGEST_PART], 0
        while content[:1] == b"\x78" and spent <= LARGEST_PART:
            unpacker = zlib.decompressobj()
            try:
                content = unpacker.decompress(content, LARGEST_PART + 1 - spent)
            except zlib.error:
                break
            spent += len(content)
        if spent > LARGEST_PART and b"/Image" not in raw[max(0, start.start() - 600) : start.start()]:
            raise InputError(
                f"The PDF unpacks to more than {LARGEST_PART // 2**20} MB; no dictionary does.",
                place=place,
                remedy="Paste the text of the dictionary itself.",
            )


def _content(document: Any, *, place: str, progress: Callable[[int, int], None] | None) -> list[Line | Table]:
    count = len(document.pages)
    if count > MOST_PAGES:
        raise InputError(
            f"The PDF has {count:,} pages; a dictionary may have up to {MOST_PAGES:,}.",
            place=place,
            remedy="Divide it into several files.",
        )
    pages: list[list[Line | Table]] = []
    sizes: Counter[float] = Counter()
    characters = pictures = 0
    for page in document.pages:
        _refuse_large_page(page, place=place)
        looks = _Looks.of(page)
        pages.append(_page(page, looks, sizes))
        characters += len(looks.characters)
        pictures += looks.pictures
        page.close()
        if characters > LONGEST_TEXT:
            raise InputError(
                f"The PDF holds more than {LONGEST_TEXT:,} characters.",
                place=place,
                remedy="Divide it into several files.",
            )
        if progress:
            progress(page.page_number, count)
    if characters < FEWEST_CHARACTERS:
        what = "only pictures of its pages (it was scanned)" if pictures else "no text"
        raise InputError(
            f"The PDF holds {what}.", place=place, remedy="Recognise its text first (OCR), or paste the words."
        )
    usual = sizes.most_common(1)[0][0] if sizes else 10.0
    return [piece for page in pages for piece in _relative(page, usual)]


def _refuse_large_page(page: Any, *, place: str) -> None:
    size = sum(len(stream.get_data()) for stream in page.page_obj.contents if hasattr(stream, "get_data"))
    if size > LARGEST_PAGE:
        raise InputError(
            f"Page {page.page_number} of the PDF is drawn with {size / 2**20:.0f} MB of instructions.",
            place=place,
            remedy="Print it to PDF again, or paste its text.",
        )


@dataclass
class _Looks:
    """What stands on a page: characters in the form that pdfplumber takes them, strokes and pictures."""

    characters: Words = field(default_factory=list)
    strokes: int = 0
    pictures: int = 0

    @classmethod
    def of(cls, page: Any) -> "_Looks":
        """Walk through a page's layout; pdfplumber's own objects take twice the time and are made for tables only."""
        from pdfminer import layout  # noqa: PLC0415

        found, height = cls(), float(page.layout.bbox[3])
        waiting = [page.layout]
        while waiting:
            element = waiting.pop()
            if isinstance(element, layout.LTChar):
                found.characters.append(_character(element, height))
            elif isinstance(element, layout.LTCurve):
                found.strokes += 1
            elif isinstance(element, layout.LTImage):
                found.pictures += 1
            elif isinstance(element, layout.LTContainer):
                waiting.extend(reversed(list(element)))
        return found


def _character(element: Any, height: float) -> dict[str, Any]:
    top, bottom = height - element.y1, height - element.y0
    return {
        "text": element.get_text(),
        "x0": element.x0,
        "x1": element.x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "upright": element.upright,
        "fontname": element.fontname,
        "size": element.size,
        "object_type": "char",
    }


def _page(page: Any, looks: _Looks, sizes: Counter[float]) -> list[Line | Table]:
    """Tables and the lines between them, from top to bottom; the columns of a page one after the other."""
    from pdfplumber.utils.text import extract_words  # noqa: PLC0415

    options: dict[str, Any] = {"extra_attrs": ["fontname", "size"], "x_tolerance_ratio": 0.2}
    tables: list[Any] = []
    if looks.strokes >= FEWEST_STROKES:
        tables = [table for table in page.find_tables() if _is_table(table)]
    everything: Words = page.extract_words(**options) if tables else extract_words(looks.characters, **options)
    for word in everything:
        sizes[round(word["size"], 1)] += len(word["text"])
    words = [word for word in everything if not any(_inside(word, table.bbox) for table in tables)]
    pieces: list[tuple[float, Line | Table]] = []
    for column in _columns(words, width=float(page.width)):
        pieces.extend(_lines(column, page=page.page_number))
    pieces.extend((float(table.bbox[1]), _table(table, everything, page=page.page_number)) for table in tables)
    if tables:
        pieces.sort(key=lambda piece: piece[0])
    return _with_edges([piece for _top, piece in pieces])


def _with_edges(content: list[Line | Table]) -> list[Line | Table]:
    """The first and last lines of a page may be running heads."""
    places = [position for position, piece in enumerate(content) if isinstance(piece, Line)]
    edges = {*places[:EDGE], *places[-EDGE:]}
    return [
        replace(piece, edge=True) if position in edges and isinstance(piece, Line) and not piece.bullet else piece
        for position, piece in enumerate(content)
    ]


def _is_table(table: Any) -> bool:
    """A frame around a page or a rule under a title is not a table: it takes two rows and two columns."""
    return len(table.rows) >= 2 and max(len([cell for cell in row.cells if cell]) for row in table.rows) >= 2


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _table(table: Any, words: Words, *, page: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    inside = [word for word in words if _inside(word, table.bbox)]
    for row in table.rows:
        cells: list[Cell] = []
        for box in row.cells:
            held = [word for word in inside if box and _inside(word, box)]
            cells.append(tuple(line for _top, line in _lines(held, page=page)))
        rows.append(tuple(cells))
    return Table(rows=tuple(rows))


def _columns(words: Words, *, width: float) -> list[Words]:
    """The words of a page in the order of reading: as they are, or column by column between lines of full width."""
    rows = _rows(words)
    gutter = _gutter(rows, width=width)
    if gutter is None:
        return [words]
    found: list[Words] = []
    left: Words = []
    right: Words = []
    for row in rows:
        if _crosses(row, gutter):
            found += [left, right, row]
            left, right = [], []
        else:
            left += [word for word in row if word["x1"] <= gutter]
            right += [word for word in row if word["x1"] > gutter]
    return [part for part in [*found, left, right] if part]


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
    if best is None:
        return None
    sides = [
        [w for row in rows if not _crosses(row, best[1]) for w in row if (w["x1"] <= best[1]) is left]
        for left in (True, False)
    ]
    total = sum(map(len, rows))
    return best[1] if all(len(side) > 0.2 * total and _words_per_line(side) >= 3.5 for side in sides) else None


def _crosses(row: Words, x: float) -> bool:
    """Whether a row of words runs over a place, or leaves too little room there for a strip between columns."""
    before = max((word["x1"] for word in row if word["x0"] < x), default=0.0)
    after = min((word["x0"] for word in row if word["x0"] >= x), default=float("inf"))
    return before > x or (before > 0 and after - before < row[0]["size"])


def _words_per_line(words: Words) -> float:
    lines = Counter(round(word["top"] / 3) for word in words)
    return len(words) / max(1, len(lines))


def _lines(words: Words, *, page: int) -> Iterator[tuple[float, Line]]:
    rows = _rows(words)
    if not rows:
        return
    steps = sorted(after - before for before, after in pairwise(_top(row) for row in rows))
    size = Counter(round(word["size"], 1) for word in words).most_common(1)[0][0]
    step = steps[(len(steps) - 1) // 2] if steps else size * 1.2
    step = min(step, size * 1.8)
    left = min(word["x0"] for word in words)
    previous: float | None = None
    sign = ""
    for row in rows:
        text = one_line(clean(" ".join(word["text"] for word in row)))
        if text and only_signs(text):
            sign = text if len(text) == 1 else ""
        elif text:
            gap = previous is None or _top(row) - previous > max(1.3 * step, 1.5 * row[0]["size"])
            yield _top(row), _line(row, text, left=left, unit=0.5 * max(size, 1), gap=gap, page=page, sign=sign)
            sign = ""
        previous = _top(row)


def _top(row: Words) -> float:
    return float(min(word["top"] for word in row))


def _line(row: Words, text: str, *, left: float, unit: float, gap: bool, page: int, sign: str) -> Line:
    bullet, rest = split_bullet(text)
    bold = [bool(_BOLD.search(word["fontname"])) for word in row if not only_signs(word["text"])]
    return Line(
        number=1,
        text=rest,
        bullet=bullet or sign,
        indent=(row[0]["x0"] - left) / unit,
        bold=bool(bold) and all(bold),
        lead=_lead(row, len(text) - len(rest)),
        size=max(word["size"] for word in row),
        gap=gap,
        page=page,
    )


def _lead(row: Words, sign: int) -> int:
    start = []
    for word in row:
        if not _BOLD.search(word["fontname"]) and not only_signs(word["text"]):
            break
        start.append(word["text"])
    if len(start) == len(row) or not any(_BOLD.search(word["fontname"]) for word in row[: len(start)]):
        return 0
    return max(0, len(one_line(clean(" ".join(start)))) - sign)


def _rows(words: Words) -> list[Words]:
    """Words whose feet stand at nearly the same height are one row."""
    rows: list[Words] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= 0.35 * max(word["bottom"] - word["top"], 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w["x0"]) for row in rows]


def _relative(content: Sequence[Line | Table], usual: float) -> Iterator[Line | Table]:
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
