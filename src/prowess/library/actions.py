"""What changes the library."""

from typing import Any

from django.utils.text import slugify

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Framework as FrameworkDocument
from prowess.library.bulk import Placing, is_current, publish_all
from prowess.library.models import Competency, CompetencyVersion, Framework
from prowess.library.policies import library_policy
from prowess.people.models import User

TAKE = register("take-framework", "took into the library the framework")


@audited(TAKE)
def take_framework(document: FrameworkDocument, *, code: str = "", actor: User | None) -> Framework:
    """Take a framework into the library: add it, or publish what is new or changed in it since the last time.

    Competencies are matched by code; those that the document no longer holds stay as they are. ``actor`` is None
    only for the installation itself (set-up from the command line).

    Raises:
        NotAllowed: the actor may not change the library.
    """
    if actor is not None:
        library_policy.require_change(actor)
    slug = slugify(code or document.identifier or document.title)[:100] or "framework"
    framework, _ = Framework.objects.select_for_update().get_or_create(
        code=slug, defaults={"title": document.title, "head": {}}
    )
    changed = _take_competencies(framework, document, actor=actor)
    head = head_of(document)
    if changed or framework.head != head:
        framework.title, framework.edition, framework.head = document.title, document.edition, head
        framework.revision += 1
        framework.save()
    return framework


def head_of(document: FrameworkDocument) -> dict[str, Any]:
    """What is stored of a framework beside its competencies."""
    return document.model_dump(mode="json", exclude_defaults=True, exclude={"competencies"})


def _take_competencies(framework: Framework, document: FrameworkDocument, *, actor: User | None) -> bool:
    """Store what is new, changed or moved; whether anything was."""
    known = {c.code: c for c in framework.competencies.select_related("current")}
    placings = [
        Placing(competency, position)
        for position, competency in enumerate(document.competencies)
        if not _is_stored(known.get(competency.code), competency, position=position)
    ]
    if placings:
        publish_all(framework, placings, actor=actor)
    return bool(placings)


def _is_stored(stored: Competency | None, document: CompetencyDocument, *, position: int) -> bool:
    return stored is not None and stored.position == position and is_current(stored, document)


def publish_version(competency: Competency, *, document: CompetencyDocument, actor: User | None) -> CompetencyVersion:
    """Store the next version of a competency and make it the one that readers see."""
    number = (competency.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    version = CompetencyVersion.objects.create(
        competency=competency,
        number=number,
        document=document.model_copy(update={"version": number}).model_dump(mode="json", exclude_defaults=True),
        published_by=actor,
    )
    competency.current = version
    competency.title, competency.cluster = document.title, document.cluster
    competency.save()
    return version
