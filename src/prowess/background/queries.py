"""What is read of tasks."""

from uuid import UUID

from prowess.background.models import TrackedTask
from prowess.framework.errors import NotFound
from prowess.people.models import User


def task_for(user: User, *, pk: UUID) -> TrackedTask:
    """A task of this user.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = TrackedTask.objects.filter(pk=pk, owner=user).first()
    if found is None:
        raise NotFound("There is no such task.", remedy="Go back to where you started it.")
    return found
