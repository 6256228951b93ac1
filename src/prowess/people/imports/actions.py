"""Taking a list of people, whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import DateField, F, Value
from django.db.models.functions import Greatest

from prowess.audit.actions import audited, describe
from prowess.audit.verbs import Concern, register
from prowess.framework.errors import Conflict, NotAllowed
from prowess.people.imports.plan import Plan, plan_of
from prowess.people.imports.rows import WantedPerson
from prowess.people.models import KindOfUser, User
from prowess.people.organisation import UNIT_SEPARATOR, Person, Position, Unit
from prowess.people.policies import person_policy

IMPORT_PEOPLE = register("import-people", "imported the list of people", concern=Concern.PEOPLE)
BATCH = 2_000
Progress = Callable[[int, int], None]
T = TypeVar("T")


@audited(IMPORT_PEOPLE)
def import_people(
    wanted: Mapping[str, WantedPerson],
    *,
    actor: User | None,
    day: date,
    many_may_leave: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Make the people of the organisation those of a list: all of it, or nothing where anything is refused.

    Positions that the list no longer has end on ``day``; nothing is overwritten. Whoever is missing leaves: their
    user may not sign in any more, which ends every session at its next request.

    Args:
        wanted: the persons of the list by their ids.
        actor: an administrator; None for whoever holds the machine.
        day: when changes take effect.
        many_may_leave: whether more than half of the people may be missing from the list.
        progress: told how many rows of how many are written.

    Raises:
        NotAllowed: the actor is no administrator.
        Conflict: too many would leave, nobody could look after the installation, or another import came between.
    """
    if actor is not None and not person_policy.can_import(actor):
        raise NotAllowed("Only administrators import people.", remedy="Ask an administrator.")
    try:
        with transaction.atomic():
            return _import(wanted, day=day, many_may_leave=many_may_leave, progress=progress or _silent)
    except IntegrityError as error:
        raise Conflict("Another import changed the same people meanwhile.", remedy="Import again.") from error


def _import(wanted: Mapping[str, WantedPerson], *, day: date, many_may_leave: bool, progress: Progress) -> Plan:
    plan = plan_of(wanted, day=day)
    if plan.many_leave and not many_may_leave:
        raise Conflict(
            f"{len(plan.leaving)} people are missing from the list, more than half: it may be the wrong one.",
            remedy="Check it, and allow it with --many-leave.",
        )
    written = [*plan.added, *(change.person for change in plan.changed)]
    total = len(written) + len(plan.ending) + len(plan.beginning)
    done = _save_persons(written, progress=lambda done: progress(done, total))
    _end(plan.ending, day=day, progress=lambda more: progress(done + more, total))
    _begin(plan, progress=lambda more: progress(done + len(plan.ending) + more, total))
    _connect_users(written)
    _let_go([key for key, _ in plan.leaving], day=day)
    describe(added=len(plan.added), changed=len(plan.changed), leaving=len(plan.leaving), day=day.isoformat())
    return plan


def _save_persons(persons: Sequence[WantedPerson], *, progress: Callable[[int], None]) -> int:
    """Add or change, without touching the user; a returning person is no longer somebody who left."""
    done = 0
    for batch in _batches(persons):
        rows = [Person(external_id=p.external_id, name=p.name, email=p.email, left_on=None) for p in batch]
        Person.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["external_id"], update_fields=["name", "email", "left_on"]
        )
        progress(done := done + len(batch))
    return done


def _end(keys: Sequence[int], *, day: date, progress: Callable[[int], None]) -> None:
    done = 0
    for batch in _batches(keys):
        last = Greatest(F("since"), Value(day), output_field=DateField())  # one that never began ends as it begins
        Position.objects.filter(pk__in=batch).update(until=last)
        progress(done := done + len(batch))


def _begin(plan: Plan, *, progress: Callable[[int], None]) -> None:
    units = _units({position.unit for _, position, _ in plan.beginning})
    keys = dict(Person.objects.order_by().values_list("external_id", "pk"))
    done = 0
    for batch in _batches(plan.beginning):
        Position.objects.bulk_create(
            Position(
                person_id=keys[person],
                unit_id=units[position.unit],
                job=position.job,
                manager_id=keys[position.manager] if position.manager else None,
                since=since,
            )
            for person, position, since in batch
        )
        progress(done := done + len(batch))


def _units(paths: Iterable[str]) -> dict[str, int]:
    """Keys of units by their paths; what is missing is made, from the top down."""
    known = dict(Unit.objects.order_by().values_list("path", "pk"))
    names = {tuple(path.split(UNIT_SEPARATOR)) for path in paths}
    wanted = {parts[:depth] for parts in names for depth in range(1, len(parts) + 1)}
    missing = {parts for parts in wanted if UNIT_SEPARATOR.join(parts) not in known}
    for depth in sorted({len(parts) for parts in missing}):
        level = [
            Unit(name=p[-1], path=UNIT_SEPARATOR.join(p), parent_id=known.get(UNIT_SEPARATOR.join(p[:-1])))
            for p in sorted(missing)
            if len(p) == depth
        ]
        known |= {unit.path: unit.pk for unit in Unit.objects.bulk_create(level, batch_size=BATCH)}
    return known


def _connect_users(written: Sequence[WantedPerson]) -> None:
    """Whoever signs in with a person's address is that person, where neither belongs to another."""
    users = {user.email.lower(): user for user in User.objects.filter(person__isnull=True)}
    meant = {person.external_id: users[person.email] for person in written if person.email in users}
    for batch in _batches(list(meant)):
        for person in Person.objects.filter(external_id__in=batch, user__isnull=True):
            person.user = meant[person.external_id]
            person.save(update_fields=["user"])


def _let_go(keys: Sequence[str], *, day: date) -> None:
    administrators = User.objects.filter(kind=KindOfUser.ADMINISTRATOR, is_active=True)
    had_one = administrators.exists()
    for batch in _batches(keys):
        Person.objects.filter(external_id__in=batch).update(left_on=day)
        User.objects.filter(person__external_id__in=batch).update(is_active=False)
    if had_one and not administrators.exists():
        raise Conflict(
            "Every administrator is missing from the list: nobody could look after Prowess any more.",
            remedy="Add an administrator's row to the list, or make another administrator first.",
        )


def _batches(things: Sequence[T]) -> Iterable[Sequence[T]]:
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
