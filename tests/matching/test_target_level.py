from functools import cache
from pathlib import Path

import pytest

from prowess.matching.authority import authority_of, rank_of
from prowess.matching.job_text import read_job
from prowess.matching.profile import LibraryMatcher, propose_profile
from prowess.starter import load_library

LADDERS = Path(__file__).parent / "jobs" / "ladders"
DEMONSTRATION = Path(load_library.__code__.co_filename).parent / "demonstration" / "jobs"


@cache
def _matcher() -> LibraryMatcher:
    return LibraryMatcher(load_library())


@cache
def _levels(path: Path) -> dict[str, int]:
    profile = propose_profile(read_job(path), _matcher())
    return {entry.code: entry.target_level for entry in profile.competencies if entry.target_level is not None}


def _mean(path: Path) -> float:
    levels = _levels(path).values()
    return sum(levels) / len(levels)


@pytest.mark.parametrize("ladder", ["accounting", "nursing"])
def test_each_step_of_a_career_asks_for_more(ladder):
    means = [_mean(path) for path in sorted(LADDERS.glob(f"{ladder}-*.txt"))]
    assert len(means) == 4
    assert means == sorted(means)
    assert means[-1] >= means[0] + 1


def test_within_one_job_levels_differ():
    varied = [len(set(_levels(path).values())) > 1 for path in sorted(DEMONSTRATION.glob("*.txt"))]
    assert sum(varied) >= 6


def test_a_head_stands_above_a_supervisor_and_a_supervisor_above_an_apprentice():
    names = ("head-of-people", "warehouse-shift-supervisor", "apprentice-electrician")
    head, supervisor, apprentice = (_mean(DEMONSTRATION / f"{name}.txt") for name in names)
    assert head > supervisor > apprentice


def test_leading_people_stands_higher_than_data_entry_in_the_job_of_a_team_leader():
    job = read_job(
        "Team Leader, Records\n\nDuties\n- Lead a team of six clerks and appraise their work.\n"
        "- Delegate work among the team according to skill.\n- Settle conflicts between members of the team.\n"
        "- Enter figures in the register and check them for errors.\n- Type and file letters.\n"
        "- Answer the telephone and take messages.\n"
    )
    profile = propose_profile(job, _matcher(), core=["leading-teams", "quality-and-accuracy"])
    levels = {entry.code: entry.target_level or 0 for entry in profile.competencies}
    assert levels["leading-teams"] > levels["quality-and-accuracy"] > 0


def test_the_reason_names_the_statement_that_raises_or_lowers_the_level():
    profile = propose_profile(read_job(DEMONSTRATION / "ward-nurse-team-leader.txt"), _matcher())
    reasons = {entry.title: entry.why_level for entry in profile.competencies}
    assert "carry more of it" in reasons["Leading Teams"]
    assert "“" in reasons["Leading Teams"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Set the strategy of the group with the board.", "Lead a team of six."),
        ("Lead a team of six.", "Prepare monthly statements."),
        ("Prepare monthly statements.", "Sort and file the post."),
        ("Sort parts.", "Help the fitter under supervision, and sort parts as told."),
    ],
)
def test_authority_shows_in_the_words_of_a_duty(above, below):
    assert authority_of(above) > authority_of(below)


def test_rank_shows_in_the_title_itself_not_in_what_is_added_to_it():
    ranks = [rank_of(title) for title in ("Apprentice Fitter", "Fitter", "Senior Fitter", "Works Manager", "Director")]
    assert ranks == sorted(ranks)
    assert rank_of("Clerk, Office of the Director") == rank_of("Clerk")
