"""`prowess import-people`: the organisation's own list of people."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prowess.cli.installation import start_set_up

if TYPE_CHECKING:
    from prowess.people.imports.plan import Plan

SHOWN = 20


def import_people(
    file: Annotated[Path, typer.Argument(help="A CSV file or a spreadsheet with one row a position.")],
    *,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=HEAD", help="Head of id, name, email, unit, job, manager or since."),
    ] = None,
    many_leave: Annotated[bool, typer.Option("--many-leave", help="Allow that more than half leave.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring in the list of people: whoever is new is added, whoever is missing leaves. All of it, or nothing."""
    start_set_up()
    from django.utils import timezone

    from prowess.people.imports.actions import import_people as take
    from prowess.people.imports.plan import plan_of
    from prowess.people.imports.reading import guessed_columns, read_table
    from prowess.people.imports.rows import Rows

    table = read_table(file)
    columns = guessed_columns(table, chosen=_chosen(column or []))
    wanted = Rows(table, columns=columns).persons()
    day: date = timezone.localdate()
    if dry_run:
        plan = plan_of(wanted, day=day)
    else:
        plan = take(wanted, actor=None, day=day, many_may_leave=many_leave, progress=_told)
    heads = {field: table.heads[at] for field, at in columns.items()}
    said = _as_json(plan, heads=heads, taken=not dry_run)
    typer.echo(json.dumps(said, ensure_ascii=False, indent=2) if as_json else _in_words(said))


def _chosen(options: list[str]) -> dict[str, str]:
    from prowess.framework.errors import InputError

    for option in options:
        if "=" not in option:
            raise InputError(f"--column {option!r} has no “=”.", remedy="Write it like --column id=Number.")
    return dict((part.strip() for part in option.split("=", 1)) for option in options)  # type: ignore[misc]


def _told(done: int, total: int) -> None:
    import sys

    if sys.stderr.isatty():
        typer.echo(f"\r{done:,} of {total:,} rows written", err=True, nl=done == total)


def _as_json(plan: "Plan", *, heads: dict[str, str], taken: bool) -> dict[str, Any]:
    return {
        "taken": taken,
        "day": plan.day.isoformat(),
        "columns": heads,
        "unchanged": plan.unchanged,
        "added": [{"id": person.external_id, "name": person.name} for person in plan.added],
        "changed": [{"id": c.person.external_id, "name": c.person.name, "what": list(c.what)} for c in plan.changed],
        "leaving": [{"id": key, "name": name} for key, name in plan.leaving],
    }


def _in_words(said: dict[str, Any]) -> str:
    lines = ["Columns: " + ", ".join(f"{field} from “{head}”" for field, head in said["columns"].items())]
    for kind in ("added", "changed", "leaving"):
        rows = said[kind]
        lines.append(f"{kind.capitalize()}: {len(rows):,}")
        lines += [f"  {row['id']}  {row['name']}{_what(row)}" for row in rows[:SHOWN]]
        lines += [f"  … and {len(rows) - SHOWN:,} more (all with --json)"] if len(rows) > SHOWN else []
    lines.append(f"Unchanged: {said['unchanged']:,}")
    return "\n".join([*lines, "Taken." if said["taken"] else "Nothing was changed: this was a dry run."])


def _what(row: dict[str, Any]) -> str:
    return f" ({', '.join(row['what'])})" if "what" in row else ""
