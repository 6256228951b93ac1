"""A curator corrects what lines are, and the framework is assembled again from the labels."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prowess.dictionaries import LABELS, Correction, Label, Understanding, reassemble, understand_dictionary
from prowess.framework.competency import Competency, NoteOnUseAbout, RelationKind
from prowess.framework.errors import InputError
from prowess.framework.scale import Polarity
from tests.dictionaries.accounting import words_lost
from tests.dictionaries.conftest import NAMES

_TEXT = """Dictionary of the Weavers

Keeping Looms
Keeps every loom of the hall ready for the next shift and its weaver.

Key Actions
• Oils the loom—Oils every joint before the shift begins.
• Checks the warp

Level 1
• Cleans the loom when told to.
Level 2
• Repairs small faults of the loom without help.
• Shows others how a loom is
kept in order.

Reading Patterns
Reads a pattern and sets the loom so that the cloth comes out as drawn.

Level 1
• Reads plain patterns.
Level 2
• Reads patterns of many colours.
"""


@pytest.fixture(scope="module")
def weavers() -> Understanding:
    return understand_dictionary(_TEXT)


def _at(understanding: Understanding, words: str) -> int:
    return next(line.position for line in understanding.lines if words in line.text)


def _only(understanding: Understanding, title: str) -> Competency:
    return next(c for c in understanding.reading.framework.competencies if c.title == title)


def _corrected(understanding: Understanding, words: str, **what: object) -> Understanding:
    return reassemble(understanding, [Correction(position=_at(understanding, words), **what)])  # type: ignore[arg-type]


def test_each_line_says_its_level_its_competency_and_what_it_continues(weavers: Understanding) -> None:
    line = next(line for line in weavers.lines if "Repairs" in line.text)
    assert (line.label, line.level, line.code, line.title) == (Label.INDICATOR, 2, "keeping-looms", "Keeping Looms")
    assert [line.text for line in weavers.lines if line.goes_on] == ["kept in order."]
    assert [line.position for line in weavers.lines] == list(range(len(weavers.lines)))


@pytest.mark.parametrize("name", NAMES)
def test_without_corrections_everything_stays_as_it_was_read(name: str, documents: dict[str, Path]) -> None:
    read = understand_dictionary(documents[name])
    stored = json.loads(json.dumps(read.to_json()))
    again = reassemble(Understanding.from_json(stored), [])
    assert again.reading == read.reading
    assert again.lines == read.lines


@pytest.mark.parametrize(
    ("label", "part"),
    [
        (Label.KEY_ACTION, "key_actions"),
        (Label.JOB_ACTIVITY, "job_activities"),
        (Label.QUESTION, "questions"),
        (Label.COURSE, "development"),
        (Label.NOTE, "notes_on_use"),
    ],
)
def test_a_line_goes_into_the_part_that_the_curator_names(weavers: Understanding, label: Label, part: str) -> None:
    after = _only(_corrected(weavers, "Repairs small", label=label), "Keeping Looms")
    before = _only(weavers, "Keeping Looms")
    assert len(getattr(after, part)) == len(getattr(before, part)) + 1
    assert len(after.indicators) == len(before.indicators) - 1


def test_a_line_that_is_clutter_is_nowhere_in_the_content(weavers: Understanding) -> None:
    after = _corrected(weavers, "Cleans the loom", label=Label.CLUTTER)
    assert "Cleans" not in after.reading.framework.model_dump_json()
    assert [line.text for line in after.reading.clutter] == ["Cleans the loom when told to."]


def test_a_title_that_was_none_leaves_what_follows_to_the_competency_before(weavers: Understanding) -> None:
    after = _corrected(weavers, "Reading Patterns", label=Label.HEADING)
    (competency,) = after.reading.framework.competencies
    assert len(competency.indicators) == 6  # what was a definition goes on with the list
    assert "Reading Patterns" in str(competency.extensions)


def test_a_line_that_is_a_title_opens_a_competency_for_what_stands_below(weavers: Understanding) -> None:
    after = _corrected(weavers, "Cleans the loom", label=Label.TITLE)
    titles = [c.title for c in after.reading.framework.competencies]
    assert titles == ["Keeping Looms", "Cleans the loom when told to.", "Reading Patterns"]
    assert [i.level for i in _only(after, titles[1]).indicators] == [2, 2]


def test_a_heading_takes_what_stands_below_it_along(weavers: Understanding) -> None:
    after = _corrected(weavers, "Key Actions", label=Label.HEADING, opens=Label.JOB_ACTIVITY)
    competency = _only(after, "Keeping Looms")
    assert (len(competency.key_actions), len(competency.job_activities)) == (0, 2)


def test_the_level_of_a_heading_is_that_of_its_indicators_too(weavers: Understanding) -> None:
    first_of_second = next(line.position for line in weavers.lines if line.text == "Level 2")
    after = reassemble(weavers, [Correction(position=first_of_second, level=1)])
    assert [i.level for i in _only(after, "Keeping Looms").indicators] == [1, 1, 1]
    assert [i.level for i in _only(after, "Reading Patterns").indicators] == [1, 2]


def test_an_indicator_moves_to_another_level_or_to_a_new_one(weavers: Understanding) -> None:
    known = _only(_corrected(weavers, "Repairs", level=1), "Keeping Looms")
    assert [len(known.indicators_at(level)) for level in (1, 2)] == [2, 1]
    new = _only(_corrected(weavers, "Repairs", level="Level 3"), "Keeping Looms")
    assert [i.text[:7] for i in new.indicators_at(3)] == ["Repairs"]


def test_an_indicator_becomes_one_of_what_goes_wrong(weavers: Understanding) -> None:
    after = _only(_corrected(weavers, "Cleans the loom", label=Label.INEFFECTIVE), "Keeping Looms")
    assert (after.indicators[0].level, after.indicators[0].polarity) == (1, Polarity.INEFFECTIVE)


def test_a_line_is_put_under_another_competency(weavers: Understanding) -> None:
    after = _corrected(weavers, "Cleans the loom", competency="reading-patterns")
    assert [i.text for i in _only(after, "Reading Patterns").indicators_at(1)] == [
        "Reads plain patterns.",
        "Cleans the loom when told to.",
    ]
    line = next(line for line in after.lines if "Cleans" in line.text)
    assert line.code == "reading-patterns"


def test_a_broken_line_is_divided_and_joined_again(weavers: Understanding) -> None:
    divided = _corrected(weavers, "kept in order", label=Label.INDICATOR)
    assert [i.text for i in _only(divided, "Keeping Looms").indicators_at(2)][1:] == [
        "Shows others how a loom is",
        "kept in order.",
    ]
    joined = _corrected(divided, "kept in order", label=Label.GOES_ON)
    assert joined.reading == weavers.reading


def test_a_line_inside_a_sentence_is_taken_out_as_clutter() -> None:
    read = understand_dictionary(
        "Teamwork\nDefinition\nWorks well with others of the\nWeavers and Friends\nsame hall.\n"
    )
    joined = read.reading.framework.competencies[0].definition
    assert joined == "Works well with others of the Weavers and Friends same hall."
    after = _corrected(read, "Weavers and Friends", label=Label.CLUTTER)
    assert after.reading.framework.competencies[0].definition == "Works well with others of the same hall."


def test_the_words_of_a_line_are_corrected(weavers: Understanding) -> None:
    after = _corrected(weavers, "Checks the warp", text="Checks the weft—Looks for torn threads.")
    action = _only(after, "Keeping Looms").key_actions[1]
    assert (action.name, action.description) == ("Checks the weft", "Looks for torn threads.")
    assert _corrected(weavers, "Keeping Looms", text="Loom Care").reading.framework.competencies[0].code == "loom-care"


def test_a_title_that_was_missed_before_a_scale_opens_the_levels_to_it() -> None:
    read = understand_dictionary(
        "Some words about us.\n\nlooms, and how we keep them\n\nLevel 1\n• Cleans.\nLevel 2\n• Mends.\n"
    )
    about = Correction(position=0, label=Label.DOCUMENT_DESCRIPTION)
    after = reassemble(read, [about, Correction(position=1, label=Label.TITLE)])
    assert after.reading.framework.description == "Some words about us."
    (competency,) = after.reading.framework.competencies
    assert [(i.level, i.text) for i in competency.indicators] == [(1, "Cleans."), (2, "Mends.")]


def test_relations_and_notes_follow_from_a_corrected_line(weavers: Understanding) -> None:
    after = _corrected(weavers, "Checks the warp", label=Label.RELATED, text="Reading Patterns")
    assert _only(after, "Keeping Looms").related_codes(RelationKind.RELATED) == ("reading-patterns",)
    noted = _corrected(weavers, "Checks the warp", label=Label.NOTE, text="Use Keeping Looms for senior roles.")
    assert _only(noted, "Keeping Looms").notes_on_use[0].about is NoteOnUseAbout.JOB_LEVEL


@pytest.mark.parametrize(
    "correction",
    [
        Correction(position=999, label=Label.TITLE),
        Correction(position=2, level=9),
        Correction(position=2, competency="no-such"),
    ],
)
def test_a_correction_of_what_there_is_not_is_refused(weavers: Understanding, correction: Correction) -> None:
    with pytest.raises(InputError, match=r"There is no|no level"):
        reassemble(weavers, [correction])


@pytest.mark.parametrize("stored", [{}, {"format": "other/1"}, {"format": "prowess-understanding/1", "blocks": [{}]}])
def test_what_was_not_stored_by_it_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(InputError, match="no understanding"):
        Understanding.from_json(stored)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_corrected_no_word_is_lost_and_at_once_is_as_one_by_one(
    data: st.DataObject, documents: dict[str, Path]
) -> None:
    read = understand_dictionary(documents[data.draw(st.sampled_from(NAMES[::6]))])
    codes = ["", *(c.code for c in read.reading.framework.competencies)]
    levels = [None, "", "Master", *read.reading.framework.scale.numbers]
    after = reassemble(
        read,
        [
            Correction(
                position=position,
                label=data.draw(st.sampled_from([None, *LABELS])),
                level=data.draw(st.sampled_from(levels)),
                competency=data.draw(st.sampled_from([None, *codes])),
            )
            for position in data.draw(st.sets(st.integers(0, len(read.lines) - 1), max_size=8))
        ],
    )
    source = "\n".join(f"{line.bullet} {line.text}" for line in read.lines)
    assert words_lost(source, after.reading) == []
    assert [line.position for line in after.lines] == [line.position for line in read.lines]
    assert Understanding.from_json(after.to_json()).reading == after.reading
