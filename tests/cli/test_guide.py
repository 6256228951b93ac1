"""`prowess guide` as a user runs it."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from tests.cli.running import prowess
from tests.hiring.profiles import profile


@pytest.fixture
def role(tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(profile(5).model_dump_json(), encoding="utf-8")
    return path


def test_a_guide_in_each_format(role, tmp_path):
    for name in ("guide.html", "guide.docx", "guide.pdf"):
        done = prowess("guide", role, "-o", tmp_path / name, "--minutes", "60", "--interviewers", "2")
        assert done.returncode == 0, done.stderr
        assert "2 interviewers, 60 minutes each" in done.stdout
    assert "Workshop Leader" in (tmp_path / "guide.html").read_text(encoding="utf-8")
    assert len(PdfReader(tmp_path / "guide.pdf").pages) > 5
    assert Document(io.BytesIO((tmp_path / "guide.docx").read_bytes())).tables


def test_what_the_plan_cannot_do_is_said(role, tmp_path):
    done = prowess("guide", role, "-o", tmp_path / "guide.html", "--minutes", "30", "--interviewers", "2")
    assert done.returncode == 0
    assert "Only one question can be asked about" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "arguments", "said"),
    [
        ("absent.json", None, (), "absent.json"),
        ("text.json", "no JSON", (), "not a JSON file"),
        ("list.json", "[1]", (), "not a role profile"),
        ("other.json", '{"title": "x"}', (), "not a role profile"),
        ("wrong.json", '{"role": {"title": "R"}, "competencies": [{"code": "a"}]}', (), "“title” is missing"),
        ("none.json", '{"role": {"title": "R"}, "competencies": []}', (), "no competencies"),
        ("unknown.json", '{"role": {"title": "R"}, "competencies": [{"code": "zz", "title": "Z"}]}', (), "zz"),
        ("good.json", "PROFILE", ("--minutes", "5"), "5 minutes"),
        ("good.json", "PROFILE", ("--interviewers", "0"), "0 interviewers"),
        ("good.json", "PROFILE", ("-o", "guide.xyz"), "guide.xyz"),
        ("good.json", "PROFILE", ("-o", "no/such/folder/guide.html"), "cannot be written"),
    ],
)
def test_bad_input_gets_a_sentence_and_exit_status_two(tmp_path, name, content, arguments, said):
    path = tmp_path / name
    if content is not None:
        path.write_text(content.replace("PROFILE", profile(3).model_dump_json()), encoding="utf-8")
    output = () if "-o" in arguments else ("-o", tmp_path / "guide.html")
    done = prowess("guide", path, *output, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
