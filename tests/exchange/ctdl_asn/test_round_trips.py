"""CTDL-ASN there and back, in the documented and the real-life shapes, and by the Credential Registry's own schema."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator

from prowess.exchange import format_to_read
from prowess.exchange.ctdl_asn.format import CtdlAsnFormat
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from tests.cast import small_framework
from tests.exchange.strategies import frameworks
from tests.shared_data import shared_path

CTDL = CtdlAsnFormat()
REAL = ("credentialengine-sample-1.derived.json", "osmt-cybersecurity-collection-graph.derived.json")


@given(framework=frameworks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_framework_comes_back_whole(framework: Framework) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonld"
        assert CTDL.write(framework, path) == ()
        reading = CTDL.read(path)
    assert reading.framework == framework
    assert not reading.unplaced


@pytest.mark.parametrize("name", REAL)
def test_a_real_graph_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    path = shared_path(f"data/interop/ctdl-asn/{name}")
    assert format_to_read(path).name == "ctdl-asn"
    CTDL.write(CTDL.read(path).framework, tmp_path / "b.jsonld")
    found = json.loads(path.read_text("utf-8"))
    before = found.get("GraphInput") or found.get("CompetencyFrameworkGraph")
    assert json.loads((tmp_path / "b.jsonld").read_text("utf-8"))["@graph"] == before["@graph"]


def _schema(name: str) -> Draft4Validator:
    content = json.loads(shared_path(f"data/interop/ctdl-asn/{name}").read_text("utf-8"))
    return Draft4Validator(content)


def test_what_is_written_keeps_the_registrys_schemas(tmp_path: Path) -> None:
    CTDL.write(small_framework(), tmp_path / "a.jsonld")
    nodes = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))["@graph"]
    schemas = {
        "ceasn:CompetencyFramework": _schema("schema-competency_framework.json"),
        "ceasn:Competency": _schema("schema-competency.json"),
    }
    checked = [node for node in nodes if node["@type"] in schemas]
    assert len(checked) > 5
    for node in checked:
        assert [each.message for each in schemas[node["@type"]].iter_errors(node)] == []


SHAPES: dict[str, Any] = {
    "one object": {"@type": "ceasn:Competency", "@id": "urn:a", "ceasn:competencyText": "Sails."},
    "plain names": {"type": "Competency", "id": "urn:a", "competencyText": {"en": "Sails."}},
    "full addresses": {
        "@type": ["https://purl.org/ctdlasn/terms/Competency"],
        "@id": "urn:a",
        "https://purl.org/ctdlasn/terms/competencyText": [{"@value": "Sails.", "@language": "en"}],
    },
    "list of nodes": [{"@type": "ceasn:Competency", "@id": "urn:a", "ceasn:competencyText": {"en-US": ["Sails."]}}],
    "nested children": {
        "@type": "ceasn:CompetencyFramework",
        "@id": "urn:f",
        "ceasn:name": "Seafaring",
        "ceasn:hasTopChild": [{"@type": "ceasn:Competency", "@id": "urn:a", "ceasn:competencyText": "Sails."}],
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_of_real_life_is_understood(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps(SHAPES[shape]), "utf-8")
    reading = CTDL.read(path)
    assert [(each.title, each.identifier) for each in reading.framework.competencies] == [("Sails.", "urn:a")]


def test_the_language_of_the_framework_is_preferred(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    text = {"fr": "Navigue.", "de-AT": "Segelt.", "en": "Sails."}
    nodes = [
        {"@type": "ceasn:CompetencyFramework", "@id": "urn:f", "ceasn:name": text, "ceasn:inLanguage": "de"},
        {"@type": "ceasn:Competency", "@id": "urn:a", "ceasn:competencyText": text},
    ]
    path.write_text(json.dumps({"@graph": nodes}), "utf-8")
    framework = CTDL.read(path).framework
    assert (framework.title, framework.competencies[0].title, framework.language) == ("Segelt.", "Segelt.", "de")


def test_progression_levels_are_the_scale(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    nodes = [
        {"@type": "ceasn:CompetencyFramework", "@id": "urn:f", "ceasn:name": "F"},
        {"@type": "asn:ProgressionModel", "@id": "urn:m", "ceasn:name": {"en": "Three steps"}},
        {"@type": "asn:ProgressionLevel", "@id": "urn:l1", "skos:prefLabel": {"en": "Learning"}},
        {"@type": "asn:ProgressionLevel", "@id": "urn:l2", "skos:prefLabel": {"en": "Able"}},
    ]
    path.write_text(json.dumps({"@graph": nodes}), "utf-8")
    scale = CTDL.read(path).framework.scale
    assert [(each.number, each.name) for each in scale.levels] == [(1, "Learning"), (2, "Able")]


def test_a_circle_is_told_and_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    nodes = [
        {"@type": "ceasn:Competency", "@id": "urn:a", "ceasn:competencyText": "A", "ceasn:hasChild": ["urn:b"]},
        {
            "@type": "ceasn:Competency",
            "@id": "urn:b",
            "ceasn:competencyText": "B",
            "ceasn:hasChild": ["urn:a", "urn:c"],
        },
    ]
    path.write_text(json.dumps({"@graph": nodes}), "utf-8")
    warnings = " ".join(CTDL.read(path).warnings)
    assert "below itself" in warnings
    assert "urn:c is not in the file" in warnings


def test_a_file_without_a_framework_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text('{"name": "x"}', "utf-8")
    with pytest.raises(InputError, match="no CTDL-ASN framework"):
        CTDL.read(path)
