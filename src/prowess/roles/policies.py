"""Who may see and change roles."""

from django.db.models import Q, QuerySet

from prowess.framework.errors import NotAllowed
from prowess.people.models import User
from prowess.roles.models import Role, RoleProfile


class RolePolicy:
    """Talent leads see and change every role; readers see roles with a saved profile, and only what is saved."""

    def visible_to(self, user: User) -> QuerySet[Role]:
        """The roles that this user may know of."""
        if not user.is_active:
            return Role.objects.none()
        if user.is_talent_lead:
            return Role.objects.all()
        return Role.objects.filter(Q(profiles__number__isnull=False)).distinct()

    def profiles_visible_to(self, user: User) -> QuerySet[RoleProfile]:
        """The profiles, drafts among them, that this user may see."""
        profiles = RoleProfile.objects.filter(role__in=self.visible_to(user))
        return profiles if user.is_talent_lead else profiles.filter(number__isnull=False)

    def can_change(self, user: User) -> bool:
        """Whether this user may add and change roles."""
        return user.is_talent_lead

    def require_change(self, user: User) -> None:
        """Refuse who may not change roles.

        Raises:
            NotAllowed: the user only reads.
        """
        if not self.can_change(user):
            raise NotAllowed("Only talent leads build and change role profiles.", remedy="Ask a talent lead.")


role_policy = RolePolicy()
