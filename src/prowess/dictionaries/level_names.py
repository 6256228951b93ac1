"""Names of proficiency levels: "Proficiency Level 3", "Level II – Working", "3 = Solid", "Exceeds", "Basic"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from prowess.dictionaries.vocabulary import vocabulary

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_SPELT = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_NUMBER = r"(?P<number>\d{1,2}|[IVXivx]{1,4}|[A-F]|(?i:zero|one|two|three|four|five|six|seven|eight|nine|ten))"
_NUMBERED = re.compile(
    r"^\W{0,3}(?:(?i:proficiency|competency|competence|performance|skill|mastery|rating|behaviou?r(?:al)?|indicators?|"
    r"development|capability|expertise|target|scale|maturity|career|job|complexity|responsibility|descriptors?|for|at|of)"
    r"[\s:–—-]+)*(?:(?i:level|lvl\.?|stage|tier|grade|band|step|degree|rating|score|point|phase|rank)\s*[:#–—-]?\s*(?:no\.?\s*)?"
    + _NUMBER
    + r"(?![\w.]\w)|(?:L|PL|CL|Lv)[ -]?(?P<short>\d)(?!\w))(?P<rest>.*)$",
    re.DOTALL,
)
_BARE = re.compile(r"^\W{0,2}(?P<number>\d{1,2})\s*(?:[-–—=:.)]\)?|\s)\s*(?P<rest>\S.*)$", re.DOTALL)
_BEFORE = re.compile(r"^(?:the |at )?(?:proficiency |competency |performance |skill |mastery |level of )*")
_AFTER = frozenset(
    "level levels proficiency stage tier performer employee user job jobs skills descriptors rating expectation "
    "expectations standard standards phase grade position role roles knowledge ability practitioner competence "
    "competency capability performance career responsibility learner professional understanding experience "
    "application command".split()
)
"""Words around the name of a level that say only that it is one."""
_SEPARATOR = re.compile(r"^\s*(?:[:–—=|]|-{1,2}(?=\s)|\.(?=\s)|(?=\())\s*")
_BRACKETED = re.compile(r"^\(([^()]{1,60})\)\s*[:.–—-]?\s*")
_LONGEST_NAME = 5
_LONGEST_START = 60
"""Characters among which a level's name and its separator stand."""


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level as a text names it: its number where it has one, its words, and the content that runs on after it."""

    number: int | None
    name: str
    content: str = ""
    sure: float = 1.0

    @property
    def key(self) -> str:
        """What makes two mentions the same level."""
        return str(self.number) if self.number is not None else level_words(self.name)


def level_words(text: str) -> str:
    """The words of a level's name as they are compared: lower case, without "level", "proficiency" and brackets."""
    text = re.sub(r"\([^()]*\)", " ", text.lower().replace("’", "'"))
    text = re.sub(r"[^\w' /&-]+", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" -/&")
    known, shorter = vocabulary().level_words, text
    if text not in known:
        shorter = _BEFORE.sub("", text)
    while shorter not in known and shorter.rpartition(" ")[2] in _AFTER:
        shorter = shorter.rpartition(" ")[0].strip(" -/&")
    return shorter or text


def rank_of(name: str) -> float | None:
    """Roughly where a level of this name stands between lowest (0) and highest (1); None for unknown names."""
    known = vocabulary().level_words
    words = level_words(name)
    for candidate in (words, *re.split(r"\s*(?:/|&|\bor\b|\band\b|,)\s*", words)):
        if candidate in known:
            return known[candidate]
    return None


def is_level_word(name: str) -> bool:
    """Whether every alternative in a name ("Basic / Novice") is a known word for a level."""
    known = vocabulary().level_words
    words = level_words(name)
    pieces = [piece for piece in re.split(r"\s*(?:/|&|\bor\b|\band\b|,)\s*", words) if piece]
    return words in known or (bool(pieces) and all(level_words(piece) in known for piece in pieces))


