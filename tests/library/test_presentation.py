"""A competency arranged for reading."""

import pytest

from prowess.framework import parse_framework
from prowess.framework.errors import NotFound
from prowess.library.presentation import reading_of, web_address


def test_levels_stand_lowest_first_with_effective_and_ineffective_behaviours_apart(framework_document):
    levels = reading_of(framework_document, code="customer-care").levels
    assert [(level.number, level.name, len(level.effective), len(level.ineffective)) for level in levels] == [
        (1, "Learning", 0, 1),
        (2, "Able", 2, 0),
        (3, "Leading", 1, 0),
    ]


def test_a_forbidden_pair_is_seen_from_both_sides(framework_document):
    care = reading_of(framework_document, code="customer-care").not_with
    loyalty = reading_of(framework_document, code="loyalty").not_with
    assert [(line.title, line.advice[:18]) for line in care] == [("Loyalty", "Take Customer Care")]
    assert [line.title for line in loyalty] == ["Customer Care"]


def test_relations_are_grouped_by_kind_and_name_the_other_side(framework_document):
    groups = reading_of(framework_document, code="customer-care").relations
    assert [(group.heading, [line.title for line in group.lines]) for group in groups] == [
        ("Closely related", ["Plain Writing"]),
        ("Compare with", ["Finding Faults"]),
    ]


def test_development_says_its_step_in_words(framework_document):
    groups = reading_of(framework_document, code="customer-care").development
    assert [(group.heading, group.lines[0].step) for group in groups] == [
        ("On the job", "From 1 Learning to 2 Able"),
        ("Books and tools", ""),
    ]


def test_what_is_not_written_yet_is_a_gap(framework_document):
    assert reading_of(framework_document, code="customer-care").gaps == []
    assert reading_of(framework_document, code="setting-sail").gaps == [
        "definition",
        "other names",
        "key actions",
        "job activities",
        "behaviours by level",
        "notes on use",
        "development options",
        "interview questions",
    ]


def test_behaviours_without_a_level_or_beyond_the_scale_are_kept():
    framework = parse_framework(
        "title: Loose\nscale: {levels: [{number: 1, name: One}]}\ncompetencies:\n- code: a\n  title: A\n"
        "  indicators:\n  - {text: Greets.}\n  - {text: Leads., level: 7}\n"
    )
    levels = reading_of(framework, code="a").levels
    assert [(level.number, level.name, [i.text for i in level.effective]) for level in levels] == [
        (1, "One", []),
        (7, "", ["Leads."]),
        (None, "At any level", ["Greets."]),
    ]


def test_an_unknown_code_is_said(framework_document):
    with pytest.raises(NotFound, match="juggling"):
        reading_of(framework_document, code="juggling")


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://library.example/book?id=1", "https://library.example/book?id=1"),
        ("http://library.example", "http://library.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("file:///etc/passwd", ""),
        ("//library.example", ""),
        ("http://[broken", ""),
        ("https:", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(link, shown):
    assert web_address(link) == shown
