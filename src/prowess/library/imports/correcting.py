"""Correcting a reading line by line: each time the result is assembled again at once, and each time can be undone."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import transaction

from prowess.dictionaries import Correction, Label, Understanding, reassemble
from prowess.framework.errors import Conflict, InputError, NotFound
from prowess.library.imports.models import Import, ImportReading, ImportState
from prowess.library.imports.policies import import_policy
from prowess.people.models import User


def understanding_of(found: Import) -> Understanding:
    """The lines of a source and what they were taken for, as corrected so far; kept in memory by revision.

    Raises:
        NotFound: the source has no lines, or has not been read.
    """
    key = (found.pk, len(found.corrections), _last_step(found))
    known = _recent.get(key)
    if known is None:
        known = _recent.keep(key, _stored_understanding(found))
    return known


def _stored_understanding(found: Import) -> Understanding:
    stored = ImportReading.objects.filter(of=found).values_list("understood", flat=True).first()
    if not stored:
        raise NotFound("This source has no lines to look at.", remedy="Look at its competencies.")
    try:
        return Understanding.from_json(stored)
    except InputError as error:
        raise OutdatedReading(
            "This source was read by an earlier version of Prowess.", remedy="Have it read again."
        ) from error


class OutdatedReading(Conflict):
    """What was kept of a source is not understood any more, since Prowess was updated; the source is read again."""


class _Recent:
    """The understandings that were needed last: making one of a long dictionary anew takes a second."""

    MOST = 4

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[UUID, int, str], Understanding] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[UUID, int, str]) -> Understanding | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: tuple[UUID, int, str], understanding: Understanding) -> Understanding:
        with self._lock:
            self._kept[key] = understanding
            while len(self._kept) > self.MOST:
                self._kept.popitem(last=False)
        return understanding


_recent = _Recent()


def _last_step(found: Import) -> str:
    """What tells the last correction from another one that was undone."""
    return repr(found.corrections[-1]) if found.corrections else ""


@transaction.atomic
def correct_lines(found: Import, *, corrections: Sequence[Correction], revision: int, actor: User) -> Import:
    """Correct lines, as seen at ``revision``, and assemble the result again.

    Raises:
        InputError: a correction names a line, level or competency that there is not.
        Conflict: the import was changed meanwhile, or is not open any more.
    """
    stored = _open(found, revision=revision, actor=actor)
    corrected = reassemble(understanding_of(stored), corrections)
    stored.corrections = [*stored.corrections, [_as_json(correction) for correction in corrections]]
    return _kept(stored, corrected)


@transaction.atomic
def undo_correction(found: Import, *, revision: int, actor: User) -> Import:
    """Take the last correction back; without one nothing happens.

    Raises:
        Conflict: the import was changed meanwhile, or is not open any more.
    """
    stored = _open(found, revision=revision, actor=actor)
    if not stored.corrections:
        return stored
    original = ImportReading.objects.filter(of=stored).values_list("original", flat=True).first()
    understanding = Understanding.from_json(original or {})
    stored.corrections = stored.corrections[:-1]
    for step in stored.corrections:
        understanding = reassemble(understanding, [_from_json(correction) for correction in step])
    return _kept(stored, understanding)


def corrected_positions(found: Import) -> frozenset[int]:
    """The positions of the lines that were corrected."""
    return frozenset(correction["position"] for step in found.corrections for correction in step)


def _open(found: Import, *, revision: int, actor: User) -> Import:
    stored = import_policy.visible_to(actor).select_for_update().filter(pk=found.pk, state=ImportState.OPEN).first()
    if stored is None or stored.revision != revision:
        raise Conflict(
            "This import was changed meanwhile, in another window; your correction was not made.",
            remedy="Reload the page and make it again.",
        )
    return stored


def _kept(stored: Import, understanding: Understanding) -> Import:
    document = understanding.reading.model_dump(mode="json", exclude_defaults=True)
    ImportReading.objects.filter(of=stored).update(document=document, understood=understanding.to_json())
    stored.revision += 1
    stored.save()
    _recent.keep((stored.pk, len(stored.corrections), _last_step(stored)), understanding)
    return stored


def _as_json(correction: Correction) -> dict[str, Any]:
    return {name: value for name, value in asdict(correction).items() if value is not None}


def _from_json(stored: dict[str, Any]) -> Correction:
    labels: dict[str, Any] = {name: Label(stored[name]) for name in ("label", "opens") if name in stored}
    return Correction(**{**stored, **labels})


def label_named(name: str) -> Label | None:
    """The label of that name; None for no change.

    Raises:
        InputError: there is none.
    """
    if not name:
        return None
    try:
        return Label(name)
    except ValueError:
        raise InputError(f"A line cannot be “{name}”.", place="label", remedy="Choose one of the list.") from None
