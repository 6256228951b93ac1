"""The rows of a database as text that is the same whatever database they stand in, and the digests over them.

A row is a JSON array of the values of the table's columns, by their names; a table's digest is SHA-256 over its rows by
primary key. Two databases hold the same exactly if the digests of all their tables are equal.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction

IN_ONE_GO = 2000


def tables(apps: Any) -> list[type[models.Model]]:
    """All models that own a table, each after those that it refers to where that is possible, then by name."""
    found = [model for model in apps.get_models(include_auto_created=True) if _owns_table(model)]
    found.sort(key=lambda model: model._meta.label_lower)
    placed: list[type[models.Model]] = []
    waiting = dict.fromkeys(found)
    while waiting:
        ready = [model for model in waiting if not _refers_to(model) & waiting.keys() - {model}]
        for model in ready or list(waiting)[:1]:
            placed.append(model)
            del waiting[model]
    return placed


def columns(model: type[models.Model]) -> list[Any]:
    """The columns by name: migrations and models may list them in different orders."""
    return sorted(model._meta.concrete_fields, key=lambda field: field.column)


def rows_of(model: type[models.Model], *, using: str) -> Iterator[str]:
    """The rows of a table as text, by primary key."""
    names = [field.attname for field in columns(model)]
    key = model._meta.pk
    assert key is not None  # noqa: S101 - every table has one
    found = model._base_manager.using(using).order_by(key.attname).values_list(*names)
    for values in found.iterator(chunk_size=IN_ONE_GO):
        yield json.dumps([_plain(value) for value in values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_rows(model: type[models.Model], rows: Iterable[str], *, using: str) -> int:
    """Add rows to an empty table; returns how many."""
    fields = columns(model)
    count, waiting = 0, []
    for row in rows:
        values = {field.attname: _value(field, value) for field, value in zip(fields, json.loads(row), strict=True)}
        waiting.append(model(**values))
        if len(waiting) >= IN_ONE_GO:
            count += _add(model, waiting, using=using)
            waiting = []
    return count + _add(model, waiting, using=using)


class Digest:
    """The digest of a table while its rows go by."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def follow(self, rows: Iterable[str]) -> Iterator[str]:
        """Hand the rows on, each into the digest."""
        for row in rows:
            self._hash.update(row.encode())
            self._hash.update(b"\n")
            self.rows += 1
            yield row

    def hexdigest(self) -> str:
        """The digest so far."""
        return self._hash.hexdigest()


def digests(apps: Any, *, using: str) -> dict[str, tuple[int, str]]:
    """Number of rows and digest of every table."""
    found = {}
    for model in tables(apps):
        digest = Digest()
        for _ in digest.follow(rows_of(model, using=using)):
            pass
        found[model._meta.db_table] = (digest.rows, digest.hexdigest())
    return found


def _add(model: type[models.Model], objects: list[Any], *, using: str) -> int:
    """Add rows as they are: values that a model sets on saving (dates of making and changing) are not set anew."""
    with _as_stored(model), transaction.atomic(using=using):
        model._base_manager.using(using).bulk_create(objects, batch_size=IN_ONE_GO)
    return len(objects)


class _as_stored:  # noqa: N801 - reads as a clause
    def __init__(self, model: type[models.Model]) -> None:
        self._fields = [
            field for field in model._meta.concrete_fields
            if isinstance(field, models.DateField | models.TimeField) and (field.auto_now or field.auto_now_add)
        ]  # fmt: skip
        self._before = [(field.auto_now, field.auto_now_add) for field in self._fields]

    def __enter__(self) -> None:
        for field in self._fields:
            field.auto_now = field.auto_now_add = False

    def __exit__(self, *_: object) -> None:
        for field, (now, now_add) in zip(self._fields, self._before, strict=True):
            field.auto_now, field.auto_now_add = now, now_add


def _owns_table(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped


def _refers_to(model: type[models.Model]) -> set[type[models.Model]]:
    targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return {target for target in targets if isinstance(target, type)}


def _plain(value: Any) -> Any:
    """The value as JSON holds it, the same for every database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, UUID | Decimal) else value


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    """The value as the model holds it."""
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.DurationField):
        return timedelta(seconds=value)
    return value if isinstance(field, models.JSONField) else field.to_python(value)
