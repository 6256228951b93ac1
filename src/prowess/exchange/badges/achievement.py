"""A competency as an achievement: aligned to its framework, with the scale as rubric criterion levels."""

from datetime import UTC, datetime
from typing import Any

from prowess.exchange.badges.parties import Issuer
from prowess.exchange.identity import is_uuid, uuid_for
from prowess.framework.competency import Competency
from prowess.framework.framework import Framework


def achievement(competency: Competency, *, framework: Framework, issuer: Issuer, base: str) -> dict[str, Any]:
    """The achievement that reaching any level of the competency is."""
    criteria = [
        f"- {framework.scale.name_of(each.level)}: {each.text}"
        for each in competency.indicators
        if each.level is not None
    ]
    text = competency.definition or competency.title
    return {
        "id": f"urn:uuid:{uuid_for(name_of(framework), 'achievement', competency.code)}",
        "type": ["Achievement"],
        "achievementType": "Competency",
        "creator": profile(issuer),
        "name": competency.title,
        "humanCode": competency.code,
        "inLanguage": framework.language,
        "description": text,
        "criteria": {"narrative": "\n".join(criteria) or text},
        "alignment": [_alignment(competency, framework=framework, base=base)],
        "resultDescription": [_result_description(competency, framework=framework)],
    }


def result(competency: Competency, *, framework: Framework, level: int) -> dict[str, Any]:
    """That a level was reached."""
    return {
        "type": ["Result"],
        "resultDescription": _result_id(competency, framework=framework),
        "achievedLevel": _level_id(competency, framework=framework, level=level),
        "value": framework.scale.name_of(level),
    }


def profile(issuer: Issuer) -> dict[str, Any]:
    """The issuer."""
    found: dict[str, Any] = {"id": issuer.identifier, "type": ["Profile"], "name": issuer.name}
    return found | ({"url": issuer.url} if issuer.url else {})


def name_of(framework: Framework) -> str:
    """The name from which identifiers are made."""
    return framework.identifier or framework.title


def written_time(at: datetime) -> str:
    """A time in UTC to the second; a time without a zone is taken as UTC."""
    return f"{(at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _alignment(competency: Competency, *, framework: Framework, base: str) -> dict[str, Any]:
    own = competency.identifier
    uuid = own if is_uuid(own) else uuid_for(name_of(framework), "competency", competency.code)
    url = f"{base.rstrip('/')}/{uuid}" if base else own if "://" in own else f"urn:uuid:{uuid}"
    text = {"targetDescription": competency.definition} if competency.definition else {}
    return {
        "type": ["Alignment"],
        "targetCode": competency.code,
        "targetFramework": framework.title,
        "targetName": competency.title,
        "targetType": "CFItem",
        "targetUrl": url,
        **text,
    }


def _result_description(competency: Competency, *, framework: Framework) -> dict[str, Any]:
    levels = [
        {
            "id": _level_id(competency, framework=framework, level=level.number),
            "type": ["RubricCriterionLevel"],
            "name": level.name,
            "level": str(level.number),
            **({"description": level.description} if level.description else {}),
        }
        for level in framework.scale.levels
    ]
    return {
        "id": _result_id(competency, framework=framework),
        "type": ["ResultDescription"],
        "name": framework.scale.title or competency.title,
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": levels,
    }


def _result_id(competency: Competency, *, framework: Framework) -> str:
    return f"urn:uuid:{uuid_for(name_of(framework), 'result', competency.code)}"


def _level_id(competency: Competency, *, framework: Framework, level: int) -> str:
    return f"urn:uuid:{uuid_for(name_of(framework), 'achieved level', competency.code, str(level))}"
