"""Turning what Pydantic says into a sentence for the person who wrote the file."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from prowess.framework.errors import InputError

_REMEDIES = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it, or check its spelling against the format's reference.",
    "string_too_short": "Give it a text, or leave the part out.",
    "string_too_long": "Shorten it.",
    "enum": "Use one of those.",
    "int_parsing": "Give a whole number.",
    "int_type": "Give a whole number.",
    "string_type": "Give a text (put it in quotation marks if it looks like a number).",
    "tuple_type": "Give a list.",
}


def first_problem(error: ValidationError, *, content: Any, place: str) -> InputError:
    """The first problem of a failed validation as an ``InputError``; says how many others there are."""
    problems = error.errors(include_url=False)
    problem = problems[0]
    where = ", ".join([place, *_steps(problem["loc"], content)])
    message = _message(problem)
    more = f" There are {len(problems) - 1} more problems." if len(problems) > 1 else ""
    return InputError(message + more, place=where, remedy=_REMEDIES.get(problem["type"]))


def _message(problem: Any) -> str:
    kind = problem["type"]
    if kind == "missing":
        return f"“{problem['loc'][-1]}” is missing."
    if kind == "extra_forbidden":
        return f"“{problem['loc'][-1]}” is not a field of this part."
    text = str(problem["msg"]).removeprefix("Value error, ")
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def _steps(location: tuple[int | str, ...], content: Any) -> list[str]:
    """The way to the problem in the words of the file: a list item is called by its code or title."""
    steps: list[str] = []
    current = content
    for step in location:
        inner = _item(current, step)
        if isinstance(step, int):
            name = (
                next((inner[key] for key in ("code", "title", "name") if key in inner), None)
                if isinstance(inner, Mapping)
                else None
            )
            steps.append(f"item {step + 1}" + (f" ({name})" if name else ""))
        else:
            steps.append(step)
        current = inner
    return steps


def _item(content: Any, step: int | str) -> Any:
    try:
        return content[step]
    except (KeyError, IndexError, TypeError):
        return None
