"""Who sets the rules of signing in."""

from prowess.framework.errors import NotFound
from prowess.people.models import User


def can_set_rules(user: User) -> bool:
    """Administrators."""
    return user.is_active and user.kind == "administrator"


def require_rules(user: User) -> None:
    """Go on only for who may set rules; to others there is no such page.

    Raises:
        NotFound: this user may not.
    """
    if not can_set_rules(user):
        raise NotFound("There is no such page.", remedy="Go back to the start page.")
