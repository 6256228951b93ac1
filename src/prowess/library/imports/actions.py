"""What changes an import as a whole: begun, read again, asked to be taken, thrown away."""

from collections.abc import Iterable

from django.db import transaction

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.background.actions import cancel_task, start_task
from prowess.framework.errors import Conflict, InputError
from prowess.library.imports import storage
from prowess.library.imports.keeping import opened, own
from prowess.library.imports.models import Import, ImportState
from prowess.library.imports.policies import import_policy
from prowess.library.imports.taking import require_take
from prowess.library.models import Framework
from prowess.people.models import User

MOST_OPEN = 20
BEGIN = register("begin-import", "began to bring in")
READ_AGAIN = register("read-import-again", "had read once more")
ASK = register("ask-for-import", "asked to import")
THROW_AWAY = register("throw-import-away", "threw away the import of")


@audited(BEGIN)
def begin_import(
    *, name: str, chunks: Iterable[bytes], format_name: str = "", target: Framework | None = None, actor: User
) -> Import:
    """Keep an uploaded source, and have it read by a worker.

    Raises:
        NotAllowed: the actor may not bring anything in, or not into that framework.
        InputError: it is empty or too large.
        Conflict: too many imports of the actor are open.
    """
    import_policy.require_begin(actor)
    require_take(actor, framework=target, publish=False)
    if import_policy.visible_to(actor).exclude(state=ImportState.IMPORTED).count() >= MOST_OPEN:
        raise Conflict(
            f"You have {MOST_OPEN} imports open.", remedy="Finish some, or throw them away, before you begin another."
        )
    begun = Import(owner=actor, file_name=storage.shown_name(name), settings={"format": format_name}, target=target)
    begun.size = storage.store(begun.pk, name=name, chunks=chunks)
    try:
        if begun.size == 0:
            raise InputError("The file is empty.", place=begun.file_name, remedy="Choose a file with content.")
        with transaction.atomic():
            begun.save()
            _have_it_read(begun)
    except BaseException:
        storage.forget(begun.pk)
        raise
    return begun


def _have_it_read(begun: Import) -> None:
    from prowess.library.imports.work import read_source  # noqa: PLC0415 - the task does what is defined here

    begun.state = ImportState.READING
    begun.task = start_task(read_source, title=f"Reading {begun.file_name}", owner=begun.owner)
    begun.save()


@audited(READ_AGAIN, about="found")
def read_again(found: Import, *, actor: User) -> None:
    """Have a source read once more: its reading failed, was interrupted, or is to begin anew without corrections.

    Raises:
        Conflict: it is being read or imported, or was imported.
    """
    stored = own(found, actor=actor)
    idle = stored.task is None or not stored.task.is_under_way
    if stored.state not in (ImportState.READING, ImportState.OPEN) or not idle:
        raise Conflict("It is being read or imported, or was imported.", remedy="Reload the page.")
    storage.stored_file(stored.pk, name=stored.file_name)
    stored.corrections, stored.left_out, stored.retired = [], [], {}
    _have_it_read(stored)


@audited(ASK, about="found")
def ask_for_import(found: Import, *, revision: int, framework_revision: int, actor: User) -> Import:
    """Have an import taken into the library by a worker, as it was previewed.

    Raises:
        NotAllowed: the actor may not.
        Conflict: the import or the framework changed since the preview.
    """
    from prowess.library.imports.work import take_import  # noqa: PLC0415 - the task does what is defined here

    stored = opened(found, actor=actor)
    require_take(actor, framework=stored.target, publish=stored.publish)
    seen = stored.target.revision if stored.target else 0
    if revision != stored.revision or framework_revision != seen:
        raise Conflict("What you looked at was changed meanwhile.", remedy="Look at the comparison again, then import.")
    stored.state, stored.settings = ImportState.IMPORTING, {**stored.settings, "seen": seen}
    stored.task = start_task(take_import, title=f"Importing {stored.file_name}", owner=actor)
    stored.save()
    return stored


@audited(THROW_AWAY, about="found")
def throw_away(found: Import, *, actor: User) -> None:
    """Forget an import, its file and its reading.

    Raises:
        Conflict: it is being imported at this moment.
    """
    stored = own(found, actor=actor)
    if stored.task is not None and stored.task.is_under_way:
        if stored.state == ImportState.IMPORTING and stored.task.state != "waiting":
            raise Conflict("It is being imported at this moment.", remedy="Wait until it is done.")
        cancel_task(stored.task)
    key = stored.pk
    stored.delete()
    transaction.on_commit(lambda: storage.forget(key))
