"""Restoring a backup, and moving an installation to another database: all or nothing, proved by digests."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor

from prowess.framework.errors import InputError
from prowess.operations.archive import lines_in, manifest_in, migration_state, opened, snapshot
from prowess.operations.rows import Digest, digests, load_rows, rows_of, tables

Progress = Callable[[int, int], None]
RowsOf = Callable[[str], Iterable[str]]


def restore(path: Path, *, using: str = "default", progress: Progress | None = None) -> dict[str, Any]:
    """Put a backup in the place of everything that the database and the folder of files hold; returns its manifest.

    Either all of it is there afterwards, each table with the digest that the manifest names, or nothing has changed.

    Raises:
        InputError: it is no backup, was damaged, or holds what this version does not know.
    """
    with opened(path) as archive:
        manifest = manifest_in(archive, place=path.name)
        _require_whole(archive, manifest, place=path.name)
        with (
            _place_to_restore(using) as place,
            _tables_as_of(manifest["migrations"], using=place) as historical,
        ):
            _replace(
                historical, lambda table: lines_in(archive, f"tables/{table}.jsonl"), using=place,
                expected=manifest["tables"], progress=progress,
            )  # fmt: skip
        _put_files(archive, manifest["files"])
    return manifest


def secret_key_in(path: Path) -> str:
    """The secret key of the installation that was backed up.

    Raises:
        InputError: it is no backup.
    """
    with opened(path) as archive:
        manifest_in(archive, place=path.name)
        return archive.read("secret-key").decode("ascii")


def make_tables(url: str) -> None:
    """Make the tables of this version in another database.

    In a process of its own, where that database is the default one: some migrations know no other.

    Raises:
        InputError: the database cannot be reached or written.
    """
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"]
    done = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:] or ["it does not answer"]
        raise InputError(f"The tables cannot be made there: {why[0]}", remedy="Check the address and the rights.")


def migrate_database(*, source: str, target: str, progress: Progress | None = None) -> dict[str, tuple[int, str]]:
    """Copy everything from one database to another that is empty of people; returns rows and digest of each table.

    Raises:
        InputError: the target holds users already, or what arrived is not equal.
    """
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - settings must be ready

    if get_user_model()._base_manager.using(target).exists():
        raise InputError(
            "The target database holds an installation already; nothing was copied.",
            remedy="Give an empty database, or empty it first.",
        )
    by_table = {model._meta.db_table: model for model in tables(current_apps)}
    with snapshot(source):
        before = digests(current_apps, using=source)
        expected = {
            table: {"model": by_table[table]._meta.label_lower, "rows": rows, "sha256": digest}
            for table, (rows, digest) in before.items()
        }
        _replace(
            current_apps, lambda table: rows_of(by_table[table], using=source), using=target,
            expected=expected, progress=progress,
        )  # fmt: skip
    return before


def _replace(apps: Any, rows: RowsOf, *, using: str, expected: dict[str, Any], progress: Progress | None) -> None:
    """Empty every table, fill it, and compare; one transaction."""
    known = {model._meta.db_table: model for model in tables(apps)}
    unknown = [name for name, said in expected.items() if name not in known and said["rows"]]
    if unknown:
        raise InputError(f"The backup holds the table {unknown[0]!r}, which this version does not know.",
                         remedy="Update Prowess, then restore.")  # fmt: skip
    with _constraints_at_the_end(using), transaction.atomic(using=using), _triggers_aside(using):
        for model in reversed(list(known.values())):
            _empty(model, using=using)
        for done, (name, model) in enumerate(known.items(), start=1):
            if name in expected:
                _fill(model, rows(name), said=expected[name], using=using)
            if progress:
                progress(done, len(known))
        connections[using].check_constraints()
        _reset_sequences(list(known.values()), using=using)


def _fill(model: type[models.Model], rows: Iterable[str], *, said: dict[str, Any], using: str) -> None:
    load_rows(model, rows, using=using)
    digest = Digest()
    for _ in digest.follow(rows_of(model, using=using)):
        pass
    if (digest.rows, digest.hexdigest()) != (said["rows"], said["sha256"]):
        raise InputError(
            f"The table {model._meta.db_table!r} is not what was backed up; nothing was restored.",
            remedy="Use another backup; this one may have been damaged or changed.",
        )


@contextmanager
def _place_to_restore(using: str) -> Iterator[str]:
    """Where the tables are filled: PostgreSQL itself, whose transactions hold tables too; a new file with SQLite.

    That file is written over the live database page by page under its lock (SQLite's backup interface), so that whoever
    reads meanwhile sees the old content or the new.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        yield using
        return
    live = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="prowess-restore-") as folder:
        filled = Path(folder) / "restored.sqlite3"
        connection.close()
        connection.settings_dict["NAME"] = str(filled)  # not another alias: some migrations know the default one only
        try:
            yield using
        finally:
            connection.close()
            connection.settings_dict["NAME"] = live
        with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(live, timeout=60)) as target:
            source.backup(target)


