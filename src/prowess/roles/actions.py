"""What changes roles and their profiles."""

from collections.abc import Callable, Collection

from django.db import transaction

from prowess.audit.actions import audited, record
from prowess.audit.verbs import register
from prowess.framework import Framework as FrameworkDocument
from prowess.framework import RoleProfile as ProfileDocument
from prowess.framework import forbidden_within
from prowess.framework.errors import Conflict, InputError
from prowess.library.models import Competency, CompetencyVersion, Framework
from prowess.library.queries import document_of
from prowess.matching.job_text import JobDescription
from prowess.people.models import User
from prowess.roles.matching import propose
from prowess.roles.models import ProfiledCompetency, Role, RoleProfile
from prowess.roles.policies import role_policy

ADD = register("add-role", "made a role from a job description")
CHANGE = register("change-role-draft", "changed the draft profile of")
SAVE = register("save-role-profile", "saved a profile of")
START = register("start-role-draft", "began a draft profile of")
DISCARD = register("discard-role-draft", "threw away the draft profile of")

Change = Callable[[ProfileDocument, FrameworkDocument], ProfileDocument]


class ChangedMeanwhile(Conflict):
    """Somebody else (or another window) changed the draft first."""

    def __init__(self, profile: RoleProfile) -> None:
        who = f"{profile.changed_by.name}" if profile.changed_by else "somebody"
        super().__init__(
            f"This draft was changed meanwhile, last by {who}; your change was not made.",
            remedy="What you see now is the latest state; make your change again if it is still needed.",
        )


def add_role(
    *,
    actor: User,
    framework: Framework,
    job: JobDescription,
    job_file_name: str = "",
    title: str = "",
    size: tuple[int, int] = (5, 9),
    core: Collection[str] = (),
) -> Role:
    """Make a role from a job description, with a proposed profile as its draft.

    Raises:
        NotAllowed: the actor only reads.
        InputError: nothing in the text can be matched, or the core competencies contradict the library's rules.
    """
    role_policy.require_change(actor)
    document = propose(job, framework=framework, size=size, core=core)
    if title:
        document = document.model_copy(update={"role": document.role.model_copy(update={"title": title})})
    with transaction.atomic():
        role = Role.objects.create(
            title=document.role.title,
            framework=framework,
            job_file_name=job_file_name[:255],
            created_by=actor,
        )
        RoleProfile.objects.create(role=role, number=None, document=_plain(document), changed_by=actor)
        record(ADD, actor=actor, about=role)
    return role


@audited(CHANGE, about="role")
def change_draft(role: Role, *, actor: User, revision: int, change: Change) -> RoleProfile:
    """Apply one change to the draft of a role that the actor saw at ``revision``.

    Raises:
        NotAllowed: the actor only reads.
        ChangedMeanwhile: the draft is not what the actor saw.
        ForbiddenPairRefused: the change would break a rule of the library.
    """
    role_policy.require_change(actor)
    profile = _draft(role)
    if profile.revision != revision:
        raise ChangedMeanwhile(profile)
    document = change(profile.as_document(), document_of(role.framework))
    profile.document = _plain(document)
    profile.revision += 1
    profile.changed_by = actor
    profile.save()
    role.save(update_fields=["changed_at"])
    return profile


@audited(SAVE, about="role")
def save_profile(role: Role, *, actor: User, revision: int) -> RoleProfile:
    """Save the draft as the role's next profile; from then on it never changes.

    Raises:
        NotAllowed: the actor only reads.
        ChangedMeanwhile: the draft is not what the actor saw.
        Conflict: it is empty, or holds a forbidden pair (the library may have changed since it was drafted).
    """
    role_policy.require_change(actor)
    profile = _draft(role)
    if profile.revision != revision:
        raise ChangedMeanwhile(profile)
    document = profile.as_document()
    _require_sound(document, document_of(role.framework))
    versions = _versions(role.framework, codes=[entry.code for entry in document.competencies])
    definitions = tuple(versions[entry.code].as_document() for entry in document.competencies)
    document = document.model_copy(update={"definitions": definitions})
    last = role.profiles.exclude(number=None).order_by("-number").values_list("number", flat=True).first()
    profile.document, profile.number, profile.changed_by = _plain(document), (last or 0) + 1, actor
    profile.save()
    ProfiledCompetency.objects.bulk_create(
        ProfiledCompetency(
            profile=profile,
            version=versions[entry.code],
            importance=entry.importance,
            target_level=entry.target_level,
            position=position,
        )
        for position, entry in enumerate(document.competencies)
    )
    role.title = document.role.title
    role.save()
    return profile


@audited(START, about="role")
def start_draft(role: Role, *, actor: User) -> RoleProfile:
    """The draft of a role: the one under way, or a new one that begins as the latest saved profile.

    Raises:
        NotAllowed: the actor only reads.
        Conflict: there is neither.
    """
    role_policy.require_change(actor)
    under_way = role.profiles.filter(number=None).first()
    if under_way:
        return under_way
    saved = role.profiles.exclude(number=None).order_by("-number").first()
    if saved is None:
        raise Conflict(f"“{role.title}” has no profile to change.", remedy="Make one from its job description.")
    return RoleProfile.objects.create(role=role, number=None, document=saved.document, changed_by=actor)


@audited(DISCARD, about="role")
def discard_draft(role: Role, *, actor: User) -> bool:
    """Throw the draft away; a role that has nothing saved goes with it. Says whether the role is still there.

    Raises:
        NotAllowed: the actor only reads.
    """
    role_policy.require_change(actor)
    role.profiles.filter(number=None).delete()
    if role.profiles.exists():
        return True
    role.delete()
    return False


def rename(title: str) -> Change:
    """The change that gives the role another title.

    Raises:
        InputError: the title is empty or too long.
    """
    words = " ".join(title.split())
    if not words or len(words) > 500:
        raise InputError("A role needs a title of at most 500 characters.", place="title")

    def change(profile: ProfileDocument, framework: FrameworkDocument) -> ProfileDocument:  # noqa: ARG001
        return profile.model_copy(update={"role": profile.role.model_copy(update={"title": words})})

    return change


def _draft(role: Role) -> RoleProfile:
    profile = role.profiles.select_for_update().filter(number=None).first()
    if profile is None:
        raise Conflict("This draft was saved or thrown away meanwhile.", remedy="Reload the page to see what there is.")
    return profile


def _require_sound(document: ProfileDocument, framework: FrameworkDocument) -> None:
    if not document.competencies:
        raise Conflict("A profile needs at least one competency.", remedy="Add one, then save.")
    pairs = forbidden_within(framework, [entry.code for entry in document.competencies])
    if pairs:
        titles = " and ".join(f"“{framework.competency(code).title}”" for code in (pairs[0].first, pairs[0].second))
        raise Conflict(f"{titles} are not used in one profile.", remedy=pairs[0].advice or "Remove one of them.")


def _versions(framework: Framework, *, codes: Collection[str]) -> dict[str, CompetencyVersion]:
    rows = Competency.objects.filter(framework=framework, code__in=codes, current__isnull=False).select_related(
        "current"
    )
    found = {row.code: row.current for row in rows if row.current is not None}
    lost = [code for code in codes if code not in found]
    if lost:
        raise Conflict(
            f"The competency {lost[0]!r} is no longer in “{framework.title}”.", remedy="Remove it from the profile."
        )
    return found


def _plain(document: ProfileDocument) -> dict[str, object]:
    return document.model_dump(mode="json", exclude_defaults=True)
