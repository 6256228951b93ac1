"""What is read about signing in."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet

from prowess.framework.errors import NotFound
from prowess.people.models import KindOfUser, User
from prowess.sign_in.models import SecondFactorRule
from prowess.sign_in.policies import require_rules

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes are no factor of their own."""

KEPT_RULES, KEPT_SECONDS = "second-factor-rules", 10
OPENID_CONNECT, SAML = "openid_connect", "saml"


def lacks_second_factor(user: User) -> bool:
    """Whether the organisation wants a second factor of this user, and there is none yet."""
    if user.kind not in kinds_with_second_factor():
        return False
    return not Authenticator.objects.filter(user=user.pk, type__in=FACTORS).exists()


def kinds_with_second_factor() -> frozenset[str]:
    """The kinds of user of whom a second factor is required; kept for seconds, since every request asks."""
    kinds: frozenset[str] | None = cache.get(KEPT_RULES)
    if kinds is None:
        kinds = frozenset(SecondFactorRule.objects.values_list("kind", flat=True))
        cache.set(KEPT_RULES, kinds, KEPT_SECONDS)
    return kinds


def is_last_required_factor(authenticator: Authenticator) -> bool:
    """Whether its owner must have a second factor and this is the only one."""
    if authenticator.type not in FACTORS:
        return False
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS).exclude(pk=authenticator.pk)
    return SecondFactorRule.objects.filter(kind=authenticator.user.kind).exists() and not others.exists()


@dataclass(frozen=True)
class KindRule:
    """A kind of user, whether a second factor is required of it, and how many of them have one."""

    kind: KindOfUser
    required: bool
    users: int
    with_factor: int


def second_factor_rules(actor: User) -> list[KindRule]:
    """The rule for each kind of user.

    Raises:
        NotFound: this user may not see them.
    """
    require_rules(actor)
    required = set(SecondFactorRule.objects.values_list("kind", flat=True))
    rules = []
    for kind in KindOfUser:
        users = User.objects.filter(kind=kind, is_active=True)
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        rules.append(KindRule(kind, kind.value in required, users.count(), users.filter(Exists(factors)).count()))
    return rules


@dataclass(frozen=True)
class OpenSession:
    """A session of a user: where it was opened, and whether it is the one that asks."""

    pk: int
    began: object
    address: str
    browser: str
    current: bool


def sessions_of(user: User, *, current_key: str | None) -> list[OpenSession]:
    """The user's open sessions, the newest first; those that have ended are forgotten."""
    found = sorted(UserSession.objects.purge_and_list(user), key=lambda each: each.created_at, reverse=True)
    return [
        OpenSession(each.pk, each.created_at, each.ip, browser_named(each.user_agent), each.session_key == current_key)
        for each in found
    ]


def browser_named(user_agent: str) -> str:
    """The browser and system behind a User-Agent header, as a person would name them."""
    browsers = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
                ("Safari/", "Safari"))  # fmt: skip
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
               ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip
    browser = next((name for mark, name in browsers if mark in user_agent), "")
    system = next((name for mark, name in systems if mark in user_agent), "")
    return " on ".join(filter(None, (browser, system))) or user_agent[:60] or "Unknown"


def providers() -> QuerySet[Any]:
    """The identity providers at which people may sign in, by name."""
    found: QuerySet[Any] = SocialApp.objects.filter(provider__in=(OPENID_CONNECT, SAML)).order_by("name", "pk")
    return found


def providers_for(actor: User) -> QuerySet[Any]:
    """The identity providers, for who sets them up.

    Raises:
        NotFound: this user may not see them.
    """
    require_rules(actor)
    return providers()


def provider_for(actor: User, *, pk: int) -> SocialApp:
    """One identity provider, for who sets it up.

    Raises:
        NotFound: there is none, or this user may not see it.
    """
    found = providers_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such identity provider.", remedy="Choose one from the list.")
    return found
