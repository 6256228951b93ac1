"""What changes how people sign in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction

from prowess.audit.actions import audited, describe, record
from prowess.audit.verbs import Concern, register
from prowess.framework.errors import Conflict, NotAllowed, NotFound
from prowess.people.models import KindOfUser, User
from prowess.sign_in import queries
from prowess.sign_in.encryption import encrypted
from prowess.sign_in.models import SecondFactorRule
from prowess.sign_in.policies import require_rules

REQUIRE_FACTOR = register("require-second-factor", "set who needs a second factor", concern=Concern.RULES)
SET_UP_PROVIDER = register("set-up-identity-provider", "set up an identity provider", concern=Concern.RULES)
REMOVE_PROVIDER = register("remove-identity-provider", "removed an identity provider", concern=Concern.RULES)
END_SESSION = register("end-session", "ended sessions of their own", concern=Concern.SIGN_IN)
BROUGHT_IN = register("bring-in-user", "added a user whom an identity provider vouches for", concern=Concern.PEOPLE)


@audited(REQUIRE_FACTOR)
def require_second_factor(kinds: Collection[KindOfUser], *, actor: User) -> None:
    """Require a second factor of exactly these kinds of user, from their next page on.

    Raises:
        NotFound: the actor may not set rules.
    """
    require_rules(actor)
    before = sorted(SecondFactorRule.objects.values_list("kind", flat=True))
    describe(before=before, after=sorted(map(str, kinds)))
    SecondFactorRule.objects.exclude(kind__in=kinds).delete()
    for kind in kinds:
        SecondFactorRule.objects.get_or_create(kind=kind)
    transaction.on_commit(lambda: cache.delete(queries.KEPT_RULES))
    cache.delete(queries.KEPT_RULES)


@audited(END_SESSION)
def end_session(pk: int, *, actor: User) -> None:
    """End one of the actor's own sessions; whoever uses it must sign in again.

    Raises:
        NotFound: the actor has no such session.
    """
    found = UserSession.objects.filter(pk=pk, user=actor).first()
    if found is None:
        raise NotFound("This session has ended already.", remedy="Load the list again.")
    found.end()


@audited(END_SESSION)
def end_other_sessions(*, actor: User, current_key: str | None) -> int:
    """End all of the actor's sessions but the current one; returns how many."""
    others = [each for each in UserSession.objects.filter(user=actor) if each.session_key != current_key]
    for each in others:
        each.end()
    return len(others)


def end_all_sessions(user: User) -> None:
    """End every session of somebody who may not come in any more."""
    for each in UserSession.objects.filter(user=user):
        each.end()


@dataclass(frozen=True)
class ProviderSetUp:
    """What an administrator says of an identity provider.

    ``domains`` are those of the addresses for which it vouches; ``makes_users`` lets it bring in people of these
    domains whom nobody has added before. ``settings`` are those of allauth for this protocol.
    """

    protocol: str
    slug: str
    name: str
    client_id: str
    secret: str
    domains: tuple[str, ...]
    makes_users: bool
    settings: dict[str, Any]


@audited(SET_UP_PROVIDER)
def set_up_provider(set_up: ProviderSetUp, *, actor: User, pk: int | None = None) -> SocialApp:
    """Add an identity provider, or change one; an empty secret keeps the old one.

    Raises:
        NotFound: there is no such provider, or the actor may not set rules.
        Conflict: the short name is another provider's.
    """
    app = queries.provider_for(actor, pk=pk) if pk else SocialApp()
    require_rules(actor)
    by_slug = {"client_id": set_up.slug} if set_up.protocol == queries.SAML else {"provider_id": set_up.slug}
    if SocialApp.objects.filter(provider=set_up.protocol, **by_slug).exclude(pk=app.pk).exists():
        raise Conflict(f"Another provider has the short name “{set_up.slug}”.", remedy="Choose another short name.")
    app.provider, app.name, app.provider_id = set_up.protocol, set_up.name, set_up.slug
    app.client_id = set_up.slug if set_up.protocol == queries.SAML else set_up.client_id
    app.secret = encrypted(set_up.secret) if set_up.secret else app.secret
    app.settings = {**set_up.settings, "domains": list(set_up.domains), "makes_users": set_up.makes_users}
    app.save()
    describe(domains=list(set_up.domains), makes_users=set_up.makes_users)
    return app


@audited(REMOVE_PROVIDER)
def remove_provider(pk: int, *, actor: User) -> None:
    """Remove an identity provider; its people keep their accounts and need another way in.

    Raises:
        NotFound: there is none, or the actor may not set rules.
    """
    app = queries.provider_for(actor, pk=pk)
    describe(provider=app.name)
    app.delete()


@transaction.atomic
def user_vouched_for(*, email: str, name: str, app: SocialApp) -> User:
    """The user with this address, for whom an identity provider vouches; made now where the organisation wants that.

    Raises:
        NotAllowed: the provider does not answer for such addresses, or nobody here has this one.
    """
    domains = {domain.lower() for domain in app.settings.get("domains", ())}
    local, _, domain = email.rpartition("@")
    if not local or domain.lower() not in domains:
        raise NotAllowed(
            f"{app.name} did not give an e-mail address of this organisation for you.",
            remedy="Ask an administrator which address you sign in with.",
        )
    user = User.objects.filter(email__iexact=email).first()
    if user is None and app.settings.get("makes_users"):
        user = User.objects.create_user(email, name=name[:200], kind=KindOfUser.EMPLOYEE)
        record(BROUGHT_IN, actor=None, about=user, details={"provider": app.name})
    if user is None or not user.is_active:
        raise NotAllowed(
            f"Nobody here signs in with {email}.", remedy="Ask an administrator to add you, then sign in again."
        )
    return user
