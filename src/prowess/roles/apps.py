"""The roles app."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles and role profiles."""

    name = "prowess.roles"
    label = "roles"

    def ready(self) -> None:
        """Tell the library which roles use a competency."""
        from prowess.library.impact import register_impact  # noqa: PLC0415 - models are there only now
        from prowess.roles.impact import RolesImpact  # noqa: PLC0415

        register_impact(RolesImpact())
