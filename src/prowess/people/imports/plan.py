"""What a list of people would change: who is added, changed, leaving. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prowess.people.imports.rows import WantedPerson, WantedPosition
from prowess.people.organisation import Person, Position

MOST_LEAVING = 0.5


@dataclass(frozen=True)
class Change:
    """A known person whom the list has otherwise; ``what`` names the fields."""

    person: WantedPerson
    what: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What would be done, on which day."""

    day: date
    wanted: Mapping[str, WantedPerson]
    added: tuple[WantedPerson, ...]
    changed: tuple[Change, ...]
    leaving: tuple[tuple[str, str], ...]  # id and name
    unchanged: int
    ending: tuple[int, ...]  # keys of positions
    beginning: tuple[tuple[str, WantedPosition, date], ...]

    @property
    def many_leave(self) -> bool:
        """Whether so many would leave that the list is rather the wrong one."""
        return len(self.leaving) > MOST_LEAVING * (len(self.leaving) + len(self.changed) + self.unchanged)


def plan_of(wanted: Mapping[str, WantedPerson], *, day: date) -> Plan:
    """Compare a list with what is known."""
    known = {person.external_id: person for person in Person.objects.all()}
    held = _held()
    added = tuple(person for key, person in wanted.items() if key not in known)
    changes = [Change(w, _what(known[key], w, held.get(key, {}))) for key, w in wanted.items() if key in known]
    left = [p for key, p in known.items() if key not in wanted and (p.left_on is None or p.left_on > day)]
    changed = tuple(change for change in changes if change.what)
    return Plan(
        day=day,
        wanted=wanted,
        added=added,
        changed=changed,
        leaving=tuple((person.external_id, person.name) for person in left),
        unchanged=len(changes) - len(changed),
        ending=tuple(
            pk
            for key, positions in held.items()
            for position, pks in positions.items()
            if key not in wanted or position not in wanted[key].positions
            for pk in pks
        ),
        beginning=tuple(
            (key, position, since or day)
            for key, person in wanted.items()
            for position, since in person.positions.items()
            if position not in held.get(key, {})
        ),
    )


def _held() -> dict[str, dict[WantedPosition, list[int]]]:
    """The positions without an end, by the ids of their persons."""
    held: dict[str, dict[WantedPosition, list[int]]] = {}
    rows = Position.objects.filter(until__isnull=True).order_by()
    for pk, person, unit, job, manager in rows.values_list(
        "pk", "person__external_id", "unit__path", "job", "manager__external_id"
    ):
        held.setdefault(person, {}).setdefault(WantedPosition(unit, job, manager or ""), []).append(pk)
    return held


def _what(known: Person, wanted: WantedPerson, held: Mapping[WantedPosition, list[int]]) -> tuple[str, ...]:
    same = {
        "name": known.name == wanted.name,
        "email": known.email == wanted.email,
        "return": known.left_on is None,
        "positions": held.keys() == wanted.positions.keys(),
    }
    return tuple(name for name, is_same in same.items() if not is_same)
