"""Mending lines that a page broke: lines become blocks (a heading, an item, a paragraph)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from prowess.dictionaries.clutter import ends_sentence
from prowess.dictionaries.level_names import level_at
from prowess.dictionaries.line import Hint, Line
from prowess.dictionaries.vocabulary import is_clutter, is_placeholder, parts_named, vocabulary

_TERMINAL = re.compile(r"[.!?;:…][”\"’')\]]*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
_JOIN_FROM = 1.0
_NARROWEST = 30


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are one heading, item or paragraph; the first line's looks stand for the whole."""

    text: str
    lines: tuple[Line, ...]
    opens_list: bool = False

    @property
    def first(self) -> Line:
        """The line whose looks stand for the block."""
        return self.lines[0]

    @property
    def hint(self) -> Hint | None:
        """What the block's place in a table says."""
        return self.first.hint


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a document, in order."""
    page = _Page(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and page.continues(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Block(
            text=page.mended([line.text for line in group]),
            lines=tuple(group),
            opens_list=position + 1 < len(groups) and _opens_list(group[0], groups[position + 1][0]),
        )
        for position, group in enumerate(groups)
    ]


def _opens_list(line: Line, below: Line) -> bool:
    """Whether a line stands above items: the next has a sign, and it has none or another that stands further out."""
    return bool(below.bullet) and (not line.bullet or (line.bullet != below.bullet and below.indent > line.indent))


def stands_alone(text: str) -> bool:
    """Whether a line is a heading, a level or clutter by its words, so that it is never part of a paragraph."""
    level = level_at(text) if len(text) <= 60 else None
    if level and not level.content:
        return True
    named = parts_named(text.rstrip(":"))
    return bool(named and named[0][1] == 1.0 and text[:1].isupper()) or is_clutter(text) or is_placeholder(text)


class _Page:
    """What the whole document says about where lines break."""

    def __init__(self, lines: Sequence[Line]) -> None:
        words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
        self._words = words
        lengths = sorted(len(line.text) for line in lines if not line.whole and line.text)
        self._width = lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0
        loose = [line for line in lines if not line.whole]
        lower = sum(line.text[:1].islower() and not line.bullet for line in loose)
        self._wrapped = lower >= 0.08 * max(1, len(loose))

    def continues(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a line goes on with the sentence or the heading of the lines before it."""
        before = group[-1]
        if line.bullet or not _same_place(before, line):
            return False
        if _is_long_title(before, line) or ends_sentence(before, line):
            return True
        if stands_alone(line.text) or (len(group) == 1 and stands_alone(before.text)):
            return False
        if line.heading:
            return not before.whole and not line.gap
        if before.whole or line.gap:
            return self._sentence_goes_on(group, line)
        return self._join_score(group, line) >= _JOIN_FROM

    def _sentence_goes_on(self, group: Sequence[Line], line: Line) -> bool:
        """Over white space, only a sentence that is plainly broken goes on."""
        if _TERMINAL.search(group[-1].text) or (group[0].bold and not line.bold):
            return False
        return line.text[:1].islower() and not line.linked

    def _join_score(self, group: Sequence[Line], line: Line) -> float:
        before = group[-1]
        text = before.text
        if before.bold != line.bold and (len(group) == 1 or line.bold):
            lead = line.text[:1].islower() or _last_word(text) in vocabulary().continuing or text.endswith(",")
            return 2.0 if lead and before.bold is False else -2.0
        if abs(before.size - line.size) > 0.08:
            return -2.0
        if line.lead and not line.text[:1].islower():
            return -2.0
        if line.text[:1].islower() and not _TERMINAL.search(text):
            return 3.0  # nothing but the page ended the line
        score = 3.0 if line.text[:1].islower() else 0.0
        score += 3.0 if text.endswith((",", "/", "–", "—", "(")) or _last_word(text) in vocabulary().continuing else 0.0
        score += 4.0 if _HYPHEN.search(text) and line.text[:1].islower() else 0.0
        ended = bool(_TERMINAL.search(text))
        score -= 1.5 if ended else 0.0
        score += self._would_not_fit(before, line) if self._wrapped or group[0].bullet or ended is False else -1.0
        if group[0].bullet:
            score += 0.8 if line.indent > group[0].indent else -0.8
        elif line.indent - group[-1].indent > 2.5 and len(group) > 1:
            score -= 1.5
        score -= 2.5 if _shouts(text) != _shouts(line.text) and len(group) == 1 else 0.0
        return score

    def _would_not_fit(self, before: Line, line: Line) -> float:
        """A line that still had room for the next word was ended on purpose."""
        if self._width < _NARROWEST:
            return 0.0
        next_word = len(line.text.split(" ", 1)[0])
        room = self._width - len(before.text)
        if room < next_word + 1:
            return 1.6
        return -2.0 if room > 0.35 * self._width else -0.8 if room > next_word + 8 else 0.3

    def mended(self, texts: Sequence[str]) -> str:
        """The texts of broken lines in one line; a word broken by a hyphen is whole again."""
        whole = texts[0]
        for text in texts[1:]:
            if _HYPHEN.search(whole) and text[:1].isalpha():
                whole = self._rejoined(whole, text)
            elif whole.endswith(("/", "—")):
                whole += text
            else:
                whole += " " + text
        return whole

    def _rejoined(self, whole: str, text: str) -> str:
        first, second = _last_word(whole[:-1]), re.match(r"[^\W\d_]*", text)
        after = second[0].lower() if second else ""
        joined, hyphened = self._words[first + after], self._words[f"{first}-{after}"]
        keeps = hyphened > joined or text[:1].isupper() or first in _PREFIXES
        if not joined and not hyphened and first not in _PREFIXES:
            keeps = (len(first) > 3 and len(after) > 3 and self._words[first] > 1 and self._words[after] > 0) or text[
                :1
            ].isupper()
        return whole + text if keeps else whole[:-1] + text


def _same_place(before: Line, line: Line) -> bool:
    return (line.heading, line.cell, line.hint, line.aside) == (before.heading, before.cell, before.hint, before.aside)


def _is_long_title(before: Line, line: Line) -> bool:
    """Whether two lines are a title that is too long for its line."""
    return _large(before) and _large(line) and abs(before.size - line.size) < 0.03 and not line.gap


def _large(line: Line) -> bool:
    return line.size >= 1.25 and not line.whole


_PREFIXES = frozenset(
    "self non co cross well long short in follow up day two one ill high low decision problem face".split()
)


def _last_word(text: str) -> str:
    found = re.search(r"([^\W\d_][\w.’'-]*)\W*$", text)
    return found[1].lower() if found else ""


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def mended(lines: Sequence[Line]) -> str:
    """The texts of lines that belong together, in one line."""
    return _Page(lines).mended([line.text for line in lines if line.text])
