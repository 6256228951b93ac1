import pytest

from prowess.matching.encoder import load_encoder
from prowess.matching.matcher import Matcher
from prowess.matching.responsibility import responsibility_of
from tests.matching.library import LIBRARY

DIRECTOR = [
    "Determine the strategy of the company with the board",
    "Direct research departments",
    "Approve investments",
]
CLEANER = ["Sweep and mop floors", "Empty bins", "Wash windows"]
ENCODERS = [pytest.param(load_encoder(), id="meaning"), pytest.param(None, id="words")]


@pytest.mark.parametrize("encoder", ENCODERS)
def test_directing_a_company_stands_above_cleaning_it(encoder):
    high = responsibility_of(DIRECTOR, job_title="Managing Director", encoder=encoder)
    low = responsibility_of(CLEANER, job_title="Cleaner", encoder=encoder)
    assert 1 <= low.level < 2.5 < 3.3 < high.level <= 5


def test_the_drivers_name_the_statements_that_raise_and_lower():
    found = responsibility_of([DIRECTOR[0], CLEANER[0]], encoder=load_encoder())
    by_statement = {driver.statement: driver.contribution for driver in found.drivers}
    assert by_statement[0] > 0 > by_statement[1]


def test_the_strongest_driver_stands_first_and_there_are_at_most_six():
    found = responsibility_of([*DIRECTOR, *CLEANER, "Lead", "Plan the budget"], encoder=load_encoder())
    sizes = [abs(driver.contribution) for driver in found.drivers]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 6


def test_without_statements_the_middle_is_taken_and_said():
    found = responsibility_of([], encoder=None)
    assert (found.level, found.drivers) == (3.0, ())
    assert "No statement" in found.note


def test_the_matcher_gives_the_same():
    encoder = load_encoder()
    assert Matcher(LIBRARY, encoder=encoder).responsibility(DIRECTOR) == responsibility_of(DIRECTOR, encoder=encoder)
