"""Which roles use a competency, and how they take a newer version of it."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.framework import RoleProfile as ProfileDocument
from prowess.framework.errors import Conflict, NotFound
from prowess.library.impact import Use
from prowess.library.models import Competency, CompetencyVersion
from prowess.people.models import User
from prowess.roles import queries
from prowess.roles.models import ProfiledCompetency, Role, RoleProfile
from prowess.roles.policies import role_policy

TAKE_VERSION = register("take-competency-version", "took a newer version of a competency into")


class RolesImpact:
    """The roles whose latest saved profile, or whose draft, uses a competency."""

    name = "roles"
    title = "Role profiles"

    def uses_of(self, user: User, *, competency: Competency) -> Sequence[Use]:
        """The saved profiles first, then the drafts, as far as this user may see them."""
        return [*self._saved(user, competency), *self._drafts(user, competency)]

    def take_newer(self, user: User, *, key: str, version: CompetencyVersion, at_once: bool) -> str:
        """Give the role the newer version: in its next saved profile, or in a draft to look at."""
        role = queries.role_for(user, pk=UUID(key))
        profile = take_version(role, version=version, at_once=at_once, actor=user)
        if at_once:
            return f"“{role.title}” uses version {version.number} now, in its profile {profile.number}."
        return f"“{role.title}” has a draft with version {version.number} to look at."

    def _saved(self, user: User, competency: Competency) -> list[Use]:
        drafts = set(RoleProfile.objects.filter(number__isnull=True).values_list("role_id", flat=True))
        may_change = role_policy.can_change(user)
        return [
            Use(
                key=str(row.profile.role_id),
                title=row.profile.role.title,
                detail=f"profile {row.profile.number}, version {row.version.number}",
                address=reverse("role", args=[row.profile.role_id]),
                number=row.version.number,
                as_draft=may_change and row.profile.role_id not in drafts,
                at_once=may_change and row.profile.role_id not in drafts,
            )
            for row in queries.uses_of(user, competency=competency)
        ]

    def _drafts(self, user: User, competency: Competency) -> list[Use]:
        drafts = role_policy.profiles_visible_to(user).filter(number__isnull=True, role__framework=competency.framework)
        return [
            Use(
                key=f"draft-{profile.role_id}",
                title=profile.role.title,
                detail="a draft, which takes the latest version when it is saved",
                address=reverse("edit_profile", args=[profile.role_id]),
                number=None,
            )
            for profile in drafts.select_related("role").order_by("role__title")
            if any(entry.get("code") == competency.code for entry in profile.document.get("competencies", ()))
        ]


@audited(TAKE_VERSION, about="role")
def take_version(role: Role, *, version: CompetencyVersion, at_once: bool, actor: User) -> RoleProfile:
    """The role's latest saved profile with this version of a competency, as its draft or as its next saved profile.

    Every other competency keeps the version that the saved profile uses.

    Raises:
        NotAllowed: the actor only reads.
        NotFound: the latest saved profile does not use the competency.
        Conflict: a draft is under way.
    """
    role_policy.require_change(actor)
    if role.profiles.select_for_update().filter(number__isnull=True).exists():
        raise Conflict(
            f"A draft of “{role.title}” is under way.", remedy="It takes the newer version when it is saved."
        )
    saved = role.profiles.exclude(number=None).order_by("-number").first()
    if saved is None or not saved.competencies.filter(version__competency=version.competency).exists():
        raise NotFound(f"“{role.title}” does not use this competency.", remedy="Reload the page.")
    profile = RoleProfile.objects.create(
        role=role,
        number=(saved.number or 0) + 1 if at_once else None,
        document=_with_definition(saved.as_document(), version).model_dump(mode="json", exclude_defaults=True),
        changed_by=actor,
    )
    if at_once:
        _use_version(profile, saved=saved, version=version)
    role.save(update_fields=["changed_at"])
    return profile


def _with_definition(document: ProfileDocument, version: CompetencyVersion) -> ProfileDocument:
    taken = version.as_document()
    definitions = tuple(taken if one.code == taken.code else one for one in document.definitions)
    entries = tuple(
        entry.model_copy(update={"title": taken.title}) if entry.code == taken.code else entry
        for entry in document.competencies
    )
    return document.model_copy(update={"definitions": definitions, "competencies": entries})


def _use_version(profile: RoleProfile, *, saved: RoleProfile, version: CompetencyVersion) -> None:
    rows = list(saved.competencies.select_related("version"))
    ProfiledCompetency.objects.bulk_create(
        ProfiledCompetency(
            profile=profile,
            version=version if row.version.competency_id == version.competency_id else row.version,
            importance=row.importance,
            target_level=row.target_level,
            position=row.position,
        )
        for row in rows
    )
