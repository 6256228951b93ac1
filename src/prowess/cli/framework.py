"""`prowess lint` and `prowess schema`."""

from typing import Annotated

import typer

from prowess.cli.progress import progress_bar

Library = Annotated[
    str, typer.Argument(help="`starter`, or a framework file (YAML, JSON) or folder.", metavar="LIBRARY")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")]


def lint(library: Library, *, as_json: AsJson = False) -> None:
    """Check a library's content: each finding with its place and a remedy; exit status 1 where there are errors."""
    from prowess.framework.checks import Severity
    from prowess.matching.checks import check_library
    from prowess.matching.encoder import encoder_note, load_encoder
    from prowess.starter import load_library

    encoder = load_encoder()
    with progress_bar("Checking") as progress:
        findings = check_library(load_library(library), encoder=encoder, progress=progress)
    if as_json:
        import json

        content = [finding.model_dump(mode="json") for finding in findings]
        typer.echo(json.dumps({"findings": content}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            typer.secho(f"{finding.severity}: {finding.place}", fg=_COLOURS[finding.severity], bold=True)
            typer.echo(f"  {finding.finding}\n  → {finding.remedy}")
        typer.echo(_summary([finding.severity for finding in findings]))
        if encoder is None:
            typer.echo(f"{encoder_note(None)} What words mean was not compared.".strip())
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


def _summary(severities: list[str]) -> str:
    if not severities:
        return "Nothing found: the library passes every check."
    counts = [(name, sum(severity == name for severity in severities)) for name in _COLOURS]
    return ", ".join(f"{count} {name}{'s' if count != 1 else ''}" for name, count in counts if count) + "."


def schema() -> None:
    """Print the JSON Schema of framework documents."""
    import json

    from prowess.framework.json_schema import framework_schema

    typer.echo(json.dumps(framework_schema(), ensure_ascii=False, indent=2))
