"""The background app."""

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    """Tasks of people that a worker does, with their progress."""

    name = "prowess.background"
    label = "background"
