"""`prowess convert`: paper in, framework out, or a sentence and exit status 2."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from prowess.cli import convert as command
from prowess.framework.errors import InputError
from prowess.framework.yaml_document import read_framework
from tests.dictionaries.conftest import FIXTURES

RUNNER = CliRunner()
PAPER = FIXTURES / "usage-rules-in-prose.txt"


def _run(*arguments: str):
    app = typer.Typer()
    app.command()(command.convert)
    return RUNNER.invoke(app, arguments)


def test_a_dictionary_becomes_a_framework_file(tmp_path: Path) -> None:
    result = _run(str(PAPER), str(tmp_path / "out.yaml"))
    assert result.exit_code == 0, result.output
    assert "Coaching Individuals – 3 key actions, 3 job activities, 2 relations" in result.output
    assert len(read_framework(tmp_path / "out.yaml").competencies) == 2


def test_the_json_summary_has_the_promised_keys(tmp_path: Path) -> None:
    result = _run(str(PAPER), str(tmp_path / "out.json"), "--json")
    content = json.loads(result.stdout)
    assert set(content) == {"format", "framework", "competencies", "unplaced", "clutter", "warnings", "losses"}
    assert set(content["competencies"][0]) == {"code", "title", "cluster", "counts"}
    assert content["competencies"][0]["counts"]["relations"]["not-with"] == ["developing-teams"]


def test_what_was_written_reads_back_the_same(tmp_path: Path) -> None:
    _run(str(PAPER), str(tmp_path / "first.yaml"))
    result = _run(str(tmp_path / "first.yaml"), str(tmp_path / "second.json"))
    assert result.exit_code == 0, result.output
    assert read_framework(tmp_path / "first.yaml") == read_framework(tmp_path / "second.json")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{tmp}/absent.txt", "{tmp}/out.yaml"], "cannot be read"),
        ([str(PAPER), "{tmp}/out.docx"], "No format writes"),
        ([str(PAPER), "{tmp}/absent/out.yaml"], "cannot be written"),
        ([str(PAPER), "{tmp}/out.yaml", "--from", "papyrus"], "no format “papyrus”"),
        (["{tmp}/prose.txt", "{tmp}/out.yaml"], "No competency was found"),
    ],
)
def test_bad_input_is_a_sentence_and_leaves_nothing_behind(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    (tmp_path / "prose.txt").write_text("it rained, and the ducks were glad about it.")
    result = _run(*[argument.format(tmp=tmp_path) for argument in arguments])
    assert isinstance(result.exception, InputError)
    assert sentence in str(result.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["prose.txt"]


def test_a_file_is_never_written_over_its_own_source(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    _run(str(PAPER), str(path))
    before = path.read_bytes()
    assert isinstance(_run(str(path), str(path)).exception, InputError)
    assert path.read_bytes() == before
