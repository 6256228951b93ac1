"""Tables of cues: patterns with a weight for what they speak for, read from the YAML files beside this one."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Cue:
    """Patterns over small letters that speak for ``about`` with a weight; several of them say no more than one."""

    about: str
    weight: float
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def cue_table(name: str, *, about: str) -> tuple[Cue, ...]:
    """The cues of one table; ``about`` is the key that names what a cue speaks for."""
    entries = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(
        Cue(
            about=entry[about],
            weight=float(entry["weight"]),
            pattern=re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"])),
        )
        for entry in entries
    )
