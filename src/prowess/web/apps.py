"""The web project as an app: base templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, static files, management commands."""

    name = "prowess.web"
    label = "web"
