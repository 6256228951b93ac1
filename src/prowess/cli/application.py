"""Putting the commands together, and turning errors into sentences."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from prowess import __version__
from prowess.cli import convert, framework, hiring, installation, matching, measurement

EXIT_BAD_INPUT = 2

app = typer.Typer(
    name="prowess",
    help="Competencies, role profiles, structured interviews and fair reviews.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
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


_COMMANDS: dict[str, Callable[..., None]] = {
    "profile": matching.profile,
    "guide": hiring.guide,
    "convert": convert.convert,
    "lint": framework.lint,
    "schema": framework.schema,
    "setup": installation.setup,
    "serve": installation.serve,
    "demo": installation.demo,
    "add-user": installation.add_user,
    "fit": measurement.fit,
    "agreement": measurement.agreement,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)
app.add_typer(measurement.simulate, name="simulate")


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
