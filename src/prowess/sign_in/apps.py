"""The sign-in app."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """How people come in, and what the organisation asks of them."""

    name = "prowess.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        """Let sign-ins be written into the audit trail."""
        from prowess.sign_in import trail  # noqa: F401, PLC0415 - needs the models
