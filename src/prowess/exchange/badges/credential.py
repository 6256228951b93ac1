"""Open Badges 3.0 and Comprehensive Learner Record 2.0: a person's achieved levels, aligned to the framework."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from prowess.exchange.badges.achievement import achievement, name_of, profile, result, written_time
from prowess.exchange.badges.parties import AchievedLevel, Holder, Issuer
from prowess.exchange.badges.proof import did_key, signed
from prowess.exchange.identity import uuid_for
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework

VERIFIABLE = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LEARNER_RECORD = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
_BADGE_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
_RECORD_SCHEMA = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json"


def open_badge(
    achieved: AchievedLevel,
    *,
    framework: Framework,
    holder: Holder,
    issuer: Issuer,
    key: Ed25519PrivateKey,
    now: datetime | None = None,
    base: str = "",
) -> dict[str, Any]:
    """A signed Open Badge 3.0 (AchievementCredential) for one achieved level.

    Args:
        achieved: what was achieved.
        framework: the framework whose competency it is.
        holder: who achieved it.
        issuer: who says so.
        key: the issuer's private key.
        now: the time of issuing.
        base: address under which competencies can be looked up, such as that of a CASE provider's CFItems.

    Raises:
        NotFound: the framework has no such competency.
        InputError: the scale has no such level.
    """
    at = now or datetime.now(UTC)
    by = _named(issuer, key=key)
    badge = _badge(achieved, framework=framework, holder=holder, issuer=by, now=at, base=base)
    return signed(badge, key=key, method=issuer.verification_method, created=at)


def learner_record(
    achieved: Sequence[AchievedLevel],
    *,
    framework: Framework,
    holder: Holder,
    issuer: Issuer,
    key: Ed25519PrivateKey,
    now: datetime | None = None,
    base: str = "",
) -> dict[str, Any]:
    """A signed Comprehensive Learner Record 2.0 with a signed badge for each achieved level.

    Raises:
        NotFound: the framework has no such competency.
        InputError: nothing was achieved, or the scale has no such level.
    """
    if not achieved:
        raise InputError("There is no achieved level to record.", remedy="Give at least one.")
    at = now or datetime.now(UTC)
    badges = [
        open_badge(each, framework=framework, holder=holder, issuer=issuer, key=key, now=at, base=base)
        for each in achieved
    ]
    identifier = uuid_for(name_of(framework), "record", *(badge["id"] for badge in badges))
    record = _credential(identifier, kinds=["ClrCredential"], contexts=[LEARNER_RECORD, OPEN_BADGES], now=at) | {
        "name": f"{framework.title}: {holder.name}" if holder.name else framework.title,
        "issuer": profile(_named(issuer, key=key)),
        "credentialSubject": _subject(holder, kind="ClrSubject") | {"verifiableCredential": badges},
        "credentialSchema": [{"id": _RECORD_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    return signed(record, key=key, method=issuer.verification_method, created=at)


def _badge(
    achieved: AchievedLevel, *, framework: Framework, holder: Holder, issuer: Issuer, now: datetime, base: str
) -> dict[str, Any]:
    competency = framework.competency(achieved.code)
    level = framework.scale.level(achieved.level)
    if level is None:
        raise InputError(
            f"The scale has no level {achieved.level}.",
            place=achieved.code,
            remedy=f"Use one of {', '.join(map(str, framework.scale.numbers)) or 'a scale with levels'}.",
        )
    since = written_time(achieved.achieved)
    names = ("badge", holder.identifier, achieved.code, str(achieved.level), since)
    subject = _subject(holder, kind="AchievementSubject") | {
        "achievement": achievement(competency, framework=framework, issuer=issuer, base=base),
        "result": [result(competency, framework=framework, level=achieved.level)],
    }
    if achieved.narrative:
        subject["narrative"] = achieved.narrative
    kinds = ["AchievementCredential", "OpenBadgeCredential"]
    return _credential(uuid_for(name_of(framework), *names), kinds=kinds, contexts=[OPEN_BADGES], now=now) | {
        "name": f"{competency.title}: {level.name}",
        "issuer": profile(issuer),
        "awardedDate": since,
        "credentialSubject": subject,
        "credentialSchema": [{"id": _BADGE_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def _credential(identifier: str, *, kinds: list[str], contexts: list[str], now: datetime) -> dict[str, Any]:
    return {
        "@context": [VERIFIABLE, *contexts],
        "id": f"urn:uuid:{identifier}",
        "type": ["VerifiableCredential", *kinds],
        "validFrom": written_time(now),
    }


def _subject(holder: Holder, *, kind: str) -> dict[str, Any]:
    subject: dict[str, Any] = {"id": holder.identifier, "type": [kind]}
    if holder.name:
        name = {"type": "IdentityObject", "hashed": False, "identityHash": holder.name, "identityType": "name"}
        subject["identifier"] = [name]
    return subject


def _named(issuer: Issuer, *, key: Ed25519PrivateKey) -> Issuer:
    return issuer if issuer.identifier else replace(issuer, identifier=did_key(key.public_key()))
