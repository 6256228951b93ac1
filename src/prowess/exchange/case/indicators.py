"""Rubrics read as indicators and as the scale."""

from collections import defaultdict
from typing import Any

from prowess.exchange.case.package import link_identifier, rightly_named
from prowess.exchange.case.rubrics import SCALE
from prowess.exchange.case.tree import Item
from prowess.exchange.case.vocabulary import COMPETENCY
from prowess.exchange.cleaning import Findings, as_list, as_text
from prowess.framework.scale import Polarity


class IndicatorsRead:
    """The levels of all criteria: by competency where the criterion names one, else the scale."""

    def __init__(self, rubrics: list[dict[str, Any]], *, items: dict[str, Item], findings: Findings) -> None:
        self.findings, self.items = findings, items
        self.scale_title = ""
        self._scale: dict[int, dict[str, Any]] = {}
        self._named: dict[int, dict[str, Any]] = {}
        self._behaviours: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        for rubric in rubrics:
            for each in as_list(rubric.get("CFRubricCriteria")):
                if isinstance(each, dict):
                    self._read(rightly_named(each, findings=findings), rubric=rubric)

    def scale_levels(self) -> list[dict[str, Any]]:
        """The levels of the scale, lowest first: those of its own rubric, else those that behaviours name."""
        levels = self._scale or self._named
        return [levels[number] for number in sorted(levels)]

    def of(self, identifier: str, *, more: dict[str, Any]) -> list[dict[str, Any]]:
        """The indicators of a competency; ``more`` is what CASE does not hold of them, by identifier."""
        found = sorted(self._behaviours.get(identifier, ()), key=lambda each: each[0])
        known = {name: value for name, value in more.items() if isinstance(value, dict)}
        return [part | known.get(part["identifier"], {}) for _, part in found]

    def _read(self, criterion: dict[str, Any], *, rubric: dict[str, Any]) -> None:
        item = self.items.get(link_identifier(criterion.get("CFItemURI")))
        levels = [each for each in as_list(criterion.get("CFRubricCriterionLevels")) if isinstance(each, dict)]
        if item is None and as_text(criterion.get("category")) == SCALE:
            title = as_text(rubric.get("title"))
            self.scale_title = "" if title == SCALE else self.findings.text(title)
        for place, each in enumerate(levels, start=1):
            level = rightly_named(each, findings=self.findings)
            number = self._number(level, place=place)
            if item is None:
                self._name_level(level, number=place if number is None else number, levels=self._scale)
            elif item.kind == COMPETENCY:
                self._add_behaviour(level, item=item, number=number, place=place, criterion=criterion)
            else:
                self.findings.unplace(as_text(level.get("description"))[:300], line=place)

    def _number(self, level: dict[str, Any], *, place: int) -> int | None:
        try:
            number = float(level["score"])
        except (KeyError, TypeError, ValueError):
            return place if level.get("quality") else None
        if number.is_integer() and 0 <= number <= 100:
            return int(number)
        self.findings.warn(f"CFRubricCriterionLevel: the score {level['score']} is no level; its position was taken.")
        return place

    def _name_level(self, level: dict[str, Any], *, number: int, levels: dict[int, dict[str, Any]]) -> None:
        name = self.findings.line(level.get("quality"), otherwise=str(number))
        text = self.findings.text(level.get("description")) if levels is self._scale else ""
        part = {"identifier": as_text(level.get("identifier")), "number": number, "name": name}
        levels.setdefault(number, part | {"description": "" if text == name else text})

    def _add_behaviour(
        self, level: dict[str, Any], *, item: Item, number: int | None, place: int, criterion: dict[str, Any]
    ) -> None:
        if number is not None and level.get("quality"):
            self._name_level(level | {"identifier": ""}, number=number, levels=self._named)
        text = self.findings.text(level.get("description")) or self.findings.text(level.get("feedback"))
        if not text:
            return
        category = as_text(criterion.get("category"))
        polarity = Polarity.INEFFECTIVE if category == Polarity.INEFFECTIVE else Polarity.EFFECTIVE
        identifier = as_text(level.get("identifier")).strip()
        part = {"identifier": identifier, "level": number, "polarity": polarity, "text": text}
        position = level.get("position")
        self._behaviours[item.identifier].append((position if isinstance(position, int) else place, part))
