"""Is this line a heading? A score over its words, its type and its place."""

import re

from prowess.matching.job_text.line import Line, LineKind
from prowess.matching.job_text.section import section_of

_SMALL = frozenset(
    "a an and as at by for from in into of on or our per the to we with you your you'll is are / & -".split()
)
_SENTENCE_END = re.compile(r"[.!,;]$")
_VALUE = re.compile(r"^[^:]{2,40}:\s+\S")
_NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_ITEM = re.compile(r"^\s*(?:[•●○▪■►➢✓*·–-]|\(?(?:\d{1,2}|[a-z])[.)])\s")
LONGEST_HEADING = 90
THRESHOLD = 2.0
SPEAKS = 0.6
"""Strength from which the words of a line announce a section; below it they only happen to stand in it."""


def is_heading(line: Line, *, text: str, following: Line | None, listed: bool) -> bool:
    """Whether a line reads as a heading: its features add up to at least the threshold.

    ``text`` is the line without a number or bullet, ``listed`` says that it had one.
    """
    if (
        line.kind is LineKind.ITEM
        or (line.cell and not line.emphasis)
        or not 2 <= len(text) <= LONGEST_HEADING
        or line.labels
        or not _has_letters(text)
    ):
        return False
    return _score(line, text=text, following=following, listed=listed) >= THRESHOLD


def _score(line: Line, *, text: str, following: Line | None, listed: bool) -> float:
    words = text.rstrip(":").split()
    known = section_of(text)
    score = 0.0
    score += 1.25 + known.strength if known and known.strength >= SPEAKS else 0.0
    score += min(2.0, 1.5 * line.emphasis)
    score += 1.5 if text.endswith(":") else 0.0
    score += 1.5 if text.isupper() and len(text) > 3 else 0.0
    score += 0.7 if line.after_gap else 0.3 if line.kind is LineKind.PARAGRAPH else -0.4
    score += 0.6 if _title_case(words) else 0.0
    score += 0.4 if len(words) <= 5 else 0.0
    score += 0.5 if text.endswith("?") else 0.0
    score += 0.4 if following is not None and not following.after_gap and line.after_gap else 0.0
    score += 1.2 if _heads_a_list(words, line, following) else 0.0
    score += 3.6 if _numbered_above(line, following) else 0.0
    score -= 2.5 if _SENTENCE_END.search(text) else 0.0
    score -= 3.5 if _VALUE.match(text) else 0.0
    score -= 1.0 if len(words) > 9 else 0.0
    score -= 3.0 if text[:1].islower() and not line.emphasis else 0.0
    return score - (1.2 if listed else 0.0) - (4.0 if _runs_on(following) else 0.0)


def _has_letters(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 0.5 * len(text.replace(" ", "")) and any(c.isalpha() for c in text)


def _title_case(words: list[str]) -> bool:
    """Capitals on all words that carry meaning, and more than one of them."""
    telling = [word for word in words if word.lower() not in _SMALL]
    return len(telling) >= 2 and all(not word[:1].islower() for word in telling)


def _heads_a_list(words: list[str], line: Line, following: Line | None) -> bool:
    """Up to three words with a capital above a list: "Clinical", "Managerial"."""
    short = len(words) <= 3 and words[0][:1].isupper() and line.after_gap
    return short and following is not None and bool(_ITEM.match(following.text) or following.kind is LineKind.ITEM)


def _numbered_above(line: Line, following: Line | None) -> bool:
    """ "3.1 Quality system" above "3.1.1 Plan audits": the number of the next line divides the number of this one."""
    own = _NUMBER.match(line.text)
    below = _NUMBER.match(following.text) if following is not None else None
    return own is not None and below is not None and below[1].startswith(f"{own[1]}.")


def _runs_on(following: Line | None) -> bool:
    """The next line begins small right below: this line is the upper part of a wrapped one."""
    if following is None or following.kind is not LineKind.UNKNOWN or following.after_gap:
        return False
    return following.text[:1].islower() and not re.match(r"^[a-z][.)]\s|^o\s|^[ivx]+[.)]\s", following.text)
