"""CASE packages as they come: misspelt, wrapped, half linked, of mixed versions."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from prowess.exchange import convert, format_to_read, read
from prowess.framework.errors import InputError

IDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(10)]
DOCUMENT, FAMILY, FIRST, SECOND, OUTSIDE = IDS[:5]


def link(identifier: str) -> dict[str, str]:
    return {"title": "t", "identifier": identifier, "uri": f"https://example.org/uri/{identifier}"}


def item(identifier: str, text: str, **more: Any) -> dict[str, Any]:
    return {"identifier": identifier, "fullStatement": text, "uri": link(identifier)["uri"], **more}


def joined(number: int, kind: str, origin: str, destination: str) -> dict[str, Any]:
    return {
        "identifier": f"{number:08x}-0000-4000-8000-00000000aaaa",
        "uri": "https://example.org/a",
        "associationType": kind,
        "originNodeURI": link(origin),
        "destinationNodeURI": link(destination),
    }


def package() -> dict[str, Any]:
    return {
        "CFDocument": {"identifier": DOCUMENT, "title": "Service", "creator": "A town", "uri": link(DOCUMENT)["uri"]},
        "CFItems": [item(FAMILY, "People"), item(FIRST, "Listens *closely*"), item(SECOND, "Answers\n\n- in time")],
        "CFAssociations": [
            joined(1, "isChildOf", FAMILY, DOCUMENT),
            joined(2, "isChildOf", SECOND, FAMILY),
            joined(3, "isChildOf", FIRST, FAMILY),
            joined(4, "isRelatedTo", FIRST, SECOND),
        ],
    }


def read_of(content: Any, folder: Path) -> Any:
    path = folder / "package.json"
    path.write_text(json.dumps(content), "utf-8")
    assert format_to_read(path).name == "case"
    return read(path)


def test_a_regular_package_is_clusters_competencies_and_relations(tmp_path: Path) -> None:
    framework = read_of(package(), tmp_path).framework
    assert [each.title for each in framework.clusters] == ["People"]
    assert [each.identifier for each in framework.competencies] == [SECOND, FIRST]
    assert framework.competencies[1].relations[0].target == framework.competencies[0].code


def bare_links(content: dict[str, Any]) -> Any:
    for each in content["CFAssociations"]:
        for end in ("originNodeURI", "destinationNodeURI"):
            each[end] = each[end]["uri"]
    return content


def bare_identifiers(content: dict[str, Any]) -> Any:
    for each in content["CFAssociations"]:
        each["originNodeURI"] = each["originNodeURI"]["identifier"]
    return content


def other_names(content: dict[str, Any]) -> Any:
    for each in content["CFItems"]:
        each["sourcedId"] = each.pop("identifier")
        each["fullStatment"] = each.pop("fullStatement")
    for each in content["CFAssociations"]:
        each["associationType"] = {"isChildOf": "Is Child Of"}.get(each["associationType"], each["associationType"])
    return content


REGULAR = {
    "links are bare addresses": bare_links,
    "links are bare identifiers": bare_identifiers,
    "fields are misspelt": other_names,
    "packages stand in a list": lambda content: [content],
    "the package is wrapped": lambda content: {"data": {"CFPackage": content}},
    "names are in small letters": lambda content: {name.lower(): value for name, value in content.items()},
}


@pytest.mark.parametrize("kind", REGULAR)
def test_an_irregular_package_means_what_a_regular_one_means(kind: str, tmp_path: Path) -> None:
    regular = read_of(package(), tmp_path).framework
    framework = read_of(REGULAR[kind](copy.deepcopy(package())), tmp_path).framework
    assert [(each.identifier, each.title) for each in framework.clusters] == [(FAMILY, "People")]
    for one, other in zip(framework.competencies, regular.competencies, strict=True):
        assert (one.identifier, one.title, one.definition) == (other.identifier, other.title, other.definition)
        assert [each.target for each in one.relations] == [each.target for each in other.relations]


def test_a_link_out_of_the_package_is_a_match(tmp_path: Path) -> None:
    content = package()
    content["CFAssociations"].append(joined(5, "exactMatchOf", FIRST, OUTSIDE))
    first = next(each for each in read_of(content, tmp_path).framework.competencies if each.identifier == FIRST)
    assert [(each.kind, each.target) for each in first.matches] == [("exact", link(OUTSIDE)["uri"])]


def test_a_circle_is_broken_and_told(tmp_path: Path) -> None:
    content = package()
    content["CFAssociations"] = [joined(1, "isChildOf", FIRST, SECOND), joined(2, "isChildOf", SECOND, FIRST)]
    reading = read_of(content, tmp_path)
    assert len(reading.framework.clusters) + len(reading.framework.competencies) == 3
    assert any("stands below itself" in each for each in reading.warnings)


def test_an_identifier_that_comes_twice_is_told_and_its_text_kept_apart(tmp_path: Path) -> None:
    content = package()
    content["CFItems"].append(item(FIRST, "The same again"))
    reading = read_of(content, tmp_path)
    assert [each.text for each in reading.unplaced] == ["The same again"]


@pytest.mark.parametrize("part", ["CFItems", "CFAssociations", "CFDocument"])
def test_a_part_may_be_missing(part: str, tmp_path: Path) -> None:
    content = package()
    del content[part]
    assert read_of(content, tmp_path).framework.title


def test_unknown_fields_are_written_back(tmp_path: Path) -> None:
    content = package()
    content["CFItems"][1]["ourOwnField"] = {"a": [1, None]}
    read_of(content, tmp_path)
    convert(tmp_path / "package.json", tmp_path / "b.case.json")
    assert json.loads((tmp_path / "b.case.json").read_text("utf-8")) == content


def test_a_torn_package_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "torn.json"
    path.write_text(json.dumps(package(), indent=1)[:400], "utf-8")
    with pytest.raises(InputError, match="ends before it is complete") as told:
        read(path, format_name="case")
    assert "line " in str(told.value.place)


def test_json_that_is_no_package_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"a": 1}', "utf-8")
    with pytest.raises(InputError, match="no CASE package"):
        read(path, format_name="case")
