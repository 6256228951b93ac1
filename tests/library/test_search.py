"""Search by words and by meaning together."""

import pytest

from prowess.library import search as search_module
from prowess.library.search import found_on_page, prepare_search, search
from prowess.matching.encoder import load_encoder

needs_encoder = pytest.mark.skipif(load_encoder() is None, reason="the text encoder is not installed")


def codes(framework, typed):
    results = search(framework, typed=typed)
    return [entry.competency.code for entry in found_on_page(framework, results=results, rows=results.rows)]


@needs_encoder
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("helping shoppers", "customer-care"),
        ("debugging a motor", "finding-faults"),
        ("text that is easy to read", "plain-writing"),
    ],
)
def test_meaning_finds_what_words_do_not(framework, typed, code):
    prepare_search(framework)
    assert codes(framework, typed)[0] == code


@needs_encoder
def test_a_title_comes_before_what_is_only_close_in_meaning(framework):
    prepare_search(framework)
    assert codes(framework, "loyalty")[0] == "loyalty"


@needs_encoder
@pytest.mark.parametrize("typed", ["zxcv qwerty asdf", "…", "___", "42", "🙂🙂"])
def test_nonsense_finds_nothing(framework, typed):
    prepare_search(framework)
    assert codes(framework, typed) == []


@needs_encoder
def test_what_is_close_in_meaning_shows_the_part_that_is(framework):
    prepare_search(framework)
    results = search(framework, typed="debugging a motor")
    entry = found_on_page(framework, results=results, rows=results.rows)[0]
    assert [(passage.part, passage.by_meaning) for passage in entry.passages][-1][1] is True


def test_without_an_encoder_words_alone_are_compared_and_the_reader_is_told(framework, monkeypatch):
    monkeypatch.setattr(search_module, "load_encoder", lambda: load_encoder("none"))
    results = search(framework, typed="complaints")
    assert len(results) == 1
    assert any("words only" in note for note in results.notes)


def test_texts_are_escaped_before_they_are_marked(db, framework_document):
    from prowess.library.actions import take_framework

    hostile = framework_document.competencies[0].model_copy(update={"title": "Care <script>alert(1)</script>"})
    document = framework_document.model_copy(update={"competencies": (hostile,)})
    framework = take_framework(document, code="hostile", actor=None)
    results = search(framework, typed="care")
    (entry,) = found_on_page(framework, results=results, rows=results.rows)
    assert entry.title == "<mark>Care</mark> &lt;script&gt;alert(1)&lt;/script&gt;"
