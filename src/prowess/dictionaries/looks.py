"""How a block looks: how much like a heading, how much like a sentence, and in which style it is set."""

import re
from dataclasses import dataclass

from prowess.dictionaries.blocks import Block

_SMALL = frozenset("a an and or the of to in on for with by at from as into is s vs through".split())
_TERMINAL = re.compile(r"[.!?;][”\"’')\]]*$")
_NAMED = re.compile(
    r"^(?P<name>[^:—–?!]{2,90}?)(?P<sign>\s*:\s+|\s*—\s*|\s+[–-]{1,2}\s+|\s*–\s+)(?P<rest>\S.*)$", re.DOTALL
)
_DOT_NAMED = re.compile(r"^(?P<name>[A-Z][^.:—–?!]{2,70})\.\s+(?P<rest>[A-Z].*)$", re.DOTALL)
_NUMBERED = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[A-Z]\d{0,2}[.):]|\[[A-Z]{1,6}[-. ]?\d[\d.]*\]|[IVX]{1,5}[.)])$"
)
_LONGEST_TITLE = 12

Style = tuple[int, bool, float, bool, bool, bool]
"""Heading level, bold, size, capitals, numbered, bulleted."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The features of a block that the competing readings weigh."""

    words: int
    heading: float
    sentence: bool
    bulleted: bool
    numbered: bool
    style: Style
    name: str
    rest: str


def looks_of(block: Block) -> Looks:
    """The features of a block."""
    line, text = block.first, block.text
    words = text.split()
    numbered = bool(_NUMBERED.match(line.bullet))
    bulleted = bool(line.bullet) and not numbered
    name, rest = split_name(block)
    style = (line.heading, line.bold, round(line.size, 1), _is_caps(text), numbered, bulleted)
    return Looks(
        words=len(words),
        heading=_heading_likeness(block, words, bulleted=bulleted),
        sentence=_is_sentence(text, words),
        bulleted=bulleted,
        numbered=numbered,
        style=style,
        name=name,
        rest=rest,
    )


def _is_sentence(text: str, words: list[str]) -> bool:
    ended = bool(_TERMINAL.search(text))
    return len(words) >= 3 if ended else len(words) >= 5 and not (_is_title_case(words) and len(words) < 15)


def split_name(block: Block) -> tuple[str, str]:
    """The name that runs into a text ("Name—text", "Name: text", a bold lead), and the text; empty where none does."""
    line, text = block.first, block.text
    if line.lead:
        name, rest = text[: line.lead].strip(), text[line.lead :].strip()
        rest = re.sub(r"^[\s:.–—-]+", "", rest)
        if rest and 0 < len(name.split()) <= _LONGEST_TITLE:
            return name.rstrip(" :.–—-"), rest
    found = _NAMED.match(text)
    if found and len(found["name"].split()) <= 10 and found["name"].count("(") == found["name"].count(")"):
        return found["name"].strip(), found["rest"].strip()
    return "", ""


def split_at_stop(text: str) -> tuple[str, str]:
    """ "Name. Text" divided; empty where the first sentence is no name."""
    found = _DOT_NAMED.match(text)
    return (found["name"].strip(), found["rest"].strip()) if found and len(found["name"].split()) <= 7 else ("", "")


def _heading_likeness(block: Block, words: list[str], *, bulleted: bool) -> float:
    line, text, count = block.first, block.text, len(words)
    score = 1.5 if count <= 5 else 1.0 if count <= 8 else 0.0 if count <= _LONGEST_TITLE else -4.0
    score += 2.5 if line.heading else 0.0
    score += 1.2 if line.bold else 0.0
    score += min(1.5, 4 * (line.size - 1.0)) if line.size > 1.04 else -0.5 if line.size < 0.92 else 0.0
    score += 1.0 if _is_caps(text) else 0.6 if _is_title_case(words) else 0.0
    score -= 2.0 if _TERMINAL.search(text) else 0.0
    score -= 1.2 if re.search(r"[.!?;]\s", text) else 0.0
    score -= 0.4 * min(3, text.count(","))
    score -= 2.0 if bulleted else 0.0
    score -= 3.0 if text[:1].islower() else 0.0
    score -= 1.0 if not any(c.isalpha() for c in text) else 0.0
    score += 0.4 if line.gap else 0.0
    return score


def _is_caps(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def _is_title_case(words: list[str]) -> bool:
    large = [word for word in words if word[:1].isalpha() and word.lower() not in _SMALL]
    return bool(large) and all(word[:1].isupper() for word in large)
