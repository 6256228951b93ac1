"""What is read of imports."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from prowess.background.models import TaskState
from prowess.dictionaries import Understanding
from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Framework as FrameworkDocument
from prowess.framework import Status
from prowess.framework.errors import Conflict, InputError, NotFound
from prowess.framework.reading import Reading
from prowess.library.impact import impact_of
from prowess.library.imports.corrected import with_settings
from prowess.library.imports.models import Import, ImportReading, ImportState
from prowess.library.imports.plan import Fate, Plan, Planned, plan_import
from prowess.library.imports.policies import import_policy
from prowess.library.imports.taking import Choices
from prowess.library.models import DraftState, Framework
from prowess.library.queries import document_of
from prowess.people.models import User

SHOWN = 200
ASKED = 50
"""Changed competencies whose users are asked for: enough to tell, few enough to wait for."""
PATIENCE = timedelta(seconds=20)
_PARTS = {
    "key_actions": "key actions",
    "job_activities": "job activities",
    "indicators": "indicators",
    "relations": "relations",
    "notes_on_use": "notes on use",
    "development": "development options",
    "questions": "questions",
}


def open_imports_for(user: User) -> QuerySet[Import]:
    """The imports of this user that are under way, latest change first."""
    return import_policy.visible_to(user).exclude(state=ImportState.IMPORTED).select_related("task", "target")


def import_for(user: User, *, pk: UUID) -> Import:
    """One import.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = import_policy.visible_to(user).select_related("task", "target", "owner").filter(pk=pk).first()
    if found is None:
        raise NotFound(
            "There is no such import, or it was thrown away.",
            remedy="Look at your imports, or bring the file in again.",
        )
    return found


def open_import_for(user: User, *, pk: UUID) -> Import:
    """One import that is being looked at.

    Raises:
        NotFound: there is none, or it is somebody else's.
        Conflict: it is being read or imported, or was imported.
    """
    found = import_for(user, pk=pk)
    if found.state != ImportState.OPEN:
        raise Conflict(
            f"This import is {found.get_state_display().lower()}.", remedy="Go to the import's own page to see more."
        )
    return found


def has_lines(found: Import) -> bool:
    """Whether the source is a dictionary on paper, with lines to look at."""
    return ImportReading.objects.filter(of=found, understood__isnull=False).exists()


def waits_long(found: Import) -> bool:
    """Whether no worker has begun the import's task for long: perhaps there is none."""
    task = found.task
    return bool(task and task.state == TaskState.WAITING and timezone.now() - task.asked_at > PATIENCE)


def imported(found: Import) -> dict[str, Any]:
    """What an import that is done has brought: the framework, if it is still there, and titles by code."""
    framework = Framework.objects.filter(code=found.outcome.get("framework", "")).first()
    codes = [*found.outcome.get("added", ()), *found.outcome.get("changed", ())]
    drafts = framework.drafts.filter(code__in=codes[:SHOWN]).exclude(state=DraftState.PUBLISHED) if framework else ()
    stored = framework.competencies.filter(code__in=codes[:SHOWN], current__isnull=False) if framework else ()
    published = found.outcome.get("published", False)
    return {"framework": framework, "drafts": () if published else drafts, "stored": stored if published else ()}


def reading_of(found: Import) -> Reading:
    """What was read, with the corrections that were made line by line.

    Raises:
        NotFound: nothing was read yet, or it was forgotten after the import.
    """
    return _reading(found.pk, found.revision)


@lru_cache(maxsize=4)
def _reading(pk: UUID, revision: int) -> Reading:  # noqa: ARG001 - the revision is the key
    stored = ImportReading.objects.filter(of=pk).values_list("document", flat=True).first()
    if stored is None:
        raise NotFound("This source has not been read.", remedy="Wait until it is read, or bring it in again.")
    return Reading.model_validate(stored)


def framework_of(found: Import) -> FrameworkDocument:
    """The framework that an import brings, corrected and set as its owner wants it.

    Raises:
        InputError: what was set does not go together.
    """
    return with_settings(reading_of(found).framework, found.settings)


def plan_of(found: Import) -> Plan:
    """What an import would do to the framework that its owner chose."""
    existing = document_of(found.target) if found.target else None
    return plan_import(
        framework_of(found),
        existing=existing,
        keep_missing_parts=found.keep_missing_parts,
        title=found.settings.get("title", ""),
    )


def successors(plan: Plan, *, found: Import) -> list[tuple[str, str]]:
    """The competencies that may take the place of one that is retired: those in use after the import."""
    return sorted(
        (
            (row.code, row.title)
            for row in plan.rows
            if row.code not in found.retired
            and row.document.status is not Status.RETIRED
            and not (row.fate is Fate.ADDED and row.code in found.left_out)
        ),
        key=lambda each: each[1].casefold(),
    )


@dataclass(frozen=True)
class OlderUse:
    """Something that goes on using an older version of what an import changes."""

    title: str
    address: str


def uses_of_changed(user: User, *, plan: Plan, found: Import) -> list[OlderUse]:
    """What uses the competencies that would get a new version at once, as far as this user may know."""
    if found.target is None or not found.publish:
        return []
    codes = [row.code for row in plan.of(Fate.CHANGED) if row.code not in found.left_out][:ASKED]
    uses: dict[str, OlderUse] = {}
    for competency in found.target.competencies.filter(code__in=codes).select_related("current", "framework"):
        for impact in impact_of(user, competency=competency):
            uses |= {use.address: OlderUse(use.title, use.address) for use in impact.uses if use.number is not None}
    return list(uses.values())


def under_other_codes(plan: Plan) -> list[tuple[Planned, str]]:
    """Competencies that would be added although the framework has one of that title, under another code."""
    known: dict[str, str] = {}
    for row in plan.of(Fate.MISSING):
        for name in (row.title, *row.document.aliases):
            known.setdefault(name.casefold(), row.code)
    found = [(row, known[row.title.casefold()]) for row in plan.of(Fate.ADDED) if row.title.casefold() in known]
    return list({code: (row, code) for row, code in reversed(found)}.values())[::-1]


def read_code(found: Import, code: str) -> str:
    """The code under which a competency was read, from the one that it has been given since."""
    given: dict[str, str] = found.settings.get("codes", {})
    return next((old for old, new in given.items() if new == code), code)


def code_of_title(understanding: Understanding, title: str) -> str | None:
    """The code of the competency that somebody named by its title or code; None where nothing was named.

    Raises:
        InputError: no competency of the source has that title or code.
    """
    wanted = title.strip().casefold()
    if not wanted:
        return None
    for competency in understanding.reading.framework.competencies:
        if wanted in (competency.title.casefold(), competency.code.casefold()):
            return competency.code
    raise InputError(
        f"The source has no competency “{title.strip()}”.", place="belongs to", remedy="Choose one of the list."
    )


@dataclass(frozen=True)
class PartCount:
    """How much of a part a competency has; an empty part is under development."""

    label: str
    count: int


def parts_of(competency: CompetencyDocument) -> list[PartCount]:
    """The parts of a competency with how many pieces each has."""
    return [PartCount(label, len(getattr(competency, part))) for part, label in _PARTS.items()]


def choices_of(found: Import) -> Choices:
    """What the owner chose of the plan; what it does not hold any more is left aside."""
    return Choices(publish=found.publish, left_out=tuple(found.left_out), retired=dict(found.retired))
