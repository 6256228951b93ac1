"""What was understood and cannot be held whole is told as a loss, with its competency and part."""

from pathlib import Path

import docx
import pytest
import weasyprint
import xlsxwriter

from prowess.dictionaries import read_dictionary
from prowess.framework.reading import Loss
from tests.dictionaries.conftest import NAMES

_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _losses(source: Path | str, part: str) -> list[Loss]:
    return [loss for loss in read_dictionary(source).losses if loss.part == part]


def test_a_relation_to_a_competency_that_the_document_has_not_is_told() -> None:
    (loss,) = _losses("Rowing\nMoves a boat by oars.\nThis competency is closely related to Steering.\n", "relations")
    assert loss.code == "rowing"
    assert "“Steering”, which is not a competency of this document" in loss.reason


def test_a_relation_within_the_document_is_no_loss() -> None:
    text = (
        "Rowing\nDefinition\nMoves a boat by oars.\nThis competency is closely related to Steering.\n\n"
        "Steering\nDefinition\nKeeps the boat on its course.\n"
    )
    assert _losses(text, "relations") == []


def test_an_indicator_beside_the_scale_is_told_with_the_level_that_it_names() -> None:
    table = "Competency,Level,Indicator\nRowing,1,Feathers the blade.\nRowing,2,Leads.\nRowing,n/a,Likes the water.\n"
    reading = read_dictionary(table, name="rowing.csv")
    (loss,) = [loss for loss in reading.losses if loss.part == "indicators"]
    assert "“Likes the water.” stands at “n/a”" in loss.reason
    assert [indicator.level for indicator in reading.framework.competencies[0].indicators] == [None, 1, 2]


def test_pictures_of_a_pdf_are_told_with_their_pages(tmp_path: Path) -> None:
    path = tmp_path / "rowing.pdf"
    picture = f'<img style="width:12cm;height:9cm" src="data:image/png;base64,{_DOT}">'
    weasyprint.HTML(string=f"<h1>Rowing</h1><p>Moves a boat by oars.</p>{picture}").write_pdf(str(path))
    (loss,) = _losses(path, "source")
    assert loss.reason == "The pictures on page 1 were not read; words in them are missing."


def test_pictures_of_a_word_document_are_told(tmp_path: Path) -> None:
    import base64
    import io

    document = docx.Document()
    document.add_heading("Rowing", 1)
    document.add_paragraph("Moves a boat by oars.")
    document.add_picture(io.BytesIO(base64.b64decode(_DOT)))
    path = tmp_path / "rowing.docx"
    document.save(str(path))
    (loss,) = _losses(path, "source")
    assert "1 picture; words in them were not read" in loss.reason


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    path = tmp_path / "rowing.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Competency", "Definition"])
    sheet.write_row(1, 0, ["Rowing", "Moves a boat by oars."])
    sheet.write(2, 0, "Steering")
    sheet.write_formula(2, 1, "=B2", None, "")
    book.close()
    (loss,) = _losses(path, "source")
    assert "1 formula has no stored result" in loss.reason


@pytest.mark.parametrize("name", NAMES)
def test_every_loss_of_a_competency_names_one_of_the_document(name: str, documents: dict[str, Path]) -> None:
    reading = read_dictionary(documents[name])
    codes = {"", *(competency.code for competency in reading.framework.competencies)}
    assert {loss.code for loss in reading.losses} <= codes
    assert all(loss.reason.endswith(".") for loss in reading.losses)
