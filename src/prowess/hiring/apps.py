"""The hiring app."""

from django.apps import AppConfig


class HiringConfig(AppConfig):
    """Interview guides."""

    name = "prowess.hiring"
    label = "hiring"
