"""What the sign-in page shows beside the password."""

from typing import Any

from django import template
from django.db.models import QuerySet

from prowess.sign_in.queries import providers

register = template.Library()


@register.simple_tag
def identity_providers() -> QuerySet[Any]:
    """The identity providers at which people may sign in."""
    return providers()
