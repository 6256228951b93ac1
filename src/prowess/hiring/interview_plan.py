"""Who asks what in a panel of structured interviews: an exact assignment of questions to interviewers.

Every candidate is asked the same questions in the same order. Within the minutes of each interviewer the plan gives
each competency at least two questions by at least two interviewers where that is possible, then more questions to the
more important competencies, and balances the load. It is an integer program, solved exactly with HiGHS; where the
minutes or the library do not allow for two and two, the plan says so in sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from prowess.framework import Competency, InterviewQuestion, ProfileEntry, QuestionKind
from prowess.framework.errors import InputError
from prowess.hiring.assignment import Assignment, Demand, assign
from prowess.hiring.plan_notes import notes_on

MINUTES_BEHAVIOURAL = 8
MINUTES_SITUATIONAL = 6
MOST_ASKED = 4
"""Questions of one competency that are considered: two interviewers with two each."""

_NOT_PROVEN = "The panel is so large that the plan could not be proven to be the best one."
LONGEST_INTERVIEW = 240
MOST_INTERVIEWERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """A question in its place: ``number`` runs through the whole panel, so that notes can be told apart."""

    number: int
    code: str
    question: InterviewQuestion
    minutes: int
    general: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerPlan:
    """What one interviewer asks, in order, the questions on one competency together."""

    number: int
    questions: tuple[PlannedQuestion, ...]

    @property
    def minutes(self) -> int:
        """Minutes that the questions take, without opening and closing."""
        return sum(planned.minutes for planned in self.questions)

    @property
    def codes(self) -> tuple[str, ...]:
        """The competencies in the order in which they are asked about."""
        return tuple(dict.fromkeys(planned.code for planned in self.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPlan:
    """The plan of a panel. ``notes`` say where the rule of two questions and two interviewers cannot be kept."""

    minutes: int
    opening: int
    closing: int
    interviewers: tuple[InterviewerPlan, ...]
    notes: tuple[str, ...]

    def asked_by(self, code: str) -> tuple[int, ...]:
        """The numbers of the interviewers who ask about a competency."""
        return tuple(plan.number for plan in self.interviewers if code in plan.codes)

    def questions_on(self, code: str) -> tuple[PlannedQuestion, ...]:
        """All questions on a competency, in the order of the panel."""
        return tuple(asked for plan in self.interviewers for asked in plan.questions if asked.code == code)


def plan_interviews(
    entries: Sequence[ProfileEntry],
    *,
    definitions: Sequence[Competency],
    minutes: int = 60,
    interviewers: int = 3,
    opening: int = 5,
    closing: int = 7,
) -> InterviewPlan:
    """Plan the interviews for a role profile.

    Args:
        entries: the competencies of the profile.
        definitions: their documents, with the interview questions.
        minutes: for each interviewer, opening and closing included.
        interviewers: how many.
        opening: minutes for welcome and explanation.
        closing: minutes for the candidate's questions.

    Raises:
        InputError: no competencies, one without its definition, or too little time for one question.
    """
    _refuse(entries, definitions, minutes=minutes, interviewers=interviewers, talk=opening + closing)
    by_code = {competency.code: competency for competency in definitions}
    demands = [_demand(entry, by_code[entry.code]) for entry in entries]
    assignment = assign(demands, minutes=minutes - opening - closing, interviewers=interviewers)
    plan = InterviewPlan(
        minutes=minutes,
        opening=opening,
        closing=closing,
        interviewers=_numbered(assignment, demands),
        notes=(),
    )
    notes = [*notes_on(plan, entries, definitions=by_code), *([] if assignment.proven else [_NOT_PROVEN])]
    return InterviewPlan(
        minutes=minutes, opening=opening, closing=closing, interviewers=plan.interviewers, notes=tuple(notes)
    )


def _refuse(
    entries: Sequence[ProfileEntry], definitions: Sequence[Competency], *, minutes: int, interviewers: int, talk: int
) -> None:
    if not entries:
        raise InputError("The profile holds no competencies.", remedy="Add the competencies that the role needs.")
    if not 1 <= interviewers <= MOST_INTERVIEWERS:
        raise InputError(
            f"{interviewers} interviewers cannot be planned for.",
            remedy=f"Give a number from 1 to {MOST_INTERVIEWERS}.",
        )
    least = talk + MINUTES_BEHAVIOURAL
    if not least <= minutes <= LONGEST_INTERVIEW:
        raise InputError(
            f"An interview of {minutes} minutes cannot be planned: opening and closing take {talk}, a question "
            f"{MINUTES_BEHAVIOURAL}.",
            remedy=f"Give from {least} to {LONGEST_INTERVIEW} minutes.",
        )
    known = {competency.code for competency in definitions}
    missing = [entry.code for entry in entries if entry.code not in known]
    if missing:
        raise InputError(
            f"The definition of {', '.join(missing)} is not in the profile, nor in the library.",
            remedy="Give the library that the profile was made from with --library.",
        )


def _demand(entry: ProfileEntry, competency: Competency) -> Demand:
    """A competency's questions in order of preference; general ones fill up to two where the library has fewer."""
    own = sorted(competency.questions, key=lambda question: question.kind is not QuestionKind.BEHAVIOURAL)
    behavioural = [question for question in own if question.kind is QuestionKind.BEHAVIOURAL]
    situational = [question for question in own if question.kind is QuestionKind.SITUATIONAL]
    preferred = [*behavioural[:2], *situational[:1], *behavioural[2:], *situational[1:]][:MOST_ASKED]
    general = general_questions(competency)[: max(0, 2 - len(preferred))]
    return Demand(
        code=entry.code,
        importance=max(0.2, 1.0 if entry.core else entry.importance),
        questions=tuple(preferred) + general,
        minutes=tuple(_minutes(question) for question in (*preferred, *general)),
        general=len(general),
    )


def _minutes(question: InterviewQuestion) -> int:
    return MINUTES_BEHAVIOURAL if question.kind is QuestionKind.BEHAVIOURAL else MINUTES_SITUATIONAL


def general_questions(competency: Competency) -> tuple[InterviewQuestion, ...]:
    """Questions that can be asked about any competency, for libraries that hold none or one."""
    title = competency.title
    return (
        InterviewQuestion(
            text=f"Think of a recent piece of work that called for a great deal of “{title}”. Please tell us about it.",
            probes=("What was the situation?", "What did you yourself do?", "What came of it?"),
        ),
        InterviewQuestion(
            text=f"Tell us about a time when “{title}” was hard for you, and how you dealt with it.",
            probes=("What made it hard?", "What did you do?", "What would you do differently now?"),
        ),
    )


def _numbered(assignment: Assignment, demands: Sequence[Demand]) -> tuple[InterviewerPlan, ...]:
    """Questions in the order of the competencies, numbered through the panel; behavioural ones come first."""
    plans, number = [], 0
    for position, asked in enumerate(assignment.by_interviewer, start=1):
        planned = []
        for which, question in sorted(asked):
            demand = demands[which]
            number += 1
            planned.append(
                PlannedQuestion(
                    number=number,
                    code=demand.code,
                    question=demand.questions[question],
                    minutes=demand.minutes[question],
                    general=question >= len(demand.questions) - demand.general,
                )
            )
        plans.append(InterviewerPlan(number=position, questions=tuple(planned)))
    return tuple(plans)
