"""The registry of formats: the surest claim wins, and packages add formats of their own."""

import os
import subprocess
from pathlib import Path

import pytest

from prowess.exchange import Sample, convert, format_named, format_to_read, format_to_write, formats, read
from prowess.framework.errors import InputError
from prowess.framework.yaml_document import framework_as_json, framework_as_yaml
from tests.cast import small_framework
from tests.cli.running import PROWESS


def test_every_format_says_its_name_and_what_it_is() -> None:
    for name, each in formats().items():
        assert each.name == name
        assert each.description


@pytest.mark.parametrize(("name", "write"), [("a.json", framework_as_json), ("a.yaml", framework_as_yaml)])
def test_a_framework_is_recognised_by_its_mark(tmp_path: Path, name: str, write: object) -> None:
    path = tmp_path / name
    path.write_text(write(small_framework()), "utf-8")  # type: ignore[operator]
    assert format_to_read(path).name == "prowess"
    assert read(path).framework == small_framework()


def test_a_text_is_a_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.txt"
    path.write_text("Listening\nDefinition: Hears what is said.", "utf-8")
    assert format_to_read(path).name == "dictionary"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_beginning_of_a_file_is_text_in_each_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("\ncode,title\n1,é", encoding)
    assert Sample(path).first_line == "code,title"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.yaml")


def test_an_unknown_format_is_told_with_those_that_there_are() -> None:
    with pytest.raises(InputError) as told:
        format_named("scroll")
    assert "prowess" in told.value.remedy


def test_a_name_that_no_format_writes_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No format writes"):
        format_to_write(tmp_path / "framework.xyz")


def test_what_is_only_read_is_not_written(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text(framework_as_yaml(small_framework()), "utf-8")
    with pytest.raises(InputError, match="only read"):
        convert(source, tmp_path / "b.txt", to_format="dictionary")
    assert not (tmp_path / "b.txt").exists()


OUTSIDE = '''
from pathlib import Path
from prowess.framework.framework import Framework
from prowess.framework.files import write_text
from prowess.framework.reading import Loss, Reading


class Titles:
    """A list of titles, one a line."""

    name = "titles"
    description = "a list of titles"

    def claims(self, sample):
        return 0.9 if sample.suffix == ".titles" else 0.0

    def claims_to_write(self, path):
        return 0.9 if path.suffix == ".titles" else 0.0

    def read(self, path, *, progress=None):
        lines = path.read_text("utf-8").splitlines()
        competencies = [{"code": line.lower(), "title": line} for line in lines]
        framework = Framework.model_validate({"title": "T", "competencies": competencies})
        return Reading(format="titles", framework=framework)

    def write(self, framework, path):
        write_text(path, "\\n".join(each.title for each in framework.competencies))
        return tuple(Loss(code=each.code, part="definition", reason="Titles only.") for each in framework.competencies)
'''


def test_a_package_from_outside_adds_a_format(tmp_path: Path) -> None:
    """As any package would: a module and an entry point, installed beside Prowess."""
    site = tmp_path / "site"
    metadata = site / "titles_format-1.0.dist-info"
    metadata.mkdir(parents=True)
    (site / "titles_format.py").write_text(OUTSIDE, "utf-8")
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: titles-format\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text("[prowess.formats]\ntitles = titles_format:Titles\n", "utf-8")
    (tmp_path / "a.titles").write_text("Listening\nWriting", "utf-8")
    done = subprocess.run(
        [PROWESS, "convert", "a.titles", "b.yaml"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [each.title for each in read(tmp_path / "b.yaml").framework.competencies] == ["Listening", "Writing"]
    back = subprocess.run(
        [PROWESS, "convert", "b.yaml", "c.titles"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Titles only." in back.stdout
    assert (tmp_path / "c.titles").read_text("utf-8") == "Listening\nWriting"
