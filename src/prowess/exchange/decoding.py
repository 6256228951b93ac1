"""Bytes to text in the encodings that files come in."""

import codecs
from pathlib import Path

from prowess.framework.errors import InputError

LARGEST_FILE = 1_000_000_000
"""Bytes of the largest file that is read whole."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(path: Path, *, largest: int = LARGEST_FILE) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 or (where it is none of them) Windows Latin-1.

    Raises:
        InputError: it cannot be read, is too large, or is empty.
    """
    try:
        if path.stat().st_size > largest:
            raise InputError(f"The file is larger than {largest:,} bytes.", place=path.name, remedy="Split it.")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"It cannot be read: {error.strerror or error}.", place=path.name) from error
    text = decode(content, place=path.name)
    if not text.strip():
        raise InputError("The file is empty.", place=path.name, remedy="Give a file that holds a framework.")
    return text


def decode(content: bytes, *, place: str) -> str:
    """Text in the encoding that its byte-order mark or its zero bytes tell, else UTF-8, else Windows Latin-1.

    Raises:
        InputError: it is in none of them.
    """
    encoding, start = _encoding_of(content)
    try:
        return content[start:].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not start:
            return content.decode("cp1252", errors="replace")
        raise InputError(
            f"The text is not {encoding.upper()} as its beginning says: byte {error.start + start + 1} is wrong.",
            place=place,
            remedy="Save it as UTF-8.",
        ) from error


def _encoding_of(content: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    if content[1:2] == b"\0" and content[:1] != b"\0":
        return "utf-16-le", 0
    if content[:1] == b"\0" and content[1:2] not in (b"\0", b""):
        return "utf-16-be", 0
    return "utf-8", 0
