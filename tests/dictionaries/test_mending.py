"""Lines that a page broke are whole again; lines that stand for themselves are not joined."""

import pytest

from prowess.dictionaries import read_dictionary


def _indicators(text: str) -> list[str]:
    reading = read_dictionary(f"Rowing\n\nMoves a boat by oars.\n\nLevel 1\n{text}\n\nLevel 2\n- Leads the stroke.\n")
    (competency,) = reading.framework.competencies
    return [indicator.text for indicator in competency.indicators_at(1)]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("- Keeps the\nstroke in\nwaves.", ["Keeps the stroke in waves."]),
        ("- Keeps\n\nthe stroke.", ["Keeps the stroke."]),
        ("-\nKeeps the stroke.\n-\nCleans the\nboat.", ["Keeps the stroke.", "Cleans the boat."]),
        ("- Under-\nstands the calls.", ["Understands the calls."]),
        ("- Keeps self-\nreliant crews together.", ["Keeps self-reliant crews together."]),
        ("- Works with\nRowing Clubs of the river.", ["Works with Rowing Clubs of the river."]),
        ("- Keeps the stroke\n- Cleans the boat", ["Keeps the stroke", "Cleans the boat"]),
        ("Keeps the stroke.\nCleans the boat.", ["Keeps the stroke.", "Cleans the boat."]),
        ("• Keeps the stroke; and\n• cleans the boat.", ["Keeps the stroke; and", "cleans the boat."]),
    ],
)
def test_a_broken_sentence_is_whole_and_whole_ones_stay_apart(broken: str, whole: list[str]) -> None:
    assert _indicators(broken) == whole


def test_a_sentence_goes_on_over_the_end_of_a_page_and_its_running_head() -> None:
    page = "River Crew Handbook\n\n"
    text = (
        f"{page}Rowing\n\nMoves a boat by oars.\n\nLevel 1\n- Keeps the stroke of the boat when\n\n1\f"
        f"{page}waves come from the side.\nLevel 2\n- Leads the stroke.\n\n2\f"
        f"{page}Steering\n\nHolds the course.\n\nLevel 1\n- Holds the tiller.\nLevel 2\n- Reads the river.\n\n3\n"
    )
    reading = read_dictionary(text)
    rowing = reading.framework.competencies[0]
    assert rowing.indicators_at(1)[0].text == "Keeps the stroke of the boat when waves come from the side."
    assert sum(line.text == "River Crew Handbook" for line in reading.clutter) == 3


def test_a_word_divided_by_a_hyphen_is_joined_as_the_rest_of_the_document_writes_it() -> None:
    reading = read_dictionary(
        "Rowing\n\nMoves a boat with well-trimmed oars and over-\nall care. Overall, it is well-\ntrimmed.\n\n"
        "Level 1\n- Rows.\nLevel 2\n- Leads.\n"
    )
    assert "overall care" in reading.framework.competencies[0].definition
    assert "is well-trimmed." in reading.framework.competencies[0].definition
