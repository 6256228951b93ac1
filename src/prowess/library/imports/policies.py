"""Whose imports are whose."""

from django.db.models import QuerySet

from prowess.framework.errors import NotAllowed
from prowess.library.drafts.policies import draft_policy
from prowess.library.imports.models import Import
from prowess.library.models import Framework
from prowess.library.policies import library_policy
from prowess.people.models import User


class ImportPolicy:
    """Who may add to the library, or edit in one of its frameworks, brings in dictionaries and sees their own only."""

    def can_begin(self, user: User) -> bool:
        """Whether this user may bring anything in."""
        return library_policy.can_change(user) or bool(self.targets_for(user))

    def targets_for(self, user: User) -> list[Framework]:
        """The frameworks that this user may bring up to date."""
        return [f for f in library_policy.visible_to(user).order_by("title") if draft_policy.can_edit(user, f)]

    def visible_to(self, user: User) -> QuerySet[Import]:
        """The imports that this user may know of: their own."""
        return Import.objects.filter(owner=user) if user.is_active else Import.objects.none()

    def require_begin(self, user: User) -> None:
        """Refuse who may not bring anything in.

        Raises:
            NotAllowed: the user only reads.
        """
        if not self.can_begin(user):
            raise NotAllowed("You may not bring dictionaries into the library.", remedy="Ask a talent lead.")


import_policy = ImportPolicy()
