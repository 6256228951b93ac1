"""`prowess convert`: a framework in one form becomes the same framework in another."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from prowess.framework.reading import Reading

Source = Annotated[Path, typer.Argument(help="The file to read.", metavar="SRC")]
Destination = Annotated[Path, typer.Argument(help="The file to write (.yaml or .json).", metavar="DST")]
From = Annotated[str | None, typer.Option("--from", help="The format of SRC, where its name does not tell.")]
To = Annotated[str | None, typer.Option("--to", help="The format of DST, where its name does not tell.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was understood as JSON.")]


def convert(
    source: Source, destination: Destination, *, from_: From = None, to: To = None, as_json: AsJson = False
) -> None:
    """Read a framework, or a competency dictionary on paper, and write it in another form.

    What was not understood is listed, never dropped silently.
    """
    from prowess.exchange import convert as converted

    reading = converted(source, destination, from_format=from_ or "", to_format=to or "")
    if as_json:
        typer.echo(json.dumps(reading.summary(), ensure_ascii=False, indent=2))
    else:
        for line in _summary(reading):
            typer.echo(line)
        typer.echo(f"Written to {destination}.")


def _summary(reading: "Reading") -> Iterator[str]:
    """What was understood, for a person."""
    content = reading.summary()
    yield f"{content['framework']['title']}: {_count(len(content['competencies']), 'competency', 'competencies')}"
    for competency in content["competencies"]:
        yield f"  {competency['title']} – {_parts(competency['counts'])}"
    yield from (f"Note: {warning}" for warning in reading.warnings)
    yield from _listed("Not understood", [(line.line, line.text) for line in reading.unplaced])
    if reading.clutter:
        yield f"{_count(len(reading.clutter), 'line', 'lines')} left out as no content (menus, page numbers, notices)."
    yield from (f"Lost: {loss.part} {loss.code}: {loss.reason}" for loss in reading.losses)


def _parts(counts: dict[str, Any]) -> str:
    found = {
        "key actions": counts["key_actions"],
        "job activities": counts["job_activities"],
        "indicators": sum(counts["indicators"].values()),
        "relations": sum(map(len, counts["relations"].values())),
        "questions": counts["questions"],
        "development options": counts["development"],
    }
    return ", ".join(f"{count} {name}" for name, count in found.items() if count) or "no parts yet"


def _listed(what: str, lines: Sequence[tuple[int, str]], *, most: int = 20) -> Iterator[str]:
    if lines:
        yield f"{what} ({_count(len(lines), 'line', 'lines')}; kept apart):"
        yield from (f"  line {number}: {text[:100]}" for number, text in lines[:most])
        if len(lines) > most:
            yield f"  … and {len(lines) - most} more (--json lists all)"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
