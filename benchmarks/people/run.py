"""Import 100,000 people, against plain reading of the file and a bare `bulk_create` of the same rows.

    python benchmarks/people/run.py [HOW_MANY]

The database is SQLite in a temporary folder, or the one of `DATABASE_URL`, which must be empty.
"""

import csv
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

UNITS = 5_000
SPAN = 8  # reports of a manager


def write_list(path: Path, *, how_many: int, moved: int = 0) -> None:
    """A list of people; the first ``moved`` of them have another job."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "email", "unit", "job", "manager"])
        for n in range(how_many):
            job = "Another job" if n < moved else f"Job {n % 300}"
            unit = f"Branch {n % 50} > Unit {n % UNITS}"
            rows.writerow([n, f"Person {n}", f"p{n}@example.org", unit, job, (n - 1) // SPAN if n else ""])


def main(how_many: int) -> None:
    """Print seconds and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PROWESS_HOME"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prowess.web.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(Path(folder) / "people.csv", how_many=how_many)


def measure(path: Path, *, how_many: int) -> None:
    """Import, import again, and import with every tenth person moved."""
    write_list(path, how_many=how_many)
    start = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    plain_reading = time.perf_counter() - start
    bare = plain_reading + bare_rows(rows)
    print(f"plain reading {plain_reading:.2f} s; with bare bulk_create of persons and positions {bare:.2f} s")
    for words, moved in (("first", 0), ("nothing new", 0), ("a tenth moved", how_many // 10)):
        write_list(path, how_many=how_many, moved=moved)
        seconds = import_once(path)
        print(
            f"import, {words}: {seconds:.2f} s = {seconds / bare:.2f} x bare, {seconds / plain_reading:.1f} x reading"
        )


def bare_rows(rows: list[dict[str, str]]) -> float:
    """Seconds for the same persons and positions without looking at anything; they are removed again."""
    from django.db import transaction

    from prowess.people.organisation import Person, Position, Unit

    class Undo(Exception):
        """Nothing of this stays."""

    day = date(2026, 1, 1)
    start = time.perf_counter()
    seconds = 0.0
    try:
        with transaction.atomic():
            unit = Unit.objects.create(name="All", path="All")
            people = Person.objects.bulk_create(
                [Person(external_id=r["id"], name=r["name"], email=r["email"]) for r in rows], batch_size=2_000
            )
            Position.objects.bulk_create(
                [Position(person=p, unit=unit, job=r["job"], since=day) for p, r in zip(people, rows, strict=True)],
                batch_size=2_000,
            )
            seconds = time.perf_counter() - start
            raise Undo
    except Undo:
        return seconds


def import_once(path: Path) -> float:
    """Seconds from the file to the committed import."""
    from django.utils import timezone

    from prowess.people.imports.actions import import_people
    from prowess.people.imports.reading import guessed_columns, read_table
    from prowess.people.imports.rows import Rows

    start = time.perf_counter()
    table = read_table(path)
    wanted = Rows(table, columns=guessed_columns(table)).persons()
    import_people(wanted, actor=None, day=timezone.localdate())
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
