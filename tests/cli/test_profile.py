"""`prowess profile` as a user runs it."""

import json

import pytest

from tests.cli.running import prowess
from tests.matching.frameworks import LIBRARY

JOB = """Job title: Service Desk Supervisor

Duties
- Respond to complaints from customers and follow each through until it is resolved.
- Train new employees and hold coaching sessions with staff.
- Analyse call data and report trends each month.
- Plan the rota of the team.

We offer a competitive salary and a pension.
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "library.yaml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "job.txt").write_text(JOB, encoding="utf-8")
    return tmp_path


def test_a_job_gives_a_profile_with_evidence(files):
    done = prowess("profile", files / "job.txt", "--library", files / "library.yaml", "--size", "2-4")
    assert done.returncode == 0, done.stderr
    assert "Service Desk Supervisor" in done.stdout
    assert "Coaching" in done.stdout
    assert "line 5: Train new employees" in done.stdout


def test_json_is_the_whole_profile(files):
    done = prowess("profile", files / "job.txt", "--library", files / "library.yaml", "--size", "2-4", "--json")
    profile = json.loads(done.stdout)
    assert profile["role"] == {"title": "Service Desk Supervisor"}
    assert 2 <= len(profile["competencies"]) <= 4
    assert [s["counts"] for s in profile["statements"]].count(False) == 2
    assert profile["library"].endswith("library.yaml")


def test_the_profile_is_written_to_a_file_that_the_guide_reads(files):
    library = files / "library.yaml"
    done = prowess("profile", files / "job.txt", "--library", library, "--size", "3", "-o", files / "profile.json")
    assert done.returncode == 0, done.stderr
    guide = prowess("guide", files / "profile.json", "-o", files / "guide.html")
    assert guide.returncode == 0, guide.stderr
    assert "Service Desk Supervisor" in (files / "guide.html").read_text(encoding="utf-8")


def test_a_job_is_read_from_standard_input(files):
    done = prowess("profile", "-", "--library", files / "library.yaml", "--size", "2-3", "--json", stdin=JOB)
    assert json.loads(done.stdout)["role"]["title"] == "Service Desk Supervisor"


def test_core_competencies_of_a_forbidden_pair_are_refused_with_the_librarys_advice(files):
    done = prowess(
        "profile", files / "job.txt", "--library", files / "library.yaml", "--core", "complaints", "--core", "service"
    )
    assert done.returncode == 2
    assert "Take Handling Complaints where things go wrong often" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent.txt",), "absent.txt"),
        ((".",), "is a folder"),
        (("job.txt", "--size", "many"), "'many' is not a size"),
        (("job.txt", "--size", "9-5"), "9 to 5"),
        (("job.txt", "--core", "absent"), "'absent'"),
        (("job.txt", "--library", "nowhere"), "'nowhere'"),
        (("binary.docx",), "binary.docx"),
        (("german.txt",), "German"),
    ],
)
def test_bad_input_gets_a_sentence_and_exit_status_two(files, arguments, said):
    (files / "binary.docx").write_bytes(bytes(range(256)) * 20)
    (files / "german.txt").write_text("Sie sind für die Pflege der Daten und die Anfragen der Kunden verantwortlich.")
    words = [files / a if a.endswith((".txt", ".docx")) or a == "." else a for a in arguments]
    library = () if "--library" in arguments else ("--library", files / "library.yaml")
    done = prowess("profile", *words, *library)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
