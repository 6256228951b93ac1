"""From rows of cells to persons and their positions, or to the first thing that is wrong with its row and column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from prowess.framework.errors import InputError
from prowess.people.imports.reading import Table
from prowess.people.organisation import UNIT_SEPARATOR

_LONGEST = {"id": 100, "name": 200, "email": 254, "unit": 800, "job": 200, "manager": 100}
_LONGEST_UNIT_NAME = 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


@dataclass(frozen=True)
class WantedPosition:
    """A position that the list gives somebody; persons by their id, units by their path."""

    unit: str
    job: str
    manager: str


@dataclass
class WantedPerson:
    """A person as the list has them; several rows of one person are several positions."""

    external_id: str
    name: str
    email: str
    row: int
    positions: dict[WantedPosition, date | None] = field(default_factory=dict)


class Rows:
    """The rows of a table by the fields of a person."""

    def __init__(self, table: Table, *, columns: Mapping[str, int]) -> None:
        self._table = table
        self._columns = columns

    def persons(self) -> dict[str, WantedPerson]:
        """The persons of the list by their ids.

        Raises:
            InputError: the first row that cannot be used, with its column.
        """
        persons: dict[str, WantedPerson] = {}
        rows: list[tuple[int, WantedPosition]] = []
        for number, cells in self._table.rows:
            said = {name: cells[at] if at < len(cells) else "" for name, at in self._columns.items()}
            self._check(number, said)
            person = self._person(number, said, persons)
            position = self._position(number, said)
            if position:
                person.positions[position] = self._since(number, said)
                rows.append((number, position))
        self._check_managers(rows, persons)
        self._check_addresses(persons)
        return persons

    def _check(self, number: int, said: Mapping[str, str]) -> None:
        for name in ("id", "name"):
            if not said[name]:
                self._refuse(number, name, "The cell is empty.", "Every person needs an id and a name.")
        for name, longest in _LONGEST.items():
            if len(said.get(name, "")) > longest:
                self._refuse(number, name, f"The text has more than {longest} characters.", "Shorten it.")
        if said.get("email") and not _EMAIL.fullmatch(said["email"]):
            self._refuse(number, "email", f"{said['email']!r} is no e-mail address.", "Correct or empty the cell.")
        if said.get("manager") and said["manager"] == said["id"]:
            self._refuse(number, "manager", "Nobody is their own manager.", "Give another id or empty the cell.")

    def _person(self, number: int, said: Mapping[str, str], persons: dict[str, WantedPerson]) -> WantedPerson:
        email = said.get("email", "").lower()
        known = persons.setdefault(said["id"], WantedPerson(said["id"], said["name"], email, number))
        for name, before, now in (("name", known.name, said["name"]), ("email", known.email, email)):
            if before != now:
                self._refuse(
                    number,
                    name,
                    f"The id {said['id']!r} stands in row {known.row} with {before!r}, here with {now!r}.",
                    "One id is one person; rows of one person differ only in the position.",
                )
        return known

    def _position(self, number: int, said: Mapping[str, str]) -> WantedPosition | None:
        job, manager = said.get("job", ""), said.get("manager", "")
        names = [name.strip() for name in said.get("unit", "").split(UNIT_SEPARATOR.strip())]
        unit = UNIT_SEPARATOR.join(names)
        if not unit and not job and not manager:
            return None
        if not all(names):
            wrong = "A part of the path is empty." if unit else "There is a job or a manager, but no unit."
            self._refuse(number, "unit", wrong, f"Name the unit, such as “Port{UNIT_SEPARATOR}Berths”.")
        if any(len(name) > _LONGEST_UNIT_NAME for name in names) or len(unit) > _LONGEST["unit"]:
            self._refuse(number, "unit", "The name of a unit is too long.", "Shorten it to 200 characters.")
        return WantedPosition(unit, job, manager)

    def _since(self, number: int, said: Mapping[str, str]) -> date | None:
        if not said.get("since"):
            return None
        try:
            return date.fromisoformat(said["since"])
        except ValueError:
            self._refuse(number, "since", f"{said['since']!r} is no day.", "Write days like 2026-04-01.")

    def _check_managers(self, rows: list[tuple[int, WantedPosition]], persons: Mapping[str, WantedPerson]) -> None:
        for number, position in rows:
            if position.manager and position.manager not in persons:
                self._refuse(
                    number,
                    "manager",
                    f"Nobody in the list has the id {position.manager!r}.",
                    "Give the manager's id, or add their row.",
                )

    def _check_addresses(self, persons: Mapping[str, WantedPerson]) -> None:
        first: dict[str, WantedPerson] = {}
        for person in persons.values():
            other = first.setdefault(person.email, person) if person.email else person
            if other is not person:
                self._refuse(
                    person.row,
                    "email",
                    f"{person.email} is the address of row {other.row} too.",
                    "Give each person an address of their own.",
                )

    def _refuse(self, number: int, name: str, wrong: str, remedy: str) -> NoReturn:
        head = self._table.heads[self._columns[name]] if name in self._columns else name
        raise InputError(wrong, place=f"{self._table.place}, row {number}, column “{head}”", remedy=remedy)
