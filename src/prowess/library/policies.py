"""Who may see and change the library."""

from django.db.models import QuerySet

from prowess.framework.errors import NotAllowed
from prowess.library.models import Framework
from prowess.people.models import User


class LibraryPolicy:
    """Everybody who signs in reads; talent leads change."""

    def visible_to(self, user: User) -> QuerySet[Framework]:
        """The frameworks that this user may read."""
        return Framework.objects.all() if user.is_active else Framework.objects.none()

    def can_view(self, user: User, framework: Framework) -> bool:
        """Whether this user may read this framework."""
        return self.visible_to(user).filter(pk=framework.pk).exists()

    def can_change(self, user: User) -> bool:
        """Whether this user may add or change frameworks."""
        return user.is_talent_lead

    def require_change(self, user: User) -> None:
        """Refuse who may not change the library.

        Raises:
            NotAllowed: the user only reads.
        """
        if not self.can_change(user):
            raise NotAllowed("Only talent leads change the library.", remedy="Ask a talent lead.")


library_policy = LibraryPolicy()
