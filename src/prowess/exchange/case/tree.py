"""The items of a package as a tree, by their isChildOf associations."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from prowess.exchange.case.package import link_identifier
from prowess.exchange.case.vocabulary import CLUSTER, COMPETENCY, item_type_meant
from prowess.exchange.cleaning import Findings, as_text


@dataclass
class Item:
    """An item with its place in the tree."""

    record: dict[str, Any]
    identifier: str
    parent: "Item | None" = None
    children: list["Item"] = field(default_factory=list)
    kind: str = ""
    code: str = ""

    @property
    def type_known(self) -> str:
        """The type of the item, where Prowess knows it."""
        return item_type_meant(as_text(self.record.get("CFItemType")))

    @property
    def by_prowess(self) -> dict[str, Any]:
        """What Prowess wrote beyond the fields of CASE."""
        extensions = self.record.get("extensions")
        found = extensions.get("prowess") if isinstance(extensions, dict) else None
        return found if isinstance(found, dict) else {}


class Tree:
    """All items, in the order of the tree, each with what it is read as."""

    def __init__(
        self,
        records: list[dict[str, Any]],
        associations: list[dict[str, Any]],
        *,
        findings: Findings,
        by_prowess: bool = False,
    ) -> None:
        self.findings = findings
        self.items: dict[str, Item] = {}
        for number, record in enumerate(records, start=1):
            self._add(record, number=number)
        self.used = {id(each) for each in associations if self._join(each)}
        self.roots = [each for each in self.items.values() if each.parent is None]
        self._break_cycles()
        for item in self.walk():
            item.kind = (by_prowess and item.type_known) or _kind_of(item)

    def walk(self) -> list[Item]:
        """The items, parents before their children."""
        found: list[Item] = []
        waiting = list(reversed(self.roots))
        while waiting:
            item = waiting.pop()
            found.append(item)
            waiting.extend(reversed(item.children))
        return found

    def _add(self, record: dict[str, Any], *, number: int) -> None:
        identifier = as_text(record.get("identifier")).strip() or link_identifier(record.get("uri"))
        if not identifier:
            identifier = as_text(record.get("humanCodingScheme")).strip() or f"item-{number}"
            self.findings.warn(f"CFItems, number {number}: it has no identifier; “{identifier}” was taken.")
        if identifier in self.items:
            self.findings.warn(
                f"CFItems, number {number}: the identifier “{identifier}” is used twice; the first stays."
            )
            self.findings.unplace(as_text(record.get("fullStatement"))[:300], line=number)
            return
        self.items[identifier] = Item(record, identifier)

    def _join(self, association: dict[str, Any]) -> bool:
        if association.get("associationType") != "isChildOf":
            return False
        child = self.items.get(link_identifier(association.get("originNodeURI")))
        parent = self.items.get(link_identifier(association.get("destinationNodeURI")))
        if child is None or parent is None or child.parent is not None or child is parent:
            return child is not None and parent is None
        child.parent = parent
        parent.children.append(child)
        return True

    def _break_cycles(self) -> None:
        reached = {each.identifier for each in self.walk()}
        for item in self.items.values():
            if item.identifier not in reached:
                self.findings.warn(f"The item “{item.identifier}” stands below itself; it was put at the top.")
                if item.parent is not None:
                    item.parent.children.remove(item)
                    item.parent = None
                self.roots.append(item)
                self._mark(item, reached=reached)

    def _mark(self, item: Item, *, reached: set[str]) -> None:
        waiting = [item]
        while waiting:
            each = waiting.pop()
            if each.identifier not in reached:
                reached.add(each.identifier)
                waiting.extend(each.children)

    def sort(self, places: dict[str, float]) -> None:
        """Put siblings into the order of their sequence numbers, those without one last, else as they came."""
        for item in self.items.values():
            item.children.sort(key=lambda each: places.get(each.identifier, float("inf")))
        self.roots.sort(key=lambda each: places.get(each.identifier, float("inf")))


def sequence_numbers(associations: list[dict[str, Any]]) -> dict[str, float]:
    """Sequence numbers of the items below their first parents."""
    places: dict[str, float] = defaultdict()
    for each in associations:
        number = each.get("sequenceNumber")
        if each.get("associationType") == "isChildOf" and number is not None:
            try:
                places.setdefault(link_identifier(each.get("originNodeURI")), float(number))
            except (TypeError, ValueError):
                continue
    return places


def _kind_of(item: Item) -> str:
    known = item.type_known
    parent = item.parent.kind if item.parent else ""
    if known in (CLUSTER, COMPETENCY):
        return CLUSTER if known == CLUSTER and (item.by_prowess or item.children or not parent) else COMPETENCY
    if known and parent == COMPETENCY and not item.children:
        return known
    return CLUSTER if item.children and parent in ("", CLUSTER) else COMPETENCY
