import numpy as np
import pytest

from prowess.framework.errors import InputError
from prowess.matching.encoder import load_encoder
from prowess.matching.matcher import Matcher
from prowess.matching.parts import CompetencyParts, Part
from tests.matching.library import LIBRARY, competency

CODES = [one.code for one in LIBRARY]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(LIBRARY, encoder=load_encoder())


@pytest.fixture(scope="module")
def words_only() -> Matcher:
    return Matcher(LIBRARY, encoder=None)


def best(matcher: Matcher, statement: str) -> str:
    return CODES[int(matcher.match([statement]).probability[0].argmax())]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("Compose correspondence to customers", "WRITE"),
        ("Oversee a crew of eight installers and allocate their shifts", "LEAD"),
        ("Explain deviations from the departmental budget", "MONEY"),
        ("Program microcontrollers", "RUST"),
    ],
)
def test_a_statement_finds_its_competency_although_they_share_few_words(matcher, statement, code):
    assert best(matcher, statement) == code


@pytest.mark.parametrize("statement", ["Water the plants", "Must hold a valid driving licence", "Milk cows at dawn"])
def test_nothing_fits_is_an_answer(matcher, statement):
    assert not matcher.match([statement]).fits.any()


def test_the_same_word_in_another_meaning_is_less_likely_than_the_meaning(matcher):
    matches = matcher.match(["Remove rust from vehicles with a wire brush", "Write firmware in Rust"])
    rust = CODES.index("RUST")
    assert matches.probability[0, rust] < matches.probability[1, rust]


def test_the_evidence_is_the_part_that_is_nearest(matcher):
    matches = matcher.match(["Prepare the annual budget for the board"])
    evidence = matches.evidence(0, competency=CODES.index("MONEY"))
    assert evidence.part == Part("job_activity", "Prepare annual budgets.")
    assert LIBRARY[2].parts[evidence.part_index] == evidence.part
    assert 0.5 < evidence.similarity <= 1
    assert evidence.probability == matches.probability[0, 2]


def test_chances_and_similarities_lie_between_zero_and_one(matcher, words_only):
    statements = ["Draft letters", "", "x", "Assign duties to staff " * 60, "日本語", "12 % of 40"]
    for one in (matcher, words_only):
        matches = one.match(statements)
        for values in (matches.probability, matches.similarity, matches.score()):
            assert np.isfinite(values).all()
            assert (values >= 0).all()
            assert (values <= 1).all()
        assert matches.probability.shape == matches.best_part.shape == (len(statements), len(LIBRARY))
        assert (matches.fits == (matches.probability >= matches.threshold)).all()


def test_no_statements_give_no_matches(matcher):
    matches = matcher.match([])
    assert matches.probability.shape == (0, len(LIBRARY))
    assert matches.score().tolist() == [0.0] * len(LIBRARY)


def test_the_score_ranks_what_several_statements_call_for_first(matcher):
    matches = matcher.match(["Write reports", "Edit the staff newsletter", "Draft letters", "Approve invoices"])
    assert CODES[int(matches.score().argmax())] == "WRITE"


def test_a_statement_is_matched_alike_alone_and_among_others(matcher):
    alone = matcher.match(["Coach new members of the team"]).probability[0]
    among = matcher.match(["Write minutes", "Coach new members of the team", "Analyse costs"]).probability[1]
    assert among == pytest.approx(alone, abs=0.05)


def test_words_alone_still_find_shared_words_and_say_what_is_missing(words_only):
    assert best(words_only, "Prepare budgets and analyse the costs") == "MONEY"
    assert "words only" in words_only.match(["x"]).note


def test_a_definition_gives_an_ambiguous_title_its_meaning():
    library = [
        competency("A", "Mercury", "Knows the planets and their orbits."),
        competency("B", "Mercury", "Handles toxic metals safely."),
    ]
    matcher = Matcher(library, encoder=load_encoder())
    assert matcher.match(["Observe planets with a telescope"]).probability[0].argmax() == 0
    assert matcher.match(["Dispose of hazardous metal waste"]).probability[0].argmax() == 1


def test_an_empty_library_is_refused():
    with pytest.raises(InputError, match="holds no competency"):
        Matcher([], encoder=None)


def test_a_competency_without_text_is_refused_by_its_code():
    with pytest.raises(InputError, match=r"^X1: "):
        Matcher([*LIBRARY, CompetencyParts("X1", ())], encoder=None)
