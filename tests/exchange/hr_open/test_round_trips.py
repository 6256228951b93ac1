"""HR Open there and back: position profiles, job descriptions, postings."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from prowess.exchange import format_to_read
from prowess.exchange.hr_open.format import HrOpenFormat
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from tests.cast import small_framework
from tests.exchange.strategies import frameworks
from tests.shared_data import shared_path

HR_OPEN = HrOpenFormat()
HELD = {"code", "title", "definition"}

PROFILE: dict[str, Any] = {
    "profileName": "Sailmaker",
    "positionTitle": "Sailmaker, second loft",
    "profileId": {"value": "P-7"},
    "positionOpenQuantity": 2,
    "positionQualifications": [
        {
            "qualificationSummary": "Steady hands.",
            "positionCompetencies": [
                {
                    "competencyId": {"value": "SEW", "schemeId": "lofts"},
                    "competencyName": "Sewing",
                    "requiredProficiencyLevel": {"value": 3},
                    "weight": 80,
                },
                {"competencyName": "Reading the wind", "descriptions": ["Tells a change before it comes."]},
            ],
        }
    ],
}
POSTING: dict[str, Any] = {
    "title": "Sailmaker",
    "hiringOrganization": {"name": "Harbour & Vale"},
    "responsibilities": ["Cut and sew sails.", {"description": "Mend what the storm tore."}],
    "skills": [{"name": "Sewing", "description": "By hand and machine.", "termCode": "SEW", "x": 1}, "Knots"],
    "knowledge": [{"name": "Cloth"}],
}


@given(framework=frameworks())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_told_as_lost_comes_back(framework: Framework) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.hropen.json"
        losses = {(each.code, each.part) for each in HR_OPEN.write(framework, path)}
        back = HR_OPEN.read(path).framework
    assert (back.title, back.identifier, back.language) == (framework.title, framework.identifier, framework.language)
    assert (back.description, back.extensions) == (framework.description, {})
    for before, after in zip(framework.competencies, back.competencies, strict=True):
        for part in type(before).model_fields:
            if (before.code, part) not in losses:
                assert getattr(before, part) == getattr(after, part)


@pytest.mark.parametrize("content", [PROFILE, POSTING, {"positionProfiles": [PROFILE, PROFILE]}])
def test_a_document_of_others_comes_back_as_it_was(content: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), "utf-8")
    assert format_to_read(path).name == "hr-open"
    HR_OPEN.write(HR_OPEN.read(path).framework, tmp_path / "b.json")
    assert json.loads((tmp_path / "b.json").read_text("utf-8")) == content


def test_a_position_is_a_role_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(PROFILE), "utf-8")
    (role,) = HR_OPEN.read(path).role_profiles
    assert role.role.title == "Sailmaker, second loft"
    assert [(each.code, each.target_level, each.importance) for each in role.competencies] == [
        ("SEW", 3, 0.8),
        ("reading-the-wind", None, 0.5),
    ]


def test_duties_are_statements_of_the_role(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(POSTING), "utf-8")
    (role,) = HR_OPEN.read(path).role_profiles
    assert [each.text for each in role.statements] == ["Cut and sew sails.", "Mend what the storm tore."]


def test_what_is_written_uses_the_fields_of_the_published_schema(tmp_path: Path) -> None:
    schema = json.loads(shared_path("data/interop/hropen/schema/PositionProfileType.json").read_text("utf-8"))
    known = {*schema["properties"], *schema["definitions"]["BasePositionProfileType"]["properties"], "language"}
    HR_OPEN.write(small_framework(), tmp_path / "a.hropen.json")
    written = json.loads((tmp_path / "a.hropen.json").read_text("utf-8"))
    assert set(written) <= known
    qualifications = schema["definitions"]["PositionQualificationType"]["properties"]
    assert set(written["positionQualifications"][0]) <= set(qualifications)


def test_each_part_without_a_field_is_told(tmp_path: Path) -> None:
    losses = {(each.code, each.part) for each in HR_OPEN.write(small_framework(), tmp_path / "a.hropen.json")}
    assert {("customer-care", "indicators"), ("", "scale"), ("", "clusters")} <= losses


def test_a_document_without_competencies_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.hropen.json"
    path.write_text('{"positionTitle": "Sailmaker"}', "utf-8")
    with pytest.raises(InputError, match="There is no list"):
        HR_OPEN.read(path)
