"""A backup: one zip file with a manifest, every table as lines of JSON, the files, and the secret key.

The tables are read in one snapshot of the database while Prowess runs. The manifest names the state of the migrations,
so that a backup of an older version is restored as it was and then brought up to date, and the digest of every table
and file, by which a restore proves itself.
"""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from prowess import __version__
from prowess.framework.errors import InputError
from prowess.operations.rows import Digest, rows_of, tables

FORMAT = "prowess-backup/1"
MANIFEST = "manifest.json"
Progress = Callable[[int, int], None]


def back_up(path: Path, *, secret_key: str, using: str = "default", progress: Progress | None = None) -> dict[str, Any]:
    """Write a backup, whole or not at all, readable by its owner only; returns its manifest.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}.", remedy="Give a file in a folder that exists."
        ) from error
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write(archive, secret_key=secret_key, using=using, progress=progress)
        Path(draft).replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", remedy="Make room, then try again.") from error
    finally:
        Path(draft).unlink(missing_ok=True)
    return manifest


def read_manifest(path: Path) -> dict[str, Any]:
    """What a backup says of itself.

    Raises:
        InputError: it is no backup, or one of a later version of Prowess.
    """
    with opened(path) as archive:
        return manifest_in(archive, place=path.name)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, open to read.

    Raises:
        InputError: there is no such file, or it is no zip file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile) as error:
        raise _no_backup(str(path)) from error


def manifest_in(archive: zipfile.ZipFile, *, place: str) -> dict[str, Any]:
    """The manifest of an open archive.

    Raises:
        InputError: there is none, or it is not understood.
    """
    try:
        manifest = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _no_backup(place) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError("This backup is of another version.", place=place, remedy="Update Prowess, then restore.")
    return manifest


def _no_backup(place: str) -> InputError:
    return InputError("This is no backup of Prowess.", place=place, remedy="Give a file that `prowess backup` wrote.")


def lines_in(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The lines of a member, one by one."""
    with archive.open(name) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as text:
        for line in text:
            yield line.removesuffix("\n")


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """One state of the database for everything that is read inside."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # in WAL mode, readers see one state and keep nobody waiting
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def migration_state(using: str) -> dict[str, list[str]]:
    """The last applied migrations of each app."""
    loader = MigrationLoader(connections[using])
    applied = set(loader.applied_migrations)
    state: dict[str, list[str]] = {}
    for app, name in sorted(applied & set(loader.graph.nodes)):
        children = {child.key for child in loader.graph.node_map[app, name].children}
        if not any(child[0] == app and child in applied for child in children):
            state.setdefault(app, []).append(name)
    return state


def _write(archive: zipfile.ZipFile, *, secret_key: str, using: str, progress: Progress | None) -> dict[str, Any]:
    models = tables(current_apps)
    manifest: dict[str, Any] = {"format": FORMAT, "prowess": __version__, "made": datetime.now(UTC).isoformat()}
    written: dict[str, Any] = {}
    with snapshot(using):
        manifest["migrations"] = migration_state(using)
        for done, model in enumerate(models, start=1):
            digest = Digest()
            with archive.open(f"tables/{model._meta.db_table}.jsonl", "w", force_zip64=True) as member:
                for row in digest.follow(rows_of(model, using=using)):
                    member.write(row.encode() + b"\n")
            name = model._meta.db_table
            written[name] = {"model": model._meta.label_lower, "rows": digest.rows, "sha256": digest.hexdigest()}
            if progress:
                progress(done, len(models))
    manifest["tables"] = written
    manifest["files"] = _write_files(archive)
    archive.writestr("secret-key", secret_key)
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _write_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """The files that people uploaded, with their digests."""
    folder = Path(settings.MEDIA_ROOT)
    found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    written = {}
    for path in found:
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        archive.writestr(f"files/{name}", content)
        written[name] = hashlib.sha256(content).hexdigest()
    return written
