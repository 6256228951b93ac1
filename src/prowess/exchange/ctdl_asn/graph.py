"""The nodes of a CTDL-ASN document, in whatever it is wrapped in."""

from typing import Any

from prowess.exchange.cleaning import as_list, as_text
from prowess.exchange.ctdl_asn.words import links_in
from prowess.framework.errors import InputError

FRAMEWORKS = ("CompetencyFramework", "Collection")
COMPETENCY, LEVEL, MODEL = "Competency", "ProgressionLevel", "ProgressionModel"
_PREFIXES = ("ceasn:", "ceterms:", "asn:", "https://purl.org/ctdlasn/terms/", "https://purl.org/ctdl/terms/")


def type_of(node: dict[str, Any]) -> str:
    """The type of a node without the prefix of its vocabulary."""
    types = [as_text(each) for each in as_list(node.get("@type") or node.get("type"))]
    return next((_bare(each) for each in types if each), "")


def nodes_in(content: Any, *, place: str) -> list[dict[str, Any]]:
    """All typed nodes, those that stand inside others after them, each identifier once.

    Raises:
        InputError: there is none.
    """
    found: dict[str, dict[str, Any]] = {}
    waiting: list[Any] = [content]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting = [*each, *waiting]
        elif isinstance(each, dict):
            if type_of(each):
                key = (
                    as_text(each.get("@id") or each.get("id") or each.get("ceterms:ctid") or each.get("ctid"))
                    or f"_:node{len(found)}"
                )
                found.setdefault(key, _prefixed(each) | {"@id": key})
            waiting += [inner for inner in each.values() if isinstance(inner, dict | list)]
    if not found:
        raise InputError(
            "There is no CTDL-ASN framework or competency in it.",
            place=place,
            remedy="Give the JSON-LD graph of a ceasn:CompetencyFramework.",
        )
    return list(found.values())


def field(node: dict[str, Any], name: str) -> Any:
    """A field of a node; identifiers and web pages are in the ceterms vocabulary, all else in ceasn."""
    return node.get(f"ceasn:{name}", node.get(f"ceterms:{name}"))


def linked(node: dict[str, Any], *names: str) -> list[str]:
    """What a node points to by any of these fields."""
    return [link for name in names for link in links_in(field(node, name))]


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def _prefixed(node: dict[str, Any]) -> dict[str, Any]:
    """Fields under their usual prefixes: full addresses shortened, plain names of JSON-LD completed."""
    result: dict[str, Any] = {}
    for name, value in node.items():
        short = name
        for address, prefix in (
            ("https://purl.org/ctdlasn/terms/", "ceasn:"),
            ("https://purl.org/ctdl/terms/", "ceterms:"),
        ):
            if name.startswith(address):
                short = prefix + name[len(address) :]
        if short in ("type", "id"):
            short = f"@{short}"
        elif ":" not in short and not short.startswith("@") and short in _PLAIN:
            short = f"ceterms:{short}" if short in ("ctid", "name", "description") else f"ceasn:{short}"
        result.setdefault(short, value)
    return result


_PLAIN = frozenset(
    "ctid name description competencyText competencyLabel codedNotation hasChild isChildOf isTopChildOf hasTopChild"
    " isPartOf inLanguage publisherName competencyCategory conceptKeyword exactAlignment".split()
)
