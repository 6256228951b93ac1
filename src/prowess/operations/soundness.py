"""Is this installation sound? One finding a question, each with what to do."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from prowess.audit.queries import verify
from prowess.matching.encoder import load_encoder
from prowess.people.models import KindOfUser, User

_LEAST_ROOM = 500 * 2**20


class Judgement(StrEnum):
    """How serious a finding is."""

    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """The answer to one question about the installation."""

    about: str
    judgement: Judgement
    said: str
    remedy: str = ""


def findings() -> Iterator[Finding]:
    """Every question in turn; a database that does not answer ends the list."""
    yield from _settings()
    database = _database()
    yield database
    if database.judgement is Judgement.FAULT:
        return
    questions: tuple[Callable[[], Finding], ...] = (
        _migrations,
        _users,
        _audit_trail,
        _secret_key,
        _room,
        _static,
        _meaning,
    )
    for question in questions:
        found = question()
        yield found
        if question is _migrations and found.judgement is Judgement.FAULT:
            return


def _settings() -> Iterator[Finding]:
    messages = checks.run_checks(include_deployment_checks=not settings.INSECURE_HTTP)
    for message in messages:
        serious = Judgement.FAULT if message.level >= checks.ERROR else Judgement.WARNING
        yield Finding("settings", serious, f"{message.msg} ({message.id})", message.hint or "")
    if settings.DEBUG:
        yield Finding(
            "settings", Judgement.WARNING, "PROWESS_DEBUG is on: errors show their insides.", "Switch it off."
        )
    elif settings.INSECURE_HTTP:
        yield Finding(
            "settings", Judgement.WARNING, "PROWESS_INSECURE_HTTP is on: sign-in cookies travel unencrypted.",
            "Only for a demonstration on one machine.",
        )  # fmt: skip
    elif not messages:
        yield Finding("settings", Judgement.GOOD, "Fit for production.")


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW server_version")
                return Finding("database", Judgement.GOOD, f"PostgreSQL {cursor.fetchone()[0]}.")
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
    except DatabaseError as error:
        return Finding(
            "database", Judgement.FAULT, f"It does not answer: {error}".strip(), "See DATABASE_URL and PROWESS_HOME."
        )
    if answer != "ok":
        return Finding("database", Judgement.FAULT, f"The file is damaged: {answer}", "Restore a backup.")
    if mode != "wal":
        return Finding("database", Judgement.WARNING, f"SQLite writes in {mode} mode, not WAL.", "Use a local disk.")
    return Finding("database", Judgement.GOOD, "SQLite, whole, in WAL mode.")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(
            "tables", Judgement.FAULT, f"{len(missing)} changes to the tables are not made yet.", "Run `prowess setup`."
        )
    return Finding("tables", Judgement.GOOD, "Those of this version.")


def _users() -> Finding:
    if not User.objects.filter(kind=KindOfUser.ADMINISTRATOR, is_active=True).exists():
        return Finding(
            "people", Judgement.WARNING, "There is no administrator.", "prowess add-user E-MAIL --kind administrator"
        )
    return Finding("people", Judgement.GOOD, f"{User.objects.filter(is_active=True).count():,} may sign in.")


def _audit_trail() -> Finding:
    verdict = verify()
    if not verdict.sound:
        return Finding(
            "audit trail", Judgement.FAULT, verdict.fault, "Find out who changed the database; compare a backup."
        )
    return Finding("audit trail", Judgement.GOOD, f"{verdict.events:,} events, whole.")


def _secret_key() -> Finding:
    file = Path(settings.MEDIA_ROOT).parent / "secret-key"
    if not file.exists():
        return Finding("secret key", Judgement.GOOD, "From the environment.")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return Finding("secret key", Judgement.FAULT, f"Others may read {file}.", f"chmod 600 {file}")
    return Finding("secret key", Judgement.GOOD, "Readable by its owner only.")


def _room() -> Finding:
    free = shutil.disk_usage(Path(settings.MEDIA_ROOT).parent).free
    judgement = Judgement.GOOD if free >= _LEAST_ROOM else Judgement.WARNING
    return Finding(
        "disk", judgement, f"{free / 2**30:.1f} GB free.", "" if judgement is Judgement.GOOD else "Make room."
    )


def _static() -> Finding:
    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding("static files", Judgement.GOOD, "Collected.")
    return Finding("static files", Judgement.FAULT, "Not collected: pages have no looks.", "Run `prowess setup`.")


def _meaning() -> Finding:
    if load_encoder() is None:
        return Finding(
            "matching", Judgement.WARNING, "By words only: the encoder cannot be loaded.", "pip install onnxruntime"
        )
    return Finding("matching", Judgement.GOOD, f"By words and meaning, {os.cpu_count()} processors.")
