"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users and their kinds."""

    name = "prowess.people"
    label = "people"
