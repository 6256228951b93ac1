"""Texts of foreign files made fit for a document, with a word about everything that was changed."""

import re
from typing import Any

from prowess.framework.reading import Loss, SourceLine
from prowess.framework.text import LONGEST_LINE, LONGEST_TEXT

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_WARNINGS = 200


class Findings:
    """What a reader notes on its way: sentences for the curator, content that it did not understand, losses."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.unplaced: list[SourceLine] = []
        self.losses: list[Loss] = []

    def warn(self, sentence: str) -> None:
        """Note a sentence for the curator, once."""
        if sentence not in self.warnings and len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(sentence)

    def unplace(self, text: str, *, line: int = 1) -> None:
        """Note content that was not understood, by its line or its place in the order of its kind."""
        self.unplaced.append(SourceLine(line=max(line, 1), text=text))

    def text(self, value: Any, *, place: str = "") -> str:
        """A text of some paragraphs: printable, bounded."""
        return self._bounded(value, longest=LONGEST_TEXT, place=place)

    def line(self, value: Any, *, otherwise: str = "", place: str = "") -> str:
        """A title: one short text, ``otherwise`` where there is none."""
        return self._bounded(value, longest=LONGEST_LINE, place=place) or otherwise

    def _bounded(self, value: Any, *, longest: int, place: str) -> str:
        text = as_text(value)
        clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(clean) <= longest:
            return clean
        self.warn(f"{place or 'A text'}: {len(clean):,} characters were cut to {longest:,}.")
        self.losses.append(Loss(part=place or "text", reason=f"It is longer than {longest:,} characters."))
        return clean[: longest - 1].rstrip() + "…"


def as_text(value: Any) -> str:
    """What a field says as text: lists joined, a number written out, nothing for an object."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "; ".join(filter(None, map(as_text, value)))
    return ""


def as_list(value: Any) -> list[Any]:
    """A field that holds one thing or several."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def shortened(text: str, *, longest: int = 120) -> str:
    """The beginning of a text as a title: its first line, cut between words."""
    first = text.strip().split("\n", 1)[0].strip()
    if len(first) <= longest:
        return first
    return first[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
