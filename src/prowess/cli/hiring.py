"""`prowess guide`: from a role profile to a printed interview guide."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from prowess.framework import Framework, RoleProfile

Profile = Annotated[
    Path, typer.Argument(help="A role profile as `prowess profile -o` writes it.", metavar="PROFILE.json")
]
Output = Annotated[Path, typer.Option("-o", "--output", help="The guide: .docx (Word), .pdf or .html.", metavar="FILE")]
Minutes = Annotated[int, typer.Option("--minutes", help="Minutes of each interview, opening and closing included.")]
Interviewers = Annotated[int, typer.Option("--interviewers", help="How many interviewers each candidate meets.")]
Library = Annotated[
    str | None,
    typer.Option(
        "--library",
        help="`starter`, or a framework file: for definitions that the profile does not carry and the names of levels. "
        "The one that the profile names, where nothing is given.",
        metavar="NAME_OR_FILE",
    ),
]


def guide(
    profile: Profile,
    *,
    output: Output,
    minutes: Minutes = 60,
    interviewers: Interviewers = 3,
    library: Library = None,
) -> None:
    """Print the interview guide for a role profile: questions, probes, rating forms, for each interviewer."""
    from prowess.framework.files import write_bytes
    from prowess.hiring.guide import make_guide
    from prowess.hiring.guide_files import FORMATS, write_guide
    from prowess.matching.profile_document import read_profile

    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        from prowess.framework.errors import InputError

        raise InputError(
            f"{output.name} names no kind of guide.", remedy=f"Let the name end in {', '.join(sorted(FORMATS))}."
        )
    document = read_profile(profile)
    made = make_guide(document, library=_library(document, library), minutes=minutes, interviewers=interviewers)
    write_bytes(output, write_guide(made, suffix=suffix))
    typer.echo(
        f"{output}: {len(made.interviewers)} interviewers, {minutes} minutes each, {made.question_count} questions on "
        f"{len(made.overview)} competencies."
    )
    for note in made.notes:
        typer.secho(f"Note: {note}", fg="yellow")


def _library(profile: "RoleProfile", named: str | None) -> "Framework | None":
    """The library that was named; else the one of the profile, if it is at hand and still has its competencies."""
    from prowess.framework.errors import ProwessError
    from prowess.starter import load_library

    if named:
        return load_library(named)
    try:
        found = load_library(profile.library or "starter")
    except ProwessError:
        found = load_library("starter")
    return found if any(entry.code in found.by_code for entry in profile.competencies) else None
