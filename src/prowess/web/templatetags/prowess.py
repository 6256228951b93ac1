"""What templates need besides Django's own tags."""

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """An icon of the vendored sprite; decoration for a screen reader unless ``label`` says what it means."""
    return _drawn(name, label)


@lru_cache(maxsize=1024)  # a page has dozens, and the sprite's address costs more than the rest of it
def _drawn(name: str, label: str) -> SafeString:
    sprite = static("vendor/tabler-icons/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.filter
def percent(share: float) -> str:
    """A share between 0 and 1 as a whole percentage."""
    return f"{round(share * 100)} %"


@register.filter
def get_item(mapping: dict[Any, Any], key: Any) -> Any:
    """The value under a key that is only known in the template."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def here(context: template.Context, prefix: str) -> str:
    """The attributes that mark the navigation entry of the current page."""
    request = context.get("request")
    return "active" if request is not None and request.path.startswith(prefix) else ""
