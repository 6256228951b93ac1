import pytest
from hypothesis import given

from prowess.framework import Framework, RelationKind, forbidden_pairs, forbidden_within, relations_of
from prowess.framework.errors import NotFound
from prowess.framework.rules import broader_cycle, one_sided
from tests.framework.frameworks import frameworks, small_framework


def _library(**broader: list[str]) -> Framework:
    return Framework.model_validate(
        {
            "title": "L",
            "competencies": [
                {"code": code, "title": code, "relations": [{"kind": "broader", "target": t} for t in targets]}
                for code, targets in broader.items()
            ],
        }
    )


def test_one_sides_word_is_enough_to_forbid_a_pair():
    (pair,) = forbidden_pairs(small_framework())
    assert pair.codes == {"loyalty", "focus"}
    assert pair.other("focus") == "loyalty"
    assert pair.advice == "Take Keeping Customers for counter work."


def test_a_set_that_holds_both_sides_is_named():
    assert forbidden_within(small_framework(), ["loyalty", "service"]) == ()
    assert len(forbidden_within(small_framework(), ["service", "focus", "loyalty"])) == 1


def test_relations_are_seen_from_the_other_side():
    framework = small_framework()
    assert [(r.kind, r.target) for r in relations_of(framework, "service")] == [(RelationKind.NARROWER, "focus")]
    by_kind = {r.kind: r for r in relations_of(framework, "focus")}
    assert by_kind[RelationKind.NOT_WITH].note == "Both describe service."


def test_an_unknown_code_is_told():
    with pytest.raises(NotFound, match="'nobody'"):
        relations_of(small_framework(), "nobody")


def test_what_only_one_side_says_is_found():
    said = {(code, relation.kind, relation.target) for code, relation in one_sided(small_framework())}
    assert said == {("loyalty", RelationKind.NOT_WITH, "focus"), ("focus", RelationKind.BROADER, "service")}


@pytest.mark.parametrize(
    ("library", "cycle"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, set()),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, {"a", "b", "c"}),
        ({"a": ["a"]}, {"a"}),
        ({"x": ["a"], "a": ["b"], "b": ["a"]}, {"a", "b"}),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, set()),
    ],
)
def test_a_circle_of_broader_competencies_is_found(library, cycle):
    assert set(broader_cycle(_library(**library))) == cycle


def test_a_long_chain_is_no_circle():
    chain = {f"c{n}": [f"c{n + 1}"] for n in range(5000)} | {"c5000": []}
    assert broader_cycle(_library(**chain)) == ()


@given(frameworks())
def test_forbidden_pairs_are_symmetric_and_counted_once(framework):
    pairs = forbidden_pairs(framework)
    assert len({pair.codes for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert len(pair.codes) == 2
        assert forbidden_within(framework, [pair.second, pair.first])[:1] != ()


@given(frameworks())
def test_a_symmetric_relation_holds_from_both_sides(framework):
    for competency in framework.competencies:
        for relation in relations_of(framework, competency.code):
            if relation.kind.symmetric and relation.target in framework.by_code and relation.target != competency.code:
                back = relations_of(framework, relation.target)
                assert any(r.kind is relation.kind and r.target == competency.code for r in back)