@lru_cache(maxsize=100_000)
def level_at(text: str) -> LevelName | None:
    """The level that a text begins with, or None.

    ``content`` is what runs on after the name ("Basic: Applies the rules…"); empty where the text is only the name.
    """
    found = _NUMBERED.match(text[:400])
    if found:
        number = _value(found["number"] or found["short"])
        if number is not None:
            head = text[: found.start("rest")]
            return _named(number, head, text[found.start("rest") :])
    bare = _BARE.match(text[:400])
    if bare:
        inner = _word_level(text[bare.start("rest") :])
        if inner:
            return LevelName(number=int(bare["number"]), name=inner.name, content=inner.content)
    return _word_level(text)


def _value(text: str) -> int | None:
    lower = text.lower()
    if text.isdecimal():
        return int(text)
    if lower in _SPELT:
        return _SPELT[lower]
    if lower in _ROMAN:
        return _ROMAN[lower]
    return "abcdef".index(lower) + 1 if len(lower) == 1 and lower in "abcdef" else None


def _named(number: int, head: str, rest: str) -> LevelName | None:
    """A numbered level with its name in brackets or after a dash, and what runs on."""
    name = head.strip(" :–—-")
    bracketed = _BRACKETED.match(rest.strip())
    if bracketed:
        name, rest = bracketed[1].strip(), rest.strip()[bracketed.end() :]
        return LevelName(
            number=number, name=name if re.search(r"[a-z]{3}", name, re.I) else head.strip(), content=rest.strip()
        )
    separator = _SEPARATOR.match(rest)
    if rest.strip() and not separator:
        tail = rest.strip()
        if tail[:1] in ",.;)" or len(tail.split()) > _LONGEST_NAME or (tail[:1].islower() and not is_level_word(tail)):
            return (
                None
                if tail[:1].islower() or tail[:1] == ","
                else LevelName(number=number, name=name, content=tail.lstrip(".;) "))
            )
        return LevelName(number=number, name=tail.rstrip(":"), sure=0.8)
    tail = rest[separator.end() :].strip() if separator else ""
    short, content = _short_name(tail)
    return LevelName(number=number, name=short or name, content=content)


def _short_name(tail: str) -> tuple[str, str]:
    """The name at the start of what follows a numbered level, and the content after it."""
    if not tail:
        return "", ""
    inner = _word_level(tail)
    if inner:
        return inner.name, inner.content
    pieces = re.split(r"\s*(?::|\s[–—-]\s|—)\s*", tail, maxsplit=1)
    if len(pieces) == 2 and 0 < len(pieces[0].split()) <= _LONGEST_NAME and not re.search(r"[.;,]", pieces[0]):
        return pieces[0].strip(), pieces[1].strip()
    is_name = len(tail.split()) <= _LONGEST_NAME and not re.search(r"[.;!?]$", tail)
    return (tail.rstrip(":").strip(), "") if is_name else ("", tail)


def _word_level(text: str) -> LevelName | None:
    """A level that is named by a known word alone or before a separator."""
    if len(text) <= 70 and is_level_word(text.rstrip(" :.")):
        bracket = re.search(r"\(\D{0,12}(\d{1,2})\)", text)
        name = re.sub(r"\s*\([^()]*\)", "", text).strip(" :.–—-")
        return LevelName(number=int(bracket[1]) if bracket else None, name=name, sure=0.9)
    separator = re.search(r"\s*(?::|\s[–—-]\s|—|\s=\s|\s[•●▪○]\s|(?<=\))\s+(?=[A-Z]))\s*", text[:_LONGEST_START])
    if not separator or not text[separator.end() :].strip():
        return None
    head, content = text[: separator.start()], text[separator.end() :].strip()
    number = re.search(r"(?:\(\D{0,12}|\blevel )(\d{1,2})\)?$", head, re.I)
    plain = re.sub(r"\s*\blevel \d{1,2}$", "", re.sub(r"\s*\([^()]*\)", "", head), flags=re.I).strip()
    if not is_level_word(plain):
        return None
    after = re.match(r"^(?:level\s*)?(\d{1,2})\.?$", content, re.I)
    if after:
        return LevelName(number=int(after[1]), name=plain, sure=0.9)
    return LevelName(number=int(number[1]) if number else None, name=plain, content=content, sure=0.7)
