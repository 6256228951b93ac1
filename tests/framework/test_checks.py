import pytest
from hypothesis import given, settings

from prowess.framework import Framework, parse_framework
from prowess.framework.checks import Severity, check_framework, readiness, wording_problems
from tests.framework.frameworks import frameworks, small_framework

WORDINGS = [
    ("Understands the needs of customers.", "unobservable"),
    ("Is able to calm an upset caller.", "unobservable"),
    ("Does not fully understand the rules.", None),
    ("Knows every machine in the hall.", "unobservable"),
    ("Checks the figures and files the report with the auditor.", "double-barrelled"),
    ("Writes the minutes and sends them to the team.", "double-barrelled"),
    ("Asks questions and listens to the answer.", "double-barrelled"),
    ("Compares offers by costs and benefits.", None),
    ("Explains rules and exceptions to new colleagues.", None),
    ("Plans and leads meetings of several teams.", None),
    ("Helps a colleague who misses deadlines and loses notes.", None),
    ("Responds appropriately to requests.", "vague"),
    ("Answers requests in a timely manner.", "vague"),
    ("Answers requests within one working day.", None),
    ("Sells aggressively in new markets.", "biased"),
    ("Tells his manager about delays.", "biased"),
    ("Tells the manager about delays.", None),
    ("Shows the history of the account.", None),
]


@pytest.mark.parametrize(("text", "check"), WORDINGS)
def test_wording(text, check):
    found = [problem.check for problem in wording_problems(text)]
    assert found == ([check] if check else [])


def _checks(text: str) -> set[tuple[str, str]]:
    return {(finding.check, finding.place) for finding in check_framework(parse_framework(text))}


BROKEN = """
title: Broken
scale: {levels: [{number: 1, name: Low}, {number: 2, name: High}]}
clusters: [{code: known, title: Known}]
competencies:
- code: a
  title: A
  cluster: lost
  indicators: {1: [Files every letter on the day it arrives in the post room., Greets visitors.], 5: [Does more.]}
  relations:
  - {kind: not-with, target: b}
  - {kind: related, target: nowhere}
  - {kind: related, target: a}
  - {kind: broader, target: b}
  development: [{kind: course, text: A course., from_level: 2, to_level: 1}]
- code: b
  title: B
  cluster: known
  successor: gone
  indicators: {2: [Files every letter on the very day it arrives in the post room., Opens the post.]}
  relations:
  - {kind: broader, target: a}
  - {kind: compare-to, target: a}
  - {kind: compare-to, target: a}
"""


@pytest.mark.parametrize(
    "expected",
    [
        ("unknown-cluster", "a, cluster"),
        ("unknown-level", "a, level 5"),
        ("dangling-relation", "a, related nowhere"),
        ("self-relation", "a, related a"),
        ("unexplained-pair", "a, not-with b"),
        ("one-sided-relation", "b, relations"),
        ("broader-cycle", "a, relations"),
        ("descending-step", "a, development option 1"),
        ("unknown-successor", "b, successor"),
        ("repeated-relation", "b, compare-to a"),
        ("missing-part", "a, definition"),
        ("thin-level", "a, level 2"),
        ("near-copy", "a, level 1, “Files every letter on the day it arrives in the post room.”"),
        ("readiness", "a, job activities"),
    ],
)
def test_a_broken_library_is_found_out(expected):
    assert expected in _checks(BROKEN)


def test_every_finding_names_place_and_remedy_and_errors_come_first():
    findings = check_framework(parse_framework(BROKEN))
    assert all(finding.place and finding.remedy and finding.finding for finding in findings)
    ranks = [[Severity.ERROR, Severity.WARNING, Severity.HINT].index(finding.severity) for finding in findings]
    assert ranks == sorted(ranks)


def test_an_empty_library_has_no_findings():
    assert check_framework(Framework(title="Empty")) == ()


def test_readiness_grows_with_examples():
    loyalty, focus, _ = small_framework().competencies
    assert readiness(focus) < readiness(loyalty) < 1


@settings(max_examples=50)
@given(frameworks())
def test_any_framework_can_be_checked(framework):
    for finding in check_framework(framework):
        assert finding.competency in framework.by_code or finding.check == "one-sided-relation"
