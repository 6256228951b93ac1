"""What a sentence of a job description is about: its cues, its section and its neighbours add up for each kind."""

from dataclasses import dataclass
from enum import StrEnum

from prowess.matching.job_text.section import Section


class Kind(StrEnum):
    """What a sentence is about."""

    ROLE = "role"
    SKILL = "skill"
    QUALIFICATION = "qualification"
    EMPLOYER = "employer"
    BENEFITS = "benefits"
    TERMS = "terms"
    LAW = "law"
    APPLICATION = "application"
    PHYSICAL = "physical"
    CATCH_ALL = "catch-all"


COUNTING = frozenset((Kind.ROLE, Kind.SKILL))

WHY = {
    Kind.QUALIFICATION: "a qualification, a licence or years of experience, not the work or a skill",
    Kind.EMPLOYER: "about the employer, not the work",
    Kind.BENEFITS: "about pay and benefits",
    Kind.TERMS: "about the terms of the job (place, hours, grade, reporting line)",
    Kind.LAW: "a legal or policy statement that stands in every job of the employer",
    Kind.APPLICATION: "about applying and selection",
    Kind.PHYSICAL: "about physical demands and working conditions",
    Kind.CATCH_ALL: "a catch-all that names no work",
}

_PRIOR: dict[Section | None, dict[Kind, float]] = {
    None: {Kind.ROLE: 0.6},
    Section.DUTIES: {Kind.ROLE: 3.2},
    Section.OTHER_DUTIES: {Kind.ROLE: 2.2, Kind.CATCH_ALL: 0.5},
    Section.PURPOSE: {Kind.ROLE: 2.6},
    Section.RELATIONSHIPS: {Kind.ROLE: 2.4},
    Section.SKILLS: {Kind.SKILL: 2.8},
    Section.QUALIFICATIONS: {Kind.QUALIFICATION: 1.8},
    Section.EMPLOYER: {Kind.EMPLOYER: 3.2},
    Section.BENEFITS: {Kind.BENEFITS: 4.0},
    Section.TERMS: {Kind.TERMS: 3.6},
    Section.LAW: {Kind.LAW: 4.0},
    Section.APPLICATION: {Kind.APPLICATION: 3.8},
    Section.PHYSICAL: {Kind.PHYSICAL: 3.8},
    Section.TITLE: {Kind.TERMS: 3.6},
}

_FADED = 0.55
"""What is left of a section's share in a paragraph that follows its list after a gap."""

_FROM_NEIGHBOURS: dict[Section | None, float] = {
    None: 0.6,
    Section.DUTIES: 0.15,
    Section.OTHER_DUTIES: 0.15,
    Section.QUALIFICATIONS: 0.15,
    Section.LAW: 0.15,
}
_FROM_NEIGHBOURS_ELSEWHERE = 0.3

Scores = dict[Kind, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a sentence is about, and why it does not count where it does not."""

    kind: Kind
    why: str = ""

    @property
    def counts(self) -> bool:
        """Whether the sentence describes the work or a skill that it needs."""
        return self.kind in COUNTING


def prior_of(section: Section | None, *, faded: bool = False) -> Scores:
    """What a section lets expect of a sentence, before it is read."""
    share = _FADED if faded else 1.0
    return {kind: share * weight for kind, weight in _PRIOR[section].items()}


def judge(own: Scores, *, section: Section | None, faded: bool, neighbours: Scores) -> Judgement:
    """What a sentence is about: the kind with the highest sum of its cues, its section's share and its neighbours'.

    ``neighbours``: the mean cues of the other sentences of the same paragraph or run of lines; they count in part, for
    a fact seldom stands alone among duties, nor a duty among facts.
    """
    scores = prior_of(section, faded=faded)
    share = _FROM_NEIGHBOURS.get(section, _FROM_NEIGHBOURS_ELSEWHERE)
    for kind in Kind:
        scores[kind] = scores.get(kind, 0.0) + own.get(kind, 0.0) + share * neighbours.get(kind, 0.0)
    best = max(Kind, key=lambda kind: scores[kind])
    return Judgement(best, WHY.get(best, ""))
