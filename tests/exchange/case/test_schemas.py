"""What is written as CASE is what the published schemas describe."""

import json
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft7Validator

from prowess.exchange.case.writing import package_of
from prowess.starter import load_library
from tests.shared_data import shared_path

NEW_IN_1_1 = {"extensions", "caseVersion", "CFPackageURI", "CFDocumentURI"}


def package() -> dict[str, Any]:
    library = load_library()
    return package_of(library.model_copy(update={"competencies": library.competencies[:6]}))


def without(content: Any, names: set[str]) -> Any:
    if isinstance(content, list):
        return [without(each, names) for each in content]
    if isinstance(content, dict):
        return {name: without(value, names) for name, value in content.items() if name not in names}
    return content


def test_a_package_is_what_the_description_of_the_service_says() -> None:
    """The description is that of version 1.0, which knows no extensions; they are left out for it."""
    described = json.loads(shared_path("data/interop/case-opensalt/case-v1p0-swagger.json").read_text("utf-8"))
    schema = {"$ref": "#/definitions/CFPackage.Type", "definitions": described["definitions"]}
    wrong = [each.message[:200] for each in Draft4Validator(schema).iter_errors(without(package(), NEW_IN_1_1))]
    assert wrong == []


@pytest.mark.parametrize("version", ["v1p0", "v1p1"])
@pytest.mark.parametrize("part", ["CFDocument", "CFItem", "CFAssociation"])
def test_each_record_fits_its_schema(part: str, version: str) -> None:
    """These schemas call the identifier ``sourcedId``."""
    path = shared_path(f"data/interop/case-opencase-schemas/case-{version}-{part.lower()}.json")
    validator = Draft7Validator(json.loads(path.read_text("utf-8")))
    written = package()
    records = [written[part]] if part == "CFDocument" else written[f"{part}s"]
    assert records
    for record in records:
        named = {"sourcedId" if name == "identifier" else name: value for name, value in record.items()}
        assert [each.message[:200] for each in validator.iter_errors(named)] == []
