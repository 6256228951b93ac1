"""An HR Open document: where its lists of competencies stand, and what else it says."""

import copy
from collections.abc import Iterator
from typing import Any

from prowess.exchange.hr_open.record import LISTS, POSITION

Path = tuple[str | int, ...]
_DUTIES = ("responsibilities", "tasks", "workActivities")


def lists_in(content: Any, *, path: Path = ()) -> Iterator[tuple[Path, list[Any]]]:
    """The lists of competencies in a document with the steps that lead to each."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name in LISTS and isinstance(value, list):
                yield (*path, name), value
            else:
                yield from lists_in(value, path=(*path, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from lists_in(value, path=(*path, number))


def emptied(content: Any) -> Any:
    """A copy of the document with its lists of competencies empty."""
    empty = copy.deepcopy(content)
    for path, _ in list(lists_in(empty)):
        _put(empty, path=path, value=[])
    return empty


def filled(content: Any, *, lists: dict[Path, list[Any]]) -> Any:
    """A copy of the document with these lists where their paths lead."""
    full = copy.deepcopy(content)
    for path, value in lists.items():
        _put(full, path=path, value=value)
    return full


def first_text(content: Any, *names: str) -> str:
    """The first text under one of these names, the outermost before those inside."""
    layer = [content]
    while layer:
        for each in layer:
            for name in names:
                found = each.get(name) if isinstance(each, dict) else None
                if isinstance(found, str) and found.strip():
                    return found.strip()
        layer = [
            inner for each in layer if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]  # fmt: skip
    return ""


def duties_in(content: Any) -> list[str]:
    """What a document says that is to be done, text by text."""
    found: list[str] = []
    waiting = [content]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting = [*each, *waiting]
        elif isinstance(each, dict):
            for name, value in each.items():
                if name in _DUTIES:
                    found += [text for one in (value if isinstance(value, list) else [value]) if (text := _said(one))]
                elif isinstance(value, dict | list):
                    waiting.append(value)
    return found


def new_document(*, identifier: str, title: str, language: str, description: str) -> tuple[dict[str, Any], Path]:
    """A position profile without competencies, and the path at which they belong."""
    profile: dict[str, Any] = {"profileName": title, "language": language}
    profile |= {"profileId": {"value": identifier}} if identifier else {}
    profile |= {"positionFormattedDescriptions": [{"content": description}]} if description else {}
    profile["positionQualifications"] = [{POSITION: []}]
    return profile, ("positionQualifications", 0, POSITION)


def _said(one: Any) -> str:
    if isinstance(one, dict):
        one = one.get("description") or one.get("name") or one.get("content")
    return one.strip() if isinstance(one, str) else ""


def _put(content: Any, *, path: Path, value: Any) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = value
