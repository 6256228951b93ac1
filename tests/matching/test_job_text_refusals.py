"""What cannot be read is refused in a sentence, within bounded time."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError, ProwessError
from prowess.matching.job_text import read_job
from tests.matching.job_files import archive, locked_pdf, pdf_bomb, scanned_pdf, with_body

OLD = bytes.fromhex("d0cf11e0a1b11ae1")

REFUSED = {
    "empty": (b"", "empty"),
    "only white space": (b" \n\t\n", "empty"),
    "binary": (bytes(range(256)) * 40, "not a text"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
    "too large": (b"a" * (11 * 2**20), "11 MB"),
    "too long": (b"Manage people. " * 20_000, "300,000 characters"),
    "old Word": (OLD + b"\0" * 600, "before 2007"),
    "protected Word": (OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
    "rich text": (b"{\\rtf1 Manage people}", "RTF"),
    "spreadsheet": (archive({"xl/workbook.xml": "<x/>"}), "spreadsheet"),
    "other archive": (archive({"a.txt": "x"}), "archive"),
    "damaged archive": (b"PK\x03\x04" + b"x" * 100, "damaged"),
    "Word that is not XML": (archive({"word/document.xml": "<w:document"}), "damaged"),
    "Word bomb": (archive({"word/document.xml": b" " * (200 * 2**20)}), "unpacks"),
    "scanned PDF": (scanned_pdf(), "scanned"),
    "protected PDF": (locked_pdf(), "password"),
    "damaged PDF": (b"%PDF-1.7\n" + b"x" * 500, "PDF"),
    "PDF bomb": (pdf_bomb(), "unpacks"),
    "no words": (b"12345 67890 --- ***", "no words"),
    "no work": (b"Salary: $20\nLocation: Leeds\nWe offer a pension.", "No statement"),
}

LANGUAGES = {
    "German": "Sie bearbeiten die Anfragen unserer Kunden und sind für die Pflege der Daten verantwortlich.",
    "French": "Vous êtes responsable de la gestion des stocks et de la relation avec les fournisseurs.",
    "Spanish": "Usted será responsable de la gestión de los pedidos y de la atención a los clientes de la empresa.",
    "Italian": "Il candidato sarà responsabile della gestione degli ordini e del rapporto con i clienti.",
    "Portuguese": "O candidato será responsável pela gestão dos pedidos e pelo atendimento aos clientes da empresa.",
    "Dutch": "Je bent verantwoordelijk voor het beheer van de voorraad en het contact met de leveranciers.",
    "Swedish": "Du ansvarar för att hantera ordrar och har kontakt med kunder och leverantörer i hela landet.",
    "Polish": "Osoba na tym stanowisku odpowiada za obsługę klientów oraz współpracę z dostawcami w całym kraju.",
    "Cyrillic": "Вы отвечаете за обслуживание клиентов и за работу с поставщиками по всей стране.",
    "Chinese": "您将负责管理订单并与客户保持联系，定期向经理汇报工作进展情况。",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(case):
    raw, said = REFUSED[case]
    with pytest.raises(InputError) as refused:
        read_job(raw, name="job.file")
    assert said in str(refused.value)
    assert str(refused.value).startswith("job.file: ")
    assert refused.value.remedy


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_job_in_another_language_is_refused(language):
    with pytest.raises(InputError, match=language):
        read_job(LANGUAGES[language])


def test_an_english_job_with_foreign_names_is_read():
    job = read_job("Lead the Société Générale account in Zürich. Visit clients in Malmö, São Paulo and Köln.")
    assert len(job.counting) == 2


def test_foreign_statements_of_an_english_job_do_not_count():
    job = read_job(
        "Duties:\n- Answer the questions of our customers about the products that they bought.\n"
        "- Keep the register of all members and collect the yearly fees.\n"
        "- Vous êtes responsable de la gestion des stocks et de la relation avec les fournisseurs.\n"
    )
    assert [statement.counts for statement in job.statements] == [True, True, False]
    assert any("not in English" in note for note in job.notes)


def test_an_xml_entity_is_not_followed():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>Answers the telephone. &b;</w:t></w:r></w:p></w:body></w:document>"
    )
    job = read_job(archive({"word/document.xml": bomb}), name="x.docx")
    assert not any("lol" in statement.text for statement in job.statements)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"absent\.txt"):
        read_job(tmp_path / "absent.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Manages " + "very " * 39_000 + "much.",
        "[" * 150_000 + " manages people",
        "*_" * 60_000 + " manages people",
        "# " + "# " * 60_000 + "manages",
        "aly and " * 20_000,
        "manages " + '"' * 150_000,
        "(a) " * 40_000 + "manages people",
        "<p>" * 60_000 + "manages people",
        "manages;\n" * 1400,
        ("1.1.1 " * 30 + "\n") * 900,
    ],
    ids=range(10),
)
def test_hostile_texts_take_bounded_time(text):
    start = time.perf_counter()
    with contextlib.suppress(ProwessError):
        read_job(text)
    assert time.perf_counter() - start < 5


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        job = read_job(text)
    except ProwessError:
        return
    assert job.counting
    assert job.title.strip()


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", OLD, b"<html>"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(raw, start):
    with contextlib.suppress(ProwessError):
        read_job(start + raw, name="x")


@given(st.lists(st.sampled_from(["<w:p>", "</w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "text"]), max_size=20))
@settings(max_examples=50, deadline=None)
def test_any_word_body_is_read_or_refused(pieces):
    with contextlib.suppress(ProwessError):
        read_job(with_body("".join(pieces)), name="x.docx")
