"""Bytes to text, and the signs that open an item of a list."""

import re

from prowess.dictionaries.limits import LONGEST_TEXT
from prowess.framework.errors import InputError
from prowess.matching.job_text.characters import clean, one_line
from prowess.matching.job_text.characters import decode as decode_text

_BULLET = re.compile(
    r"^\s*(?:(?P<sign>[•·●○▪▫■□◦‣⁃∙❖➢➤►▸▶✓✔✗✘☐☑☒◆◇★☆→⇒»¤§*+-]|[–—>](?=\s)|o(?=\s{1,8}[A-Z“\"(])|\uf0b7)\s*(?=\S)"
    r"|(?P<number>\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+(?=\s))\s*(?=\S))"
)
_ONLY_SIGNS = re.compile(r"^[\s•·●○▪▫■□◦‣⁃∙❖➢➤►▸▶◆◇★☆→⇒»¤§*|_=~+–—-]+$")

__all__ = ["clean", "decode", "one_line", "only_signs", "refuse_long", "split_bullet"]


def decode(raw: bytes, *, place: str) -> str:
    """Text from bytes in whatever usual encoding.

    Raises:
        InputError: the bytes are not text.
    """
    try:
        return decode_text(raw, place=place)
    except InputError as error:
        raise InputError(
            error.message,
            place=place,
            remedy="Give the dictionary as text, HTML, .docx, PDF, .xlsx or .csv, or paste its words.",
        ) from error


def refuse_long(text: str, *, place: str, longest: int = LONGEST_TEXT) -> None:
    """Refuse a text that is longer than any dictionary."""
    if len(text) > longest:
        raise InputError(
            f"The text has {len(text):,} characters; a dictionary may have up to {longest:,}.",
            place=place,
            remedy="Divide it into several files.",
        )


def split_bullet(text: str) -> tuple[str, str]:
    """The sign or number that opens an item, and the rest; the sign is empty where there is none."""
    found = _BULLET.match(text)
    if not found or re.match(r"\s*[-+]\d", text):
        return "", text.strip()
    return (found["sign"] or found["number"]).strip(), text[found.end() :].strip()


def only_signs(text: str) -> bool:
    """Whether a line holds rules and bullets but no word."""
    return bool(_ONLY_SIGNS.match(text))
