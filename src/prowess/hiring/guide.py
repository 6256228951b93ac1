"""The interview guide as a document: everything that stands on its pages, before any page is laid out."""

from collections.abc import Sequence
from dataclasses import dataclass

from prowess.framework import Competency, Framework, ProfileEntry, QuestionKind, RoleProfile, Scale
from prowess.hiring.interview_plan import InterviewPlan, plan_interviews

MOST_ANCHORS = 3
"""Behaviours shown for one level: as many as an interviewer can weigh while rating."""

MOST_TRACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideQuestion:
    """A question as printed."""

    number: int
    kind: QuestionKind
    text: str
    probes: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """One level of the rating form with the behaviours that describe it."""

    level: int
    name: str
    behaviours: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A statement of the job description that calls for the competency."""

    statement: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideCompetency:
    """A competency in one interviewer's guide: why it is asked about, the questions, the rating form."""

    code: str
    title: str
    definition: str
    target: str
    traces: tuple[Trace, ...]
    questions: tuple[GuideQuestion, ...]
    anchors: tuple[Anchors, ...]

    @property
    def minutes(self) -> int:
        """Minutes for its questions."""
        return sum(question.minutes for question in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """A part of the interview, and the minute at which it begins."""

    begins: int
    minutes: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerGuide:
    """What one interviewer holds in the hand."""

    number: int
    competencies: tuple[GuideCompetency, ...]
    schedule: tuple[ScheduleRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """A competency in the plan of the panel; ``questions`` one tuple of question numbers an interviewer."""

    title: str
    importance: float
    target: str
    core: bool
    questions: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewGuide:
    """The whole guide of a panel."""

    role: str
    library: str
    language: str
    minutes: int
    opening: int
    closing: int
    overview: tuple[OverviewRow, ...]
    interviewers: tuple[InterviewerGuide, ...]
    notes: tuple[str, ...]

    @property
    def question_count(self) -> int:
        """How many questions the panel asks."""
        return sum(len(c.questions) for interviewer in self.interviewers for c in interviewer.competencies)

    def all_competencies(self) -> tuple[GuideCompetency, ...]:
        """Each competency once for every interviewer who asks about it."""
        return tuple(c for interviewer in self.interviewers for c in interviewer.competencies)


def make_guide(
    profile: RoleProfile, *, library: Framework | None = None, minutes: int = 60, interviewers: int = 3
) -> InterviewGuide:
    """Make the interview guide for a role profile.

    Args:
        profile: the role profile; its own definitions are used where it carries them.
        library: gives the definitions that the profile does not carry, and the names of the levels.
        minutes: for each interviewer, opening and closing included.
        interviewers: how many.

    Raises:
        InputError: no competencies, a definition missing, or too little time for one question.
    """
    definitions = _definitions(profile, library)
    plan = plan_interviews(profile.competencies, definitions=definitions, minutes=minutes, interviewers=interviewers)
    writer = _Writer(profile, definitions, scale=library.scale if library else Scale())
    return InterviewGuide(
        role=profile.role.title,
        library=library.title if library else profile.library,
        language=library.language if library else "en",
        minutes=plan.minutes,
        opening=plan.opening,
        closing=plan.closing,
        overview=tuple(writer.overview(entry, plan) for entry in profile.competencies),
        interviewers=tuple(writer.interviewer(number, plan) for number in range(len(plan.interviewers))),
        notes=plan.notes,
    )


def _definitions(profile: RoleProfile, library: Framework | None) -> list[Competency]:
    """The profile's own documents first: they are what it was made from."""
    own = {competency.code: competency for competency in profile.definitions}
    others = library.by_code if library else {}
    return [found for entry in profile.competencies if (found := own.get(entry.code) or others.get(entry.code))]


class _Writer:
    """Turns the plan into what is printed."""

    def __init__(self, profile: RoleProfile, definitions: Sequence[Competency], *, scale: Scale) -> None:
        self._entries = {entry.code: entry for entry in profile.competencies}
        self._definitions = {competency.code: competency for competency in definitions}
        self._statements = {statement.id: statement for statement in profile.statements}
        self._scale = scale

    def overview(self, entry: ProfileEntry, plan: InterviewPlan) -> OverviewRow:
        asked = tuple(
            tuple(planned.number for planned in interviewer.questions if planned.code == entry.code)
            for interviewer in plan.interviewers
        )
        return OverviewRow(
            title=entry.title,
            importance=entry.importance,
            target=self._target(entry),
            core=entry.core,
            questions=asked,
        )

    def interviewer(self, position: int, plan: InterviewPlan) -> InterviewerGuide:
        interviewer = plan.interviewers[position]
        competencies = tuple(self._competency(code, position, plan) for code in interviewer.codes)
        return InterviewerGuide(
            number=interviewer.number, competencies=competencies, schedule=_schedule(competencies, plan)
        )

    def _competency(self, code: str, position: int, plan: InterviewPlan) -> GuideCompetency:
        entry, definition = self._entries[code], self._definitions[code]
        questions = tuple(
            GuideQuestion(
                number=planned.number,
                kind=planned.question.kind,
                text=planned.question.text,
                probes=planned.question.probes,
                minutes=planned.minutes,
            )
            for planned in plan.interviewers[position].questions
            if planned.code == code
        )
        return GuideCompetency(
            code=code,
            title=entry.title,
            definition=definition.definition,
            target=self._target(entry),
            traces=self._traces(entry),
            questions=questions,
            anchors=self._anchors(definition, entry),
        )

    def _target(self, entry: ProfileEntry) -> str:
        if entry.target_level is None:
            return ""
        name = self._scale.level(entry.target_level)
        return f"{entry.target_level} {name.name}" if name else str(entry.target_level)

    def _traces(self, entry: ProfileEntry) -> tuple[Trace, ...]:
        cited = [self._statements[e.statement] for e in entry.evidence if e.statement in self._statements]
        unique = {statement.id: statement for statement in cited}
        return tuple(
            Trace(statement=statement.id, line=statement.line, text=statement.text)
            for statement in list(unique.values())[:MOST_TRACES]
        )

    def _anchors(self, definition: Competency, entry: ProfileEntry) -> tuple[Anchors, ...]:
        """The levels of the scale, or those that the indicators name, from the lowest up."""
        numbers = self._scale.numbers or tuple(sorted({i.level for i in definition.indicators if i.level is not None}))
        return tuple(
            Anchors(
                level=number,
                name=self._scale.name_of(number) if self._scale.level(number) else "",
                behaviours=tuple(i.text for i in definition.indicators_at(number))[:MOST_ANCHORS],
                needed=number == entry.target_level,
            )
            for number in numbers
        )


def _schedule(competencies: Sequence[GuideCompetency], plan: InterviewPlan) -> tuple[ScheduleRow, ...]:
    rows = [ScheduleRow(begins=0, minutes=plan.opening, what="Opening")]
    begins = plan.opening
    for competency in competencies:
        numbers = ", ".join(str(question.number) for question in competency.questions)
        word = "question" if len(competency.questions) == 1 else "questions"
        rows.append(
            ScheduleRow(begins=begins, minutes=competency.minutes, what=f"{competency.title} ({word} {numbers})")
        )
        begins += competency.minutes
    spare = plan.minutes - plan.closing - begins
    what = "Closing" if spare <= 0 else f"Closing, and {spare} minutes in hand"
    rows.append(ScheduleRow(begins=begins, minutes=plan.closing + max(0, spare), what=what))
    return tuple(rows)
