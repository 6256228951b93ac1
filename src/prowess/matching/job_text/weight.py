"""How much a statement weighs: its section, its share of the time, its place, and what its words say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from prowess.matching.job_text.section import Section

_SECTION_WEIGHT: dict[Section | None, float] = {
    Section.DUTIES: 1.0,
    Section.PURPOSE: 0.9,
    Section.SKILLS: 0.7,
    Section.QUALIFICATIONS: 0.6,
    Section.OTHER_DUTIES: 0.5,
    Section.RELATIONSHIPS: 0.5,
    None: 0.8,
}
_SAID: tuple[tuple[float, str], ...] = (
    (1.25, "main primary primarily key principal core critical crucial vital"),
    (1.15, "essential must required crucially"),
    (0.5, "desirable desired preferred preferably nice_to_have a_plus bonus advantage advantageous ideally optional"),
    (
        0.7,
        "occasional occasionally from_time_to_time as_required as_needed as_necessary where_necessary may",
    ),
)
_WORDS = tuple(
    (weight, re.compile(rf"\b(?:{'|'.join(words.replace('_', ' ') for words in said.split())})\b", re.IGNORECASE))
    for weight, said in _SAID
)
_PERCENT = r"(?:approx(?:imately|\.)?\s*|up to\s*|~\s*)?(\d{1,3})\s?(?:%|percent)(?: of (?:the |your )?time)?"
_AT_START = re.compile(rf"^\s*[(\[]?\s*{_PERCENT}\s*[)\]]?\s*[-–—:.,]*\s+(?=\S)", re.IGNORECASE)
_AT_END = re.compile(rf"\s*(?:[(\[]\s*{_PERCENT}\s*[)\]]|[-–—:]\s*{_PERCENT})\s*[.:]?\s*$", re.IGNORECASE)
_ROUGH_AT_END = re.compile(
    _AT_END.pattern.replace("(?:approx", "(?:about\\s*|around\\s*|ca\\.?\\s*|approx"), re.IGNORECASE
)
LEAST, MOST = 0.1, 4.0


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the working time in percent, and the group of statements that it is for."""

    group: int
    percent: float


def split_share(text: str, *, heading: bool = False) -> tuple[str, float | None]:
    """A text without the percentage of time at its start or end, and that percentage.

    In a heading also "about 30%" is a share of time; in a statement it may be anything ("travelling about 50%").
    """
    found = _AT_START.match(text)
    if found and 0 < int(found[1]) <= 100:
        return text[found.end() :].strip(), float(found[1])
    found = (_ROUGH_AT_END if heading else _AT_END).search(text)
    percent = next((int(group) for group in found.groups() if group), 0) if found else 0
    if found and 0 < percent <= 100:
        return text[: found.start()].strip(), float(percent)
    return text, None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What is known of one statement that counts."""

    text: str
    section: Section | None
    context: str = ""
    share: Share | None = None


def weights_of(statements: Sequence[Cues]) -> list[float]:
    """The weights of statements in order; 1 is an ordinary duty, never below 0.1 or above 4.

    Shares of time are taken where at least two are given and they do not add up to much more than the whole; a
    share is divided among the statements of its group. Earlier duties weigh up to a tenth more than later ones.
    """
    in_group = Counter(cues.share.group for cues in statements if cues.share)
    percent = {cues.share.group: cues.share.percent for cues in statements if cues.share}
    usable = len(percent) >= 2 and sum(percent.values()) <= 130
    usual = sum(percent.values()) / max(1, sum(in_group.values())) if usable else 0.0
    found = []
    for position, cues in enumerate(statements):
        weight = _SECTION_WEIGHT.get(cues.section, 0.8) * _of_words(cues)
        if usable and cues.share:
            weight *= cues.share.percent / in_group[cues.share.group] / usual
        weight *= 1.1 - 0.2 * position / max(1, len(statements) - 1)
        found.append(round(min(MOST, max(LEAST, weight)), 3))
    return found


def _of_words(cues: Cues) -> float:
    """The strongest word of the statement, and of its heading."""
    factor = 1.0
    for words in (cues.context, cues.text):
        said = [weight for weight, pattern in _WORDS if pattern.search(words)]
        factor *= min(said) if said and min(said) < 1 else max(said, default=1.0)
    return max(0.3, min(1.5, factor))
