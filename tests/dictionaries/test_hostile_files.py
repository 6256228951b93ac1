"""Files that are broken, protected or meant to do harm get a clear sentence, in bounded time and memory."""

import io
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter

from prowess.dictionaries import read_dictionary
from prowess.framework.errors import InputError
from tests.dictionaries.documents import BUILDERS

TABLE = (
    "Competency,Definition,Level 1\nRowing,Moves a boat by oars.,{cell}\nSteering,Keeps the course.,Holds the tiller.\n"
)


def _refusal(source: str | bytes, *, name: str = "") -> InputError | None:
    """The sentence with which a source is refused; None where it is read."""
    try:
        read_dictionary(source, name=name)
    except InputError as error:
        return error
    return None


def _archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def _word_bomb() -> bytes:
    return _archive(**{"word__document.xml": b"<a>" + b" " * (130 * 2**20) + b"</a>"})


def _sheet_bomb() -> bytes:
    return _archive(**{"xl__workbook.xml": b"<a/>", "xl__sharedStrings.xml": b"<a>" + b" " * (130 * 2**20)})


def _billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    strings = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "ha">{entities}]><sst>&l11;</sst>'
    return _archive(**{"xl__workbook.xml": b"<a/>", "xl__sharedStrings.xml": strings.encode()})


def _pdf_bomb() -> bytes:
    stream = zlib.compress(b" " * (130 * 2**20))
    return b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>>\nstream\n" + stream + b"\nendstream"


def _scanned_pdf() -> bytes:
    return _pdf_of("<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\">")


def _pdf_of(html: str) -> bytes:
    import weasyprint

    return bytes(weasyprint.HTML(string=html).write_pdf())


def _locked_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf_of("<h1>Rowing</h1><p>Moves a boat by oars.</p>"))))
    writer.encrypt("secret")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"", "is empty"),
        (lambda: b" \n\t ", "is empty"),
        (lambda: bytes(range(256)) * 40, "not a text"),
        (lambda: b"1234 5678\n90", "no words"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (lambda: b"{\\rtf1 Rowing}", "RTF"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old kind"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        (lambda: b"PK\x03\x04 and nothing more", "damaged"),
        (lambda: _archive(**{"content.xml": b"<a/>"}), "OpenDocument"),
        (lambda: _archive(**{"ppt__slides.xml": b"<a/>"}), "presentation"),
        (lambda: _archive(**{"readme.txt": b"hello"}), "without a Word document"),
        (lambda: _archive(**{"word__document.xml": b"<not xml"}), "damaged"),
        (lambda: _archive(**{"xl__workbook.xml": b"<not xml"}), "damaged"),
        (_word_bomb, "unpacks to more than"),
        (_sheet_bomb, "unpacks to more than"),
        (_billion_laughs, "entities"),
        (_pdf_bomb, "unpacks to more than"),
        (lambda: b"%PDF-1.7\nbroken", "damaged"),
        (_locked_pdf, "password"),
        (_scanned_pdf, "no text|only pictures"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_with_a_remedy(make: Callable[[], bytes], sentence: str) -> None:
    raw = make()
    start = time.monotonic()
    with pytest.raises(InputError, match=sentence) as refused:
        read_dictionary(raw, name="dictionary.bin")
    assert refused.value.remedy
    assert refused.value.place == "dictionary.bin"
    assert time.monotonic() - start < 10


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_dictionary(tmp_path / "absent.txt")


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="characters"):
        read_dictionary("Rowing " * 2_000_000)


def test_an_endless_line_is_read_in_bounded_time() -> None:
    start = time.monotonic()
    reading = read_dictionary("Rowing\n\nMoves a boat.\n\n" + "word, and " * 20_000)
    assert time.monotonic() - start < 10
    assert reading.framework.competencies


_CONFUSING = ["(" * 50_000, "Level " * 20_000, "<p>" * 30_000 + "Rowing", "a: " * 30_000, "• " * 30_000, "a, " * 30_000]


@pytest.mark.parametrize("text", _CONFUSING)
def test_text_made_to_confuse_the_patterns_is_read_in_bounded_time(text: str) -> None:
    start = time.monotonic()
    refused = _refusal(text)
    assert refused is None or refused.remedy
    assert time.monotonic() - start < 20


def test_scripts_and_handlers_of_a_page_are_neither_run_nor_kept() -> None:
    page = (
        "<html><body><h1>Boat crew</h1><h2 onclick='x()'>Rowing<script>evil()</script></h2>"
        "<p>Moves a boat by <b onmouseover=y()>oars</b>.<iframe src=z></iframe></p><h3>Level 1</h3><ul>"
        "<li>Feathers.</li></ul><h3>Level 2</h3><ul><li>Leads the stroke.</li></ul></body></html>"
    )
    reading = read_dictionary(page)
    content = reading.model_dump_json()
    assert reading.framework.competencies[0].title == "Rowing"
    assert not any(evil in content for evil in ("evil", "onclick", "onmouseover", "iframe", "<"))


def test_markup_in_a_file_name_does_not_reach_the_title() -> None:
    reading = read_dictionary(b"Definition\nMoves a boat by oars.\n", name="<img src=x onerror=alert(1)> rowing.txt")
    assert "<" not in reading.framework.title


def test_formulas_of_a_sheet_are_text_that_is_never_worked_out() -> None:
    reading = read_dictionary(TABLE.format(cell="=HYPERLINK(1)").encode(), name="crew.csv")
    rowing = reading.framework.competencies[0]
    assert rowing.indicators[0].text == "=HYPERLINK(1)"


def test_formulas_of_a_workbook_give_the_value_that_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "crew.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Competency", "Definition", "Level 1", "Level 2"))
        sheet.write_row(1, 0, ("Rowing", "Moves a boat by oars.", "Feathers."))
        sheet.write_formula(1, 3, '="Leads"', value="Leads the stroke.")
    (rowing,) = read_dictionary(path).framework.competencies
    assert [indicator.text for indicator in rowing.indicators] == ["Feathers.", "Leads the stroke."]


def test_tracked_changes_and_text_boxes_of_a_word_document_are_read_as_they_will_be(tmp_path: Path) -> None:
    path = tmp_path / "crew.docx"
    document = docx.Document()
    document.add_heading("Rowing", 1)
    paragraph = document.add_paragraph("Moves a boat by ")
    paragraph._p.append(
        docx.oxml.parse_xml(
            '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>oars</w:t></w:r></w:ins>'
        )
    )
    paragraph._p.append(
        docx.oxml.parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:delText>sails</w:delText></w:r></w:del>'
        )
    )
    document.add_heading("Level 1", 2)
    document.add_paragraph("Feathers the blade.", style="List Bullet")
    document.add_heading("Level 2", 2)
    document.add_paragraph("Leads the stroke.", style="List Bullet")
    document.save(str(path))
    reading = read_dictionary(path)
    assert reading.framework.competencies[0].definition == "Moves a boat by oars"
    assert any("tracked changes" in warning for warning in reading.warnings)


def test_every_kind_of_file_cut_short_gets_a_sentence_or_is_read(documents: dict[str, Path]) -> None:
    for name in BUILDERS:
        raw = documents[name].read_bytes()
        for share in (0.2, 0.6, 0.95):
            refused = _refusal(raw[: int(share * len(raw))], name=name)
            assert refused is None or refused.remedy
