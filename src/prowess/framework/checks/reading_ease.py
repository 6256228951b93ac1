"""Reading ease: definitions, indicators and questions that a reader must go through twice.

Flesch's Reading Ease (Flesch 1948: 206.835 − 1.015 × words a sentence − 84.6 × syllables a word) for English, with
syllables counted as places where a word may be hyphenated. One short sentence says little, so only long ones and
clearly hard ones are told: below zero is harder than what law journals print.
"""

import re
from collections.abc import Iterator
from functools import cache

from pyphen import Pyphen

from prowess.framework.checks.finding import Finding, Severity
from prowess.framework.competency import Competency
from prowess.framework.framework import Framework

LONGEST_SENTENCE = 40
FEWEST_WORDS = 12
HARDEST = 0.0
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def hard_to_read(framework: Framework) -> Iterator[Finding]:
    """Texts of an English framework that are hard to read."""
    if not framework.language.lower().startswith("en"):
        return
    for competency in framework.competencies:
        for place, text in _texts(competency):
            problem = _problem(text)
            if problem:
                yield Finding(
                    severity=Severity.HINT,
                    check="hard-to-read",
                    competency=competency.code,
                    place=place,
                    finding=problem,
                    remedy="Make two sentences of it, or use the plainer word.",
                )


def reading_ease(text: str) -> float | None:
    """Flesch's Reading Ease of a text, about 100 for the easiest; None where it is too short to tell."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, sum(1 for sentence in _sentences(text) if _WORD.search(sentence)))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(syllables, words)) / len(words)


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US", left=1, right=1)


def syllables(word: str) -> int:
    """The syllables of an English word, as the dictionary of hyphenation has them."""
    return max(1, len(_hyphens().positions(word.lower())) + 1)


def _problem(text: str) -> str:
    longest = max((len(_WORD.findall(sentence)) for sentence in _sentences(text)), default=0)
    if longest > LONGEST_SENTENCE:
        return f"A sentence of {longest} words: “{text[:80]}…”."
    ease = reading_ease(text)
    if ease is not None and ease < HARDEST:
        return f"Long words in long sentences (reading ease {ease:.0f}; plain English has 60): “{text[:80]}…”."
    return ""


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)


def _texts(competency: Competency) -> Iterator[tuple[str, str]]:
    yield f"{competency.code}, definition", competency.definition
    for indicator in competency.indicators:
        yield f"{competency.code}, level {indicator.level}, “{indicator.text}”", indicator.text
    for number, question in enumerate(competency.questions, start=1):
        yield f"{competency.code}, question {number}", question.text
