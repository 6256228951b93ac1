"""The proficiency scale of a document: which levels there are, their order, and which describe what goes wrong."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from prowess.dictionaries.level_names import level_at, level_words, rank_of
from prowess.dictionaries.vocabulary import goes_wrong, vocabulary
from prowess.framework.scale import Level, Polarity, Scale
from prowess.framework.text import LONGEST_TEXT

_CLEARLY = 0.4
"""Share of indicators worded as what goes wrong from which a level is taken to describe that."""


@dataclass
class LevelsSeen:
    """Every mention of a level, gathered while the document is walked through."""

    names: dict[str, Counter[str]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    descriptions: dict[str, list[str]] = field(default_factory=dict)
    _by_words: dict[str, str] = field(default_factory=dict)
    _renamed: dict[str, str] = field(default_factory=dict)

    def key(self, heading: str, key: str = "") -> str:
        """The level that a heading names, as one key for all its spellings; remembers the name."""
        level = level_at(heading)
        words = level_words(level.name if level else heading)
        key = level.key if level else key or words
        known = self._by_words.get(words)
        if known and not key.isdecimal():
            key = known
        elif key.isdecimal() and known and known != key and not known.isdecimal():
            self._rename(known, key)
        if words and not re.search(r"\d", words) and words not in ("level", "proficiency level", ""):
            self._by_words.setdefault(words, key)
        self.names.setdefault(key, Counter())[(level.name if level else heading).strip(" :")] += 1
        if key not in self.order:
            self.order.append(key)
        return key

    def _rename(self, old: str, new: str) -> None:
        """A level that was met by its name only turns out to have a number."""
        self.names.setdefault(new, Counter()).update(self.names.pop(old, Counter()))
        self.texts.setdefault(new, []).extend(self.texts.pop(old, []))
        self.descriptions.setdefault(new, []).extend(self.descriptions.pop(old, []))
        self.order = list(dict.fromkeys(new if key == old else key for key in self.order))
        self._by_words = {words: new if key == old else key for words, key in self._by_words.items()}
        self._renamed[old] = new

    def current(self, key: str) -> str:
        """The key under which a level that was met as ``key`` is kept now."""
        key = key if key.isdecimal() else self._by_words.get(key, key)
        return self._renamed.get(key, key)

    def found(self, text: str) -> str:
        """The key of the level that a key or the text of a table's head means; nothing is remembered."""
        level = None if text in self.order else level_at(text)
        return self.current(level.key if level else text if text in self.order else level_words(text))


@dataclass(frozen=True)
class ScaleFound:
    """The scale, the number of each level's key, and what the curator should know about how it was found."""

    scale: Scale
    numbers: dict[str, int]
    warnings: tuple[str, ...]


def scale_of(seen: LevelsSeen) -> ScaleFound:
    """Order, names and polarity of the levels."""
    if not seen.order:
        return ScaleFound(scale=Scale(), numbers={}, warnings=())
    ordered, warnings = _lowest_first(seen)
    numbers = _numbers(ordered)
    ineffective = _ineffective(ordered, seen)
    levels = tuple(
        Level(
            number=numbers[key],
            name=_name(seen.names[key], numbers[key]),
            description=" ".join(seen.descriptions.get(key, ()))[:LONGEST_TEXT],
            polarity=Polarity.INEFFECTIVE if key in ineffective else Polarity.EFFECTIVE,
        )
        for key in ordered
    )
    return ScaleFound(scale=Scale(levels=levels), numbers=numbers, warnings=tuple(warnings))


def _lowest_first(seen: LevelsSeen) -> tuple[list[str], list[str]]:
    """The keys in ascending order: by number, else by the words' known ranks, else as the document goes."""
    keys = seen.order
    numbered = sorted((key for key in keys if key.isdecimal()), key=int)
    named = [key for key in keys if not key.isdecimal()]
    if len(numbered) >= len(named):
        upwards = _agreement(numbered, seen)
        if upwards < 0:
            return [*named, *numbered[::-1]], ["Level 1 is the best in this document; the levels were turned round."]
        return _merged(numbered, named), []
    upwards = _agreement(keys, seen)
    if upwards == 0:
        return list(keys), ["The order of the levels was taken from the document: the first is the lowest. Check it."]
    return (list(keys) if upwards > 0 else keys[::-1]), []


def _merged(numbered: list[str], named: list[str]) -> list[str]:
    merged = list(numbered)
    for key in named:
        rank = rank_of(key)
        below = rank is not None and rank < 0.3
        merged = [key, *merged] if below and "0" not in merged else [*merged, key]
    return merged


def _agreement(keys: Sequence[str], seen: LevelsSeen) -> float:
    """Above zero where the order ascends by the words' ranks, or by where things go wrong; below where it falls."""
    ranks = [_rank(seen.names[key]) for key in keys]
    score = 0.0
    for first, second in combinations(range(len(keys)), 2):
        lower, upper = ranks[first], ranks[second]
        if lower is not None and upper is not None and lower != upper:
            score += 1.0 if lower < upper else -1.0
    wrong = [_share_wrong(seen.texts.get(key, ())) for key in keys]
    if max(wrong) >= _CLEARLY and max(wrong) - min(wrong) > 0.3:
        half = len(keys) // 2
        score += 2.0 * len(keys) * (sum(wrong[:half]) - sum(wrong[-half:])) if half else 0.0
    return score


def _rank(names: Iterable[str]) -> float | None:
    return next((rank for name in names if (rank := rank_of(name)) is not None), None)


def _share_wrong(texts: Sequence[str]) -> float:
    return sum(map(goes_wrong, texts)) / len(texts) if texts else 0.0


def _numbers(ordered: list[str]) -> dict[str, int]:
    own = [int(key) for key in ordered if key.isdecimal()]
    if len(own) == len(ordered) and own == sorted(set(own)) and max(own) <= 100:
        return dict(zip(ordered, own, strict=True))
    return {key: number for number, key in enumerate(ordered, start=1)}


def _ineffective(ordered: list[str], seen: LevelsSeen) -> set[str]:
    """The levels, from the lowest up, whose indicators are mostly worded as what goes wrong."""
    found: set[str] = set()
    for position, key in enumerate(ordered[:-1]):
        texts = seen.texts.get(key, [])
        wrong = sum(map(goes_wrong, texts))
        share = wrong / len(texts) if texts else 0.0
        named = any(level_words(name) in vocabulary().negative_level_words for name in seen.names[key])
        enough = (
            share > 0.5 or (share >= _CLEARLY and wrong >= 3) or (named and (share > 0.2 or not texts or position == 0))
        )
        if not enough:
            break
        found.add(key)
    return found


def _name(names: Counter[str], number: int) -> str:
    telling = [name for name, _count in names.most_common() if re.search(r"[^\W\d_]{2}", name)]
    worded = [name for name in telling if not re.search(r"\d", name)]
    name = re.sub(r"^\d+\s*[–—-]\s+(?=\D)", "", (worded or telling or [f"Level {number}"])[0])
    return (name if not name.isupper() or len(name) < 3 else name.capitalize())[:200]
