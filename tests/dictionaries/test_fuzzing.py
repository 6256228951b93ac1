"""Whatever is given, the reader gives a reading or a sentence, and loses no word."""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prowess.dictionaries import read_dictionary
from prowess.dictionaries.sources.characters import clean
from prowess.framework.errors import ProwessError
from tests.dictionaries.accounting import words_lost
from tests.dictionaries.conftest import FIXTURES, NAMES, WRITTEN

_PIECES = st.sampled_from(
    [
        *"Definition|Key Actions|Level 1|Level 2|Proficiency Level 5|Basic|Expert:|Compare to:".split("|"),
        *"• |- |1. |(a) |\t|\f|: |—".split("|"),
        "Do not use X and Y together.",
        "TEAMWORK",
        "Teamwork",
        "Works with others",
        "does not listen.",
        "<p>",
        "<table><tr><td>",
        "</td>",
        "| a | b |",
        "Page 3",
        "© 2020",
        "e.g.",
        "under development",
        "\x00",
        "\u202e",
        "½",
        "  ",
        "\n",
        "\n\n",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(string.printable + "“”–—é\u00a0\u2028", max_size=30)), max_size=40).map(
    "".join
)
_settings = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(source: str | bytes, name: str = "") -> None:
    try:
        reading = read_dictionary(source, name=name)
    except ProwessError:
        return
    assert reading.summary()


@_settings
@given(_TEXTS)
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    _read(text)


@_settings
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"a,b\n"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(raw: bytes, start: bytes) -> None:
    _read(start + raw)


@_settings
@given(st.lists(st.lists(_TEXTS, max_size=5), max_size=6))
def test_any_separated_values_are_read_or_refused_with_a_sentence(rows: list[list[str]]) -> None:
    _read("\n".join(",".join(row) for row in rows), name="table.csv")


@_settings
@given(
    st.lists(
        st.sampled_from(
            [
                "Teamwork",
                "Level 1",
                "Level 2",
                "• Helps.",
                "Helps others when asked.",
                "Definition",
                "",
                "Home",
                "Sales: Sells things well to people",
            ]
        ),
        max_size=30,
    )
)
def test_no_word_of_any_arrangement_of_lines_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        reading = read_dictionary(text)
    except ProwessError:
        return
    assert words_lost(clean(text), reading) == []


@pytest.mark.parametrize("name", WRITTEN[::4])
@_settings
@given(data=st.data())
def test_a_dictionary_with_lines_torn_out_and_shuffled_is_read_without_loss(name: str, data: st.DataObject) -> None:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    if Path(name).suffix not in {".txt", ".md"}:
        return
    lines = text.split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines)))
    try:
        reading = read_dictionary("\n".join(kept))
    except ProwessError:
        return
    assert words_lost(clean("\n".join(kept)).replace("*", " ").replace("#", " "), reading) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".docx", ".xlsx", ".pdf"))][::3])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_bytes_changed_is_read_or_refused(
    name: str, data: st.DataObject, documents: dict[str, Path]
) -> None:
    raw = bytearray(documents[name].read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=20)):
        raw[place] = data.draw(st.integers(0, 255))
    _read(bytes(raw), name=name)
