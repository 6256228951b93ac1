"""From a job description to a role profile with cited evidence."""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prowess.framework import Competency, Framework, ProfileEntry, RoleProfile, forbidden_pairs, forbidden_within
from prowess.framework.errors import Conflict, InputError
from prowess.framework.role_profile import Evidence, Ranked, Role, Statement
from prowess.matching.encoder import TextEncoder, load_encoder
from prowess.matching.job_text import JobDescription
from prowess.matching.library_parts import competency_parts, matchable
from prowess.matching.matcher import Matcher, Matches
from prowess.matching.reasons import left_out
from prowess.matching.selection import Task, choose
from prowess.matching.target_level import TargetLevels

DEFAULT_SIZE = (5, 9)
LARGEST_SIZE = 30
MOST_CONSIDERED = 40
CALLED_FOR = 0.25
"""Share of the statements' own evidence in the importance."""

WEAK_EVIDENCE = 0.5
"""Of the threshold: a competency taken only to reach the least size may cite a statement this likely to call for it."""


class LibraryMatcher:
    """A library made ready for matching. Making it encodes the library's texts: keep it while the library stays.

    ``encoder``: "default" takes the one that is installed and falls back to words alone; None compares words alone.
    """

    def __init__(self, framework: Framework, *, encoder: TextEncoder | Literal["default"] | None = "default") -> None:
        self.framework = framework
        self.competencies = matchable(framework)
        self.encoder = load_encoder() if encoder == "default" else encoder
        self.matcher = Matcher(
            [competency_parts(c, framework=framework) for c in self.competencies], encoder=self.encoder
        )

    @property
    def description(self) -> str:
        """How statements are matched, in a sentence."""
        if self.encoder is None:
            return "Statements and competencies were compared by their words alone."
        return f"Statements and competencies were compared by meaning ({self.encoder.name}) and by words."


def propose_profile(
    job: JobDescription,
    framework: Framework | LibraryMatcher,
    *,
    size: tuple[int, int] = DEFAULT_SIZE,
    core: Collection[str] = (),
    encoder: TextEncoder | Literal["default"] | None = "default",
    library: str = "",
) -> RoleProfile:
    """Propose a role profile.

    Args:
        job: what `read_job` gave.
        framework: the library, or a `LibraryMatcher` where several jobs are matched with one library.
        size: the least and the greatest number of competencies.
        core: codes that must be in.
        encoder: the text encoder, "default", or None for words alone; not used with a `LibraryMatcher`.
        library: the name of the library for the record; its title where none is given.

    Raises:
        InputError: an impossible size, or a library without competencies.
        NotFound: a core code that the library lacks.
        Conflict: core competencies that must not stand together, or too many of them.
    """
    _refuse_size(size)
    if isinstance(framework, Framework):
        _refuse_core(framework, core, size=size)
        framework = LibraryMatcher(framework, encoder=encoder)
    else:
        _refuse_core(framework.framework, core, size=size)
    return _Proposal(job, framework, size=size, core=tuple(dict.fromkeys(core)), library=library).profile()


def _refuse_size(size: tuple[int, int]) -> None:
    if not 1 <= size[0] <= size[1] <= LARGEST_SIZE:
        raise InputError(
            f"A profile of {size[0]} to {size[1]} competencies cannot be made.",
            remedy=f"Give two numbers between 1 and {LARGEST_SIZE}, the smaller first, for instance 5-9.",
        )


def _refuse_core(framework: Framework, core: Collection[str], *, size: tuple[int, int]) -> None:
    titles = {code: framework.competency(code).title for code in core}
    known = {competency.code for competency in matchable(framework)}
    for code, title in titles.items():
        if code not in known:
            raise Conflict(f"“{title}” is retired.", remedy="Name its successor as core, or none.")
    if len(titles) > size[1]:
        raise Conflict(
            f"{len(titles)} core competencies do not fit into a profile of up to {size[1]}.",
            remedy="Allow more competencies, or name fewer as core.",
        )
    for pair in forbidden_within(framework, list(titles)):
        raise Conflict(
            f"“{titles[pair.first]}” and “{titles[pair.second]}” are both core, and the library says not to use them "
            f"in one profile." + (f" {pair.note}" if pair.note else ""),
            remedy=pair.advice or "Name one of them as core.",
        )


