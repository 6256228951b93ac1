"""A CASE package as it comes: found in whatever it is wrapped in, its fields by their right names."""

from typing import Any

from prowess.exchange.case.vocabulary import field_meant
from prowess.exchange.cleaning import Findings, as_list, as_text
from prowess.exchange.identity import uuid_in
from prowess.framework.errors import InputError

PARTS = ("CFItems", "CFAssociations", "CFRubrics")


def packages_in(content: Any, *, place: str) -> list[dict[str, Any]]:
    """The packages in a file: one, or several in a list, whatever they are wrapped in.

    Raises:
        InputError: there is none.
    """
    found = list(_packages(content, steps=4))
    if not found:
        raise InputError(
            "There is no CASE package: neither “CFDocument” nor “CFItems” stands at its beginning.",
            place=place,
            remedy="Give the JSON of a CFPackage, as a CASE provider's CFPackages endpoint answers.",
        )
    return found


def _packages(content: Any, *, steps: int) -> Any:
    if isinstance(content, list):
        for each in content if steps else ():
            yield from _packages(each, steps=steps - 1)
    elif isinstance(content, dict):
        named = {field_meant(name): value for name, value in content.items()}
        if "CFDocument" in named or "CFItems" in named:
            yield named
        else:
            for value in named.values() if steps else ():
                if isinstance(value, dict | list):
                    yield from _packages(value, steps=steps - 1)


def records(package: dict[str, Any], *, name: str, findings: Findings) -> list[dict[str, Any]]:
    """The records of one list of the package, with their fields by their right names."""
    found = []
    for number, each in enumerate(as_list(package.get(name)), start=1):
        if isinstance(each, dict):
            found.append(rightly_named(each, findings=findings))
        else:
            findings.unplace(f"{name}: {as_text(each)[:300]}", line=number)
    return found


def rightly_named(record: dict[str, Any], *, findings: Findings) -> dict[str, Any]:
    """A record with its fields by their right names; the first of two that mean the same stays."""
    named: dict[str, Any] = {}
    for name, value in record.items():
        meant = field_meant(name)
        if meant in named and meant != name:
            named.setdefault(name, value)
            continue
        if meant != name:
            findings.warn(f"“{name}” was read as “{meant}”.")
        named[meant] = value
    return named


def link_identifier(link: Any) -> str:
    """What a link points to: its identifier, or the one in its URI; a link may be a bare text."""
    if isinstance(link, dict):
        named = {field_meant(name): value for name, value in link.items()}
        return as_text(named.get("identifier")).strip() or link_identifier(as_text(named.get("uri")))
    text = as_text(link).strip()
    return uuid_in(text) or text


def link_field(link: Any, *, name: str) -> str:
    """A field of a link; of a bare text, its URI."""
    if isinstance(link, dict):
        return as_text(link.get(name)).strip()
    return as_text(link).strip() if name == "uri" else ""
