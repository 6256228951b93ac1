"""Finding competencies by words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prowess.library.word_index import MARK_END, MARK_START, WordIndex
from tests.cast import small_framework

CODES = list(small_framework().by_code)


@pytest.fixture(scope="module")
def index() -> WordIndex:
    return WordIndex(small_framework().competencies)


def found(index: WordIndex, typed: str) -> list[str]:
    hits = index.find(index.understand(typed))
    return [CODES[row] for row in (*hits.by_name, *hits.in_any_part, *hits.in_part)]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("customer care", ["customer-care"]),
        ("CUSTOMER", ["customer-care"]),
        ("troubleshooting", ["finding-faults"]),
        ("trouble", ["finding-faults"]),
        ("diagnósis", ["finding-faults"]),
        ("complaint", ["customer-care"]),
        ("handling complaints", ["customer-care"]),
        ("organizing", ["plain-writing"]),
        ("organiz", ["plain-writing"]),
        ("sail", ["setting-sail"]),
    ],
)
def test_the_best_match_comes_first(index, typed, codes):
    assert found(index, typed)[: len(codes)] == codes


def test_words_in_a_title_come_before_words_elsewhere(index):
    hits = index.find(index.understand("sail"))
    assert [CODES[row] for row in hits.by_name] == ["setting-sail"]
    assert [CODES[row] for row in hits.in_any_part] == ["customer-care"]


def test_all_words_may_stand_in_different_parts(index):
    hits = index.find(index.understand("parcels counter"))
    assert [CODES[row] for row in hits.in_any_part] == ["customer-care"]


def test_a_misspelt_word_is_read_as_its_neighbour_and_said(index):
    query = index.understand("troubelshooting")
    assert query.read_as == (("troubelshooting", "troubleshooting"),)
    assert found(index, "troubelshooting") == ["finding-faults"]


def test_a_word_that_nobody_wrote_is_named(index):
    query = index.understand("pizza engine")
    assert query.unknown == ("pizza",)
    assert found(index, "pizza engine") == ["finding-faults"]


def test_one_letter_looks_at_names_only(index):
    assert found(index, "l") == ["loyalty"]


def test_fragments_mark_the_words_in_their_part(index):
    query = index.understand("complaints")
    (fragment,) = index.fragments(query, rows=[CODES.index("customer-care")])[CODES.index("customer-care")]
    assert fragment.part == "job_activities"
    assert fragment.marked == f"Handle {MARK_START}complaints{MARK_END} about late parcels."


@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_the_search(typed):
    index = _shared_index()
    query = index.understand(typed)
    hits = index.find(query)
    rows = [*hits.by_name, *hits.in_any_part, *hits.in_part]
    assert len(rows) == len(set(rows))
    assert set(rows) <= set(range(len(CODES)))
    index.fragments(query, rows=rows)


@given(
    st.lists(st.sampled_from(['"', "AND", "OR", "NOT", "NEAR(", ")", "*", "^", "title:", "{", "-", "sail"]), max_size=8)
)
def test_search_operators_are_words_like_any_other(pieces):
    index = _shared_index()
    index.find(index.understand(" ".join(pieces)))


_SHARED: list[WordIndex] = []


def _shared_index() -> WordIndex:
    if not _SHARED:
        _SHARED.append(WordIndex(small_framework().competencies))
    return _SHARED[0]