@contextmanager
def _tables_as_of(migrations: dict[str, list[str]], *, using: str) -> Iterator[Any]:
    """The models as they were when the backup was made; afterwards the tables are those of this version."""
    executor = MigrationExecutor(connections[using])
    missing = [(app, name) for app, names in migrations.items() for name in names
               if (app, name) not in executor.loader.graph.nodes]  # fmt: skip
    if missing:
        raise InputError(
            f"The backup was made by a later version of Prowess ({missing[0][0]} {missing[0][1]}).",
            remedy="Update Prowess, then restore.",
        )
    if migrations == migration_state(using):
        yield current_apps
        return
    if executor.loader.applied_migrations:
        raise InputError(
            "The backup was made by another version of Prowess than this database.",
            remedy="Restore it into an empty database; it is brought up to date there.",
        )
    targets = [(app, name) for app, names in migrations.items() for name in names]
    state = executor.migrate(targets)
    yield state.apps
    call_command("migrate", database=using, verbosity=0, interactive=False)


@contextmanager
def _constraints_at_the_end(using: str) -> Iterator[None]:
    connection = connections[using]
    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            connection.enable_constraint_checking()


@contextmanager
def _triggers_aside(using: str) -> Iterator[None]:
    """What is published and the audit trail refuse to be deleted; a restore puts another whole in their place."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            names = [row[0] for row in cursor.fetchall()]
            for name in names:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in names:
                cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql IS NOT NULL")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def _empty(model: type[models.Model], *, using: str) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _reset_sequences(found: list[type[models.Model]], *, using: str) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def _require_whole(archive: zipfile.ZipFile, manifest: dict[str, Any], *, place: str) -> None:
    """Every member is there and has the digest that the manifest names."""
    damaged = InputError("The backup is damaged; nothing was restored.", place=place, remedy="Use another backup.")
    names = set(archive.namelist())
    for table, said in manifest["tables"].items():
        if f"tables/{table}.jsonl" not in names:
            raise damaged
        digest = Digest()
        try:
            for _ in digest.follow(lines_in(archive, f"tables/{table}.jsonl")):
                pass
        except (zipfile.BadZipFile, UnicodeDecodeError, OSError) as error:
            raise damaged from error
        if (digest.rows, digest.hexdigest()) != (said["rows"], said["sha256"]):
            raise damaged
    for name, sha256 in manifest["files"].items():
        if f"files/{name}" not in names or hashlib.sha256(archive.read(f"files/{name}")).hexdigest() != sha256:
            raise damaged


def _put_files(archive: zipfile.ZipFile, files: dict[str, str]) -> None:
    """The uploaded files; names that would leave the folder are refused."""
    folder = Path(settings.MEDIA_ROOT).resolve()
    for name in files:
        place = (folder / name).resolve()
        if not place.is_relative_to(folder):
            raise InputError(f"The backup holds a file with the unsafe name {name!r}.", remedy="Use another backup.")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(archive.read(f"files/{name}"))
