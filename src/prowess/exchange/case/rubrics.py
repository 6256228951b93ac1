"""Scale and indicators as rubrics: a criterion for each polarity, a criterion level for each behaviour."""

from typing import Any

from prowess.exchange.case.names import Names
from prowess.exchange.identity import uuid_for
from prowess.framework.competency import Competency
from prowess.framework.framework import Framework
from prowess.framework.scale import Polarity

SCALE = "Scale"
"""Category of the one criterion whose levels are the scale itself."""


def scale_rubric(framework: Framework, *, names: Names) -> list[dict[str, Any]]:
    """The scale as a rubric that belongs to no item; none where the framework has no scale."""
    if not framework.scale.levels:
        return []
    rubric, criterion = uuid_for(names.framework, "scale"), uuid_for(names.framework, "scale", "levels")
    levels = [
        names.head(names.identifier(level, "scale", str(level.number)))
        | {
            "description": level.description or level.name,
            "quality": level.name,
            "score": level.number,
            "position": position,
            "rubricCriterionId": criterion,
        }
        for position, level in enumerate(framework.scale.levels, start=1)
    ]
    record = _criterion(criterion, rubric=rubric, category=SCALE, levels=levels, names=names)
    return [_rubric(rubric, title=framework.scale.title or SCALE, names=names) | {"CFRubricCriteria": [record]}]


def indicator_rubric(competency: Competency, *, item: str, framework: Framework, names: Names) -> list[dict[str, Any]]:
    """The indicators of a competency as a rubric; none where it has none."""
    if not competency.indicators:
        return []
    rubric = uuid_for(names.framework, "indicators", competency.code)
    criteria = []
    for position, polarity in enumerate(Polarity, start=1):
        criterion = uuid_for(names.framework, "indicators", competency.code, polarity)
        levels = _levels(competency, polarity=polarity, criterion=criterion, framework=framework, names=names)
        if levels:
            link = {"CFItemURI": names.link(item, title=competency.title), "position": position}
            criteria.append(
                _criterion(criterion, rubric=rubric, category=polarity.value, levels=levels, names=names) | link
            )
    return [_rubric(rubric, title=competency.title, names=names) | {"CFRubricCriteria": criteria}]


def indicator_identifier(competency: Competency, number: int, *, names: Names) -> str:
    """Identifier of an indicator, by its place among all of its competency."""
    return names.identifier(competency.indicators[number], "indicator", competency.code, str(number))


def _levels(
    competency: Competency, *, polarity: Polarity, criterion: str, framework: Framework, names: Names
) -> list[dict[str, Any]]:
    found = []
    for number, indicator in enumerate(competency.indicators):
        if indicator.polarity is polarity:
            at = (
                {}
                if indicator.level is None
                else {"quality": framework.scale.name_of(indicator.level), "score": indicator.level}
            )
            found.append(
                names.head(indicator_identifier(competency, number, names=names))
                | {"description": indicator.text, **at, "position": number + 1, "rubricCriterionId": criterion}
            )
    return found


def _rubric(identifier: str, *, title: str, names: Names) -> dict[str, Any]:
    return names.head(identifier) | {"title": title}


def _criterion(
    identifier: str, *, rubric: str, category: str, levels: list[dict[str, Any]], names: Names
) -> dict[str, Any]:
    return names.head(identifier) | {"category": category, "rubricId": rubric, "CFRubricCriterionLevels": levels}
