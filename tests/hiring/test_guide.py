"""The interview guide and its three file formats."""

import io
import itertools
import subprocess
import sys

import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

from prowess.framework.errors import InputError
from prowess.hiring.fair_interview import OFF_LIMITS
from prowess.hiring.guide import make_guide
from prowess.hiring.guide_html import guide_as_html
from prowess.hiring.guide_pdf import guide_as_pdf
from prowess.hiring.guide_word import guide_as_word
from tests.hiring.profiles import library, profile


@pytest.fixture(scope="module")
def guide():
    return make_guide(profile(5), library=library(5), minutes=60, interviewers=2)


@pytest.fixture(scope="module")
def page(guide):
    return html.document_fromstring(guide_as_html(guide))


def test_every_question_traces_to_a_competency_and_a_statement(guide):
    for competency in guide.all_competencies():
        assert competency.questions
        assert competency.traces[0].text == f"Does some {competency.title.lower()} every day."
        assert competency.traces[0].line > 10


def test_the_schedule_fills_the_minutes_without_gaps(guide):
    for interviewer in guide.interviewers:
        ends = 0
        for row in interviewer.schedule:
            assert row.begins == ends
            ends += row.minutes
        assert ends == guide.minutes


def test_the_rating_form_shows_each_level_and_marks_the_one_that_is_needed(guide):
    for competency in guide.all_competencies():
        assert [anchors.level for anchors in competency.anchors] == [1, 2, 3]
        assert [anchors.needed for anchors in competency.anchors] == [False, True, False]
        assert competency.anchors[1].name == "Solid"


def test_a_profile_alone_suffices_and_levels_are_called_by_number():
    alone = make_guide(profile(3), minutes=60, interviewers=2)
    assert alone.all_competencies()[0].anchors[0].name == ""
    assert alone.all_competencies()[0].target == "2"


def test_the_library_gives_what_the_profile_does_not_carry():
    made = make_guide(profile(3, definitions=False), library=library(3))
    assert made.question_count >= 6


def test_a_profile_without_competencies_is_refused():
    with pytest.raises(InputError, match="no competencies"):
        make_guide(profile(0))


def test_the_html_is_a_whole_page_that_loads_nothing(guide, page):
    text = guide_as_html(guide)
    assert page.get("lang") == "en"
    assert "http" not in text.replace("http-equiv", "")
    assert not page.xpath("//script | //link | //img | //@src | //@href")
    assert page.findtext(".//title") == "Interview guide: Workshop Leader"


def test_the_html_escapes_what_a_library_says(page, guide):
    assert "& <why>?" in page.text_content()
    assert "<why>" not in guide_as_html(guide)


def test_the_html_has_each_question_once_with_room_for_notes_and_headings_in_order(page, guide):
    assert len(page.xpath("//p[@class='question-line']")) == guide.question_count
    assert len(page.xpath("//div[@class='notes']/div")) == 3 * guide.question_count
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_table_of_the_html_has_a_caption_and_headers(page):
    for table in page.iter("table"):
        assert table.findtext("caption")
        assert table.xpath(".//th[@scope='col']")
        assert table.xpath(".//th[@scope='row']")


def test_what_one_may_not_ask_stands_in_every_format(guide, page):
    word = "\n".join(
        cell.text
        for table in Document(io.BytesIO(guide_as_word(guide))).tables
        for row in table.rows
        for cell in row.cells
    )
    for entry in OFF_LIMITS:
        assert entry.not_this in page.text_content()
        assert entry.not_this in word


def test_the_word_file_has_headings_repeated_table_heads_and_page_numbers(guide):
    document = Document(io.BytesIO(guide_as_word(guide)))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert "Interviewer 1" in headings
    assert "Interviewer 2" in headings
    assert sum(text[:1].isdigit() for text in headings) == guide.question_count
    assert "w:tblHeader" in document.tables[0]._tbl.xml
    footer = document.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert document.sections[1].header.paragraphs[0].text == "Workshop Leader: interviewer 1"
    assert document.core_properties.title == "Interview guide: Workshop Leader"


def test_the_pdf_is_tagged_and_has_bookmarks_and_a_title(guide):
    reader = PdfReader(io.BytesIO(guide_as_pdf(guide)))
    assert reader.metadata.title == "Interview guide: Workshop Leader"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    titles = str(reader.outline)
    assert "Interviewer 1" in titles
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "What you may not ask" in text
    assert f"Page 1 of {len(reader.pages)}" in text


def test_a_machine_without_pango_is_told_what_to_install(tmp_path):
    """WeasyPrint raises OSError where the library is absent; a stand-in module does the same here."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    code = (
        "from prowess.framework.errors import MissingCapability\n"
        "from prowess.hiring.guide import InterviewGuide\n"
        "from prowess.hiring.guide_pdf import guide_as_pdf\n"
        "guide = InterviewGuide(role='R', library='', language='en', minutes=60, opening=5, closing=7, overview=(), "
        "interviewers=(), notes=())\n"
        "try:\n    guide_as_pdf(guide)\nexcept MissingCapability as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert "Pango is missing" in done.stdout
    assert "Word or HTML" in done.stdout
