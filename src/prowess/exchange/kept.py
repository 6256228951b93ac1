"""What a file said beyond, or otherwise than, a framework says it: kept beside the framework and written back.

A reader writes the framework that it has read in the same format again, compares that with the file, and keeps the
differences. Each is kept with what would have been written, so that it is written back only while that still holds: a
text that was changed meanwhile is written as changed.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from prowess.framework.document import IdentifiedPart

Part = TypeVar("Part", bound=IdentifiedPart)

_ABSENT = {"absent": True}


def differences(written: Mapping[str, Any], *, found: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the file has otherwise, or has not, by name."""
    kept = {
        name: {"instead_of": written.get(name), "value": value}
        for name, value in found.items()
        if name not in written or written[name] != value
    }
    return kept | {name: {"instead_of": written[name], **_ABSENT} for name in written if name not in found}


def restored(written: Mapping[str, Any], *, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be written, with the kept fields where what they stand for has not changed."""
    result = dict(written)
    for name, each in kept.items():
        if not isinstance(each, Mapping) or written.get(name) != each.get("instead_of"):
            continue
        if each.get("absent"):
            result.pop(name, None)
        elif "value" in each:
            result[name] = each["value"]
    return result


def put_into_parts(document: Any, *, kept: dict[str, Any], name: str) -> None:
    """Move what is kept by identifier into the extensions of the parts that bear these identifiers.

    Args:
        document: a framework as plain lists and dictionaries; changed in place.
        kept: what is kept, by identifier; what found its part is taken out.
        name: name of the format.
    """
    if isinstance(document, list | tuple):
        for each in document:
            put_into_parts(each, kept=kept, name=name)
    elif isinstance(document, dict):
        identifier = document.get("identifier")
        if isinstance(identifier, str) and identifier in kept:
            document.setdefault("extensions", {})[name] = kept.pop(identifier)
        for field, value in document.items():
            if field != "extensions" and isinstance(value, list | tuple | dict):
                put_into_parts(value, kept=kept, name=name)


def part_with_kept(part: Part, *, kept: dict[str, Any], name: str) -> Part:
    """The part, and the parts in it, with what is kept under their identifiers; that is taken out of ``kept``."""
    update: dict[str, Any] = {}
    if part.identifier in kept:
        update["extensions"] = {**part.extensions, name: kept.pop(part.identifier)}
    for field in type(part).model_fields:
        value = getattr(part, field)
        if isinstance(value, tuple) and value and isinstance(value[0], IdentifiedPart):
            update[field] = tuple(part_with_kept(each, kept=kept, name=name) for each in value)
    return part.model_copy(update=update) if update else part


def taken_from_parts(document: Any, *, name: str) -> dict[str, Any]:
    """What parts of a framework keep for a format, by their identifiers."""
    found: dict[str, Any] = {}
    _collect(document, name=name, found=found)
    return found


def _collect(document: Any, *, name: str, found: dict[str, Any]) -> None:
    if isinstance(document, list | tuple):
        for each in document:
            _collect(each, name=name, found=found)
    elif isinstance(document, dict):
        own = document.get("extensions", {}).get(name)
        if isinstance(own, dict) and document.get("identifier"):
            found[document["identifier"]] = own
        for field, value in document.items():
            if field != "extensions" and isinstance(value, list | tuple | dict):
                _collect(value, name=name, found=found)
