"""Writing the audit trail."""

import json
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from copy import copy
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection, models, transaction
from django.utils import timezone

from prowess.audit.chain import canonical, digest_of, digest_of_details, new_salt
from prowess.audit.models import Event, EventDetails
from prowess.audit.verbs import Verb, verbs
from prowess.framework.errors import InputError

P = ParamSpec("P")
R = TypeVar("R")
_LOCK = 0x50726F77  # the number of PostgreSQL's advisory lock for the chain
_described: ContextVar[dict[str, Any] | None] = ContextVar("described", default=None)


@transaction.atomic
def record(
    verb: Verb,
    *,
    actor: Any,
    about: models.Model | None = None,
    as_whom: Any = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Write an event: it stands if and only if the change around it stands.

    Args:
        verb: a registered verb.
        actor: the user who did it; None for the system itself.
        about: the object, where there is one; its words go into the details.
        as_whom: the user in whose name, where that is another.
        details: values before and after, and what else a reader needs.

    Raises:
        InputError: the verb is not registered.
    """
    if verbs().get(verb.name) != verb:
        raise InputError(f"The verb {verb.name!r} is not registered.", remedy="Register it beside the action.")
    _one_at_a_time()
    last = Event.objects.order_by("-number").values("number", "digest").first()
    words = {**({"title": str(about)} if about is not None else {}), **(details or {})}
    content = json.loads(canonical(words))  # as it will be read again
    salt = new_salt() if content else ""
    event = Event(
        number=(last["number"] if last else 0) + 1,
        at=timezone.now(),
        actor=getattr(actor, "pk", None),
        as_whom=getattr(as_whom, "pk", None),
        verb=verb.name,
        object_kind=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk or "") if about is not None else "",
        details_digest=digest_of_details(content, salt=salt) if content else "",
        previous=last["digest"] if last else "",
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    if content:
        EventDetails.objects.create(event=event, salt=salt, content=content)
    return event


def audited(verb: Verb, *, about: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Write an event for each call of an action that succeeds.

    Args:
        verb: what the action does.
        about: the parameter that holds the object; where there is none, the returned object is meant.

    The action's parameter ``actor`` is who did it. What the action tells with `describe` becomes the details.
    """

    def decorated(action: Callable[P, R]) -> Callable[P, R]:
        parameters = signature(action)

        @wraps(action)
        def recorded(*args: P.args, **kwargs: P.kwargs) -> R:
            said = parameters.bind(*args, **kwargs).arguments
            meant = said.get(about)
            before = copy(meant) if isinstance(meant, models.Model) else None  # it may be deleted
            token = _described.set({})
            try:
                with transaction.atomic():
                    result = action(*args, **kwargs)
                    returned = result if not about and isinstance(result, models.Model) else None
                    record(verb, actor=said.get("actor"), about=before or returned, details=_described.get())
                    return result
            finally:
                _described.reset(token)

        recorded.audited = verb  # type: ignore[attr-defined]  # the test of the trail asks for it
        return cast("Callable[P, R]", recorded)

    return decorated


def describe(**details: Any) -> None:
    """Add to the event of the action that runs: ``before=…``, ``after=…``, or what else a reader needs."""
    described = _described.get()
    if described is not None:
        described.update(details)


@transaction.atomic
def erase_details(numbers: Iterable[int], *, verb: Verb, actor: Any, about: models.Model | None = None) -> int:
    """Erase the words of events about somebody who is forgotten; the events and their chain stay.

    Returns:
        How many details were erased; that itself is an event.
    """
    erased, _ = EventDetails.objects.filter(event__in=list(numbers)).delete()
    record(verb, actor=actor, about=about, details={"erased": erased})
    return erased


def _one_at_a_time() -> None:
    """Let nobody else write an event until this transaction ends. SQLite's writers wait for each other anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
