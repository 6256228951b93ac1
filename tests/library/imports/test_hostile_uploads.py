"""Whatever is uploaded: a sentence, nothing in the library, nothing executed or shown unescaped."""

import io
import re

import docx
import pytest

from prowess.library.imports.models import ImportState
from prowess.library.models import Competency, CompetencyDraft, Framework
from tests.dictionaries.test_hostile_files import (
    _billion_laughs,
    _locked_pdf,
    _pdf_bomb,
    _scanned_pdf,
    _sheet_bomb,
    _word_bomb,
)
from tests.library.imports.bringing import brought, taken

MARKUP = "<img src=x onerror=alert(1)> crew.txt"


def _yaml_bomb() -> bytes:
    lines = ["format: prowess-framework/1", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join([*lines, "title: *a11"]).encode()


def _tracked_changes() -> bytes:
    document = docx.Document()
    document.add_heading("Rowing", 1)
    paragraph = document.add_paragraph("Moves a boat by ")
    words = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for kind, run in (("ins", "<w:t>oars</w:t>"), ("del", "<w:delText>sails</w:delText>")):
        paragraph._p.append(docx.oxml.parse_xml(f"<w:{kind} {words}><w:r>{run}</w:r></w:{kind}>"))
    document.add_heading("Level 1", 2)
    document.add_paragraph("Feathers the blade.", style="List Bullet")
    document.add_heading("Level 2", 2)
    document.add_paragraph("Leads the stroke.", style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("blank.txt", lambda: b" \n\t ", "is empty"),
        ("junk.docx", lambda: bytes(range(256)) * 40, "not a text"),
        ("cut.docx", lambda: b"PK\x03\x04 and nothing more", "damaged"),
        ("bomb.docx", _word_bomb, "unpacks to more than"),
        ("bomb.xlsx", _sheet_bomb, "unpacks to more than"),
        ("laughs.xlsx", _billion_laughs, "entities"),
        ("bomb.pdf", _pdf_bomb, "unpacks to more than"),
        ("locked.pdf", _locked_pdf, "password"),
        ("scanned.pdf", _scanned_pdf, "no text|only pictures"),
        ("bomb.yaml", _yaml_bomb, "bomb.yaml"),
        ("broken.yaml", lambda: b"title: [", "broken.yaml"),
        ("wrong.yaml", lambda: b"name: no framework", "wrong.yaml"),
        ("no-dictionary.txt", lambda: b"1234 5678\n90", "no words"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_leaves_the_library_alone(charlie_browses, cast, name, make, sentence):
    found = brought(make(), name=name, actor=cast.charlie)
    assert found.state == ImportState.READING
    assert found.task.state == "failed"
    page = charlie_browses.get(f"/library/import/{found.pk}").content.decode()
    assert re.search(sentence, page), found.task.message
    assert name in found.task.message
    assert "Traceback" not in page
    assert not Framework.objects.exists()


def test_an_empty_file_is_told_beside_the_field(charlie_browses):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = charlie_browses.post("/library/import", {"file": SimpleUploadedFile("empty.txt", b"")})
    assert answer.status_code == 400
    assert "The file is empty." in answer.content.decode()


def test_markup_in_a_file_name_is_shown_as_text(charlie_browses, cast):
    found = brought(name=MARKUP, actor=cast.charlie)
    for end in ("", "/lines", "/competencies", "/comparison"):
        page = charlie_browses.get(f"/library/import/{found.pk}{end}", follow=True).content.decode()
        assert "<img src=x" not in page
    assert "&lt;img src=x" in charlie_browses.get("/library/import").content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/keys/.ssh/id", "\x00\x01", "." * 300, "é/ü"]
)
def test_a_file_name_never_leaves_its_folder(cast, name):
    from django.conf import settings

    from prowess.library.imports import storage

    found = brought(name=name, actor=cast.charlie)
    path = storage.stored_file(found.pk, name=name)
    assert path.parent.parent == settings.MEDIA_ROOT / "imports"
    assert found.state == ImportState.OPEN


def test_scripts_and_handlers_of_a_page_are_neither_run_nor_kept(charlie_browses, cast):
    page = (
        "<html><body><h1>Boat crew</h1><h2 onclick='x()'>Rowing<script>evil()</script></h2>"
        "<p>Moves a boat by <b onmouseover=y()>oars</b> &lt;script&gt;alert(1)&lt;/script&gt;.</p><h3>Level 1</h3><ul>"
        "<li>Feathers.</li></ul><h3>Level 2</h3><ul><li>Leads the stroke.</li></ul></body></html>"
    )
    found = brought(page, name="crew.html", actor=cast.charlie)
    for end in ("/lines", "/competencies", "/competency/rowing", "/comparison"):
        shown = charlie_browses.get(f"/library/import/{found.pk}{end}").content.decode()
        assert "evil()" not in shown
        assert "onmouseover" not in shown
        assert "<script>alert" not in shown
    taken(found, actor=cast.charlie)
    draft = CompetencyDraft.objects.get(code="rowing")
    assert "<script>alert" not in charlie_browses.get(f"/library/drafts/{draft.pk}").content.decode()


def test_tracked_changes_come_in_as_they_will_be_and_are_told(charlie_browses, cast):
    found = brought(_tracked_changes(), name="crew.docx", actor=cast.charlie)
    page = charlie_browses.get(f"/library/import/{found.pk}/competencies").content.decode()
    assert "tracked changes" in page
    assert "Moves a boat by oars" in charlie_browses.get(f"/library/import/{found.pk}/comparison").content.decode()


def test_nothing_is_published_by_reading(cast):
    brought(actor=cast.charlie)
    assert not Competency.objects.exists()
    assert not CompetencyDraft.objects.exists()
