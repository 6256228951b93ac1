"""Dictionaries in many layouts come out as a person reads them, and no word of them is lost."""

from pathlib import Path

import pytest

from prowess.dictionaries import read_dictionary, understand_dictionary
from prowess.dictionaries.reading import lines_of
from prowess.framework.yaml_document import read_framework
from tests.dictionaries.accounting import words, words_kept, words_lost
from tests.dictionaries.conftest import FIXTURES, NAMES
from tests.dictionaries.scoring import Scores


@pytest.mark.parametrize("name", NAMES)
def test_a_dictionary_is_read_as_a_person_reads_it(name: str, documents: dict[str, Path]) -> None:
    scores = Scores()
    found = read_dictionary(documents[name]).framework
    scores.add(expected=read_framework(FIXTURES / f"{name}.expected.yaml"), found=found)
    assert (scores.missed, scores.surplus) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_in_the_framework_or_unplaced_or_named_as_clutter(name: str, documents: dict[str, Path]) -> None:
    reading = read_dictionary(documents[name])
    source = "\n".join(f"{line.bullet} {line.text}" for line in lines_of(documents[name]))
    assert words_lost(source, reading) == []


@pytest.mark.parametrize("name", [name for name in NAMES if Path(name).suffix in {".txt", ".md", ".csv"}])
def test_no_word_of_a_text_file_is_lost_before_it_becomes_lines(name: str, documents: dict[str, Path]) -> None:
    text = documents[name].read_text(encoding="utf-8")
    assert words_lost(text.replace("*", " ").replace("#", " "), read_dictionary(documents[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_became_of_each_line_is_told_in_the_order_of_the_source(name: str, documents: dict[str, Path]) -> None:
    understanding = understand_dictionary(documents[name])
    numbers = [line.line for line in understanding.lines]
    codes = {competency.code for competency in understanding.reading.framework.competencies}
    assert numbers == sorted(numbers)
    assert {line.line for line in understanding.lines} == {line.number for line in lines_of(documents[name])}
    assert {line.code for line in understanding.lines if line.code} <= codes


def test_menus_and_notices_of_a_web_page_are_nowhere_in_the_content(documents: dict[str, Path]) -> None:
    reading = read_dictionary(documents["named-levels-with-site-menus.html"])
    content = reading.framework.model_dump_json().lower()
    for clutter in ("back to top", "privacy", "all rights reserved", "print this page", "alert(", "steal("):
        assert clutter not in content
    assert {"home", "privacy"} <= {word for line in reading.clutter for word in words(line.text)}


def test_a_reading_says_where_each_line_of_clutter_stands(documents: dict[str, Path]) -> None:
    reading = read_dictionary(documents["capitals-contents-and-running-heads.txt"])
    source = documents["capitals-contents-and-running-heads.txt"].read_text(encoding="utf-8")
    lines = source.replace("\f", "").split("\n")
    for line in reading.clutter:
        assert words(line.text) == words(lines[line.line - 1])


def test_the_summary_counts_what_the_framework_holds(documents: dict[str, Path]) -> None:
    reading = read_dictionary(documents["usage-rules-in-prose.txt"])
    first, second = reading.summary()["competencies"]
    assert first["counts"]["key_actions"] == 3
    assert first["counts"]["relations"]["not-with"] == ["developing-teams"]
    assert first["counts"]["relations"]["compare-to"] == ["giving-feedback"]
    assert second["counts"]["relations"]["related"] == ["leading-meetings", "delegation", "conflict-handling"]


def test_an_empty_part_is_told_as_under_development(documents: dict[str, Path]) -> None:
    reading = read_dictionary(documents["best-first-with-ineffective-levels.txt"])
    assert any("Keeping Promises" in w and "under development: Recommended Courses" in w for w in reading.warnings)
    assert "be developed" not in reading.framework.model_dump_json()
    assert {"to", "be", "developed"} <= words_kept(reading)
