"""PDF pages within limits: what is protected, scanned, damaged or a bomb is refused with a sentence."""

import re
import zlib
from collections.abc import Callable, Iterator

from prowess.framework.errors import InputError
from prowess.sources.asked import MOST_CHARACTERS_OF_A_PAGE, Asked
from prowess.sources.pdf_page import Page, PdfRefused, opened

_STREAM = re.compile(rb"stream\r?\n")
FEWEST_CHARACTERS = 20
"""Characters of a PDF below which it holds no text."""

Progress = Callable[[int, int], None]
"""Told how many pages are done, of how many."""


def pages_of(raw: bytes, *, asked: Asked, place: str, progress: Progress | None = None) -> Iterator[Page]:
    """The pages of a PDF, in order.

    Raises:
        InputError: protected with a password, without text (scanned), damaged, or too large.
    """
    _refuse_bombs(raw, asked=asked, place=place)
    try:
        with opened(raw) as document:
            _refuse_many(len(document), asked=asked, place=place)
            characters = pictures = 0
            for page in document.pages():
                characters, pictures = characters + page.characters, pictures + page.pictures
                _refuse_long(page, characters, asked=asked, place=place)
                yield page
                if progress:
                    progress(page.number, len(document))
    except PdfRefused as error:
        raise _refused(place, locked=error.locked) from error
    if characters < FEWEST_CHARACTERS:
        what = "only pictures of its pages (it was scanned)" if pictures else "no text"
        raise InputError(
            f"The PDF holds {what}.", place=place, remedy="Recognise its text first (OCR), or paste the words."
        )


def _refused(place: str, *, locked: bool) -> InputError:
    if locked:
        return InputError(
            "The PDF is protected with a password.", place=place, remedy="Save it without a password, or paste it."
        )
    return InputError(
        "The PDF is damaged and cannot be read.", place=place, remedy="Print it to PDF again, or paste its text."
    )


def _refuse_many(count: int, *, asked: Asked, place: str) -> None:
    if count > asked.most_pages:
        raise InputError(
            f"The PDF has {count:,} pages; a {asked.what} may have up to {asked.most_pages:,}.",
            place=place,
            remedy="Divide it into several files, or give only the pages that are meant.",
        )


def _refuse_long(page: Page, characters: int, *, asked: Asked, place: str) -> None:
    if page.characters > MOST_CHARACTERS_OF_A_PAGE:
        raise InputError(
            f"Page {page.number} of the PDF holds {page.characters:,} characters.",
            place=place,
            remedy="Print it to PDF again, or paste its text.",
        )
    if characters > asked.longest_text:
        raise InputError(
            f"The PDF holds more than {asked.longest_text:,} characters.",
            place=place,
            remedy="Divide it into several files, or give only the pages that are meant.",
        )


def _refuse_bombs(raw: bytes, *, asked: Asked, place: str) -> None:
    """Unpack every stream within the limit first: a few bytes can hold gigabytes."""
    for start in _STREAM.finditer(raw):
        if _unpacked(raw, start.end(), most=asked.largest_part) <= asked.largest_part:
            continue
        if b"/Image" not in raw[max(0, start.start() - 600) : start.start()]:
            raise InputError(
                f"The PDF unpacks to more than {asked.largest_part // 2**20} MB; no {asked.what} does.",
                place=place,
                remedy=f"Paste the text of the {asked.what} itself.",
            )


def _unpacked(raw: bytes, start: int, *, most: int) -> int:
    """How many bytes a stream unpacks to, also where it is packed several times; no more than needed is unpacked."""
    content, spent = raw[start : start + most], 0
    while content[:1] == b"\x78" and spent <= most:
        try:
            content = zlib.decompressobj().decompress(content, most + 1 - spent)
        except zlib.error:
            break
        spent += len(content)
    return spent
