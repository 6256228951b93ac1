"""What is kept of an import while it is open, and forgotten afterwards."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from prowess.framework import Framework as FrameworkDocument
from prowess.framework.errors import Conflict
from prowess.framework.reading import Reading
from prowess.library.imports import storage
from prowess.library.imports.models import Import, ImportReading, ImportState
from prowess.library.imports.policies import import_policy
from prowess.library.imports.taking import Outcome, code_for_framework
from prowess.library.models import Framework
from prowess.people.models import User

FORGOTTEN_AFTER = timedelta(days=30)
WHOLE_FORMATS = ("prowess",)
"""Formats in which an empty part says that there is nothing, not that the source leaves it out."""


@transaction.atomic
def keep_reading(found: Import, *, reading: Reading, understood: Any) -> None:
    """Keep what was read of a source; from now on its owner looks at it."""
    stored = Import.objects.select_for_update().filter(pk=found.pk, state=ImportState.READING).first()
    if stored is None:
        return
    document = reading.model_dump(mode="json", exclude_defaults=True)
    defaults = {"document": document, "understood": understood, "original": understood}
    ImportReading.objects.update_or_create(of=stored, defaults=defaults)
    stored.format, stored.state = reading.format, ImportState.OPEN
    stored.keep_missing_parts = reading.format not in WHOLE_FORMATS
    stored.target = stored.target or _namesake(reading.framework, owner=stored.owner)
    stored.revision += 1
    stored.save()


def _namesake(document: FrameworkDocument, *, owner: User) -> Framework | None:
    """The framework that the source is probably a newer state of: the one that has its code."""
    code = code_for_framework(document)
    return next((each for each in import_policy.targets_for(owner) if each.code == code), None)


def close_import(found: Import, outcome: Outcome, *, framework: Framework) -> None:
    """Note that an import was taken; what was read of it is forgotten with this transaction."""
    found.state, found.outcome, found.target = ImportState.IMPORTED, outcome.as_json(), framework
    found.corrections, found.settings, found.left_out, found.retired = [], {}, [], {}
    found.save()
    ImportReading.objects.filter(of=found).delete()
    transaction.on_commit(lambda: storage.forget(found.pk))


@transaction.atomic
def open_again(found: Import, *, actor: User) -> None:
    """Let the owner go on with an import whose taking failed or was interrupted; nothing of it was taken.

    Raises:
        Conflict: it is being taken at this moment.
    """
    stored = own(found, actor=actor)
    if stored.state == ImportState.IMPORTING and stored.task is not None and stored.task.is_under_way:
        raise Conflict("It is being imported at this moment.", remedy="Wait until it is done.")
    Import.objects.filter(pk=stored.pk, state=ImportState.IMPORTING).update(state=ImportState.OPEN)


def forget_old_imports() -> int:
    """Throw away what nobody has looked at for a month; how many there were."""
    old = Import.objects.exclude(state=ImportState.IMPORTED).filter(changed_at__lt=timezone.now() - FORGOTTEN_AFTER)
    keys = list(old.values_list("pk", flat=True))
    Import.objects.filter(pk__in=keys).delete()
    for key in keys:
        storage.forget(key)
    return len(keys)


def own(found: Import, *, actor: User) -> Import:
    """The import as it is stored, locked.

    Raises:
        Conflict: it was thrown away.
    """
    stored = import_policy.visible_to(actor).select_for_update().filter(pk=found.pk).first()
    if stored is None:
        raise Conflict("This import was thrown away meanwhile.", remedy="Bring the file in again.")
    return stored


def opened(found: Import, *, actor: User) -> Import:
    """The import as it is stored, locked, while it can be changed.

    Raises:
        Conflict: it was thrown away, or is not open.
    """
    stored = own(found, actor=actor)
    if stored.state != ImportState.OPEN:
        raise Conflict(f"This import is {stored.get_state_display().lower()} now.", remedy="Reload the page.")
    return stored
