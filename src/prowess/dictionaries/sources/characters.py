"""Signs that open an item of a list, numbers before headings, and how long a text may be."""

import re

from prowess.dictionaries.limits import LONGEST_TEXT
from prowess.framework.errors import InputError
from prowess.sources.characters import clean, one_line

_BULLET = re.compile(
    r"^\s*(?:(?P<sign>[•·●○▪▫■□◦‣⁃∙❖➢➤►▸▶✓✔✗✘☐☑☒◆◇★☆→⇒»¤§*+-]|[–—>](?=\s)|o(?=\s{1,8}[A-Z“\"(])|\uf0b7)\s*(?=\S)"
    r"|(?P<number>\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+(?=\s)|[A-KM-OQ-Z]\d{1,2}[.):](?=\s)"
    r"|(?!PL|CL|LV)[A-Z]{2,3}\d{1,2}[.:]?(?=\s+[A-Z])"
    r"|\[[A-Z]{1,6}[-. ]?\d{1,4}(?:\.\d{1,3})*\](?=\s))\s*(?=\S))"
)
_ONLY_SIGNS = re.compile(r"^[\s•·●○▪▫■□◦‣⁃∙❖➢➤►▸▶◆◇★☆→⇒»¤§*|_=~+–—-]+$")

__all__ = ["clean", "one_line", "only_signs", "refuse_long", "split_bullet", "split_number"]


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


def split_number(text: str) -> tuple[str, str]:
    """The number or code that stands before a heading, and the rest; empty where there is none."""
    sign, rest = split_bullet(text)
    return (sign, rest) if sign and rest and any(c.isdigit() for c in sign) else ("", text.strip())


def only_signs(text: str) -> bool:
    """Whether a line holds rules and bullets but no word."""
    return bool(_ONLY_SIGNS.match(text))
