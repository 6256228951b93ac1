"""What a content check reports."""

from enum import StrEnum

from prowess.framework.competency import RelationKind
from prowess.framework.document import Document


class Severity(StrEnum):
    """An error breaks a rule of the document; a warning is likely to hurt its use; a hint is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Offer(Document):
    """A change that would settle a finding, which an editor can make with one click: a relation with a drafted note."""

    relation: RelationKind
    target: str
    note: str = ""
    advice: str = ""


def offers_to_tell_apart(*, title: str, other: str, code: str) -> tuple[Offer, ...]:
    """The two relations by which a framework tells near-copies apart, with notes to be completed."""
    return (
        Offer(
            relation=RelationKind.NOT_WITH,
            target=code,
            note=f"“{title}” and “{other}” describe largely the same behaviour.",
            advice=f"Take “{title}” when … Take “{other}” when …",
        ),
        Offer(
            relation=RelationKind.COMPARE_TO,
            target=code,
            note=f"“{title}” differs from “{other}” in that …",
        ),
    )


class Finding(Document):
    """One finding: where, what is found, and what would mend it.

    ``place`` is readable and stable: the competency's code, then the part (“coaching, level 3, indicator 2”).
    ``check`` names the check, so that findings can be filtered. ``offers`` are changes to choose from.
    """

    severity: Severity
    check: str
    competency: str = ""
    place: str
    finding: str
    remedy: str
    offers: tuple[Offer, ...] = ()
