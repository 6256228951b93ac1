"""Sign-ins in the audit trail: allauth and Django tell, the trail keeps."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from prowess.audit.actions import record
from prowess.audit.verbs import Concern, register

SIGNED_IN = register("sign-in", "signed in", concern=Concern.SIGN_IN)
SIGNED_OUT = register("sign-out", "signed out", concern=Concern.SIGN_IN)
FAILED = register("fail-to-sign-in", "refused a sign-in", concern=Concern.SIGN_IN)
NEW_PASSWORD = register("change-password", "changed the password", concern=Concern.SIGN_IN)
FACTOR_ADDED = register("add-second-factor", "added a second factor", concern=Concern.SIGN_IN)
FACTOR_REMOVED = register("remove-second-factor", "removed a second factor", concern=Concern.SIGN_IN)


@receiver(user_logged_in)
def _signed_in(user: Any, **_: Any) -> None:
    record(SIGNED_IN, actor=user)


@receiver(user_logged_out)
def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        record(SIGNED_OUT, actor=user)


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], **_: Any) -> None:
    record(
        FAILED, actor=None, details={"address": str(credentials.get("email") or credentials.get("login") or "")[:254]}
    )


@receiver([password_changed, password_reset])
def _new_password(user: Any, **_: Any) -> None:
    record(NEW_PASSWORD, actor=user, about=user)


@receiver([authenticator_added, authenticator_reset])
def _factor_added(user: Any, authenticator: Any, **_: Any) -> None:
    record(FACTOR_ADDED, actor=user, about=user, details={"factor": authenticator.type})


@receiver(authenticator_removed)
def _factor_removed(user: Any, authenticator: Any, **_: Any) -> None:
    record(FACTOR_REMOVED, actor=user, about=user, details={"factor": authenticator.type})
