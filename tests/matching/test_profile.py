"""From a job description to a role profile."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework import Framework, RoleProfile, forbidden_within
from prowess.framework.errors import Conflict, InputError, NotFound
from prowess.matching.job_text import read_job
from prowess.matching.profile import LibraryMatcher, propose_profile
from tests.matching.frameworks import library

JOB = Path(__file__).parent / "jobs" / "us_government.txt"


@pytest.fixture(scope="module")
def matcher():
    return LibraryMatcher(library())


@pytest.fixture(scope="module")
def words_alone():
    return LibraryMatcher(library(), encoder=None)


@pytest.fixture(scope="module")
def profile(matcher):
    return propose_profile(read_job(JOB), matcher, size=(3, 5))


def codes(profile):
    return {entry.code for entry in profile.competencies}


def test_the_competencies_that_the_job_calls_for_are_proposed(profile):
    assert {"complaints", "coaching"} <= codes(profile)
    assert "welding" not in codes(profile)
    assert profile.role.title == "Customer Service Supervisor"


def test_evidence_cites_statements_that_count_and_words_of_the_library(profile):
    counting = {statement.id for statement in profile.statements if statement.counts}
    words = library().model_dump_json()
    for entry in profile.competencies:
        assert entry.evidence or any(entry.title in note for note in profile.notes)
        for evidence in entry.evidence:
            assert evidence.statement in counting
            assert evidence.text.split(": ")[0] in words
            assert evidence.part in ("title", "alias", "definition", "key action", "job activity", "indicator")


def test_complaints_are_evidence_for_handling_complaints(profile):
    texts = {statement.id: statement.text for statement in profile.statements}
    entry = next(entry for entry in profile.competencies if entry.code == "complaints")
    assert any("escalated complaints" in texts[evidence.statement] for evidence in entry.evidence)


def test_every_statement_that_counts_is_cited_or_uncovered(profile):
    cited = {evidence.statement for entry in profile.competencies for evidence in entry.evidence}
    counting = {statement.id for statement in profile.statements if statement.counts}
    assert cited | set(profile.uncovered) == counting
    assert not cited & set(profile.uncovered)


def test_what_is_left_out_for_a_forbidden_pair_quotes_the_librarys_advice(matcher):
    profile = propose_profile(
        read_job(
            "Shop assistant\n\nDuties\n- Respond to complaints from customers.\n- Calm upset customers.\n"
            "- Greet and help visitors.\n- Serve customers at the counter.\n"
        ),
        matcher,
        size=(2, 3),
    )
    assert len(codes(profile) & {"complaints", "service"}) == 1
    taken = next(iter(codes(profile) & {"complaints", "service"}))
    left = next(left for left in profile.left_out if left.code in {"complaints", "service"})
    assert (left.reason, left.because) == ("not-with", taken)
    assert "Take Handling Complaints where things go wrong often" in left.note


def test_the_ranking_holds_every_competency_that_is_not_retired_best_first(profile):
    scores = [ranked.score for ranked in profile.ranking]
    assert scores == sorted(scores, reverse=True)
    assert {ranked.code for ranked in profile.ranking} == set(library().by_code) - {"old"}


def test_target_levels_are_effective_levels_of_the_scale_and_say_why(profile):
    for entry in profile.competencies:
        assert entry.target_level in (2, 3, 4)
        assert "responsibility" in entry.why_level


def test_a_senior_job_needs_higher_levels_than_a_simple_one(matcher):
    simple = propose_profile(
        read_job(
            "Shelf stacker\n- Fill shelves as instructed.\n- Carry boxes from the store.\n- Greet and help visitors.\n"
        ),
        matcher,
        size=(2, 2),
        core=["planning"],
    )
    senior = propose_profile(
        read_job(
            "Director of operations\n- Set the strategy of the division and answer for its results to the board.\n"
            "- Lead 400 staff through six department managers.\n- Decide on investments of up to 20 million a year.\n"
        ),
        matcher,
        size=(2, 2),
        core=["planning"],
    )
    level = {
        p.role.title: next(e for e in p.competencies if e.code == "planning").target_level for p in (simple, senior)
    }
    assert level["Director of operations"] > level["Shelf stacker"]


def test_core_competencies_are_in_even_without_evidence(matcher):
    profile = propose_profile(read_job(JOB), matcher, size=(3, 5), core=["welding"])
    entry = next(entry for entry in profile.competencies if entry.code == "welding")
    assert entry.core
    assert any("Welding" in note and "core" in note for note in profile.notes)


def test_core_competencies_of_a_forbidden_pair_are_refused_with_the_librarys_advice(matcher):
    with pytest.raises(Conflict) as refused:
        propose_profile(read_job(JOB), matcher, core=["service", "complaints"])
    assert "Both rate how customers are treated." in str(refused.value)
    assert "take Customer Service where they seldom do" in str(refused.value)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"size": (0, 3)}, InputError),
        ({"size": (5, 3)}, InputError),
        ({"size": (5, 99)}, InputError),
        ({"core": ["absent"]}, NotFound),
        ({"core": ["old"]}, Conflict),
        ({"size": (1, 2), "core": ["data", "writing", "planning"]}, Conflict),
    ],
)
def test_impossible_wishes_are_refused(words_alone, options, error):
    with pytest.raises(error):
        propose_profile(read_job(JOB), words_alone, **options)


def test_a_library_without_competencies_is_refused():
    with pytest.raises(InputError, match="no competency"):
        propose_profile(read_job(JOB), Framework(title="Empty"), encoder=None)


def test_a_library_smaller_than_the_least_size_gives_what_it_has(words_alone):
    profile = propose_profile(read_job(JOB), words_alone, size=(20, 30))
    assert len(profile.competencies) == 7
    assert any("Only 7 competencies" in note for note in profile.notes)


def test_a_statement_that_nothing_fits_is_uncovered_and_said(matcher):
    job = read_job(
        "Keeper\n- Respond to complaints from customers.\n- Weld steel frames.\n- Feed the otters before dawn.\n"
    )
    profile = propose_profile(job, matcher, size=(2, 4))
    otters = next(statement.id for statement in profile.statements if "otters" in statement.text)
    assert otters in profile.uncovered
    assert any("Nothing in the library fits what stands on line" in note and "4" in note for note in profile.notes)


def test_without_an_encoder_words_alone_are_compared_and_it_is_said(words_alone):
    profile = propose_profile(read_job(JOB), words_alone, size=(3, 5))
    assert "words alone" in profile.matching
    assert "complaints" in codes(profile)


def test_the_profile_is_the_json_that_the_reference_describes(profile):
    content = json.loads(profile.model_dump_json())
    assert content["role"].keys() == {"title"}
    assert {"id", "line", "text", "counts"} <= content["statements"][0].keys()
    assert {"code", "title", "importance", "target_level", "evidence"} <= content["competencies"][0].keys()
    assert {"statement", "part", "text", "similarity"} == content["competencies"][0]["evidence"][0].keys()
    assert {"code", "title", "reason", "because", "note"} == content["left_out"][0].keys()
    assert {"code", "title", "score"} == content["ranking"][0].keys()
    assert RoleProfile.model_validate(content) == profile


def test_the_profile_carries_the_documents_of_its_competencies(profile):
    assert {competency.code for competency in profile.definitions} == codes(profile)
    assert all(competency.job_activities for competency in profile.definitions)


def test_the_same_job_gives_the_same_profile(words_alone):
    job = read_job(JOB)
    assert propose_profile(job, words_alone) == propose_profile(job, words_alone)


DUTIES = [activity.text for c in library().competencies for activity in c.job_activities] + ["Feed the otters."]


@given(st.lists(st.sampled_from(DUTIES), min_size=1, max_size=8), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_no_proposal_ever_holds_a_forbidden_pair(duties, size):
    job = read_job("Clerk\n\nDuties\n" + "\n".join(f"- {duty}" for duty in duties))
    profile = propose_profile(job, _WORDS, size=(1, size))
    assert not forbidden_within(library(), codes(profile))
    assert 1 <= len(profile.competencies) <= size


_WORDS = LibraryMatcher(library(), encoder=None)
