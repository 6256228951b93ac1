"""CASE there and back: frameworks of every kind, and the packages of others."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from prowess.exchange.case.format import CaseFormat
from prowess.framework.framework import Framework
from tests.exchange.strategies import frameworks
from tests.shared_data import shared_path

REAL = (
    "case-opensalt/Ordering.json",
    "case-opensalt/SequenceNumberFramework.json",
    "case-opensalt/ItemTypeTestFramework.json",
    "case-opensalt/opensalt-framework-20c5134f.json",
    "case-smarterbalanced/mockMATH.derived.json",
)
CASE = CaseFormat()


@given(framework=frameworks())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_framework_comes_back_whole(framework: Framework) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.case.json"
        assert CASE.write(framework, path) == ()
        reading = CASE.read(path)
    assert reading.framework == framework
    assert not reading.unplaced


@pytest.mark.parametrize("name", REAL)
def test_a_real_package_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    path = shared_path(f"data/interop/{name}")
    reading = CASE.read(path)
    CASE.write(reading.framework, tmp_path / "b.case.json")
    before, after = json.loads(path.read_text("utf-8")), json.loads((tmp_path / "b.case.json").read_text("utf-8"))
    for item in before["CFItems"]:
        if "educationalLevel" in item:
            item["educationLevel"] = item.pop("educationalLevel")
    assert after == before


@pytest.mark.parametrize("name", REAL)
def test_reading_twice_gives_the_same_identifiers(name: str) -> None:
    path = shared_path(f"data/interop/{name}")
    assert CASE.read(path).framework == CASE.read(path).framework


def test_what_was_changed_in_prowess_is_written_as_changed(tmp_path: Path) -> None:
    framework = CASE.read(shared_path("data/interop/case-opensalt/Ordering.json")).framework
    first = framework.competencies[0].model_copy(update={"title": "New title", "definition": "New text."})
    changed = framework.model_copy(update={"competencies": (first, *framework.competencies[1:])})
    CASE.write(changed, tmp_path / "b.case.json")
    items = {each["identifier"]: each for each in json.loads((tmp_path / "b.case.json").read_text("utf-8"))["CFItems"]}
    assert items[first.identifier]["fullStatement"] == "New text."
    assert items[first.identifier]["abbreviatedStatement"] == "New title"
    assert CASE.read(tmp_path / "b.case.json").framework.by_code[first.code].title == "New title"
