"""Which kind of file was given, and a clear sentence for the kinds that cannot be read."""

import io
import re
import zipfile
from enum import StrEnum
from typing import NoReturn

from prowess.framework.errors import InputError
from prowess.matching.job_text.limits import LARGEST_FILE

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|div|p|ul|ol|h[1-6]|table|br)\b[^<>]*>", re.IGNORECASE)
_OFFERED = "Save it as .docx or PDF, or paste its text."


class FileKind(StrEnum):
    """The forms of a job description that can be read."""

    TEXT = "text"
    HTML = "html"
    WORD = "word"
    PDF = "pdf"


def kind_of_bytes(raw: bytes, *, place: str) -> FileKind | None:
    """Word or PDF by their first bytes; None for what must be text.

    Raises:
        InputError: empty, too large, or of a kind that is known and cannot be read.
    """
    _refuse_by_size(raw, place=place)
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return FileKind.PDF
    if raw.startswith(b"PK\x03\x04"):
        return _kind_of_archive(raw, place=place)
    if raw.startswith(_OLD_OFFICE):
        _refuse_old_office(raw, place=place)
    if raw.lstrip().startswith(b"{\\rtf"):
        raise InputError("This is a rich-text (RTF) file, which cannot be read.", place=place, remedy=_OFFERED)
    if raw.startswith(_PICTURES):
        raise InputError(
            "This is a picture, not a text.", place=place, remedy="Recognise its text first (OCR), or paste the words."
        )
    return None


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: it names itself so near its start, or closes block elements."""
    start = text[:2000].lstrip().lower()
    return start.startswith(("<!doctype html", "<html")) or len(_HTML.findall(text[:20_000])) >= 3


def _refuse_by_size(raw: bytes, *, place: str) -> None:
    if not raw.strip():
        raise InputError("The file is empty.", place=place, remedy="Give the text of a job description.")
    if len(raw) > LARGEST_FILE:
        raise InputError(
            f"The file has {len(raw) / 2**20:.0f} MB; a job description may have up to {LARGEST_FILE // 2**20} MB.",
            place=place,
            remedy="Remove pictures, or paste the text.",
        )


def _kind_of_archive(raw: bytes, *, place: str) -> FileKind:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(
            "The file begins like a Word document but is damaged.", place=place, remedy="Save it again, or paste it."
        ) from error
    if "word/document.xml" in names:
        return FileKind.WORD
    if "content.xml" in names:
        raise InputError("This is an OpenDocument file, which cannot be read.", place=place, remedy=_OFFERED)
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise InputError("This is a spreadsheet or a presentation, not a job text.", place=place, remedy=_OFFERED)
    raise InputError(
        "This is an archive (ZIP) without a Word document in it.",
        place=place,
        remedy="Give the job description itself.",
    )


def _refuse_old_office(raw: bytes, *, place: str) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise InputError(
            "The Word document is protected with a password.",
            place=place,
            remedy="Save it without a password, or paste its text.",
        )
    raise InputError(
        "This is a Word document of the old kind (.doc, before 2007), which cannot be read.",
        place=place,
        remedy=_OFFERED,
    )
