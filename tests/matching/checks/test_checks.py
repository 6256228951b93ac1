"""Content checks by meaning: order of levels, near-copies in other words; silent on what is sound."""

import pytest

from benchmarks.lint.run import plant
from benchmarks.lint.spoil import KINDS
from prowess.framework import Framework
from prowess.matching.checks import LibraryMeaning, check_library, near_copies_of
from prowess.matching.encoder import load_encoder
from prowess.starter import load_library


@pytest.fixture(scope="module")
def encoder():
    found = load_encoder()
    if found is None:
        pytest.skip("The encoder's packages are not installed.")
    return found


@pytest.fixture(scope="module")
def starter() -> Framework:
    return load_library("starter")


def test_the_starter_library_gives_no_finding(starter, encoder):
    assert check_library(starter, encoder=encoder) == ()


LEAST_RECALL = {
    "two behaviours in one": 0.7,
    "vague wording": 0.75,
    "not observable": 0.75,
    "biased wording": 0.9,
    "levels exchanged": 0.3,
    "levels by adverb": 0.9,
    "indicator copied": 0.6,
    "competency reworded": 0.9,
    "part missing": 1.0,
    "hard to read": 0.9,
    "relation one-sided": 1.0,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_planted_faults_are_found(starter, encoder, kind):
    spoilt, codes = plant(starter, kind, faults=25)
    found = {f.competency for f in check_library(spoilt, encoder=encoder) if f.check in kind.checks}
    assert len(found & codes) / len(codes) >= LEAST_RECALL[kind.name]


def test_a_reworded_competency_is_found_and_offered_both_relations(starter, encoder):
    kind = next(each for each in KINDS if each.name == "competency reworded")
    spoilt, codes = plant(starter, kind, faults=1)
    code = codes.pop()
    meaning = LibraryMeaning(spoilt, encoder=encoder)
    finding = next(
        f for f in near_copies_of(spoilt.competency(code), meaning=meaning) if f.check.endswith("competency")
    )
    assert [offer.relation.value for offer in finding.offers] == ["not-with", "compare-to"]
    assert {offer.target for offer in finding.offers} == {code.removesuffix("-again")}
    assert all(offer.note for offer in finding.offers)


def test_without_an_encoder_words_alone_are_checked(starter):
    assert check_library(starter, encoder=None) == ()


def test_progress_is_told(starter, encoder):
    told: list[tuple[int, int]] = []
    check_library(starter, encoder=encoder, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(starter.competencies), len(starter.competencies))
