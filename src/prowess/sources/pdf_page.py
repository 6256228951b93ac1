"""The words, rules and pictures of PDF pages, taken straight from PDFium's character boxes."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_BOLD_FROM = 600
"""Weight of type from which it is bold."""
_GAP = 0.2
"""Share of the size of type that stands between words."""
_LIGATURE = 1.3
"""Share of the size of type by which a letter may stand back: those of a ligature share one box."""
_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))
"""What PDFium gives for a hyphen at the end of a line."""
_DEEPEST_FORM = 5
_MOST_OBJECTS = 20_000
"""Objects of a page among which rules are looked for."""
_MOST_SEGMENTS = 4_000
_LARGE_PICTURE = 0.03
"""Share of a page from which a picture may hold words."""
_ONE_AT_A_TIME = Lock()
"""PDFium must not be entered by two threads."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; from the upper left corner of the page downwards."""
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Word:
    """Characters that stand together, in one type; ``size`` is the height of their boxes."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(slots=True)
class Page:
    """What stands on a page."""

    number: int
    width: float
    height: float
    characters: int = 0
    words: list[Word] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: int = 0
    large_pictures: int = 0


class PdfRefused(Exception):  # it is caught where the sentence for the reader is made
    """The file cannot be opened; ``locked`` where a password is missing."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__("locked" if locked else "damaged")
        self.locked = locked


