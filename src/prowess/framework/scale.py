"""Proficiency scales: the ordered levels of a framework."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from prowess.framework.document import Document, IdentifiedPart
from prowess.framework.text import Line, OptionalText


class Polarity(StrEnum):
    """Whether a behaviour is what one wants to see."""

    EFFECTIVE = "effective"
    INEFFECTIVE = "ineffective"


class Level(IdentifiedPart):
    """One proficiency level: its number (1 is the lowest), its name, and what its indicators usually describe."""

    number: int = Field(ge=0, le=100, description="Rank on the scale; higher is more proficient.")
    name: Line
    description: OptionalText = ""
    polarity: Polarity = Field(
        default=Polarity.EFFECTIVE,
        description="What indicators at this level describe unless they say otherwise.",
    )


class Scale(Document):
    """Ordered proficiency levels, lowest first; empty when a framework has none."""

    title: OptionalText = ""
    levels: tuple[Level, ...] = ()

    @model_validator(mode="after")
    def _levels_ascend(self) -> Self:
        numbers = [level.number for level in self.levels]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"the levels must be numbered upwards without repeats; they are {numbers}")
        return self

    @property
    def numbers(self) -> tuple[int, ...]:
        """The level numbers, lowest first."""
        return tuple(level.number for level in self.levels)

    def level(self, number: int) -> Level | None:
        """The level with this number, or None where the scale lacks it."""
        return next((level for level in self.levels if level.number == number), None)

    def name_of(self, number: int) -> str:
        """The name of a level, or its number where the scale lacks it."""
        level = self.level(number)
        return level.name if level else str(number)
