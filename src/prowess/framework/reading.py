"""What every reader gives: a framework, and an honest account of what was not understood."""

from typing import Any

from pydantic import Field

from prowess.framework.competency import Competency, RelationKind
from prowess.framework.document import Document
from prowess.framework.framework import Framework
from prowess.framework.role_profile import RoleProfile


class SourceLine(Document):
    """A line of the source (counted from 1) with its text, or the part of it that is meant."""

    line: int = Field(ge=1)
    text: str


class Loss(Document):
    """Something that a conversion could not carry over: which part of which competency, and why."""

    code: str = ""
    part: str
    reason: str


class Reading(Document):
    """What was read from a source.

    ``unplaced`` is content that was not understood, ``clutter`` what was recognised as no content (navigation, page
    numbers, copyright lines), ``warnings`` are sentences for the curator. ``role_profiles`` are the roles that the
    source describes beside its competencies, where its format has them.
    """

    format: str
    framework: Framework
    role_profiles: tuple[RoleProfile, ...] = ()
    unplaced: tuple[SourceLine, ...] = ()
    clutter: tuple[SourceLine, ...] = ()
    warnings: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()

    def summary(self) -> dict[str, Any]:
        """The reading as `prowess convert --json` prints it: what was found, counted by part."""
        framework = self.framework
        return {
            "format": self.format,
            "framework": {
                "title": framework.title,
                "scale": [level.model_dump(mode="json", exclude_defaults=True) for level in framework.scale.levels],
            },
            "competencies": [_counted(competency) for competency in framework.competencies],
            "unplaced": [line.model_dump() for line in self.unplaced],
            "clutter": [line.model_dump() for line in self.clutter],
            "warnings": list(self.warnings),
            "losses": [loss.model_dump() for loss in self.losses],
        }


def _counted(competency: Competency) -> dict[str, Any]:
    levels = sorted({i.level for i in competency.indicators}, key=lambda level: -1 if level is None else level)
    return {
        "code": competency.code,
        "title": competency.title,
        "cluster": competency.cluster,
        "counts": {
            "key_actions": len(competency.key_actions),
            "job_activities": len(competency.job_activities),
            "indicators": {
                "any" if level is None else str(level): len(competency.indicators_at(level)) for level in levels
            },
            "relations": {
                kind.value: list(competency.related_codes(kind))
                for kind in RelationKind
                if competency.related_codes(kind) or kind in ("not-with", "compare-to", "related")
            },
            "questions": len(competency.questions),
            "development": len(competency.development),
        },
    }
