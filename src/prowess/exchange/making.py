"""Document parts made of what a foreign file says: what does not fit is told and left out, not fatal."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from prowess.exchange.cleaning import Findings
from prowess.framework.errors import InputError

Part = TypeVar("Part", bound=BaseModel)


def made(
    kind: type[Part], fields: dict[str, Any], *, findings: Findings, place: str, plain: dict[str, Any] | None = None
) -> Part:
    """A part of these fields; fields that do not fit are told and left out.

    Args:
        kind: type of the part.
        fields: its fields.
        findings: told about what does not fit.
        place: where it stands in the file.
        plain: the fields that stand for those that do not fit.

    Raises:
        InputError: what has to be there does not fit.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:3])
    findings.warn(f"{place}: left out what does not fit ({told}).")
    instead = {name: value for name, value in (plain or {}).items() if name in wrong}
    try:
        return kind.model_validate({name: value for name, value in fields.items() if name not in wrong} | instead)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"It cannot be taken over: {first['msg']}.", place=place) from error
