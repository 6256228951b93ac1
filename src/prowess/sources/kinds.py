"""Which kind of file was given, and a clear sentence for the kinds that cannot be read."""

import io
import re
import zipfile
from typing import NoReturn

from prowess.framework.errors import InputError
from prowess.sources.asked import Asked, FileKind

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_HTML = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|div|p|ul|ol|li|dl|h[1-6]|table|tr|section|article)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKDOWN = re.compile(r"^\s{0,3}(?:#{1,6}\s|\|)", re.MULTILINE)
_FEWEST_ELEMENTS = 3


def kind_of_bytes(raw: bytes, *, asked: Asked, place: str) -> FileKind:
    """The kind of a file by its first bytes; what is no known binary kind must be text.

    Raises:
        InputError: empty, too large, or of a kind that is known and cannot be read.
    """
    _refuse_by_size(raw, asked=asked, place=place)
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return FileKind.PDF
    if raw.startswith(b"PK\x03\x04"):
        return _kind_of_archive(raw, asked=asked, place=place)
    if raw.startswith(_OLD_OFFICE):
        _refuse_old_office(raw, asked=asked, place=place)
    if raw.lstrip()[:5] == b"{\\rtf":
        raise InputError("This is a rich-text (RTF) file, which cannot be read.", place=place, remedy=asked.offered)
    if raw.startswith(_PICTURES):
        raise InputError(
            "This is a picture, not a text.", place=place, remedy="Recognise its text first (OCR), or paste the words."
        )
    return FileKind.TEXT


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: it names itself so near its start, or uses block elements."""
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")) or len(_HTML.findall(text[:20_000])) >= _FEWEST_ELEMENTS:
        return True
    return len(_BREAK.findall(text[:20_000])) >= _FEWEST_ELEMENTS and not _MARKDOWN.search(text[:20_000])


def _refuse_by_size(raw: bytes, *, asked: Asked, place: str) -> None:
    if not raw.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf\xff\xfe"):
        raise InputError("The file is empty.", place=place, remedy=f"Give the {asked.what} itself.")
    if len(raw) > asked.largest_file:
        raise InputError(
            f"The file has {len(raw) / 2**20:.0f} MB; a {asked.what} may have up to {asked.largest_file // 2**20} MB.",
            place=place,
            remedy="Remove its pictures, divide it into several files, or paste its text.",
        )


def _kind_of_archive(raw: bytes, *, asked: Asked, place: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise InputError(
            "The file begins like a Word document or spreadsheet but is damaged.",
            place=place,
            remedy="Save it again, or paste its text.",
        ) from error
    if "word/document.xml" in names:
        return FileKind.WORD
    if any(name.startswith("xl/") for name in names) and FileKind.SHEET in asked.kinds:
        return FileKind.SHEET
    raise InputError(_what_archive(names), place=place, remedy=asked.offered)


def _what_archive(names: set[str]) -> str:
    if "content.xml" in names:
        return "This is an OpenDocument file, which cannot be read."
    if any(name.startswith("xl/") for name in names):
        return "This is a spreadsheet, which cannot be read here."
    if any(name.startswith("ppt/") for name in names):
        return "This is a presentation, which cannot be read."
    return "This is an archive (ZIP) without a Word document or spreadsheet in it."


def _refuse_old_office(raw: bytes, *, asked: Asked, place: str) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise InputError(
            "The Office document is protected with a password.",
            place=place,
            remedy="Save it without a password, or paste its text.",
        )
    raise InputError(
        "This is an Office document of the old kind (.doc or .xls, before 2007), which cannot be read.",
        place=place,
        remedy=asked.offered,
    )
