"""Reading ease, and levels that differ by an adverb only."""

import pytest

from prowess.framework.checks.degree import differing_in_degree_only
from prowess.framework.checks.reading_ease import hard_to_read, reading_ease, syllables
from prowess.framework.framework import Framework


def framework(*indicators: tuple[int, str], language: str = "en", definition: str = "") -> Framework:
    return Framework.model_validate({
        "title": "T", "language": language,
        "scale": {"levels": [{"number": n, "name": str(n)} for n in (1, 2, 3)]},
        "competencies": [{"code": "a", "title": "A", "definition": definition,
                          "indicators": [{"level": level, "text": text} for level, text in indicators]}],
    })  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Sometimes checks the work of others.", "Always checks the work of others.", True),
        ("Checks the work with little care.", "Checks the work with great care.", True),
        ("Checks the work of others.", "Checks the work of suppliers.", False),
        ("Often listens.", "Always listens.", False),
    ],
)
def test_levels_that_differ_in_degree_only_are_told(one, other, told):
    assert bool(list(differing_in_degree_only(framework((1, one), (3, other))))) is told


def test_the_same_level_may_say_it_twice():
    assert not list(differing_in_degree_only(framework((1, "Often checks the work."), (1, "Checks all the work."))))


@pytest.mark.parametrize(("word", "count"), [("cat", 1), ("customer", 3), ("responsibility", 6), ("a", 1), ("plan", 1)])
def test_syllables_are_counted(word, count):
    assert abs(syllables(word) - count) <= 1


def test_plain_english_is_easier_than_officialese():
    plain = reading_ease("The clerk greets each guest at the door and asks what they need to know today.")
    heavy = reading_ease(
        "Operationalisation of interdepartmental responsibilities necessitates comprehensive organisational "
        "reprioritisation notwithstanding administrative interdependencies and multidisciplinary methodologies."
    )
    assert plain is not None
    assert heavy is not None
    assert plain > 60 > 0 > heavy


def test_short_texts_are_not_judged():
    assert reading_ease("Interdepartmental operationalisation.") is None


def test_only_english_is_judged():
    text = "Verantwortungsübernahme " * 20
    assert not list(hard_to_read(framework((1, text), language="de")))


def test_an_endless_sentence_is_told_with_its_length():
    text = "Asks " + "and asks " * 45 + "again."
    finding = next(hard_to_read(framework((1, text))))
    assert "A sentence of" in finding.finding
