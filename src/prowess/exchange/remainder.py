"""What a format has no field for: carried in an extension of its own where the format has one, else told as lost."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from prowess.framework.competency import Competency
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss


def remainder(part: BaseModel, *, held: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a part that differ from their defaults and that the format does not hold."""
    return part.model_dump(mode="json", exclude_defaults=True, exclude=set(held))


def losses_of_competency(competency: Competency, *, held: Iterable[str], reason: str) -> list[Loss]:
    """A loss for each field of a competency that a format cannot hold and that is not empty."""
    return [Loss(code=competency.code, part=name, reason=reason) for name in remainder(competency, held=held)]


def losses_of_framework(framework: Framework, *, held: Iterable[str], reason: str) -> list[Loss]:
    """A loss for each field of the framework itself that a format cannot hold and that is not empty."""
    return [Loss(part=name, reason=reason) for name in remainder(framework, held={*held, "competencies"})]