class Document:
    """An open PDF, page by page."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def pages(self) -> Iterator[Page]:
        """The pages in order, each closed before the next is opened."""
        for number in range(len(self._document)):
            page = self._document[number]
            try:
                yield _Reader(page, number + 1).page()
            finally:
                page.close()


@contextmanager
def opened(raw: bytes) -> Iterator[Document]:
    """A PDF for reading.

    Raises:
        PdfRefused: damaged, or protected with a password.
    """
    import pypdfium2  # noqa: PLC0415  # texts and Word documents need not wait for it

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(raw)
        except pypdfium2.PdfiumError as error:
            raise PdfRefused(locked="password" in str(error).lower()) from error
        try:
            yield Document(document)
        finally:
            document.close()


@dataclass(frozen=True, slots=True)
class _Type:
    bold: bool
    turned: bool


class _Reader:
    """Reads one page through PDFium's own functions: a call a character is what takes the time."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw  # noqa: PLC0415

        self._raw: Any = pypdfium2.raw
        self._handle = page.raw
        self._rotation = page.get_rotation() // 90
        left, bottom, right, top = page.get_cropbox()
        self._frame = (left, bottom, right, top)
        across, down = right - left, top - bottom
        width, height = (down, across) if self._rotation % 2 else (across, down)
        self._page = Page(number=number, width=width, height=height)
        self._types: dict[int, _Type] = {}

    def page(self) -> Page:
        """Everything on the page."""
        self._read_words()
        self._read_objects()
        return self._page

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates as it is seen: turned, and counted from the top."""
        x0, y0, x1, y1 = self._frame
        left, right, bottom, top = left - x0, right - x0, bottom - y0, top - y0
        across, down = x1 - x0, y1 - y0
        if self._rotation == 1:
            return (bottom, left, top, right)
        if self._rotation == 2:  # half turns
            return (across - right, bottom, across - left, top)
        if self._rotation == 3:
            return (down - top, across - right, down - bottom, across - left)
        return (left, down - top, right, down - bottom)

    def _read_words(self) -> None:
        raw, text = self._raw, self._raw.FPDFText_LoadPage(self._handle)
        if not text:
            return
        try:
            self._gather(text, raw.FPDFText_CountChars(text))
        finally:
            raw.FPDFText_ClosePage(text)

    def _gather(self, text: Any, count: int) -> None:
        raw, rectangle = self._raw, self._raw.FS_RECTF()
        reference = ctypes.byref(rectangle)
        unicode, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
        word: Word | None = None
        high = 0
        for index in range(max(count, 0)):
            code = unicode(text, index)
            if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
                high = code
                continue
            if high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if 0xDC00 <= code < 0xE000 else code
                high = 0
            letter = "-" if code in _HYPHENS else chr(code) if code and not 0xD800 <= code < 0xE000 else ""
            if not letter or letter.isspace() or not box_of(text, index, reference):
                word = None
                continue
            type_ = self._type(object_of(text, index))
            self._page.characters += 1
            box = self._box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            word = self._added(word, letter, box, type_)

    def _added(self, word: Word | None, letter: str, box: Box, type_: _Type) -> Word:
        x0, top, x1, bottom = box
        size = bottom - top
        if word is not None and word.bold == type_.bold and abs(word.size - size) < 0.2 * size:
            beside = -_LIGATURE * size <= x0 - word.x1 < _GAP * size and abs(word.bottom - bottom) < 0.3 * size
            if beside or type_.turned:
                word.text += letter
                word.x0, word.x1 = min(word.x0, x0), max(word.x1, x1)
                word.top, word.bottom = min(word.top, top), max(word.bottom, bottom)
                return word
        found = Word(text=letter, x0=x0, x1=x1, top=top, bottom=bottom, size=size, bold=type_.bold)
        self._page.words.append(found)
        return found

    def _type(self, text_object: Any) -> _Type:
        """How a text object is set; asked once for each, since characters come object by object."""
        key = ctypes.cast(text_object, ctypes.c_void_p).value if text_object else None
        if key is None:
            return _Type(bold=False, turned=False)
        known = self._types.get(key)
        if known is None:
            self._types[key] = known = self._type_of(text_object)
        return known

    def _type_of(self, text_object: Any) -> _Type:
        raw, font = self._raw, self._raw.FPDFTextObj_GetFont(text_object)
        name = ctypes.create_string_buffer(200)
        if font:
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
        bold = bool(_BOLD.search(name.value.decode("latin-1"))) or (
            bool(font) and raw.FPDFFont_GetWeight(font) >= _BOLD_FROM
        )
        a, b, _c, _d, _e, _f = self._matrix(text_object)
        return _Type(bold=bold, turned=abs(b) > abs(a) if self._rotation % 2 == 0 else abs(a) > abs(b))

    def _matrix(self, page_object: Any) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(page_object, ctypes.byref(matrix)):
            return _SAME
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _read_objects(self) -> None:
        raw = self._raw
        count = min(raw.FPDFPage_CountObjects(self._handle), _MOST_OBJECTS)
        for index in range(count):
            self._read_object(raw.FPDFPage_GetObject(self._handle, index), _SAME, depth=0)

    def _read_object(self, page_object: Any, matrix: Matrix, *, depth: int) -> None:
        raw, kind = self._raw, self._raw.FPDFPageObj_GetType(page_object)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._read_path(page_object, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = self._bounds(page_object, matrix)
            share = (right - left) * (bottom - top) / max(1.0, self._page.width * self._page.height)
            self._page.pictures += 1
            self._page.large_pictures += share > _LARGE_PICTURE
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _product(self._matrix(page_object), matrix)
            for index in range(min(raw.FPDFFormObj_CountObjects(page_object), _MOST_OBJECTS)):
                self._read_object(raw.FPDFFormObj_GetObject(page_object, index), inner, depth=depth + 1)

    def _bounds(self, page_object: Any, matrix: Matrix) -> Box:
        edges = [ctypes.c_float() for _edge in range(4)]
        if not self._raw.FPDFPageObj_GetBounds(page_object, *map(ctypes.byref, edges)):
            return (0, 0, 0, 0)
        left, bottom, right, top = (edge.value for edge in edges)
        return self._seen((left, bottom), (right, top), matrix)

    def _seen(self, first: tuple[float, float], second: tuple[float, float], matrix: Matrix) -> Box:
        (x0, y0), (x1, y1) = _moved(first, matrix), _moved(second, matrix)
        return self._box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _read_path(self, path: Any, matrix: Matrix) -> None:
        """Each straight piece of a path, upright or level, is a rule."""
        raw = self._raw
        count = raw.FPDFPath_CountSegments(path)
        if count > _MOST_SEGMENTS or len(self._page.rules) > _MOST_SEGMENTS:
            return
        whole = _product(self._matrix(path), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = None
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point, kind = (x.value, y.value), raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO or last is None:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                self._page.rules.append(self._seen(last, point, whole))
            last = point
            if raw.FPDFPathSegment_GetClose(segment) and start is not None:
                self._page.rules.append(self._seen(last, start, whole))


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies the inner one first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
