"""People with administrators among them, and authenticator apps."""

from collections.abc import Callable
from typing import Any

import pytest

from prowess.people.models import KindOfUser, User
from tests.cast import PASSWORD


@pytest.fixture
def ada(cast: Any) -> User:
    """Ada the administrator."""
    return User.objects.create_user(
        "ada@harbour-vale.example", name="Ada Brandt", kind=KindOfUser.ADMINISTRATOR, password=PASSWORD
    )


@pytest.fixture
def code_of() -> Callable[[str], str]:
    """``code_of(secret)``: what an authenticator app shows now (RFC 6238)."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return lambda secret: format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def sign_in_by_form() -> Callable[..., Any]:
    """``sign_in_by_form(client, user)``: by address and password."""

    def signed_in(client: Any, user: User) -> Any:
        return client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})

    return signed_in
