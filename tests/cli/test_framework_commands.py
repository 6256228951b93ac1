import json
import time

import pytest

from tests.cli.running import prowess


def test_help_names_every_command():
    done = prowess("--help")
    assert done.returncode == 0
    for command in ("profile", "guide", "lint", "schema", "setup", "serve", "demo"):
        assert command in done.stdout


def test_help_answers_quickly():
    seconds = []
    for _ in range(4):
        start = time.perf_counter()
        prowess("--help")
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.9, "the goal of 0.3 s is measured by benchmarks/command_line; this catches heavy imports"


def test_the_starter_library_passes_its_own_checks():
    done = prowess("lint", "starter", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert [f for f in findings if f["severity"] != "hint"] == []
    assert done.returncode == 0


def test_errors_give_exit_status_one(tmp_path):
    library = tmp_path / "mine.yaml"
    library.write_text("title: Mine\ncompetencies: [{code: a, title: A, relations: [{kind: related, target: b}]}]")
    done = prowess("lint", library, "--json")
    assert done.returncode == 1
    finding = json.loads(done.stdout)["findings"][0]
    assert {"place", "finding", "remedy"} <= finding.keys()


@pytest.mark.parametrize(
    ("content", "says"),
    [("title: [", "line 2"), ("", "not a Prowess framework"), ("a: 1", "not a Prowess framework")],
)
def test_a_file_that_is_no_library_is_told_in_a_sentence(tmp_path, content, says):
    library = tmp_path / "mine.yaml"
    library.write_text(content)
    done = prowess("lint", library)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_schema_is_json_schema():
    assert json.loads(prowess("schema").stdout)["$schema"].startswith("https://json-schema.org")
