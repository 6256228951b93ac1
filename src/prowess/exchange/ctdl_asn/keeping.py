"""What a graph says beyond the framework that was read from it, kept in the framework's extensions."""

from typing import Any

from prowess.exchange.ctdl_asn.writing import NAME, plain_nodes_of
from prowess.exchange.kept import differences, put_into_parts
from prowess.framework.framework import Framework


def with_what_is_kept(framework: Framework, *, nodes: list[dict[str, Any]], by_prowess: bool) -> Framework:
    """The framework with all that the graph says beyond it."""
    document = framework.model_dump(mode="json")
    if not by_prowess:
        _mark(document)
    written = {each["@id"]: each for each in plain_nodes_of(Framework.model_validate(document))}
    found = {each["@id"]: each for each in nodes}
    same = written.keys() & found.keys()
    kept = {address: differences(written[address], found=found[address]) for address in same}
    parts = {address: each for address, each in kept.items() if each}
    put_into_parts([document["clusters"], document["competencies"]], kept=parts, name=NAME)
    own: dict[str, Any] = {
        "parts": parts,
        "absent": [address for address in written if address not in found],
        "more": [each for address, each in found.items() if address not in written],
    }
    if list(found) != [address for address in written if address in found]:
        own["order"] = list(found)
    own = {name: value for name, value in own.items() if value}
    if own or not by_prowess:
        document["extensions"][NAME] = own
    return Framework.model_validate(document)


def _mark(document: Any) -> None:
    """Mark every identified part as one whose identifier is its address here."""
    if isinstance(document, list):
        for each in document:
            _mark(each)
    elif isinstance(document, dict):
        if document.get("identifier"):
            document.setdefault("extensions", {}).setdefault(NAME, {})
        for name, value in document.items():
            if name != "extensions":
                _mark(value)
