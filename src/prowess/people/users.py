"""The user behind a request."""

from django.http import HttpRequest

from prowess.framework.errors import NotAllowed
from prowess.people.models import User


def signed_in_user(request: HttpRequest) -> User:
    """The signed-in user.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise NotAllowed("Nobody is signed in.", remedy="Sign in first.")
    return request.user
