"""`prowess check`, `backup`, `restore`, `migrate-database`: looking after an installation."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from prowess.cli.installation import start_django
from prowess.cli.progress import progress_bar

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup (.zip).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def check(*, as_json: AsJson = False) -> None:
    """Is this installation sound? Exit status 1 where something is wrong."""
    start_django()
    from prowess.operations.soundness import Judgement, findings

    found = list(findings())
    if as_json:
        rows = [{"about": f.about, "judgement": f.judgement, "said": f.said, "remedy": f.remedy} for f in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for finding in found:
            remedy = f"\n{'':14}→ {finding.remedy}" if finding.remedy else ""
            typer.echo(f"{finding.judgement.value:8} {finding.about}: {finding.said}{remedy}")
    if any(finding.judgement is Judgement.FAULT for finding in found):
        raise typer.Exit(1)


def backup(file: BackupFile, *, as_json: AsJson = False) -> None:
    """Write everything into one file while Prowess runs: tables, files, the secret key.

    Keep it as safe as a password.
    """
    start_django()
    from prowess.operations.archive import back_up
    from prowess.web.home import secret_key

    with progress_bar("Backing up") as progress:
        manifest = back_up(file, secret_key=secret_key(), progress=progress)
    _tell(manifest, f"Backed up to {file}", as_json=as_json)


def restore(
    file: BackupFile,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    with_key: Annotated[bool, typer.Option("--with-key", help="Take the backup's secret key too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of everything here; all or nothing, proved by digests."""
    start_django()
    from prowess.operations import archive, restoring

    manifest = archive.read_manifest(file)
    if not yes:
        rows = sum(table["rows"] for table in manifest["tables"].values())
        typer.confirm(f"Replace everything here by the backup of {manifest['made'][:16]} ({rows:,} rows)?", abort=True)
    with progress_bar("Restoring") as progress:
        manifest = restoring.restore(file, progress=progress)
    if with_key:
        _take_key(restoring.secret_key_in(file))
    _tell(
        manifest,
        f"Restored {file}; every table is as it was backed up. Restart a running `prowess serve`",
        as_json=as_json,
    )


def migrate_database(
    target: Annotated[str, typer.Argument(metavar="URL", help="Where to: postgres://user@host/name")],
    *,
    as_json: AsJson = False,
) -> None:
    """Copy this installation to another database and prove both equal; afterwards set DATABASE_URL to it."""
    start_django()
    import dj_database_url
    from django.db import connections

    from prowess.framework.errors import InputError
    from prowess.operations.restoring import make_tables
    from prowess.operations.restoring import migrate_database as migrate

    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(target))
    except ValueError as error:
        raise InputError(
            f"{target!r} is no address of a database.", remedy="Give postgres://user@host/name."
        ) from error
    connections.databases["target"] = {**connections.databases["default"], "OPTIONS": {}, "TEST": {}, **settings}
    make_tables(target)
    with progress_bar("Copying") as progress:
        copied = migrate(source="default", target="target", progress=progress)
    tables = {name: {"rows": rows, "sha256": digest} for name, (rows, digest) in copied.items()}
    _tell({"tables": tables, "files": {}}, "Copied, and proved equal; set DATABASE_URL to it", as_json=as_json)


def _tell(manifest: dict[str, Any], said: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(manifest, ensure_ascii=False, indent=2))
        return
    rows = sum(table["rows"] for table in manifest["tables"].values())
    typer.echo(f"{said}: {rows:,} rows in {len(manifest['tables'])} tables, {len(manifest['files'])} files.")


def _take_key(key: str) -> None:
    from prowess.framework.files import write_text
    from prowess.web.home import home

    file = home() / "secret-key"
    write_text(file, key + "\n")
    file.chmod(0o600)
