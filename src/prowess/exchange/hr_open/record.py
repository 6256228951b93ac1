"""A competency as HR Open names it: in a position profile, or as a defined term of a job description or posting."""

from typing import Any

from prowess.exchange.cleaning import Findings, as_list, as_text, shortened
from prowess.framework.competency import Competency
from prowess.framework.framework import Framework

NAME = "hr-open"
POSITION = "positionCompetencies"
TERMS = ("competencies", "skills", "knowledge", "abilities", "attitudes")
LISTS = (POSITION, *TERMS)


def record_of(competency: Competency, *, framework: Framework, kind: str) -> dict[str, Any]:
    """The record that says what the competency says, for a list of that kind."""
    text = competency.definition
    if kind == POSITION:
        record: dict[str, Any] = {
            "competencyId": {"value": competency.code, "schemeId": framework.identifier or framework.title},
            "competencyName": competency.title,
        }
        return record | ({"descriptions": [text]} if text else {})
    term: dict[str, Any] = {"name": competency.title, "termCode": competency.code}
    term |= {"description": text} if text else {}
    return term | ({"url": competency.identifier} if "://" in competency.identifier else {})


def fields_of(record: Any, *, findings: Findings, place: str) -> dict[str, Any]:
    """The fields of the competency that a record describes; a record may be a bare name."""
    if not isinstance(record, dict):
        return {"title": findings.line(record, place=place)}
    said = record.get("descriptions") or record.get("description") or record.get("competencyDescription")
    text = findings.text("\n".join(filter(None, map(_text, as_list(said)))), place=place)
    name = findings.line(_first(record, "competencyName", "name", "title", "skillName"), place=place)
    address = next((value for field in ("url", "uri", "id") if "://" in (value := as_text(record.get(field)))), "")
    title = name or shortened(text)
    return {"identifier": address, "title": title, "definition": "" if not name and text == title else text}


def code_wished(record: Any) -> str:
    """The code that a record gives its competency, else one out of its name."""
    if isinstance(record, dict):
        for field in ("competencyId", "competencyIds", "termCode", "codedNotation", "identifier", "id"):
            code = _identifier(record.get(field))
            if code and "://" not in code:
                return code
        record = _first(record, "competencyName", "name", "title", "skillName")
    return "-".join(as_text(record).lower().split())


def level_wanted(record: Any) -> int | None:
    """The level that a position requires, where it is a whole number."""
    if not isinstance(record, dict):
        return None
    for field in ("requiredProficiencyLevel", "requiredLevel", "proficiencyLevel", "desiredProficiencyLevel"):
        value = record.get(field)
        text = as_text(value.get("value") or value.get("score")) if isinstance(value, dict) else as_text(value)
        if text.isdecimal() and len(text) < 3:
            return int(text)
    return None


def importance(record: Any) -> float | None:
    """The weight that a position gives the competency, between 0 and 1; percentages are understood."""
    weight = record.get("weight", record.get("importance")) if isinstance(record, dict) else None
    found = weight.get("value") if isinstance(weight, dict) else weight
    try:
        number = float(found)  # type: ignore[arg-type]  # what is no number is told by the exception
    except (TypeError, ValueError):
        return None
    number = number / 100 if 1 < number <= 100 else number
    return number if 0 <= number <= 1 else None


def _identifier(value: Any) -> str:
    for each in as_list(value):
        found = as_text(each.get("value") or each.get("id") if isinstance(each, dict) else each).strip()
        if found:
            return found
    return ""


def _first(record: dict[str, Any], *names: str) -> str:
    return next((text for name in names if (text := _text(record.get(name)).strip())), "")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return as_text(value.get("content") or value.get("value") or value.get("name"))
    return as_text(value)
