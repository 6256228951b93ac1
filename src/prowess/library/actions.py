"""What changes the library."""

from django.db import transaction
from django.utils.text import slugify

from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Framework as FrameworkDocument
from prowess.library.models import Competency, CompetencyVersion, Framework
from prowess.library.policies import library_policy
from prowess.people.models import User


@transaction.atomic
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
    head = document.model_dump(mode="json", exclude_defaults=True, exclude={"competencies"})
    if changed or framework.head != head:
        framework.title, framework.edition, framework.head = document.title, document.edition, head
        framework.revision += 1
        framework.save()
    return framework


def _take_competencies(framework: Framework, document: FrameworkDocument, *, actor: User | None) -> bool:
    known = {c.code: c for c in framework.competencies.select_related("current")}
    changed = False
    for position, competency in enumerate(document.competencies):
        stored = known.get(competency.code) or Competency(framework=framework, code=competency.code)
        content = competency.model_dump(mode="json", exclude_defaults=True)
        if stored.current is not None and _same(stored.current.document, content) and stored.position == position:
            continue
        stored.title, stored.cluster, stored.position = competency.title, competency.cluster, position
        stored.save()
        if stored.current is None or not _same(stored.current.document, content):
            publish_version(stored, document=competency, actor=actor)
        changed = True
    return changed


def _same(stored: dict[str, object], taken: dict[str, object]) -> bool:
    """Whether two documents say the same, whatever their version numbers."""
    return {**stored, "version": 0} == {**taken, "version": 0}


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
