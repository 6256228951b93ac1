"""Which kind of file was given: what is asked for decides what is refused, and how the sentence reads."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.sources.asked import Asked, FileKind
from prowess.sources.characters import clean, decode
from prowess.sources.html_tree import html_tree, title_of
from prowess.sources.kinds import kind_of_bytes, looks_like_html

_ASKED = Asked(
    what="recipe",
    kinds=frozenset(FileKind),
    forms="Give it as text.",
    largest_file=10_000,
    largest_part=1_000_000,
    longest_text=3_000,
    most_pages=3,
)
_WITHOUT_SHEETS = replace(_ASKED, kinds=frozenset((FileKind.TEXT, FileKind.WORD, FileKind.PDF)))


def _archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"Flour and water", FileKind.TEXT),
        (b"%PDF-1.7 ...", FileKind.PDF),
        (_archive("word/document.xml"), FileKind.WORD),
        (_archive("xl/workbook.xml"), FileKind.SHEET),
    ],
)
def test_a_kind_is_known_by_its_first_bytes(raw: bytes, kind: FileKind) -> None:
    assert kind_of_bytes(raw, asked=_ASKED, place="recipe") is kind


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b" \n", "empty"),
        (b"x" * 10_001, "a recipe may have up to"),
        (b"PK\x03\x04 torn", "damaged"),
        (_archive("content.xml"), "OpenDocument"),
        (_archive("ppt/slide1.xml"), "presentation"),
        (_archive("photo.jpg"), "archive"),
        (b"{\\rtf1 Flour", "RTF"),
        (b"\x89PNG\r\n", "picture"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", "old kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_a_kind_that_cannot_be_read_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        kind_of_bytes(raw, asked=_ASKED, place="recipe")


def test_a_spreadsheet_is_refused_where_none_is_asked_for() -> None:
    with pytest.raises(InputError, match="spreadsheet"):
        kind_of_bytes(_archive("xl/workbook.xml"), asked=_WITHOUT_SHEETS, place="recipe")


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html><p>Flour", True),
        ("<p>Flour</p><p>Water</p><ul>", True),
        ("Flour<br>Water<br>Salt<br>", True),
        ("# Bread\n\n| Flour | a<br>b<br>c<br>d |\n", False),
        ("a < b and b > c", False),
    ],
)
def test_html_is_told_from_text_that_only_has_some_of_its_signs(text: str, *, is_html: bool) -> None:
    assert looks_like_html(text) is is_html


def test_scripts_entities_and_comments_of_html_do_nothing() -> None:
    root = html_tree("<html><head><title> Bread \n </title></head><!-- x --><p>&lol;Flour</p></html>", place="recipe")
    assert title_of(root) == "Bread"
    assert "x" not in "".join(root.itertext()).split()


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_are_refused(raw: bytes) -> None:
    try:
        text = decode(raw, place="recipe", remedy="Give text.")
    except InputError:
        return
    assert clean(clean(text)) == clean(text)
