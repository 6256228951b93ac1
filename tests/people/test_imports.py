"""The organisation's list of people, taken whole or not at all."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from prowess.audit.models import Event
from prowess.framework.errors import Conflict, InputError, NotAllowed
from prowess.people.imports.actions import import_people
from prowess.people.imports.plan import Plan, plan_of
from prowess.people.imports.reading import guessed_columns, read_table
from prowess.people.imports.rows import Rows, WantedPerson
from prowess.people.models import KindOfUser, User
from prowess.people.organisation import Person, Position, Unit
from tests.cast import PASSWORD

DAY = date(2026, 3, 1)
HEAD = "Employee number,Name,E-mail,Department,Job title,Manager"
LIST = f"""{HEAD}
1,Ada Brandt,ada@example.org,Port,Harbour master,
2,Bo Chen,bo@example.org,Port > Berths,Pilot,1
3,Cy Dahl,,Port > Berths,Pilot,1
"""


def wanted(text: str, folder: Path) -> dict[str, WantedPerson]:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    table = read_table(file)
    return Rows(table, columns=guessed_columns(table)).persons()


def take(text: str, folder: Path, *, day: date = DAY, actor: User | None = None, many: bool = False) -> Plan:
    return import_people(wanted(text, folder), actor=actor, day=day, many_may_leave=many)


@pytest.mark.django_db
def test_a_list_becomes_people_units_and_positions(tmp_path: Path) -> None:
    plan = take(LIST, tmp_path)
    assert [len(plan.added), len(plan.changed), len(plan.leaving)] == [3, 0, 0]
    assert [unit.path for unit in Unit.objects.all()] == ["Port", "Port > Berths"]
    assert Unit.objects.get(name="Berths").parent == Unit.objects.get(name="Port")
    held = Position.objects.get(person__external_id="2")
    assert (held.job, held.manager and held.manager.name, held.since) == ("Pilot", "Ada Brandt", DAY)
    assert Event.objects.filter(verb="import-people").count() == 1


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    take(LIST, tmp_path)
    plan = take(LIST, tmp_path, day=DAY + timedelta(9))
    assert (plan.added, plan.changed, plan.leaving, plan.unchanged) == ((), (), (), 3)
    assert Position.objects.count() == 3


@pytest.mark.django_db
def test_a_transfer_ends_the_old_position_and_keeps_it(tmp_path: Path) -> None:
    take(LIST, tmp_path)
    plan = take(LIST.replace("3,Cy Dahl,,Port > Berths", "3,Cy Dahl,,Port > Locks"), tmp_path, day=DAY + timedelta(30))
    assert [(change.person.external_id, change.what) for change in plan.changed] == [("3", ("positions",))]
    new, old = Position.objects.filter(person__external_id="3")
    assert (old.unit.name, old.until) == ("Berths", DAY + timedelta(30))
    assert (new.unit.name, new.since, new.until) == ("Locks", DAY + timedelta(30), None)


@pytest.mark.django_db
def test_several_rows_of_a_person_are_several_positions_at_once(tmp_path: Path) -> None:
    take(LIST + "3,Cy Dahl,,Port,Deputy,2\n", tmp_path)
    assert {p.job for p in Position.objects.filter(person__external_id="3", until=None)} == {"Pilot", "Deputy"}


@pytest.mark.django_db
def test_a_leavers_session_ends_and_their_history_stays(tmp_path: Path, client: Client) -> None:
    user = User.objects.create_user(
        "bo@example.org", name="Bo", kind=KindOfUser.EMPLOYEE, password="a quiet harbour 41"
    )
    take(LIST, tmp_path)
    client.force_login(user)
    assert client.get(reverse("start")).status_code == 200
    take(LIST.replace("2,Bo Chen,bo@example.org,Port > Berths,Pilot,1\n", ""), tmp_path, day=DAY + timedelta(30))
    assert client.get(reverse("start")).status_code == 302
    client.post(reverse("account_login"), {"login": "bo@example.org", "password": PASSWORD})
    assert client.get(reverse("start")).status_code == 302
    bo = Person.objects.get(external_id="2")
    assert (bo.left_on, bo.positions.get().until) == (DAY + timedelta(30), DAY + timedelta(30))


@pytest.mark.django_db
def test_who_returns_is_here_again_and_does_not_sign_in_by_that_alone(tmp_path: Path) -> None:
    User.objects.create_user("bo@example.org", name="Bo", kind=KindOfUser.EMPLOYEE)
    take(LIST, tmp_path)
    take(LIST.replace("2,Bo Chen,bo@example.org,Port > Berths,Pilot,1\n", ""), tmp_path)
    plan = take(LIST, tmp_path, day=DAY + timedelta(60))
    assert plan.changed[0].what == ("return", "positions")
    bo = Person.objects.get(external_id="2")
    assert bo.left_on is None
    assert bo.user is not None
    assert not bo.user.is_active


@pytest.mark.django_db
def test_a_list_without_most_people_is_refused_unless_it_is_meant(tmp_path: Path) -> None:
    take(LIST, tmp_path)
    short = f"{HEAD}\n1,Ada Brandt,ada@example.org,Port,Harbour master,\n"
    with pytest.raises(Conflict, match="2 people are missing"):
        take(short, tmp_path)
    assert not Person.objects.filter(left_on__isnull=False).exists()
    assert len(take(short, tmp_path, many=True).leaving) == 2


@pytest.mark.django_db
def test_a_list_without_the_last_administrator_changes_nothing(tmp_path: Path) -> None:
    User.objects.create_user("bo@example.org", name="Bo", kind=KindOfUser.ADMINISTRATOR)
    take(LIST, tmp_path)
    with pytest.raises(Conflict, match="administrator"):
        take(LIST.replace("2,Bo Chen,bo@example.org,Port > Berths,Pilot,1\n", "4,Di Egge,,Port,Pilot,1\n"), tmp_path)
    assert Person.objects.count() == 3
    assert User.objects.get().is_active


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in KindOfUser if kind != KindOfUser.ADMINISTRATOR])
def test_only_administrators_import(kind: KindOfUser, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        take(LIST, tmp_path, actor=User.objects.create_user("x@example.org", name="X", kind=kind))
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("row", "place", "wrong"),
    [
        ("4,,,Port,Pilot,1", "row 5, column “Name”", "empty"),
        (",Di Egge,,Port,Pilot,1", "row 5, column “Employee number”", "empty"),
        ("4,Di Egge,di.example.org,Port,Pilot,1", "row 5, column “E-mail”", "no e-mail address"),
        ("4,Di Egge,BO@example.org,Port,Pilot,1", "row 5, column “E-mail”", "row 3 too"),
        ("4,Di Egge,,Port,Pilot,9", "row 5, column “Manager”", "has the id '9'"),
        ("4,Di Egge,,Port,Pilot,4", "row 5, column “Manager”", "own manager"),
        ("4,Di Egge,,,Pilot,1", "row 5, column “Department”", "no unit"),
        ("4,Di Egge,,Port > > Berths,Pilot,1", "row 5, column “Department”", "part of the path"),
        ("3,Cyril Dahl,,Port,Pilot,1", "row 5, column “Name”", "'Cy Dahl'"),
        (f"4,{'D' * 201},,Port,Pilot,1", "row 5, column “Name”", "200 characters"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column(row: str, place: str, wrong: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=wrong) as refusal:
        wanted(f"{LIST}{row}\n", tmp_path)
    assert refusal.value.place == f"people.csv, {place}"
    assert refusal.value.remedy


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"Id,Name\n", b"\x00\x01\x02" * 50, b"PK\x03\x04broken", b'Id,Name\n1,"A']
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    with pytest.raises(InputError):
        read_table(tmp_path / "people.csv")


def test_heads_are_guessed_and_can_be_corrected(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Nummer;FULL_NAME;Team\n1;Ada;Port\n", encoding="utf-8")
    table = read_table(tmp_path / "people.csv")
    with pytest.raises(InputError, match="Nummer, FULL_NAME, Team"):
        guessed_columns(table)
    assert guessed_columns(table, chosen={"id": "Nummer"}) == {"id": 0, "name": 1, "unit": 2}
    for chosen in ({"id": "Number"}, {"shoe": "Nummer"}):
        with pytest.raises(InputError):
            guessed_columns(table, chosen=chosen)


def test_a_spreadsheet_reads_like_the_csv_file(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "people.xlsx") as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(LIST.splitlines()):
            cells = line.split(",")
            sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in cells])
    (tmp_path / "people.csv").write_text(LIST, encoding="utf-8")
    book, text = read_table(tmp_path / "people.xlsx"), read_table(tmp_path / "people.csv")
    assert (book.heads, book.rows) == (text.heads, text.rows)


@pytest.mark.django_db
def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    assert len(plan_of(wanted(LIST, tmp_path), day=DAY).added) == 3
    assert not Person.objects.exists()
