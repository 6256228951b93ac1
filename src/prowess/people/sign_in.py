"""How people come in: by invitation, with a password."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody makes an account of their own: users are added by the organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No."""
        return False
