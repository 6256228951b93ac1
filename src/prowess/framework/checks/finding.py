"""What a content check reports."""

from enum import StrEnum

from prowess.framework.document import Document


class Severity(StrEnum):
    """An error breaks a rule of the document; a warning is likely to hurt its use; a hint is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Finding(Document):
    """One finding: where, what is found, and what would mend it.

    ``place`` is readable and stable: the competency's code, then the part (“coaching, level 3, indicator 2”).
    ``check`` names the check, so that findings can be filtered.
    """

    severity: Severity
    check: str
    competency: str = ""
    place: str
    finding: str
    remedy: str
