"""Putting the commands together, and turning errors into sentences."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from prowess import __version__
from prowess.cli import convert, framework, hiring, imports, installation, matching, measurement, operations, people

EXIT_BAD_INPUT = 2

app = typer.Typer(
    name="prowess",
    help="Competencies, role profiles, structured interviews and fair reviews.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich takes a third of the time of `--help`
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, show: bool) -> None:
    if show:
        typer.echo(f"prowess {__version__}")
        raise typer.Exit


@app.callback()
def _prowess(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=lambda show: _version(show=show))
    ] = False,
) -> None:
    """Competencies, role profiles, structured interviews and fair reviews."""


_COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "profile": (matching.profile, "From a job description to a role profile."),
    "guide": (hiring.guide, "From a role profile to an interview guide."),
    "convert": (convert.convert, "Read a framework, or a dictionary on paper."),
    "import": (imports.import_, "Bring a dictionary into the library."),
    "export": (imports.export, "Write a framework of the library."),
    "lint": (framework.lint, "Check a library's content."),
    "schema": (framework.schema, "Print the JSON Schema of framework documents."),
    "setup": (installation.setup, "Make or update this installation."),
    "serve": (installation.serve, "Serve Prowess until it is stopped."),
    "worker": (installation.worker, "Do background tasks until it is stopped."),
    "demo": (installation.demo, "Set up and serve the demonstration."),
    "add-user": (installation.add_user, "Add somebody who may sign in."),
    "import-people": (people.import_people, "Bring in the list of people."),
    "check": (operations.check, "Is this installation sound?"),
    "backup": (operations.backup, "Write everything into one file."),
    "restore": (operations.restore, "Put a backup in the place of everything."),
    "migrate-database": (operations.migrate_database, "Copy everything to another database."),
    "fit": (measurement.fit, "Fair scores from ratings."),
    "agreement": (measurement.agreement, "Do the raters agree?"),
}
for _name, (_command, _short) in _COMMANDS.items():
    app.command(_name, short_help=_short)(_command)
app.add_typer(measurement.simulate, name="simulate", short_help="Ratings with known truth; adaptive forms.")


def main() -> None:
    """Run the command line; every `ProwessError` becomes a sentence on standard error and exit status 2."""
    try:
        app()
    except Exception as error:
        from prowess.framework.errors import ProwessError

        if not isinstance(error, ProwessError):
            raise
        typer.secho(f"prowess: {error}", err=True, fg="red")
        sys.exit(EXIT_BAD_INPUT)


__all__ = ["app", "main"]
