"""Responsibility in the words of duties and titles: who decides, who leads, who is told.

What an encoder learns from occupations says little about rank within one occupation: an apprentice and a foreman of
the same trade do the same things to the same objects. Rank is in a few words, and these are the cues here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_TABLE = Path(__file__).parent / "authority_cues.yaml"
_LONGEST_LOOK = 400
_ASIDE = re.compile(r"\([^()]*\)|\s[|@–—-]\s.*$|,.*$")


@dataclass(frozen=True, slots=True)
class _Cue:
    about: str
    weight: float
    pattern: re.Pattern[str]


def authority_of(statement: str) -> float:
    """How far a duty stands above an ordinary one, in levels: about -1.2 (told what to do) to 1.8 (sets direction)."""
    return _strongest("duty", statement[:_LONGEST_LOOK])


def rank_of(title: str) -> float:
    """How far a title stands above one without rank, in levels; additions after a comma or in brackets are left out."""
    return _strongest("title", _ASIDE.sub("", title[:_LONGEST_LOOK]))


def _strongest(about: str, text: str) -> float:
    weights = [cue.weight for cue in _cues() if cue.about == about and cue.pattern.search(text)]
    return max([0.0, *weights]) + min([0.0, *weights])


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cue, ...]:
    entries = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return tuple(
        _Cue(
            about=entry["about"],
            weight=float(entry["weight"]),
            pattern=re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"]), re.IGNORECASE),
        )
        for entry in entries
    )
