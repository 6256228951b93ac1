"""`prowess profile`: from a job description to a role profile."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from prowess.framework import RoleProfile
    from prowess.matching.job_text import JobDescription

Job = Annotated[
    str,
    typer.Argument(
        help="A job description: text, Markdown, HTML, Word (.docx) or PDF; `-` reads standard input.", metavar="JOB"
    ),
]
Library = Annotated[
    str,
    typer.Option("--library", help="`starter`, or a framework file (YAML, JSON) or folder.", metavar="NAME_OR_FILE"),
]
Size = Annotated[str, typer.Option("--size", help="How many competencies: `7`, or from-to as `5-9`.", metavar="N-M")]
Core = Annotated[
    list[str] | None,
    typer.Option("--core", help="Code of a competency that must be in; may be repeated.", metavar="CODE"),
]
Title = Annotated[str, typer.Option("--title", help="The role's title, where the text does not name it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the whole profile as JSON.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write the profile as JSON to a file, for `prowess guide`.")
]


MOST_SHOWN = 3
"""Statements shown for one competency, and not more than this times three that were left out."""


def profile(
    job: Job,
    *,
    library: Library = "starter",
    size: Size = "5-9",
    core: Core = None,
    title: Title = "",
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Propose a role profile: the competencies that a job description calls for, with evidence, weights and levels."""
    from prowess.framework.files import write_text
    from prowess.starter import load_library

    least_and_most = size_from(size)
    description = _read(job, title=title)
    framework = load_library(library)
    from prowess.matching.profile import propose_profile  # after the input proved readable: it takes a second to load

    proposal = propose_profile(description, framework, size=least_and_most, core=core or (), library=library)
    text = proposal.model_dump_json(indent=2) + "\n"
    if output:
        write_text(output, text)
    if as_json:
        typer.echo(text, nl=False)
    else:
        _print(proposal)
        if output:
            typer.echo(f"\nWritten to {output}. Print the interview guide: prowess guide {output} -o guide.docx")


def size_from(text: str) -> tuple[int, int]:
    """ "5-9" as (5, 9), "7" as (7, 7)."""
    import re

    from prowess.framework.errors import InputError

    found = re.fullmatch(r"\s*(\d{1,3})\s*(?:(?:-|–|to|\.\.)\s*(\d{1,3})\s*)?", text)
    if not found:
        raise InputError(f"--size {text!r} is not a size.", remedy="Give a number, or two as in `5-9`.")
    return int(found[1]), int(found[2] or found[1])


def _read(job: str, *, title: str) -> "JobDescription":
    import sys

    from prowess.framework.errors import InputError
    from prowess.matching.job_text import read_job

    if job == "-":
        from prowess.matching.job_text.limits import LARGEST_FILE

        return read_job(sys.stdin.buffer.read(LARGEST_FILE + 1), name="standard input", title=title)
    path = Path(job)
    if path.is_dir():
        raise InputError(f"{job} is a folder.", remedy="Give one job description.")
    return read_job(path, title=title)


def _print(proposal: "RoleProfile") -> None:
    from rich.console import Console

    console = Console(highlight=False)
    lines = {statement.id: statement for statement in proposal.statements}
    console.print(f"\n[bold]{_plain(proposal.role.title)}[/bold]: {len(proposal.competencies)} competencies\n")
    for entry in proposal.competencies:
        level = "" if entry.target_level is None else f"   level {entry.target_level}"
        core = ", core" if entry.core else ""
        code = f"[dim]({_plain(entry.code)}{core})[/dim]"
        console.print(f"[bold]{_plain(entry.title)}[/bold]   importance {entry.importance:.2f}{level}   {code}")
        for evidence in entry.evidence[:MOST_SHOWN]:
            statement = lines[evidence.statement]
            console.print(
                f"   line {statement.line}: {_plain(statement.text)}",
                overflow="ellipsis",
                no_wrap=True,
                soft_wrap=False,
            )
        if len(entry.evidence) > MOST_SHOWN:
            console.print(f"   [dim]… and {len(entry.evidence) - MOST_SHOWN} more statements[/dim]")
    _print_left_out(console, proposal)
    for note in proposal.notes:
        console.print(f"\n[yellow]Note:[/yellow] {_plain(note)}")


def _print_left_out(console: "Console", proposal: "RoleProfile") -> None:
    if proposal.left_out:
        console.print("\n[bold]Left out[/bold]")
    for left in proposal.left_out[: 3 * MOST_SHOWN]:
        because = f" ({_plain(left.because)})" if left.because else ""
        console.print(f"  {_plain(left.title)}: {left.reason}{because}. [dim]{_plain(left.note)}[/dim]")
    lines = {statement.id: statement for statement in proposal.statements}
    if proposal.uncovered:
        console.print("\n[bold]Statements that no chosen competency covers[/bold]")
    for statement in proposal.uncovered:
        console.print(f"  line {lines[statement].line}: {_plain(lines[statement].text)}")


def _plain(text: str) -> str:
    """Text that may hold square brackets, which Rich would read as its own."""
    from rich.markup import escape

    return escape(text)
