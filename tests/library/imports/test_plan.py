import pytest

from prowess.framework import Competency, Status, parse_framework
from prowess.library.imports.plan import Fate, plan_import
from tests.cast import small_framework

OTHER = """
title: From paper
scale: {levels: [{number: 2, name: Capable}, {number: 4, name: Master}]}
clusters: [{code: customer, title: Customers}, {code: sea, title: At sea}]
competencies:
- {code: customer-care, title: Customer Care, definition: "Finds out what a customer needs, and provides it."}
- {code: knots, title: Knots, cluster: sea, definition: Ties what holds.}
"""


def with_changes(code, **changes):
    """The small framework with one competency changed."""
    framework = small_framework()
    competencies = [c.model_copy(update=changes) if c.code == code else c for c in framework.competencies]
    return framework.model_copy(update={"competencies": tuple(competencies)})


def test_everything_is_added_to_a_new_framework():
    plan = plan_import(small_framework())
    assert plan.counts == {"added": 5, "changed": 0, "unchanged": 0, "missing": 0}
    assert plan.is_new
    assert not plan.changes_nothing


@pytest.mark.parametrize("keep", [True, False])
def test_the_same_source_again_changes_nothing(keep):
    plan = plan_import(small_framework(), existing=small_framework(), keep_missing_parts=keep)
    assert plan.changes_nothing
    assert plan.counts["unchanged"] == 5


def test_what_changed_is_told_part_by_part():
    plan = plan_import(with_changes("loyalty", definition="Keeps buyers."), existing=small_framework())
    (changed,) = plan.of(Fate.CHANGED)
    (part,) = changed.differences()
    assert (changed.code, part.label) == ("loyalty", "Definition")


def test_what_the_source_leaves_empty_stays_unless_one_says_otherwise():
    source = parse_framework(OTHER)
    kept = plan_import(source, existing=small_framework()).by_code["customer-care"]
    assert {part.field for part in kept.differences()} == {"definition"}
    dropped = plan_import(source, existing=small_framework(), keep_missing_parts=False).by_code["customer-care"]
    assert {"key_actions", "indicators", "questions"} < {part.field for part in dropped.differences()}


def test_levels_and_clusters_that_the_source_does_not_name_stay():
    head = plan_import(parse_framework(OTHER), existing=small_framework()).head
    assert [(level.number, level.name) for level in head.scale.levels] == [
        (1, "Learning"),
        (2, "Capable"),
        (3, "Leading"),
        (4, "Master"),
    ]
    assert head.scale.levels[1].description == "Handles the usual cases alone."
    assert {cluster.code for cluster in head.clusters} == {"customer", "sea", "thinking"}
    assert head.title == "Harbour & Vale competencies"


def test_levels_that_have_only_a_number_in_the_source_keep_their_names():
    numbered = parse_framework(
        "title: T\nscale: {levels: [{number: 1, name: Level 1}, {number: 2, name: '2', polarity: ineffective}]}"
    )
    head = plan_import(numbered, existing=small_framework()).head
    assert head.scale == small_framework().scale


def test_what_is_not_in_the_source_is_listed_and_never_removed():
    plan = plan_import(parse_framework(OTHER), existing=small_framework())
    assert [row.code for row in plan.of(Fate.MISSING)] == ["loyalty", "finding-faults", "plain-writing", "setting-sail"]


def test_a_competency_that_was_retired_here_stays_retired_and_is_not_offered_again():
    existing = with_changes("loyalty", status=Status.RETIRED, successor="customer-care")
    again = plan_import(small_framework(), existing=existing)
    assert again.changes_nothing
    without = plan_import(parse_framework(OTHER), existing=existing)
    assert "loyalty" not in [row.code for row in without.of(Fate.MISSING)]


def test_a_difference_in_what_only_the_format_holds_is_said_in_words():
    plan = plan_import(with_changes("loyalty", extensions={"moodle": {"rule": 1}}), existing=small_framework())
    (changed,) = plan.of(Fate.CHANGED)
    assert "only the file's format" in changed.differences()[0].label


def test_a_thousand_competencies_are_compared_in_a_moment():
    import time

    rows = tuple(Competency(code=f"c{n}", title=f"Competency {n}", definition="Does it.") for n in range(1000))
    framework = small_framework().model_copy(update={"competencies": rows})
    changed = framework.model_copy(
        update={"competencies": tuple(c.model_copy(update={"definition": "Does it well."}) for c in rows)}
    )
    start = time.monotonic()
    assert plan_import(changed, existing=framework).counts["changed"] == 1000
    assert time.monotonic() - start < 5
