"""Identifiers, links and addresses in a CASE package that is written."""

from dataclasses import dataclass
from typing import Any

from prowess.exchange.identity import is_uuid, uuid_for
from prowess.framework.document import IdentifiedPart

BASE = "urn:uuid:"
"""Before an identifier, the address of a part that nobody serves (RFC 9562)."""
NOW = "now"
"""Stands for the time of writing until a package is written."""


@dataclass(frozen=True)
class Names:
    """Names of the parts of one framework."""

    framework: str

    def identifier(self, part: IdentifiedPart, *names: str) -> str:
        """The part's own UUID or the identifier that it had in CASE, else one made from its place in the framework."""
        own = part.identifier
        from_case = own and "case" in part.extensions
        return own if is_uuid(own) or from_case else uuid_for(self.framework, *names)

    def head(self, identifier: str) -> dict[str, Any]:
        """The fields with which each record begins."""
        return {"identifier": identifier, "uri": self.uri(identifier), "lastChangeDateTime": NOW}

    def uri(self, identifier: str) -> str:
        """The address of a part."""
        return f"{BASE}{identifier}"

    def link(self, identifier: str, *, title: str) -> dict[str, Any]:
        """A link to a part."""
        return {"title": title or identifier, "identifier": identifier, "uri": self.uri(identifier)}