class _Proposal:
    """One job against one library; each step is computed once."""

    def __init__(
        self,
        job: JobDescription,
        library_matcher: LibraryMatcher,
        *,
        size: tuple[int, int],
        core: tuple[str, ...],
        library: str,
    ) -> None:
        self.job, self.library_matcher, self.size, self.core = job, library_matcher, size, core
        self.library = library or library_matcher.framework.title
        self.statements: Sequence[Statement] = job.counting
        self.texts = [statement.text for statement in self.statements]

    @property
    def competencies(self) -> tuple[Competency, ...]:
        return self.library_matcher.competencies

    @cached_property
    def matches(self) -> Matches:
        return self.library_matcher.matcher.match(self.texts, job_title=self.job.title)

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        return self.matches.score()

    @cached_property
    def importance(self) -> NDArray[np.float64]:
        """What the whole text lets expect, moved by how clearly its statements call for each competency."""
        expected = self.library_matcher.matcher.importance(self.texts, job_title=self.job.title)
        return np.asarray(np.clip((1 - CALLED_FOR) * expected + CALLED_FOR * self.scores, 0, 1), dtype=np.float64)

    @cached_property
    def task(self) -> Task:
        place = {competency.code: number for number, competency in enumerate(self.competencies)}
        return Task(
            coverage=np.where(self.matches.fits, self.matches.probability, 0.0),
            weights=np.array([statement.weight for statement in self.statements]),
            scores=0.5 * (self.scores + self.importance),
            size=self.size,
            core=[place[code] for code in self.core],
            forbidden=[
                (place[pair.first], place[pair.second])
                for pair in forbidden_pairs(self.library_matcher.framework)
                if pair.first in place and pair.second in place
            ],
        )

    @cached_property
    def chosen(self) -> tuple[int, ...]:
        return choose(self.task).chosen

    @cached_property
    def levels(self) -> TargetLevels:
        responsibility = self.library_matcher.matcher.responsibility(self.texts, job_title=self.job.title)
        return TargetLevels(
            self.library_matcher.framework.scale,
            responsibility,
            self.statements,
            usual=float(np.median(self.importance)),
            job_title=self.job.title,
        )

    def profile(self) -> RoleProfile:
        entries = sorted((self._entry(number) for number in self.chosen), key=lambda e: (-e.importance, e.code))
        cited = {evidence.statement for entry in entries for evidence in entry.evidence}
        return RoleProfile(
            role=Role(title=self.job.title[:500]),
            library=self.library,
            matching=self.library_matcher.description,
            statements=self.job.statements,
            competencies=tuple(entries),
            left_out=left_out(
                self.task, self.chosen, competencies=self.competencies, framework=self.library_matcher.framework
            ),
            uncovered=tuple(statement.id for statement in self.statements if statement.id not in cited),
            ranking=self._ranking(),
            notes=tuple(self._notes(entries)),
            considered=self._considered(),
            definitions=tuple(self.competencies[number] for number in self.chosen),
        )

    def _entry(self, number: int) -> ProfileEntry:
        competency = self.competencies[number]
        evidence = self._evidence(number)
        importance = float(self.importance[number])
        level, why = self.levels.of(competency.title, importance=importance, cited=[e.statement for e in evidence])
        return ProfileEntry(
            code=competency.code,
            title=competency.title,
            importance=round(importance, 2),
            target_level=level,
            core=competency.code in self.core,
            why_level=why,
            evidence=evidence,
        )

    def _evidence(self, number: int) -> tuple[Evidence, ...]:
        """The statements that call for a competency, the likeliest first, each with the part that matched."""
        probability = self.matches.probability[:, number]
        calling = [int(s) for s in np.argsort(-probability, kind="stable") if self.matches.fits[s, number]]
        if not calling and len(probability) and probability.max() >= WEAK_EVIDENCE * self.matches.threshold:
            calling = [int(probability.argmax())]
        return tuple(self._cited(statement, number) for statement in calling)

    def _cited(self, statement: int, number: int) -> Evidence:
        found = self.matches.evidence(statement, competency=number)
        return Evidence(
            statement=self.statements[statement].id,
            part=found.part.kind.replace("_", " "),
            text=found.part.text,
            similarity=round(min(1.0, max(0.0, found.similarity)), 3),
        )

    def _ranking(self) -> tuple[Ranked, ...]:
        ranked = [
            Ranked(code=competency.code, title=competency.title, score=round(float(score), 4))
            for competency, score in zip(self.competencies, self.scores, strict=True)
        ]
        return tuple(sorted(ranked, key=lambda one: (-one.score, one.code)))

    def _considered(self) -> tuple[ProfileEntry, ...]:
        """Competencies with evidence that were not taken, as they would stand in the profile."""
        taken = set(self.chosen)
        others = (int(n) for n in np.argsort(-self.scores, kind="stable") if n not in taken)
        called_for = (number for number in others if self.matches.fits[:, number].any())
        return tuple(self._entry(number) for number in islice(called_for, MOST_CONSIDERED))

    def _notes(self, entries: Sequence[ProfileEntry]) -> list[str]:
        notes = [*self.job.notes, *([self.matches.note] if self.matches.note else [])]
        lines = [s.line for s, fits in zip(self.statements, self.matches.fits, strict=True) if not fits.any()]
        if lines:
            where = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, sorted(set(lines))))}"
            notes.append(f"Nothing in the library fits what stands on {where}.")
        if len(entries) < self.size[0]:
            notes.append(f"Only {len(entries)} competencies of the library may stand together in one profile.")
        for number in self.chosen:
            if not self.matches.fits[:, number].any():
                why = "core" if self.competencies[number].code in self.core else "taken to reach the least size"
                notes.append(f"“{self.competencies[number].title}” is {why}; no statement clearly calls for it.")
        return notes
