"""The competencies of a graph as a tree, said by either side: hasChild, isChildOf, hasTopChild."""

from dataclasses import dataclass, field
from typing import Any

from prowess.exchange.cleaning import Findings
from prowess.exchange.ctdl_asn.graph import COMPETENCY, linked, type_of
from prowess.exchange.ctdl_asn.words import text_in
from prowess.exchange.ctdl_asn.writing import CLUSTER, INDICATOR, JOB_ACTIVITY, KEY_ACTION

__all__ = ["CLUSTER", "INDICATOR", "JOB_ACTIVITY", "KEY_ACTION", "Statement", "statements_in"]


@dataclass
class Statement:
    """A competency node with its place in the tree and what it is read as."""

    node: dict[str, Any]
    address: str
    parent: "Statement | None" = None
    children: list["Statement"] = field(default_factory=list)
    kind: str = ""
    code: str = ""


def statements_in(
    nodes: list[dict[str, Any]], *, root: dict[str, Any], findings: Findings, in_order_of_tree: bool
) -> list[Statement]:
    """The competencies, parents before their children or as they stand in the file."""
    found = {each["@id"]: Statement(each, each["@id"]) for each in nodes if type_of(each) == COMPETENCY}
    for each in found.values():
        for link in linked(each.node, "hasChild"):
            _join(found.get(link), parent=each, findings=findings)
            if link not in found:
                findings.warn(f"{each.address}: the child {link} is not in the file.")
    for each in found.values():
        for link in linked(each.node, "isChildOf")[:1]:
            _join(each, parent=found.get(link), findings=findings)
    ordered = _walk(found, tops=linked(root, "hasTopChild"))
    for each in ordered:
        each.kind = _kind_of(each)
    return ordered if in_order_of_tree else list(found.values())


def _join(child: Statement | None, *, parent: Statement | None, findings: Findings) -> None:
    if child is None or parent is None or child.parent is not None:
        return
    above: Statement | None = parent
    while above is not None and above is not child:
        above = above.parent
    if above is child:
        findings.warn(f"{child.address} stands below itself; it was put at the top.")
        return
    child.parent = parent
    parent.children.append(child)


def _walk(found: dict[str, Statement], *, tops: list[str]) -> list[Statement]:
    places = {link: place for place, link in enumerate(tops)}
    roots = [each for each in found.values() if each.parent is None]
    roots.sort(key=lambda each: places.get(each.address, len(places)))
    waiting, ordered = list(reversed(roots)), []
    while waiting:
        each = waiting.pop()
        ordered.append(each)
        waiting.extend(reversed(each.children))
    return ordered


def _kind_of(each: Statement) -> str:
    said = text_in(each.node.get("ceasn:competencyCategory"))
    parent = each.parent.kind if each.parent else ""
    if said in (KEY_ACTION, JOB_ACTIVITY, INDICATOR) and parent == COMPETENCY and not each.children:
        return said
    if said == CLUSTER and parent in ("", CLUSTER):
        return CLUSTER
    parts = all(text_in(child.node.get("ceasn:competencyCategory")) in (KEY_ACTION, JOB_ACTIVITY, INDICATOR)
                for child in each.children)  # fmt: skip
    return CLUSTER if each.children and not parts and parent in ("", CLUSTER) else COMPETENCY
