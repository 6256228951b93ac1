"""Whatever is given, the reader gives a reading or a sentence, and loses no word."""

import io
import string
import zipfile
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


_TAGS = "p|div|ul|li|table|tr|td|th|h1|h2|dl|dt|dd|b|a|nav|details|summary|br|script|caption".split("|")
_HTML = st.lists(
    st.one_of(
        st.sampled_from(_TAGS).map("<{}>".format),
        st.sampled_from(_TAGS).map("</{}>".format),
        st.sampled_from(
            ["<td rowspan=9 colspan=9>", "<td colspan=999999>", "<b onclick=x()>", "<!--", "-->", "<![CDATA["]
        ),
        _PIECES,
    ),
    max_size=40,
).map("".join)


@_settings
@given(_HTML)
def test_any_html_is_read_or_refused_with_a_sentence(text: str) -> None:
    _read(f"<!doctype html><html><body>{text}", name="page.html")


@_settings
@given(
    st.lists(st.tuples(_PIECES, st.integers(1, 30), _PIECES, st.integers(0, 12), _PIECES), min_size=3, max_size=12),
    st.booleans(),
)
def test_any_columns_of_plain_text_are_read_without_loss(
    rows: list[tuple[str, int, str, int, str]],
    even: bool,  # noqa: FBT001  # Hypothesis gives it
) -> None:
    width = max(len(left) + space for left, space, *_rest in rows)
    text = "\n".join(
        (left.ljust(width) if even else left + " " * space) + middle + " " * gap + right
        for left, space, middle, gap, right in rows
    )
    try:
        reading = read_dictionary(text)
    except ProwessError:
        return
    if "<" not in text:
        assert words_lost(clean(text), reading) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".docx", ".xlsx"))][::4])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_archive_with_a_part_changed_is_read_or_refused(
    name: str, data: st.DataObject, documents: dict[str, Path]
) -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(documents[name]) as archive, zipfile.ZipFile(changed, "w") as written:
        victim = data.draw(st.sampled_from(sorted(archive.namelist())))
        for part in archive.namelist():
            content = archive.read(part)
            if part == victim:
                start = data.draw(st.integers(0, len(content)))
                content = content[:start] + data.draw(st.binary(max_size=30)) + content[start + 10 :]
            written.writestr(part, content)
    _read(changed.getvalue(), name=name)
