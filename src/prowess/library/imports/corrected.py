"""What a curator sets for a framework as a whole before it is imported: title, codes, scale."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pydantic import ValidationError

from prowess.framework import Competency, Framework, Level, Polarity, Scale
from prowess.framework.errors import InputError


class LevelSetting(TypedDict):
    """A level of the source (``source``) and what it becomes."""

    source: int
    number: int
    name: str
    polarity: str


class Settings(TypedDict, total=False):
    """What was set: each part only where it differs from what was read."""

    format: str
    title: str
    code: str
    codes: dict[str, str]
    levels: list[LevelSetting]


def with_settings(framework: Framework, settings: Mapping[str, Any]) -> Framework:
    """The framework as it was read, with what the curator set.

    Raises:
        InputError: two competencies would have one code, or two levels one number.
    """
    if settings.get("levels"):
        framework = _with_levels(framework, settings["levels"])
    if settings.get("codes"):
        framework = _with_codes(framework, settings["codes"])
    if settings.get("title"):
        framework = framework.model_copy(update={"title": settings["title"]})
    return framework


def _with_codes(framework: Framework, codes: Mapping[str, str]) -> Framework:
    taken = Counter(codes.get(c.code, c.code) for c in framework.competencies)
    twice = next((code for code, times in taken.items() if times > 1), None)
    if twice is not None:
        raise InputError(f"Two competencies would have the code “{twice}”.", place="code", remedy="Give each its own.")
    competencies = tuple(_recoded(competency, codes) for competency in framework.competencies)
    return _rebuilt(framework, competencies=competencies)


def _recoded(competency: Competency, codes: Mapping[str, str]) -> Competency:
    relations = tuple(
        relation.model_copy(update={"target": codes.get(relation.target, relation.target)})
        for relation in competency.relations
    )
    code = codes.get(competency.code, competency.code)
    successor = codes.get(competency.successor, competency.successor)
    return competency.model_copy(update={"code": code, "relations": relations, "successor": successor})


def _with_levels(framework: Framework, settings: Sequence[LevelSetting]) -> Framework:
    described = {level.number: level for level in framework.scale.levels}
    known = [setting for setting in settings if setting["source"] in described]
    numbers = {setting["source"]: setting["number"] for setting in known}
    taken = Counter(numbers.get(number, number) for number in described)
    if any(times > 1 for times in taken.values()):
        raise InputError("Two levels would have the same number.", place="scale", remedy="Give each its own.")
    rest = [level for number, level in described.items() if number not in numbers]
    levels = sorted([*rest, *(_level(described[s["source"]], s) for s in known)], key=lambda level: level.number)
    scale = Scale(title=framework.scale.title, levels=tuple(levels))
    changed = {
        setting["source"]: Polarity(setting["polarity"])
        for setting in known
        if described[setting["source"]].polarity != setting["polarity"]
    }
    competencies = tuple(_relevelled(c, numbers, changed) for c in framework.competencies)
    return _rebuilt(framework, competencies=competencies, scale=scale)


def _level(level: Level, setting: LevelSetting) -> Level:
    try:
        return Level.model_validate(
            {
                **level.model_dump(),
                "number": setting["number"],
                "name": setting["name"] or level.name,
                "polarity": setting["polarity"],
            }
        )
    except ValidationError as error:
        raise InputError(
            f"The level “{setting['name']}” cannot be numbered {setting['number']}.",
            place="scale",
            remedy="Number levels from 0 to 100 and name each in at most 500 characters.",
        ) from error


def _relevelled(competency: Competency, numbers: Mapping[int, int], polarities: Mapping[int, Polarity]) -> Competency:
    indicators = [
        indicator.model_copy(
            update={
                "level": numbers.get(indicator.level, indicator.level) if indicator.level is not None else None,
                "polarity": polarities.get(indicator.level, indicator.polarity)
                if indicator.level is not None
                else indicator.polarity,
            }
        )
        for indicator in competency.indicators
    ]
    indicators.sort(key=lambda i: (-1 if i.level is None else i.level, i.polarity))
    development = tuple(
        option.model_copy(
            update={end: _renumbered(getattr(option, end), numbers) for end in ("from_level", "to_level")}
        )
        for option in competency.development
    )
    return competency.model_copy(update={"indicators": tuple(indicators), "development": development})


def _renumbered(level: int | None, numbers: Mapping[int, int]) -> int | None:
    return None if level is None else numbers.get(level, level)


def _rebuilt(framework: Framework, **update: Any) -> Framework:
    """A copy without what was worked out of the old one."""
    copy = framework.model_copy(update=update)
    copy.__dict__.pop("by_code", None)
    return copy
