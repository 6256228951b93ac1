"""The library app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Frameworks, competencies, versions, search."""

    name = "prowess.library"
    label = "library"
