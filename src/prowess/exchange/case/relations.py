"""Associations read as relations, successors and matches to other frameworks."""

from collections import Counter, defaultdict
from typing import Any
from urllib.parse import urlsplit

from prowess.exchange.case.package import link_field, link_identifier
from prowess.exchange.case.tree import Item, Tree
from prowess.exchange.case.vocabulary import ASSOCIATION_TO_MATCH, ASSOCIATION_TO_RELATION, COMPETENCY
from prowess.exchange.cleaning import Findings, as_text

_ELSEWHERE = "another framework"


class RelationsRead:
    """The relations and matches of all competencies; what Prowess does not show is told, and kept."""

    def __init__(self, associations: list[dict[str, Any]], *, tree: Tree, findings: Findings) -> None:
        self.items, self.findings = tree.items, findings
        self._relations: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._matches: dict[str, list[dict[str, Any]]] = defaultdict(list)
        aside: Counter[str] = Counter()
        for each in associations:
            if id(each) not in tree.used and not self._read(each):
                aside[as_text(each.get("associationType")) or "without a type"] += 1
        for kind, times in aside.items():
            findings.warn(f"{times} associations “{kind}” have no place in Prowess; they are kept for CASE.")

    def of(self, item: Item) -> list[dict[str, Any]]:
        """The relations of a competency."""
        return self._relations.get(item.identifier, [])

    def matches_of(self, item: Item) -> list[dict[str, Any]]:
        """The matches of a competency."""
        return self._matches.get(item.identifier, [])

    def _read(self, association: dict[str, Any]) -> bool:
        origin = self.items.get(link_identifier(association.get("originNodeURI")))
        if origin is None or origin.kind != COMPETENCY:
            return False
        by_prowess = _by_prowess(association)
        kind = as_text(association.get("associationType"))
        target = self.items.get(link_identifier(association.get("destinationNodeURI")))
        if "match" in by_prowess or (target is None and "relation" not in by_prowess):
            return self._read_match(association, origin=origin, kind=kind, more=by_prowess.get("match"))
        more = by_prowess.get("relation")
        extra: dict[str, Any] = more if isinstance(more, dict) else {}
        if not extra and (target is None or target.kind != COMPETENCY or kind not in ASSOCIATION_TO_RELATION):
            return False
        part: dict[str, Any] = {"identifier": as_text(association.get("identifier"))}
        part["kind"] = ASSOCIATION_TO_RELATION.get(kind)
        if target is not None:
            part["target"] = target.code
        self._relations[origin.identifier].append(part | extra)
        return True

    def _read_match(self, association: dict[str, Any], *, origin: Item, kind: str, more: Any) -> bool:
        link = association.get("destinationNodeURI")
        target = link_field(link, name="uri") or link_identifier(link)
        if not target or (kind not in ASSOCIATION_TO_MATCH and not more):
            return False
        title = self.findings.text(link_field(link, name="title"))
        part = {
            "identifier": as_text(association.get("identifier")),
            "kind": ASSOCIATION_TO_MATCH.get(kind),
            "framework": _host(target) or _ELSEWHERE,
            "target": self.findings.text(target),
            "title": title,
        }
        if isinstance(more, dict):  # all that Prowess wrote beyond CASE; what is not there has its default
            part = {"identifier": part["identifier"]} | more
        self._matches[origin.identifier].append(part)
        return True


def _host(uri: str) -> str:
    try:
        return urlsplit(uri).netloc
    except ValueError:
        return ""


def _by_prowess(record: dict[str, Any]) -> dict[str, Any]:
    extensions = record.get("extensions")
    found = extensions.get("prowess") if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}
