"""PDF: lines in reading order with indent, weight of type and white space; tables where lines are ruled."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from prowess.framework.errors import InputError
from prowess.matching.job_text.characters import clean, one_line
from prowess.matching.job_text.limits import LARGEST_PAGE, LARGEST_PART, LONGEST_TEXT, MOST_PAGES
from prowess.matching.job_text.line import Line, Source
from prowess.matching.job_text.table import Cell, lines_of_table

_STREAM = re.compile(rb"stream\r?\n")
FEWEST_CHARACTERS = 20


def read_pdf(raw: bytes, *, place: str) -> Source:
    """The lines of a PDF.

    Raises:
        InputError: protected with a password, without text (scanned), damaged, or too large.
    """
    import pdfplumber  # noqa: PLC0415  # takes a quarter of a second that texts and Word documents need not wait
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    _refuse_bombs(raw, place=place)
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            pages = _pages(document, place=place)
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
    lines = _without_page_furniture(pages)
    return Source(lines=tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)))


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
                f"The PDF unpacks to more than {LARGEST_PART // 2**20} MB; no job description does.",
                place=place,
                remedy="Paste the text of the job description itself.",
            )


def _pages(document: Any, *, place: str) -> list[list[Line]]:
    if len(document.pages) > MOST_PAGES:
        raise InputError(
            f"The PDF has {len(document.pages)} pages; a job description may have up to {MOST_PAGES}.",
            place=place,
            remedy="Give only the pages of this job.",
        )
    pages, characters, pictures = [], 0, 0
    for page in document.pages:
        _refuse_large_page(page, place=place)
        pages.append(list(_lines_of_page(page, cells_from=10_000 * page.page_number)))
        characters += len(page.chars)
        pictures += len(page.images)
        page.close()
        if characters > LONGEST_TEXT:
            raise InputError(
                f"The PDF holds more than {LONGEST_TEXT:,} characters.", place=place, remedy="Give only this job."
            )
    if characters < FEWEST_CHARACTERS:
        raise _without_text(place, pictures=pictures)
    return pages


def _without_text(place: str, *, pictures: int) -> InputError:
    what = "only pictures of its pages (it was scanned)" if pictures else "no text"
    return InputError(
        f"The PDF holds {what}.", place=place, remedy="Recognise its text first (OCR), or paste the words."
    )


def _refuse_large_page(page: Any, *, place: str) -> None:
    size = sum(len(stream.get_data()) for stream in page.page_obj.contents if hasattr(stream, "get_data"))
    if size > LARGEST_PAGE:
        raise InputError(
            f"Page {page.page_number} of the PDF is drawn with {size / 2**20:.0f} MB of instructions.",
            place=place,
            remedy="Print it to PDF again, or paste its text.",
        )


def _lines_of_page(page: Any, *, cells_from: int) -> Iterator[Line]:
    """Tables and the lines between them, from top to bottom; the columns of a page one after the other."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    words = [
        word
        for word in page.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.2, keep_blank_chars=False)
        if not any(_inside(word, table.bbox) for table in tables)
    ]
    pieces: list[tuple[float, list[Line]]] = []
    for column in _columns(words, width=float(page.width)):
        for top, line in _lines_of_words(column):
            pieces.append((top, [line]))
    for position, table in enumerate(tables):
        pieces.append((float(table.bbox[1]), _table_lines(table, cells_from=cells_from + 100 * position)))
    if tables:
        pieces.sort(key=lambda piece: piece[0])
    for _top, lines in pieces:
        yield from lines


def _is_table(table: Any) -> bool:
    """A frame around a page or a rule under a title is not a table: it takes two rows and two columns."""
    return len(table.rows) >= 2 and max(len([cell for cell in row.cells if cell]) for row in table.rows) >= 2


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _table_lines(table: Any, *, cells_from: int) -> list[Line]:
    rows: list[list[Cell]] = []
    for row in table.extract(x_tolerance_ratio=0.2):
        rows.append([tuple(_cell_lines(text or "")) for text in row])
    lines = lines_of_table(rows, after=0)
    return [replace(line, cell=cells_from + line.cell) for line in lines]


def _cell_lines(text: str) -> Iterator[Line]:
    for piece in clean(text).split("\n"):
        if piece.strip():
            yield Line(number=1, text=one_line(piece))


def _columns(words: Sequence[dict[str, Any]], *, width: float) -> list[list[dict[str, Any]]]:
    """One list of words, or two where an empty strip divides the page and both sides hold running text."""
    everything = list(words)
    if len(everything) < 80:
        return [everything]
    middle = [width * step / 100 for step in range(30, 71)]
    free = [x for x in middle if not any(word["x0"] < x < word["x1"] for word in everything)]
    for gutter in free:
        left = [word for word in everything if word["x1"] <= gutter]
        right = [word for word in everything if word["x0"] >= gutter]
        if all(len(side) > 0.25 * len(everything) and _words_per_line(side) >= 4 for side in (left, right)):
            return [left, right]
    return [everything]


def _words_per_line(words: Sequence[dict[str, Any]]) -> float:
    lines = Counter(round(word["top"] / 3) for word in words)
    return len(words) / len(lines)


def _lines_of_words(words: Sequence[dict[str, Any]]) -> Iterator[tuple[float, Line]]:
    rows = _rows(words)
    if not rows:
        return
    usual = Counter(round(word["size"], 1) for word in words).most_common(1)[0][0]
    step = sorted(_steps(rows))[len(rows) // 2 - 1] if len(rows) > 1 else usual * 1.2
    left = min(word["x0"] for word in words)
    previous: float | None = None
    for row in rows:
        top = min(word["top"] for word in row)
        text = one_line(clean(" ".join(word["text"] for word in row)))
        if text:
            gap = previous is None or top - previous > 1.35 * step
            indent = (row[0]["x0"] - left) / (0.5 * max(usual, 1))
            yield (
                top,
                Line(number=1, text=text, indent=indent, emphasis=_emphasis(row, usual), after_gap=gap),
            )
        previous = top


def _steps(rows: Sequence[Sequence[dict[str, Any]]]) -> list[float]:
    tops = [min(word["top"] for word in row) for row in rows]
    return [after - before for before, after in pairwise(tops)]


def _rows(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Words whose feet stand at nearly the same height are one row."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= 0.35 * max(word["bottom"] - word["top"], 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w["x0"]) for row in rows]


def _emphasis(row: Sequence[dict[str, Any]], usual: float) -> float:
    bold = all(re.search(r"bold|black|heavy|semib", word["fontname"], re.IGNORECASE) for word in row)
    smallest: float = min(word["size"] for word in row)
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
