"""The assignment of questions to interviewers."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.hiring.interview_plan import plan_interviews
from tests.hiring.profiles import library, profile


def plan(count=7, *, questions=4, **options):
    role = profile(count, questions=questions)
    return plan_interviews(role.competencies, definitions=role.definitions, **options)


def test_each_competency_has_two_questions_and_two_interviewers_where_the_minutes_allow():
    made = plan(7, minutes=60, interviewers=3)
    for code in library(7).by_code:
        assert len(made.questions_on(code)) >= 2
        assert len(made.asked_by(code)) >= 2
    assert made.notes == ()


def test_too_little_time_is_said_with_what_would_do():
    made = plan(9, minutes=40, interviewers=2)
    said = " ".join(made.notes)
    assert "Only one question can be asked about" in said or "There is no time to ask about" in said
    assert "minutes with 2 interviewers" in said


@pytest.mark.parametrize(("count", "people"), [(5, 2), (7, 3), (9, 3), (9, 2)])
def test_the_minutes_that_the_plan_asks_for_suffice(count, people):
    short = plan(count, minutes=30, interviewers=people)
    minutes = int(next(note for note in short.notes if "take about" in note).split("about ")[1].split()[0])
    enough = plan(count, minutes=minutes, interviewers=people)
    assert enough.notes == ()


def test_the_more_important_competency_is_asked_about_when_there_is_time_for_few():
    made = plan(5, minutes=22, interviewers=1)
    assert {planned.code for planned in made.interviewers[0].questions} == {"listening"}


def test_one_interviewer_alone_is_said():
    made = plan(3, minutes=90, interviewers=1)
    assert any("With one interviewer" in note for note in made.notes)
    assert all(len(made.questions_on(code)) >= 2 for code in library(3).by_code)


def test_general_questions_fill_the_place_of_missing_ones_and_it_is_said():
    made = plan(3, questions=1, minutes=60, interviewers=2)
    assert all(len(made.questions_on(code)) == 2 for code in library(3).by_code)
    assert any("general ones fill the place" in note for note in made.notes)


def test_the_load_is_balanced():
    made = plan(6, minutes=60, interviewers=3)
    minutes = [interviewer.minutes for interviewer in made.interviewers]
    assert max(minutes) - min(minutes) <= 8
    parts = [len(interviewer.codes) for interviewer in made.interviewers]
    assert max(parts) - min(parts) <= 1


def test_the_same_profile_gives_the_same_plan():
    assert plan(7, minutes=50, interviewers=3) == plan(7, minutes=50, interviewers=3)


@pytest.mark.parametrize(
    "options",
    [{"minutes": 10}, {"minutes": 1000}, {"minutes": -5}, {"interviewers": 0}, {"interviewers": 99}],
)
def test_impossible_plans_are_refused(options):
    with pytest.raises(InputError):
        plan(3, **options)


def test_a_profile_without_its_definitions_is_refused():
    role = profile(3, definitions=False)
    with pytest.raises(InputError, match="listening, planning, repairing"):
        plan_interviews(role.competencies, definitions=())


@given(st.integers(1, 9), st.integers(0, 4), st.integers(20, 100), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_every_plan_keeps_to_the_minutes_and_asks_no_question_twice(count, questions, minutes, interviewers):
    made = plan(count, questions=questions, minutes=minutes, interviewers=interviewers)
    texts = [asked.question.text for interviewer in made.interviewers for asked in interviewer.questions]
    numbers = [asked.number for interviewer in made.interviewers for asked in interviewer.questions]
    assert len(texts) == len(set(texts))
    assert numbers == list(range(1, len(numbers) + 1))
    for interviewer in made.interviewers:
        assert interviewer.minutes + made.opening + made.closing <= minutes
        together = [code for code, _group in itertools.groupby(asked.code for asked in interviewer.questions)]
        assert len(together) == len(set(together))


@given(st.integers(1, 3), st.integers(20, 44), st.integers(1, 2))
@settings(max_examples=15, deadline=None)
def test_no_assignment_asks_about_more_competencies_than_the_plan(count, minutes, interviewers):
    """Against brute force: with 6 minutes for the shortest question, so many competencies can be asked about at all."""
    made = plan(count, minutes=minutes, interviewers=interviewers)
    room = interviewers * ((minutes - made.opening - made.closing) // 6)
    asked = sum(bool(made.questions_on(code)) for code in library(count).by_code)
    assert asked == min(count, room)
