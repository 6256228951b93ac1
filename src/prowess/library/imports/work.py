"""What a worker does for an import: reading its source, and taking it into the library."""

from django.db import transaction

from prowess.background.models import TrackedTask
from prowess.background.queueing import task
from prowess.background.running import Cancelled, Report, run_tracked
from prowess.library.imports import storage
from prowess.library.imports.keeping import close_import, keep_reading
from prowess.library.imports.models import Import
from prowess.library.imports.queries import choices_of, plan_of
from prowess.library.imports.source import read_understood
from prowess.library.imports.taking import Outcome, take_plan
from prowess.library.models import Framework


@task
def read_source(key: str) -> None:
    """Read the source of an import."""
    run_tracked(key, work=_read)


def _read(tracked: TrackedTask, report: Report) -> str:
    found = _import_of(tracked)
    path = storage.stored_file(found.pk, name=found.file_name)
    chosen = found.settings.get("format", "")
    understood = read_understood(path, name=found.file_name, format_name=chosen, progress=report)
    keep_reading(found, reading=understood.reading, understood=understood.lines)
    count = len(understood.reading.framework.competencies)
    return f"{count:,} competenc{'y was' if count == 1 else 'ies were'} found."


@task
def take_import(key: str) -> None:
    """Take an import into the library."""
    run_tracked(key, work=_take)


def _take(tracked: TrackedTask, report: Report) -> str:
    found = _import_of(tracked)
    rows = len(plan_of(found).rows)
    report(0, rows)
    outcome = _taken(found)
    report(rows, rows)
    return f"“{outcome.title}”: {len(outcome.added)} added, {len(outcome.changed)} changed."


def _taken(found: Import) -> Outcome:
    with transaction.atomic():
        stored = Import.objects.select_for_update(of=("self",)).select_related("target", "owner").get(pk=found.pk)
        outcome = take_plan(
            plan_of(stored),
            framework=stored.target,
            code=stored.settings.get("code", ""),
            seen=stored.settings.get("seen", 0),
            choices=choices_of(stored),
            actor=stored.owner,
        )
        close_import(stored, outcome, framework=Framework.objects.get(code=outcome.framework))
    return outcome


def _import_of(tracked: TrackedTask) -> Import:
    found = Import.objects.select_related("target", "owner").filter(task=tracked).first()
    if found is None:
        raise Cancelled
    return found
