"""What matching knows of a competency: its code and its texts by kind."""

from dataclasses import dataclass
from typing import Literal

PartKind = Literal["title", "alias", "definition", "key_action", "job_activity", "indicator"]


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a competency: a title, an alias, the definition, a key action, a job activity or an indicator."""

    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class CompetencyParts:
    """A competency as matching sees it.

    ``parts``: at least one. Of the indicators only effective ones at or above the middle level belong here, since the
    others say what the competency is not.
    """

    code: str
    parts: tuple[Part, ...]

    def texts(self, *kinds: PartKind) -> list[str]:
        """The texts of these kinds, in order."""
        return [part.text for part in self.parts if part.kind in kinds]
