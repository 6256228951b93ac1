"""Rich skill descriptors there and back, as JSON and as the table that OSMT imports."""

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from prowess.exchange import format_to_read
from prowess.exchange.rich_skills.format import RichSkillsFormat
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from tests.cast import small_framework
from tests.exchange.strategies import frameworks
from tests.shared_data import shared_path

SKILLS = RichSkillsFormat()


@pytest.mark.parametrize("name", ["a.rsd.json", "a.rsd.csv"])
@given(framework=frameworks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_told_as_lost_comes_back(name: str, framework: Framework) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        if not framework.competencies:
            return
        losses = {(each.code, each.part) for each in SKILLS.write(framework, path)}
        back = SKILLS.read(path).framework
    assert len(back.competencies) == len(framework.competencies)
    for before, after in zip(framework.competencies, back.competencies, strict=True):
        lost = {part for code, part in losses if code == before.code}
        assert "code" in lost or before.code == after.code
        assert before.title == after.title
        for part in (
            "aliases",
            "kind",
            "key_actions",
            "indicators",
            "relations",
            "notes_on_use",
            "questions",
            "version",
        ):
            assert part in lost or getattr(before, part) == getattr(after, part)
        if "definition" not in lost:
            assert before.definition == after.definition
        if "status" not in lost:
            assert before.status == after.status
        if not lost & {"matches", "cluster and matches"}:
            assert before.matches == after.matches
        if before.cluster and "cluster and matches" not in lost and ";" not in framework.cluster_title(before.cluster):
            assert back.cluster_title(after.cluster) == framework.cluster_title(before.cluster)


def test_a_real_descriptor_comes_back_as_it_was(tmp_path: Path) -> None:
    path = shared_path("data/interop/osmt-rsd/api-v3-skill-one.json")
    assert format_to_read(path).name == "rich-skills"
    SKILLS.write(SKILLS.read(path).framework, tmp_path / "b.rsd.json")
    (after,) = json.loads((tmp_path / "b.rsd.json").read_text("utf-8"))
    assert after == json.loads(path.read_text("utf-8"))


def test_a_real_table_comes_back_with_all_its_cells(tmp_path: Path) -> None:
    path = shared_path("data/interop/osmt-rsd/Skills-Import.csv")
    assert format_to_read(path).name == "rich-skills"
    reading = SKILLS.read(path)
    assert len(reading.framework.competencies) == 2
    SKILLS.write(reading.framework, tmp_path / "b.rsd.csv")
    before = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    after = list(csv.DictReader(io.StringIO((tmp_path / "b.rsd.csv").read_text("utf-8"))))
    for old, new in zip(before, after, strict=True):
        old["Skill Categories"] = old.pop("Skill Category")
        assert {name: new[name] for name in old} == old


def test_a_formula_is_written_as_text_and_read_as_it_was(tmp_path: Path) -> None:
    framework = Framework.model_validate({"title": "T", "competencies": [{"code": "a", "title": "=1+1"}]})
    SKILLS.write(framework, tmp_path / "a.rsd.csv")
    assert "'=1+1" in (tmp_path / "a.rsd.csv").read_text("utf-8")
    assert SKILLS.read(tmp_path / "a.rsd.csv").framework.competencies[0].title == "=1+1"


def test_each_part_without_a_field_is_told_by_competency(tmp_path: Path) -> None:
    losses = {(each.code, each.part) for each in SKILLS.write(small_framework(), tmp_path / "a.rsd.json")}
    assert {("customer-care", "indicators"), ("customer-care", "relations"), ("", "scale")} <= losses


def test_a_table_without_the_columns_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.rsd.csv"
    path.write_text("Colour,Size\nred,4\n", "utf-8")
    with pytest.raises(InputError, match="Skill Name"):
        SKILLS.read(path)


def test_the_same_table_gives_the_same_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.rsd.csv"
    path.write_text("Skill Name;Contextualized Skill Statement\nSails;Sets a sail.\nSails;Mends a sail.\n", "utf-8")
    assert [each.code for each in SKILLS.read(path).framework.competencies] == ["sails", "sails~2"]
    assert SKILLS.read(path).framework == SKILLS.read(path).framework
