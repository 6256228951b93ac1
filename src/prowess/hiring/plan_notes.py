"""What an interview plan could not do, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from prowess.framework import Competency, ProfileEntry

if TYPE_CHECKING:
    from prowess.hiring.interview_plan import InterviewPlan

_USUAL_QUESTION = 8


def notes_on(
    plan: InterviewPlan, entries: Sequence[ProfileEntry], *, definitions: Mapping[str, Competency]
) -> Iterator[str]:
    """Where two questions by two interviewers could not be had, what would help, and where general questions stand."""
    titles = {entry.code: entry.title for entry in entries}
    unasked = [title for code, title in titles.items() if not plan.questions_on(code)]
    once = [title for code, title in titles.items() if len(plan.questions_on(code)) == 1]
    by_one = [
        title
        for code, title in titles.items()
        if len(plan.questions_on(code)) > 1 and len(plan.asked_by(code)) == 1 and len(plan.interviewers) > 1
    ]
    if unasked:
        yield f"There is no time to ask about {_joined(unasked)}."
    if once:
        yield f"Only one question can be asked about {_joined(once)}."
    if by_one:
        yield f"Only one interviewer asks about {_joined(by_one)}."
    if len(plan.interviewers) == 1:
        yield "With one interviewer, no competency is asked about by two; a second one makes the scores more reliable."
    if unasked or once or by_one:
        yield _remedy(plan, len(entries))
    general = [title for code, title in titles.items() if any(q.general for q in plan.questions_on(code))]
    if general:
        yield f"The library holds too few questions on {_joined(general)}; general ones fill the place."
    bare = [title for code, title in titles.items() if not definitions[code].indicators]
    if bare:
        yield f"The library holds no indicators for {_joined(bare)}; the rating form has no anchors there."


def _remedy(plan: InterviewPlan, competencies: int) -> str:
    """How many minutes, or how many interviewers, two questions on each competency would take."""
    questions = 2 * competencies
    people = max(2, len(plan.interviewers))
    talk = plan.opening + plan.closing
    minutes = 5 * math.ceil((talk + _USUAL_QUESTION * math.ceil(questions / people)) / 5)
    each = max(1, (plan.minutes - talk) // _USUAL_QUESTION)
    more = max(2, math.ceil(questions / each))
    return (
        f"Two questions on each of the {competencies} competencies take about {minutes} minutes with {people} "
        f"interviewers, or {more} interviewers with {plan.minutes} minutes each."
    )


def _joined(titles: Sequence[str]) -> str:
    quoted = [f"“{title}”" for title in titles]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
