"""Reading the audit trail."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from prowess.audit.chain import digest_of, digest_of_details
from prowess.audit.models import Event
from prowess.audit.verbs import verbs, words_of

_IN_ONE_GO = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the trail; empty parts do not narrow it."""

    words: str = ""
    verb: str = ""
    concern: str = ""
    actor: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def events(search: Search) -> QuerySet[Event]:
    """The events that fit, the newest first."""
    found = Event.objects.select_related("details").order_by("-number")
    if search.verb:
        found = found.filter(verb=search.verb)
    if search.concern:
        found = found.filter(verb__in=[name for name, verb in verbs().items() if verb.concern == search.concern])
    if search.actor is not None:
        found = found.filter(Q(actor=search.actor) | Q(as_whom=search.actor))
    if search.since:
        found = found.filter(at__gte=search.since)
    if search.until:
        found = found.filter(at__lt=search.until)
    for word in search.words.split():
        found = found.filter(
            Q(details__content__icontains=word) | Q(object_kind__icontains=word) | Q(object_id=word)
            | Q(actor__in=_users_named(word))
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Told:
    """An event as a person reads it."""

    number: int
    at: datetime
    who: str
    as_whom: str
    words: str
    kind: str
    title: str
    details: dict[str, Any]
    erased: bool


def told(found: list[Event]) -> list[Told]:
    """Events with the names of their people."""
    names = _names({number for event in found for number in (event.actor, event.as_whom) if number})
    return [_told(event, names) for event in found]


def as_csv(found: QuerySet[Event]) -> Iterator[str]:
    """The events as a table, row by row; cells that a spreadsheet would run as formulas are disarmed."""
    yield _row(["number", "at", "actor", "as whom", "verb", "object kind", "object", "details", "digest"])
    for chunk in _chunks(found):
        names = _names({number for event in chunk for number in (event.actor, event.as_whom) if number})
        for event in chunk:
            content = getattr(getattr(event, "details", None), "content", None)
            yield _row([
                event.number, event.at.isoformat(), names.get(event.actor or 0, ""), names.get(event.as_whom or 0, ""),
                event.verb, event.object_kind, event.object_id,
                json.dumps(content, ensure_ascii=False) if content else "", event.digest,
            ])  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """Whether the trail is whole: how many events, and what is wrong with the first that does not fit."""

    events: int
    fault: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing was changed, added or taken out."""
        return not self.fault


def verify() -> Verdict:
    """Recompute the whole chain."""
    count, previous = 0, ""
    for event in Event.objects.select_related("details").order_by("number").iterator(chunk_size=_IN_ONE_GO):
        count += 1
        details = getattr(event, "details", None)
        if event.number != count:
            return Verdict(count - 1, f"Event {count} is missing.")
        if event.previous != previous or event.digest != digest_of(event):
            return Verdict(count - 1, f"Event {event.number} was changed, or one before it was taken out.")
        if details and digest_of_details(details.content, salt=details.salt) != event.details_digest:
            return Verdict(count - 1, f"The details of event {event.number} were changed.")
        previous = event.digest
    return Verdict(count)


def _told(event: Event, names: dict[int, str]) -> Told:
    details = getattr(event, "details", None)
    content: dict[str, Any] = dict(details.content) if details else {}
    return Told(
        number=event.number,
        at=event.at,
        who=names.get(event.actor, f"user {event.actor}") if event.actor else "Prowess",
        as_whom=names.get(event.as_whom, "") if event.as_whom else "",
        words=words_of(event.verb),
        kind=_kind_named(event.object_kind),
        title=str(content.pop("title", event.object_id)),
        details=content,
        erased=bool(event.details_digest) and details is None,
    )


def _kind_named(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def _names(numbers: set[int]) -> dict[int, str]:
    return {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=numbers)}


def _users_named(word: str) -> QuerySet[Any]:
    users: QuerySet[Any] = get_user_model().objects.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return users.values("pk")


def _chunks(found: QuerySet[Event]) -> Iterator[list[Event]]:
    last = None
    while True:
        chunk = list((found if last is None else found.filter(number__lt=last))[:_IN_ONE_GO])
        if not chunk:
            return
        yield chunk
        last = chunk[-1].number


def _row(cells: list[Any]) -> str:
    line = StringIO()
    csv.writer(line).writerow(
        [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in cells]
    )
    return line.getvalue()
