import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prowess.matching.lexical import LexicalSpace, Vocabulary, cosine, known_terms, stem, words_of

VOCABULARY = Vocabulary(documents=100, frequency={"report": 60, "draft": 5, "kubernetes": 1})


@pytest.mark.parametrize(
    ("words", "root"),
    [
        (("manage", "manages", "managed", "managing"), "manag"),
        (("service", "services", "serviced"), "servic"),
        (("plan", "plans", "planned", "planning"), "plan"),
        (("policy", "policies"), "policy"),
        (("organize", "organization"), "organiz"),
    ],
)
def test_forms_of_a_word_share_a_stem(words, root):
    assert {stem(word) for word in words} == {root}


def test_short_words_and_words_that_end_in_ss_stay():
    assert [stem(word) for word in ("is", "use", "business", "sing")] == ["is", "use", "business", "sing"]


def test_words_keep_the_signs_of_programming_languages():
    assert words_of("Write C++ and C# for the board's meeting") == ["write", "c++", "c#", "board's", "meeting"]


def test_a_rare_shared_word_counts_more_than_a_common_one():
    space = LexicalSpace(VOCABULARY)
    asked, rare, common = (space.terms([text]) for text in ("kubernetes report", "kubernetes thing", "report thing"))
    assert cosine(asked, right=rare)[0, 0] > cosine(asked, right=common)[0, 0] > 0


def test_a_word_that_the_vocabulary_lacks_counts_as_rare():
    assert VOCABULARY.rarity("zymurgy") > VOCABULARY.rarity("draft") > VOCABULARY.rarity("report")


def test_character_grams_see_through_spelling():
    space = LexicalSpace(VOCABULARY)
    likeness = cosine(
        space.characters(["organisational skills"]), right=space.characters(["organizational skill", "bread"])
    )
    assert likeness[0, 0] > 0.5 > 0.1 > likeness[0, 1]


def test_known_terms_follow_the_vocabularys_order():
    rows = known_terms(["Draft a report", "nothing here"], vocabulary=VOCABULARY).toarray()
    assert (rows[0] > 0).tolist() == [True, True, False]
    assert not rows[1].any()


@given(st.lists(st.text(max_size=40), max_size=5))
def test_rows_have_length_one_or_nothing_for_any_text(texts):
    space = LexicalSpace(VOCABULARY)
    for rows in (space.terms(texts), space.characters(texts)):
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1))).ravel()
        assert rows.shape[0] == len(texts)
        assert all(length == pytest.approx(1, abs=1e-4) or length == 0 for length in lengths)
