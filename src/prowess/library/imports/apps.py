"""The app of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports that are under way."""

    name = "prowess.library.imports"
    label = "imports"
