"""`prowess import` and `prowess export`: frameworks into this installation's library, and out of it."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prowess.cli.progress import progress_bar

if TYPE_CHECKING:
    from prowess.framework.reading import Loss
    from prowess.library.imports.plan import Plan, Planned
    from prowess.library.imports.taking import Choices, Outcome
    from prowess.library.models import Framework

Source = Annotated[Path, typer.Argument(help="The file to read, in any known format.", metavar="SRC")]
Into = Annotated[
    str,
    typer.Option(
        "--into",
        metavar="CODE",
        help="The framework to bring up to date, or `new`; where not given, the one that has the source's code.",
    ),
]
From = Annotated[str, typer.Option("--from", metavar="FORMAT", help="The format of SRC, where its name does not tell.")]
Publish = Annotated[bool, typer.Option("--publish/--draft", help="Into published versions, or into drafts to review.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")]
Keep = Annotated[
    bool | None,
    typer.Option(
        "--keep-missing/--drop-missing",
        help="Whether parts that SRC leaves empty stay; by default they do unless SRC is a Prowess framework.",
    ),
]
Retire = Annotated[
    list[str] | None,
    typer.Option("--retire", metavar="CODE=SUCCESSOR", help="Retire what SRC does not hold any more; repeat it."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print what changes as JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Code = Annotated[str, typer.Argument(help="The framework's code in the library.", metavar="FRAMEWORK")]
Destination = Annotated[Path, typer.Argument(help="The file to write.", metavar="DST")]
To = Annotated[str, typer.Option("--to", metavar="FORMAT", help="The format of DST, where its name does not tell.")]


def import_(
    source: Source,
    *,
    into: Into = "",
    from_: From = "",
    publish: Publish = True,
    keep_missing: Keep = None,
    retire: Retire = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    yes: Yes = False,
) -> None:
    """Bring a framework or a dictionary on paper into the library.

    Shows first what is added, changed and missing; then takes all of it or nothing. Competencies are matched by code.
    """
    from prowess.cli.installation import start_set_up

    start_set_up()
    from prowess.library.imports.taking import Choices, code_for_framework

    plan, reading, framework = _planned(source, into=into, format_name=from_, keep_missing=keep_missing)
    choices = Choices(publish=publish, retired=_successors(retire or []))
    if not as_json:
        _show(plan, framework=framework, notes=reading.warnings, choices=choices)
    outcome = None
    if not dry_run and _is_wanted(plan, choices=choices, yes=yes):
        outcome = _take(plan, framework=framework, code=code_for_framework(reading.framework), choices=choices)
    _tell(plan, outcome, reading=reading, as_json=as_json, dry_run=dry_run)


def _planned(
    source: Path, *, into: str, format_name: str, keep_missing: bool | None
) -> "tuple[Plan, Any, Framework | None]":
    from prowess.exchange import read
    from prowess.library.imports.keeping import WHOLE_FORMATS
    from prowess.library.imports.plan import plan_import
    from prowess.library.queries import document_of

    with progress_bar(f"Reading {source.name}") as progress:
        reading = read(source, format_name=format_name, progress=progress)
    framework = _target(into, document=reading.framework)
    keep = reading.format not in WHOLE_FORMATS if keep_missing is None else keep_missing
    existing = document_of(framework) if framework else None
    return plan_import(reading.framework, existing=existing, keep_missing_parts=keep), reading, framework


def _target(into: str, *, document: Any) -> "Framework | None":
    """The framework that is brought up to date; None for a new one."""
    from prowess.framework.errors import InputError
    from prowess.library.imports.taking import code_for_framework
    from prowess.library.models import Framework

    if into == "new":
        return None
    found = Framework.objects.filter(code=into or code_for_framework(document)).first()
    if found is None and into:
        known = ", ".join(Framework.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise InputError(f"The library has no framework {into!r}.", remedy=f"Use `new`, or one of these: {known}.")
    return found


def _successors(retire: list[str]) -> dict[str, str]:
    from prowess.framework.errors import InputError

    found = {}
    for each in retire:
        code, equals, successor = each.partition("=")
        if not (equals and code and successor):
            raise InputError(f"{each!r} names no successor.", place="--retire", remedy="Write CODE=SUCCESSOR.")
        found[code] = successor
    return found


def _show(plan: "Plan", *, framework: "Framework | None", notes: tuple[str, ...], choices: "Choices") -> None:
    from prowess.library.imports.plan import Fate

    where = f"“{framework.title}” ({framework.code})" if framework else f"a new framework, “{plan.head.title}”"
    typer.echo(f"Into {where}, {'as published versions' if choices.publish else 'as drafts'}:")
    for change in plan.head_changes:
        typer.echo(f"  ~ the framework's {change.label.lower()}")
    for sign, fate in (("+", Fate.ADDED), ("~", Fate.CHANGED)):
        _list(f"  {sign} {row.code}  {row.title}{_changed_parts(row)}" for row in plan.of(fate))
    _list(_missing_lines(plan, choices=choices))
    counts = plan.counts
    typer.echo(
        f"{counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged, "
        f"{counts['missing']} not in the source."
    )
    for note in notes:
        typer.echo(f"Note: {note}")


def _changed_parts(row: "Planned") -> str:
    parts = [part.label.lower() for part in row.differences()]
    return f": {', '.join(parts)}" if parts else ""


def _missing_lines(plan: "Plan", *, choices: "Choices") -> Iterator[str]:
    """What the source does not hold any more: it stays unless somebody says otherwise."""
    from prowess.library.imports.plan import Fate

    for row in sorted(plan.of(Fate.MISSING), key=lambda row: row.code not in choices.retired):
        successor = choices.retired.get(row.code)
        what = f"retired, its successor is {successor}" if successor else "not in the source; it stays"
        yield f"  - {row.code}  {row.title} ({what})"


def _list(lines: Iterable[str], *, most: int = 30) -> None:
    """Print the first lines, and how many there are more."""
    each = iter(lines)
    for line in islice(each, most):
        typer.echo(line)
    more = sum(1 for _ in each)
    if more:
        typer.echo(f"    … and {more:,} more (--json lists all)")


def _is_wanted(plan: "Plan", *, choices: "Choices", yes: bool) -> bool:
    from prowess.framework.errors import InputError

    if plan.changes_nothing and not choices.retired:
        return False
    if yes:
        return True
    if not sys.stdin.isatty():
        raise InputError("Nobody can be asked whether to import this.", remedy="Give --yes, or --dry-run to look only.")
    return typer.confirm("Import this?")


def _take(plan: "Plan", *, framework: "Framework | None", code: str, choices: "Choices") -> "Outcome":
    from prowess.library.imports.taking import take_plan

    with progress_bar("Importing") as progress:
        progress(0, len(plan.rows))
        outcome = take_plan(
            plan,
            framework=framework,
            code=code,
            seen=framework.revision if framework else 0,
            choices=choices,
            actor=None,
        )
        progress(len(plan.rows), len(plan.rows))
    return outcome


def _tell(plan: "Plan", outcome: "Outcome | None", *, reading: Any, as_json: bool, dry_run: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(plan, outcome, reading=reading, dry_run=dry_run), ensure_ascii=False, indent=2))
    elif outcome is not None:
        done = "published" if outcome.published else "begun as drafts"
        typer.echo(f"{len(outcome.added) + len(outcome.changed)} {done} in “{outcome.title}” ({outcome.framework}).")
    elif plan.changes_nothing:
        typer.echo("Nothing changed.")
    else:
        typer.echo("Nothing was imported.")


def _as_json(plan: "Plan", outcome: "Outcome | None", *, reading: Any, dry_run: bool) -> dict[str, Any]:
    from prowess.library.imports.plan import Fate

    return {
        "format": reading.format,
        "dry_run": dry_run,
        "imported": outcome is not None,
        "framework": outcome.framework if outcome else "",
        "framework_changes": [change.field for change in plan.head_changes],
        **{fate.value: [_row_as_json(row) for row in plan.of(fate)] for fate in Fate if fate is not Fate.UNCHANGED},
        "unchanged": len(plan.of(Fate.UNCHANGED)),
        "retired": list(outcome.retired) if outcome else [],
        "warnings": list(reading.warnings),
        "losses": [loss.model_dump() for loss in reading.losses],
    }


def _row_as_json(row: "Planned") -> dict[str, Any]:
    parts = [part.field for part in row.differences()]
    return {"code": row.code, "title": row.title, **({"parts": parts} if parts else {})}


def export(framework: Code, destination: Destination, *, to: To = "") -> None:
    """Write a framework of the library in any format that is written, and say what that format could not hold."""
    from prowess.cli.installation import start_set_up

    start_set_up()
    from prowess.exchange import format_named, format_to_write
    from prowess.framework.errors import NotFound
    from prowess.library.models import Framework
    from prowess.library.queries import document_of

    found = Framework.objects.filter(code=framework).first()
    if found is None:
        known = ", ".join(Framework.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise NotFound(f"The library has no framework {framework!r}.", remedy=f"It has these: {known}.")
    writer = format_named(to) if to else format_to_write(destination)
    document = document_of(found)
    losses = writer.write(document, destination)
    typer.echo(f"“{found.title}” with {len(document.competencies)} competencies is written to {destination}.")
    for line in _lost(losses):
        typer.echo(line)


def _lost(losses: "tuple[Loss, ...]") -> Iterator[str]:
    """What a format could not hold, said once for all competencies that it concerns."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for loss in losses:
        by_reason.setdefault((loss.part, loss.reason), []).append(loss.code)
    for (part, reason), codes in by_reason.items():
        named = [code for code in codes if code]
        where = f" ({', '.join(named[:3])}{f' and {len(named) - 3} more' if len(named) > 3 else ''})" if named else ""
        yield f"Lost: {part}: {reason}{where}"
