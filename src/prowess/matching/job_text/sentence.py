"""Running prose to sentences, and long enumerations to their parts."""

import re
from collections.abc import Iterator

from prowess.matching.job_text.limits import LONGEST_STATEMENT

_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|incl|approx|dept|no|nos|st|dr|mr|mrs|ms|prof|inc|ltd|co|corp|min|max|hrs|yrs|ref|fig|ph\.d|b\.sc|m\.sc|u\.s|u\.k|a\.m|p\.m|jr|sr|gov|ext|tel|resp|govt)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9•])")
_LETTERED = re.compile(r"(?:^|(?<=[\s;,:]))\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s+")
_WORD = re.compile(r"[^\W\d_]{2}")
"""Two letters: “35” and “A1” alone, from the margin of a list or a table, say nothing."""

_SHORTEST = 3


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; an enumeration inside one, "(a) …; (b) …" or with semicolons, becomes its parts."""
    found: list[str] = []
    for sentence in _split_at_ends(text):
        for part in _parts(sentence):
            for piece in _bounded(part):
                words = piece.strip(" ;,•·").strip()
                if found and len(words.split()) < _SHORTEST and _open(found[-1], words):
                    found[-1] = f"{found[-1]} {words}".strip()
                elif _WORD.search(words):
                    found.append(words)
    return found


def _open(sentence: str, words: str) -> bool:
    """Whether a sentence has not ended, and has room for some more words."""
    return not sentence.endswith((".", "!", "?", ":")) and len(sentence) + len(words) < LONGEST_STATEMENT


def _split_at_ends(text: str) -> Iterator[str]:
    start = 0
    for gap in _BREAK.finditer(text):
        if not _ABBREVIATED.search(text[max(start, gap.start() - 12) : gap.start()]):
            yield text[start : gap.start()]
            start = gap.end()
    yield text[start:]


def _parts(sentence: str) -> list[str]:
    lettered = list(_LETTERED.finditer(sentence))
    if len(lettered) >= 2:
        starts = [found.end() for found in lettered]
        ends = [found.start() for found in lettered[1:]] + [len(sentence)]
        parts = [re.sub(r"[;,]?\s*(?:and|or)?\s*$", "", sentence[a:b]) for a, b in zip(starts, ends, strict=True)]
        head = sentence[: lettered[0].start()].strip()
        return ([head] if len(head.split()) > 6 and not head.endswith(":") else []) + parts
    pieces = [piece.strip() for piece in sentence.split(";")]
    if len(pieces) >= 2 and all(len(piece.split()) >= 3 for piece in pieces if piece):
        return [re.sub(r"^(?:and|or)\s+", "", piece) for piece in pieces if piece]
    return [sentence]


def _bounded(text: str) -> Iterator[str]:
    """Pieces below the longest statement, cut at a comma or a space."""
    while len(text) > LONGEST_STATEMENT:
        cut = max(text.rfind(", ", 0, LONGEST_STATEMENT), text.rfind("; ", 0, LONGEST_STATEMENT))
        if cut < LONGEST_STATEMENT // 3:
            cut = text.rfind(" ", 0, LONGEST_STATEMENT)
        cut = cut if cut > 0 else LONGEST_STATEMENT
        yield text[:cut]
        text = text[cut:].lstrip(",; ")
    yield text
