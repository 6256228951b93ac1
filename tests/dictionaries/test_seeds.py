"""Two real pages of the web come out complete (they are no part of the project; the tests skip without them)."""

import re
from pathlib import Path

import pytest

from prowess.dictionaries import read_dictionary
from prowess.framework.competency import NoteOnUseAbout, RelationKind
from prowess.framework.scale import Polarity
from tests.dictionaries.accounting import words_lost
from tests.shared_data import shared_path


def _state() -> Path:
    return shared_path("seeds/000_f5c5ad288d44ca6a.txt")


def _vendor() -> Path:
    return shared_path("seeds/003_51f84c5d347f5b09.txt")


@pytest.mark.parametrize("page", [_state, _vendor])
def test_no_word_of_a_real_page_is_lost(page) -> None:
    assert words_lost(page().read_text(encoding="utf-8"), read_dictionary(page())) == []


def test_the_state_page_has_all_indicators_with_level_and_polarity() -> None:
    framework = read_dictionary(_state()).framework
    (competency,) = framework.competencies
    assert framework.scale.numbers == (1, 2, 3, 4, 5)
    assert [len(competency.indicators_at(level)) for level in (5, 4, 3, 2, 1)] == [2, 4, 9, 7, 6]
    for indicator in competency.indicators:
        assert (indicator.polarity is Polarity.INEFFECTIVE) == (indicator.level in (1, 2))
        assert re.search(r"[a-z]\.$", indicator.text)
        assert indicator.text[0].isupper()


def test_the_state_page_has_its_relations_and_its_empty_parts() -> None:
    reading = read_dictionary(_state())
    (competency,) = reading.framework.competencies
    assert competency.related_codes(RelationKind.RELATED) == (
        "customer-focus",
        "verbal-communication",
        "written-communication",
    )
    assert "related" not in competency.definition
    assert not competency.development
    assert not competency.questions
    assert reading.unplaced == ()
    told = " ".join(reading.warnings)
    assert all(part in told for part in ("Activities", "Courses", "Resource", "Questions", "under development"))


def test_the_vendor_page_has_every_key_action_and_job_activity() -> None:
    framework = read_dictionary(_vendor()).framework
    assert [c.code for c in framework.competencies] == ["building-customer-loyalty", "building-partnerships"]
    loyalty, partnerships = framework.competencies
    assert (len(loyalty.key_actions), len(loyalty.job_activities)) == (6, 25)
    assert (len(partnerships.key_actions), len(partnerships.job_activities)) == (5, 10)
    assert all(action.name and action.description for c in framework.competencies for action in c.key_actions)
    assert all(c.definition.endswith(".") for c in framework.competencies)


def test_the_vendor_page_has_its_rules_with_note_and_advice() -> None:
    loyalty, partnerships = read_dictionary(_vendor()).framework.competencies
    assert loyalty.related_codes(RelationKind.NOT_WITH) == ("customer-focus",)
    assert loyalty.related_codes(RelationKind.COMPARE_TO) == ("sales-ability-persuasiveness",)
    assert partnerships.related_codes(RelationKind.NOT_WITH) == ("building-positive-working-relationships",)
    (rule,) = partnerships.relations
    assert rule.note.count(". ") == 1
    assert rule.advice.count("Use ") == 2
    assert {note.about for note in partnerships.notes_on_use} == {NoteOnUseAbout.CHOICE, NoteOnUseAbout.JOB_LEVEL}


def test_the_vendor_page_keeps_web_clutter_apart() -> None:
    reading = read_dictionary(_vendor())
    content = reading.framework.model_dump_json()
    assert not re.search(r"Download|Kb|Share with|copyright|send message|Main page", content)
    assert len(reading.clutter) == 9
    assert reading.unplaced == ()
