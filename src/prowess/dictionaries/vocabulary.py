"""What dictionaries call their parts and levels: the words of ``vocabulary.yaml``, compiled once."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from prowess.dictionaries.line import Part

_NUMBERING = re.compile(
    r"^\s*(?:(?:part|section|chapter)\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-H]|[ivx]{1,5})\s*[.):]\s+|^\d{1,2}(?:\.\d{1,2})+\s+|^\d{1,2}\s+(?=[A-Z])",
    re.I,
)
LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled words; see the file for what each list is for."""

    names: dict[str, tuple[Part, ...]]
    patterns: tuple[tuple[Part, re.Pattern[str]], ...]
    level_words: dict[str, float]
    negative_level_words: frozenset[str]
    clutter: re.Pattern[str]
    placeholder: re.Pattern[str]
    negative: re.Pattern[str]
    continuing: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words, read from the package once."""
    content: dict[str, Any] = yaml.safe_load(
        resources.files("prowess.dictionaries").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    )
    names: dict[str, tuple[Part, ...]] = {}
    for part, words in content["parts"].items():
        for name in map(plain_words, words["names"]):
            if Part(part) not in names.get(name, ()):
                names[name] = (*names.get(name, ()), Part(part))
    return Vocabulary(
        names=names,
        patterns=tuple(
            (Part(part), re.compile(pattern))
            for part, words in content["parts"].items()
            for pattern in words["patterns"]
        ),
        level_words={str(word): float(rank) for rank, words in content["level_words"].items() for word in words},
        negative_level_words=frozenset(content["negative_level_words"]),
        clutter=_any_of(content["clutter"]),
        placeholder=_any_of(content["placeholder"]),
        negative=_any_of(content["negative"]),
        continuing=frozenset(content["continuing"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def plain_words(text: str) -> str:
    """A heading as it is compared: lower case, American spelling, without numbering, brackets and punctuation."""
    text = _NUMBERING.sub("", text.strip()).lower().replace("’", " ").replace("'", " ")
    text = re.sub(r"\([^()]*\)", " ", text)
    text = re.sub(r"\b(behavi)our", r"\1or", text)
    return re.sub(r"[^\w-]+|_+|(?<!\w)-|-(?!\w)", " ", text).strip()


@lru_cache(maxsize=50_000)
def parts_named(text: str) -> tuple[tuple[Part, float], ...]:
    """The parts that a heading may announce, each with how sure that is (1 named as a whole, less by a pattern)."""
    if len(text) > LONGEST_HEADING or not text:
        return ()
    words = plain_words(text)
    known = vocabulary()
    if words in known.names:
        return tuple((part, 1.0) for part in known.names[words])
    spaced = words.replace("-", " ")
    for other in (spaced, f"{spaced}s", spaced.removesuffix("s")):
        if other in known.names:
            return tuple((part, 1.0) for part in known.names[other])
    if len(words.split()) > 9 or text.rstrip().endswith("."):
        return ()
    found: dict[Part, float] = {}
    for part, pattern in known.patterns:
        if pattern.search(spaced):
            found.setdefault(part, 0.7)
    if len(found) > 1:
        found = dict.fromkeys(found, 0.4)
    pieces = [piece for piece in re.split(r"\s+and\s+|\s*[/&,+]\s*", words) if piece]
    if len(pieces) > 1 and all(piece in known.names for piece in pieces):
        found.setdefault(known.names[pieces[0]][0], 0.6)
    return tuple(found.items())


@lru_cache(maxsize=50_000)
def is_placeholder(text: str) -> bool:
    """Whether a text only says that content is still to come."""
    return len(text) < 120 and bool(vocabulary().placeholder.fullmatch(text.strip()))


@lru_cache(maxsize=50_000)
def is_clutter(text: str) -> bool:
    """Whether a line is a menu, a button, a page number or a notice by its words alone."""
    text = text.strip()
    if len(text) >= 300:
        return False
    pieces = [piece.strip() for piece in re.split(r"\s[|·•»]\s", text) if piece.strip()]
    if " " not in text and len(text) < 120:
        pieces = re.findall(r"[A-Z][a-z]+", text) or pieces  # the words of a menu, run together
    match = vocabulary().clutter.fullmatch
    if len(pieces) > 2:
        return 2 * sum(bool(match(piece)) for piece in pieces) > len(pieces) or bool(match(text))
    return bool(match(text))


def goes_wrong(text: str) -> bool:
    """Whether an indicator, by its first words, describes what goes wrong."""
    return bool(vocabulary().negative.match(re.sub(r"^\W+", "", text)))
