"""What marks editions, and says who may do what in a framework."""

from collections.abc import Iterable

from django.utils import timezone

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.framework.errors import Conflict, InputError
from prowess.library.drafts.policies import VERBS, draft_policy
from prowess.library.models import EditionEntry, Framework, FrameworkEdition, FrameworkRules
from prowess.people.models import User

MARK_EDITION = register("mark-edition", "marked an edition")
SET_RULES = register("set-framework-rules", "set who edits, approves and publishes in")


@audited(MARK_EDITION)
def mark_edition(framework: Framework, *, name: str, actor: User) -> FrameworkEdition:
    """Keep the current version of every competency of a framework under a name, for good.

    Raises:
        NotAllowed: the actor may not publish in this framework.
        InputError: no name, or a too long one.
        Conflict: the framework has an edition of that name, or nothing to keep.
    """
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    draft_policy.require_publish(actor, framework)
    name = " ".join(name.split())
    if not name or len(name) > 200 or not name.isprintable():
        raise InputError("An edition needs a printable name of at most 200 characters.", place="name")
    if framework.editions.filter(name=name).exists():
        raise Conflict(f"There is an edition “{name}” already, and it never changes.", remedy="Choose another name.")
    versions = framework.competencies.filter(current__isnull=False).values_list("current", flat=True)
    if not versions:
        raise Conflict("The framework has no published competency yet.", remedy="Publish one first.")
    edition = FrameworkEdition.objects.create(
        framework=framework, name=name, head={**framework.head, "edition": name}, marked_by=actor
    )
    EditionEntry.objects.bulk_create(
        EditionEntry(edition=edition, version_id=version, position=position)
        for position, version in enumerate(versions)
    )
    Framework.objects.filter(pk=framework.pk).update(
        edition=name, head=edition.head, revision=framework.revision + 1, changed_at=timezone.now()
    )
    return edition


@audited(SET_RULES, about="framework")
def set_rules(
    framework: Framework,
    *,
    editors: Iterable[User],
    approvers: Iterable[User],
    publishers: Iterable[User],
    approver_is_no_author: bool,
    actor: User,
) -> FrameworkRules:
    """Say who may edit, approve and publish in a framework; nobody named stands for every talent lead.

    Raises:
        NotAllowed: the actor may not change the library.
    """
    draft_policy.require_rule(actor, framework)
    rules, _ = FrameworkRules.objects.select_for_update().get_or_create(framework=framework)
    rules.approver_is_no_author = approver_is_no_author
    rules.save()
    for who, people in zip(VERBS, (editors, approvers, publishers), strict=True):
        getattr(rules, who).set(people)
    return rules
