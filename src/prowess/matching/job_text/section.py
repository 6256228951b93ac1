"""What a heading announces: duties, skills, the employer, benefits, law and so on."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from prowess.matching.job_text.cue_table import cue_table


class Section(StrEnum):
    """The sections of job descriptions."""

    DUTIES = "duties"
    OTHER_DUTIES = "other duties"
    PURPOSE = "purpose"
    RELATIONSHIPS = "relationships"
    SKILLS = "skills"
    QUALIFICATIONS = "qualifications"
    EMPLOYER = "employer"
    BENEFITS = "benefits"
    TERMS = "terms"
    LAW = "law"
    APPLICATION = "application"
    PHYSICAL = "physical"
    TITLE = "title"


_GRADE = re.compile(
    r"^(?:essential|desirable|advantageous|required|preferred|minimum|an? (?:asset|advantage))(?: criteria)?:?$",
    re.IGNORECASE,
)


def is_grade(heading: str) -> bool:
    """Whether a heading only says how much its section is needed: “Essential”, “Desirable”."""
    return bool(_GRADE.match(heading.strip()))


@dataclass(frozen=True, slots=True)
class Found:
    """The section that a heading announces, and how much of the heading says so (0 to 1)."""

    section: Section
    strength: float


@lru_cache(maxsize=4096)
def section_of(heading: str) -> Found | None:
    """The section that a heading announces; None where no cue is met.

    Cues add up for their section. ``strength`` is higher where the cue's words fill more of the heading.
    """
    text = heading.strip().rstrip(":").strip()[:120].lower()
    if not text:
        return None
    totals: dict[Section, float] = {}
    covered: dict[Section, int] = {}
    for cue in cue_table("section_cues", about="section"):
        lengths = [len(found[0]) for found in cue.pattern.finditer(text)]
        if lengths:
            section = Section(cue.about)
            totals[section] = totals.get(section, 0.0) + cue.weight
            covered[section] = covered.get(section, 0) + sum(lengths)
    if not totals:
        return None
    best = max(totals, key=lambda section: (totals[section], covered[section]))
    share = min(1.0, covered[best] / len(text))
    return Found(best, min(1.0, (0.45 if totals[best] >= 2 else 0.2) + share * 0.6 - (0.3 if len(text) > 60 else 0.0)))
