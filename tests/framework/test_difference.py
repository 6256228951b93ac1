import pytest
from hypothesis import given
from hypothesis import strategies as st

from prowess.framework import Competency
from prowess.framework.difference import ChangeKind, SpanKind, difference, word_difference


def _competency(**parts):
    return Competency.model_validate({"code": "care", "title": "Care", **parts})


def _kinds(found, field):
    return [(c.kind.value, c.position) for part in found if part.field == field for c in part.changes]


def test_a_competency_does_not_differ_from_itself_nor_by_its_version_number():
    one = _competency(job_activities=["Answer questions."], version=1)
    assert difference(one, one.model_copy(update={"version": 7})) == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_words_give_back_both_texts(before, after):
    spans = word_difference(before, after)
    assert "".join(s.text for s in spans if s.kind is not SpanKind.ADDED) == before
    assert "".join(s.text for s in spans if s.kind is not SpanKind.REMOVED) == after


def test_words_are_compared_as_words():
    spans = word_difference("Gives the customer a date.", "Gives the customer a clear date.")
    assert [(s.kind.value, s.text) for s in spans] == [
        ("same", "Gives the customer a "),
        ("added", "clear "),
        ("same", "date."),
    ]


def test_a_rewritten_phrase_reads_as_one():
    spans = word_difference("Sends it back late.", "Hands this over late.")
    assert [(s.kind.value, s.text) for s in spans] == [
        ("removed", "Sends it back"),
        ("added", "Hands this over"),
        ("same", " late."),
    ]


ACTIVITIES = ["Answer questions of visitors.", "Handle complaints about parcels.", "Advise buyers on sails."]
CASES = {
    "added at the end": ([*ACTIVITIES, "Pack orders at night."], [("added", 4)]),
    "added at the start": (["Pack orders at night.", *ACTIVITIES], [("added", 1)]),
    "removed": (ACTIVITIES[:2], [("removed", 3)]),
    "reworded": ([ACTIVITIES[0], "Handle all complaints about parcels.", ACTIVITIES[2]], [("changed", 2)]),
    "the last moved first": ([ACTIVITIES[2], *ACTIVITIES[:2]], [("moved", 1)]),
    "replaced by something else": ([*ACTIVITIES[:2], "Write invoices every week."], [("added", 3), ("removed", 3)]),
}


@pytest.mark.parametrize(("after", "expected"), CASES.values(), ids=CASES.keys())
def test_parts_are_added_removed_changed_or_moved(after, expected):
    found = difference(_competency(job_activities=ACTIVITIES), _competency(job_activities=after))
    assert _kinds(found, "job_activities") == expected


def test_an_indicator_that_changes_its_level_is_changed_not_new():
    before = _competency(indicators=[{"level": 1, "text": "Gives a date."}])
    after = _competency(indicators=[{"level": 2, "text": "Gives a date."}])
    (part,) = difference(before, after)
    assert part.changes[0].kind is ChangeKind.CHANGED
    assert {f.label: f.changed for f in part.changes[0].fields} == {"level": True, "polarity": False, "text": False}


def test_a_relation_is_known_by_its_target():
    before = _competency(relations=[{"kind": "related", "target": "loyalty", "note": "Near."}])
    after = _competency(relations=[{"kind": "not-with", "target": "loyalty", "note": "Something else altogether."}])
    assert _kinds(difference(before, after), "relations") == [("changed", 1)]


def test_texts_that_appear_and_vanish_are_added_and_removed():
    found = {
        p.field: p.changes[0].kind.value for p in difference(_competency(definition="A."), _competency(aliases=["B"]))
    }
    assert found == {"definition": "removed", "aliases": "added"}
