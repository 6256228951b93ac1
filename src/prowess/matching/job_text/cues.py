"""What a sentence of a job description is about: cues add up for each kind, and the section gives its share."""

from dataclasses import dataclass
from enum import StrEnum

from prowess.matching.job_text.cue_table import cue_table
from prowess.matching.job_text.section import Section
from prowess.matching.job_text.verbs import begins_with_duty_verb


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
    Section.LAW: {Kind.LAW: 3.4},
    Section.APPLICATION: {Kind.APPLICATION: 3.8},
    Section.PHYSICAL: {Kind.PHYSICAL: 3.8},
    Section.TITLE: {Kind.TERMS: 3.6},
}

_DUTY_VERB = 3.0
_LONGEST_LOOK = 400


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a sentence is about, and why it does not count where it does not."""

    kind: Kind
    why: str = ""

    @property
    def counts(self) -> bool:
        """Whether the sentence describes the work or a skill that it needs."""
        return self.kind in COUNTING


def judge(sentence: str, *, section: Section | None) -> Judgement:
    """What a sentence is about: the kind with the highest sum of cues and of its section's share.

    Where nothing speaks for the work, a short fragment outside any section is taken for a term of the job.
    """
    text = sentence[:_LONGEST_LOOK]
    scores = dict(_PRIOR[section])
    for cue in cue_table("sentence_cues", about="kind"):
        if cue.pattern.search(text):
            kind = Kind(cue.about)
            scores[kind] = scores.get(kind, 0.0) + cue.weight
    if begins_with_duty_verb(text):
        scores[Kind.ROLE] = scores.get(Kind.ROLE, 0.0) + _DUTY_VERB
    elif section is None and len(text.split()) < 4:
        scores[Kind.TERMS] = scores.get(Kind.TERMS, 0.0) + 1.0
    best = max(Kind, key=lambda kind: scores.get(kind, 0.0))
    return Judgement(best, WHY.get(best, ""))
