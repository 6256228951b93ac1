"""The chain: each event's digest covers the event before it, so that no event can be changed, added or taken out.

SHA-256 over canonical JSON (sorted keys, no spaces, UTF-8), as RFC 8785 would write these values.
"""

import hashlib
import json
import secrets
from datetime import UTC
from typing import Any

from prowess.audit.models import Event


def canonical(value: Any) -> bytes:
    """The one way in which a value is written for a digest."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def digest_of_details(content: Any, *, salt: str) -> str:
    """The digest of details; salted, so that erased details cannot be guessed from it."""
    return hashlib.sha256(salt.encode() + canonical(content)).hexdigest()


def new_salt() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def digest_of(event: Event) -> str:
    """The digest of an event, the one before it included."""
    said = {
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "as_whom": event.as_whom,
        "verb": event.verb,
        "object_kind": event.object_kind,
        "object_id": event.object_id,
        "details": event.details_digest,
        "previous": event.previous,
    }
    return hashlib.sha256(canonical(said)).hexdigest()
