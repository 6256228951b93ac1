"""What is read from roles and their profiles."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from prowess.framework.errors import NotFound
from prowess.library.models import Competency
from prowess.people.models import User
from prowess.roles.models import ProfiledCompetency, Role, RoleProfile
from prowess.roles.policies import role_policy


def roles_for(user: User, *, words: str = "") -> QuerySet[Role]:
    """The roles that this user may know of, latest change first; ``words`` must all stand in the title.

    Each has ``has_draft`` and ``has_saved``.
    """
    roles = role_policy.visible_to(user).select_related("framework")
    for word in words.split():
        roles = roles.filter(title__icontains=word)
    profiles = RoleProfile.objects.filter(role=OuterRef("pk"))
    return roles.annotate(
        has_draft=Exists(profiles.filter(number__isnull=True)),
        has_saved=Exists(profiles.filter(number__isnull=False)),
    ).order_by("-changed_at", "pk")


def roles_with_profile(user: User, *, most: int = 500) -> QuerySet[Role]:
    """The roles with a saved profile, by title."""
    saved = RoleProfile.objects.filter(role=OuterRef("pk"), number__isnull=False)
    return role_policy.visible_to(user).filter(Exists(saved)).order_by("title", "pk")[:most]


def recent_roles(user: User, *, most: int = 6) -> QuerySet[Role]:
    """The roles that were worked on last."""
    return roles_for(user)[:most]


def role_for(user: User, *, pk: UUID) -> Role:
    """One role.

    Raises:
        NotFound: there is none, or this user may not know of it.
    """
    role = roles_for(user).filter(pk=pk).first()
    if role is None:
        raise NotFound("There is no such role.", remedy="Choose one from the list of roles.")
    return role


def draft_of(user: User, *, role: Role) -> RoleProfile | None:
    """The draft that is being edited, where there is one and this user may see it."""
    return role_policy.profiles_visible_to(user).filter(role=role, number__isnull=True).first()


def saved_profiles(user: User, *, role: Role) -> QuerySet[RoleProfile]:
    """The saved profiles of a role, latest first."""
    return role_policy.profiles_visible_to(user).filter(role=role, number__isnull=False).order_by("-number")


def saved_profile(user: User, *, role: Role, number: int | None = None) -> RoleProfile:
    """The latest saved profile of a role, or the one with this number.

    Raises:
        NotFound: nothing was saved yet, or there is none with this number.
    """
    profiles = saved_profiles(user, role=role)
    found = (profiles.filter(number=number) if number is not None else profiles).first()
    if found is None:
        raise NotFound(
            f"“{role.title}” has no saved profile{'' if number is None else f' {number}'} yet.",
            remedy="Save the draft first.",
        )
    return found


def uses_of(user: User, *, competency: Competency) -> QuerySet[ProfiledCompetency]:
    """Where the latest saved profiles that this user may see use a competency, by role title."""
    later = RoleProfile.objects.filter(role=OuterRef("profile__role"), number__gt=OuterRef("profile__number"))
    return (
        ProfiledCompetency.objects.filter(
            version__competency=competency, profile__in=role_policy.profiles_visible_to(user)
        )
        .filter(~Exists(later))
        .select_related("profile__role", "version")
        .order_by("profile__role__title")
    )
