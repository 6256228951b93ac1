"""ASN documents in RDF/JSON: the predecessor of CTDL-ASN, read only."""

import json
from pathlib import Path
from typing import Any

import pytest

from prowess.exchange import convert, format_to_read, read
from prowess.framework.errors import InputError

CORE, GEM, DC = "http://purl.org/ASN/schema/core/", "http://purl.org/gem/qualifiers/", "http://purl.org/dc/terms/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BASE = "http://asn.example.org/resources/"


def uri(name: str) -> dict[str, str]:
    return {"value": name, "type": "uri"}


def literal(text: str, *, language: str = "en-US") -> dict[str, str]:
    return {"value": text, "type": "literal", "lang": language}


def statement(text: str, *, notation: str = "", children: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    content: dict[str, Any] = {
        TYPE: [uri(f"{CORE}Statement")],
        f"{DC}description": [literal("Autre langue", language="fr"), literal(text)],
        f"{DC}language": [uri("http://id.loc.gov/vocabulary/iso639-2/eng")],
    }
    if notation:
        content[f"{CORE}statementNotation"] = [literal(notation)]
    if children:
        content[f"{GEM}hasChild"] = [uri(BASE + child) for child in children]
    return content | more


def document() -> dict[str, Any]:
    return {
        f"{BASE}S2": statement("Listens", notation="A 1", **{f"{CORE}indexingStatus": [uri(f"{CORE}No")]}),
        f"{BASE}D1": {
            TYPE: [uri(f"{CORE}StandardDocument")],
            "http://purl.org/dc/elements/1.1/title": [literal("Speaking and listening")],
            f"{DC}description": [literal("For clerks.")],
            "http://purl.org/dc/elements/1.1/publisher": [literal("A town")],
            f"{DC}language": [uri("http://id.loc.gov/vocabulary/iso639-2/eng")],
            f"{GEM}hasChild": [uri(f"{BASE}S1")],
        },
        f"{BASE}S1": statement("Talking with people", notation="A", children=("S2", "S3")),
        f"{BASE}S3": statement(
            "Answers\nwithin a day", notation="A 1", **{f"{CORE}exactAlignment": [uri("http://other.example/x/1")]}
        ),
        f"{BASE}S4": statement("Stands alone"),
    }


def written(content: Any, folder: Path, *, encoding: str = "utf-8") -> Path:
    path = folder / "asn.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_is_recognised_and_read_in_its_own_order(tmp_path: Path, encoding: str) -> None:
    path = written(document(), tmp_path, encoding=encoding)
    assert format_to_read(path).name == "asn"
    framework = read(path).framework
    assert (framework.title, framework.publisher, framework.language) == ("Speaking and listening", "A town", "en")
    assert [(each.code, each.title) for each in framework.clusters] == [("A", "Talking with people")]
    assert [(each.code, each.cluster, each.title) for each in framework.competencies] == [
        ("A-1", "A", "Listens"),
        ("A-1~2", "A", "Answers"),
        ("S4", "", "Stands alone"),
    ]
    assert framework.competencies[1].definition == "Answers\nwithin a day"
    assert framework.competencies[0].identifier == f"{BASE}S2"


def test_alignments_are_matches_and_other_properties_are_kept(tmp_path: Path) -> None:
    first, second, _ = read(written(document(), tmp_path)).framework.competencies
    assert [(each.kind, each.framework, each.target) for each in second.matches] == [
        ("exact", "other.example", "http://other.example/x/1")
    ]
    assert first.extensions["asn"]["indexingStatus"] == [uri(f"{CORE}No")]


def test_children_that_lack_and_circles_are_told(tmp_path: Path) -> None:
    content = document()
    content[f"{BASE}S2"][f"{GEM}hasChild"] = [uri(f"{BASE}S1"), uri(f"{BASE}S9")]
    reading = read(written(content, tmp_path))
    assert len(reading.framework.competencies) == 3
    assert any("S9" in each and "not in the file" in each for each in reading.warnings)
    assert any("stands in two places" in each for each in reading.warnings)


def test_a_circle_is_broken_and_told(tmp_path: Path) -> None:
    content = {f"{BASE}{one}": statement(one, children=(other,)) for one, other in ("AB", "BC", "CA")}
    reading = read(written(content, tmp_path))
    assert len(reading.framework.clusters) + len(reading.framework.competencies) == 3
    assert any("stands below itself" in each for each in reading.warnings)


def test_other_subjects_are_not_understood_and_said_so(tmp_path: Path) -> None:
    content = document() | {f"{BASE}D1.rdf": {TYPE: [uri("http://xmlns.com/foaf/0.1/Document")]}}
    assert [each.text for each in read(written(content, tmp_path)).unplaced] == [f"{BASE}D1.rdf (Document)"]


def test_a_file_of_statements_alone_takes_the_title_of_the_file(tmp_path: Path) -> None:
    reading = read(written({f"{BASE}S2": statement("Listens")}, tmp_path))
    assert reading.framework.title == "asn"
    assert "describes no StandardDocument" in reading.warnings[0]


def test_a_file_without_statements_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no subject is a StandardDocument"):
        read(written({"a": {f"{DC}title": [literal("x")]}}, tmp_path), format_name="asn")


def test_asn_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only read"):
        convert(written(document(), tmp_path), tmp_path / "b.json", to_format="asn")
