"""Bytes to text, and text to characters that a document can hold."""

import codecs
import re
import unicodedata

from prowess.framework.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06c\uf06e\uf071\uf0a8"
_REPLACEMENTS: dict[str, str | None] = {
    **dict.fromkeys(_BULLETS, "•"),
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    **dict.fromkeys("\u00a0\u202f\u2007\ufffd", " "),
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c", "\n"),
    **dict.fromkeys("\u00ad\ufeff", None),
}
_REPLACED = str.maketrans(_REPLACEMENTS)
MOST_CONTROLS = 0.005


def decode(raw: bytes, *, place: str, remedy: str) -> str:
    """Text from bytes: the byte-order mark, else UTF-16 by its zero bytes, else UTF-8, else Windows-1252.

    Raises:
        InputError: the bytes are not text.
    """
    text = _decoded(raw)
    if _looks_binary(text):
        raise InputError(
            "This is not a text: it holds bytes that no text has.",
            place=place,
            remedy=remedy,
        )
    return text


def _decoded(raw: bytes) -> str:
    for encoding in (*(name for mark, name in _MARKS if raw.startswith(mark)), _by_zero_bytes(raw), "utf-8"):
        try:
            if encoding:
                return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _by_zero_bytes(raw: bytes) -> str | None:
    """UTF-16 without a mark shows itself by a zero in every second byte of Western text."""
    start = raw[:4000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if len(start) >= 8 and max(even, odd) > 0.3 * len(start) / 2 and min(even, odd) < 0.05 * len(start) / 2:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _looks_binary(text: str) -> bool:
    controls = sum(1 for c in text if unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\t\n\r\f\v\x85")
    return "\0" in text or controls > MOST_CONTROLS * len(text)


def clean(text: str) -> str:
    """The text without invisible characters, with plain spaces, line ends, ligatures and bullets."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_REPLACED)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn"))


def one_line(text: str) -> str:
    """The text in one line, without white space at its ends."""
    return re.sub(r"\s+", " ", text).strip()
