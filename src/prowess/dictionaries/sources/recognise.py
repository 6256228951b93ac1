"""Which kind of file was given, and a clear sentence for the kinds that cannot be read."""

import io
import re
import zipfile
from enum import StrEnum
from typing import NoReturn

from prowess.dictionaries.limits import LARGEST_FILE
from prowess.framework.errors import InputError

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_HTML = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|div|p|ul|ol|li|dl|h[1-6]|table|tr|br|section|article)\b[^<>]*>",
    re.IGNORECASE,
)
_OFFERED = "Save it as .docx, .xlsx or PDF, or paste its text."


class FileKind(StrEnum):
    """The forms of a dictionary that can be read."""

    TEXT = "text"
    WORD = "word"
    PDF = "pdf"
    SHEET = "sheet"


def kind_of_bytes(raw: bytes, *, place: str) -> FileKind:
    """The kind of a file by its first bytes; what is no known binary kind must be text.

    Raises:
        InputError: empty, too large, or of a kind that is known and cannot be read.
    """
    _refuse_by_size(raw, place=place)
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return FileKind.PDF
    if raw.startswith(b"PK\x03\x04"):
        return _kind_of_archive(raw, place=place)
    if raw.startswith(_OLD_OFFICE):
        return _kind_of_old_office(raw, place=place)
    if raw.lstrip()[:5] == b"{\\rtf":
        raise InputError("This is a rich-text (RTF) file, which cannot be read.", place=place, remedy=_OFFERED)
    if raw.startswith(_PICTURES):
        raise InputError(
            "This is a picture, not a text.", place=place, remedy="Recognise its text first (OCR), or paste the words."
        )
    return FileKind.TEXT


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: it names itself so near its start, or uses block elements."""
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html")) or len(_HTML.findall(text[:20_000])) >= 3


def _refuse_by_size(raw: bytes, *, place: str) -> None:
    if not raw.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf\xff\xfe"):
        raise InputError("The file is empty.", place=place, remedy="Give the dictionary itself.")
    if len(raw) > LARGEST_FILE:
        raise InputError(
            f"The file has more than {LARGEST_FILE // 2**20} MB.",
            place=place,
            remedy="Remove its pictures, or divide it into several files.",
        )


def _kind_of_archive(raw: bytes, *, place: str) -> FileKind:
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
    if any(name.startswith("xl/") for name in names):
        return FileKind.SHEET
    if "content.xml" in names:
        raise InputError("This is an OpenDocument file, which cannot be read.", place=place, remedy=_OFFERED)
    if any(name.startswith("ppt/") for name in names):
        raise InputError("This is a presentation, which cannot be read.", place=place, remedy=_OFFERED)
    raise InputError(
        "This is an archive (ZIP) without a Word document or spreadsheet in it.",
        place=place,
        remedy="Give the dictionary itself.",
    )


def _kind_of_old_office(raw: bytes, *, place: str) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise InputError(
            "The Office document is protected with a password.",
            place=place,
            remedy="Save it without a password, or paste its text.",
        )
    raise InputError(
        "This is an Office document of the old kind (.doc or .xls, before 2007), which cannot be read.",
        place=place,
        remedy=_OFFERED,
    )
