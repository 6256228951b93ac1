"""Competencies that could be added to a draft."""

from dataclasses import dataclass

from prowess.framework import Competency, Framework, RoleProfile, forbidden_pairs

MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Candidate:
    """A competency outside the profile: its score for this job, and the title of the one that forbids it, if any."""

    competency: Competency
    cluster: str
    score: float | None
    against: str


def candidates_for(profile: RoleProfile, *, framework: Framework, words: str = "") -> list[Candidate]:
    """The competencies outside a profile, best for this job first; ``words`` must stand in their texts."""
    inside = {entry.code: entry.title for entry in profile.competencies}
    scores = {ranked.code: ranked.score for ranked in profile.ranking}
    against = {
        code: inside[pair.other(code)]
        for pair in forbidden_pairs(framework)
        for code in pair.codes
        if pair.other(code) in inside
    }
    wanted = [word.lower() for word in words.split()]
    outside = [c for c in framework.competencies if c.code not in inside and _holds(c, wanted)]
    outside.sort(key=lambda c: -scores.get(c.code, -1.0))
    return [
        Candidate(c, framework.cluster_title(c.cluster), scores.get(c.code), against.get(c.code, ""))
        for c in outside[:MOST_CANDIDATES]
    ]


def _holds(competency: Competency, words: list[str]) -> bool:
    text = " ".join((competency.title, *competency.aliases, competency.definition)).lower()
    return all(word in text for word in words)
