"""The starter library, set in layouts as they are found in organisations, comes out as it went in."""

from pathlib import Path

import pytest

from prowess.dictionaries import read_dictionary
from prowess.dictionaries.reading import lines_of
from tests.dictionaries.accounting import words_lost
from tests.dictionaries.scoring import Scores
from tests.dictionaries.starter_layouts import LAYOUTS


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_layout_is_read_as_a_person_reads_it_and_no_word_is_lost(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    expected = LAYOUTS[name](path)
    reading = read_dictionary(path)
    scores = Scores()
    scores.add(expected=expected, found=reading.framework)
    assert (scores.missed, scores.surplus) == ([], [])
    assert words_lost("\n".join(f"{line.bullet} {line.text}" for line in lines_of(path)), reading) == []
