"""Near-copies: indicators that say almost the same across levels or competencies."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from prowess.framework.checks.finding import Finding, Offer, Severity, offers_to_tell_apart
from prowess.framework.framework import Framework

NEAR_COPY = 0.7
COMMONEST = 400
_WORD = re.compile(r"[a-z']+")
_EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "they",
        "this",
        "to",
        "when",
        "which",
        "while",
        "who",
        "with",
    ]
)


@dataclass(frozen=True)
class _Text:
    code: str
    place: str
    text: str
    words: frozenset[str]
    level: int | None


def near_copies(framework: Framework, *, only: str = "") -> Iterator[Finding]:
    """Pairs of indicators that share most of their words (Jaccard index of content words at least 0.7).

    ``only`` is the code of a competency whose indicators alone are compared with all others.
    """
    texts = [
        _Text(c.code, f"{c.code}, level {i.level}, “{i.text}”", i.text, _kept_words(i.text), i.level)
        for c in framework.competencies
        for i in c.indicators
    ]
    for first, second in _similar_to(texts, only) if only else _similar_pairs(texts):
        same = first.code == second.code
        if same:
            where = "at the same level" if first.level == second.level else f"at level {second.level}"
        else:
            where = f"in “{second.code}”"
        yield Finding(
            severity=Severity.WARNING,
            check="near-copy",
            competency=first.code,
            place=first.place,
            finding=f"Nearly the same stands {where}: “{second.text}”.",
            remedy="Say what differs, or keep one."
            if same
            else f"Say what differs, or mark the two competencies as `not-with` or `compare-to` ({second.code}).",
            offers=() if same else _offers(framework, first.code, second.code),
        )


def _offers(framework: Framework, code: str, other: str) -> tuple[Offer, ...]:
    one, two = framework.competency(code), framework.competency(other)
    told = {relation.target for relation in one.relations} | {r.target for r in two.relations if r.target == code}
    if other in told or code in told:
        return ()
    return offers_to_tell_apart(title=one.title, other=two.title, code=other)


@lru_cache(maxsize=100_000)
def _kept_words(text: str) -> frozenset[str]:
    return _content_words(text)


def _content_words(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in _WORD.findall(text.lower()) if w not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    """Cut the plainest English endings: enough for counting shared words."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word


def _similar_to(texts: list[_Text], code: str) -> Iterator[tuple[_Text, _Text]]:
    """The pairs of one competency's texts with all texts; each pair once."""
    own = {number for number, text in enumerate(texts) if text.code == code}
    for one in own:
        words = texts[one].words
        least, most = NEAR_COPY * len(words), len(words) / NEAR_COPY
        for number, other in enumerate(texts):
            unlike = not least <= len(other.words) <= most
            if unlike or number == one or (number in own and number < one):
                continue
            common = len(words & other.words)
            if common >= 3 and common / len(words | other.words) >= NEAR_COPY:
                yield texts[one], other


def _similar_pairs(texts: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Compare only texts that share a rarer word; words in more than 400 texts join nobody."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in text.words:
            holders[word].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        if len(numbers) <= COMMONEST:
            for position, one in enumerate(numbers):
                for other in numbers[position + 1 :]:
                    shared[one, other] += 1
    for (one, other), common in sorted(shared.items()):
        a, b = texts[one], texts[other]
        if common >= 3 and len(a.words & b.words) / len(a.words | b.words) >= NEAR_COPY:
            yield a, b
