"""Where allauth asks what Prowess wants: who may come in, who they are, how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from prowess.framework.errors import NotAllowed
from prowess.people.models import User
from prowess.sign_in import actions, queries
from prowess.sign_in.encryption import decrypted, encrypted


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody makes an account of their own: users are added by the organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No."""
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, their secrets encrypted, and kept by those who must have one."""

    def get_totp_issuer(self) -> str:
        """The name under which an authenticator app shows the account."""
        return "Prowess"

    def encrypt(self, text: str) -> str:
        """For the database."""
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return decrypted(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who must have a second factor."""
        return not queries.is_last_required_factor(authenticator)


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """People known to the organisation's identity provider come in as the person that they are."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the user whom the provider vouches for; those whom nobody knows are told so."""
        if sociallogin.is_existing:
            return
        try:
            user = actions.user_vouched_for(
                email=_vouched_email(sociallogin), name=_name(sociallogin), app=sociallogin.provider.app
            )
        except NotAllowed as error:
            refusal = render(request, "sign_in/unknown_here.html", {"error": error}, status=403)
            raise ImmediateHttpResponse(refusal) from error
        sociallogin.connect(request, user)

    def list_apps(self, request: HttpRequest, **which: Any) -> list[SocialApp]:
        """The identity providers, their secrets readable."""
        apps: list[SocialApp] = super().list_apps(request, **which)
        for app in apps:
            app.secret = decrypted(app.secret) if app.secret else ""
        return apps

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never by a form: a user is made, or found, before it would come to that."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:  # noqa: ARG002
        """Never by allauth's own matching: `pre_social_login` has the one rule."""
        return False


def _vouched_email(login: SocialLogin) -> str:
    """The address for which the provider answers: one that it does not call unverified."""
    unverified = {each.email.lower() for each in login.email_addresses if not each.verified}
    claims: dict[str, Any] = login.account.extra_data
    said = {**claims, **claims.get("id_token", {}), **claims.get("userinfo", {})}
    email = str(login.user.email or "").lower()
    return "" if email in unverified and said.get("email_verified") is False else email


def _name(login: SocialLogin) -> str:
    user: User = login.user
    claims: dict[str, Any] = login.account.extra_data
    said = {**claims, **claims.get("id_token", {}), **claims.get("userinfo", {})}
    given = " ".join(str(said.get(part, "")) for part in ("given_name", "family_name")).strip()
    return str(said.get("name") or given or user.name or user.email)
