"""The roles app."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles and role profiles."""

    name = "prowess.roles"
    label = "roles"
