"""What publishes and retires competencies."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Max

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Status
from prowess.framework.errors import Conflict, InputError, NotFound
from prowess.library.actions import publish_version
from prowess.library.drafts.actions import locked
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.review import require_revision
from prowess.library.drafts.sheet import competency_of
from prowess.library.impact import impact_of, source_named
from prowess.library.models import Competency, CompetencyDraft, CompetencyVersion, DraftState, Framework
from prowess.people.models import User

PUBLISH = register("publish-competency", "published")
RETIRE = register("retire-competency", "retired")

OFFERS = ("leave", "draft", "now")


@dataclass(frozen=True)
class Published:
    """A new version, and what was done with those who use an older one, in sentences."""

    version: CompetencyVersion
    done: tuple[str, ...]


@audited(PUBLISH, about="draft")
def publish_draft(
    draft: CompetencyDraft, *, revision: int, offers: Mapping[str, str], actor: User, over: int | None = None
) -> Published:
    """Publish an approved draft as the competency's next version, and offer it to those who use an older one.

    ``offers`` says for each use (“source/key”) whether it is left alone, gets the version as a draft, or at once.
    ``over`` is the number of the current version that the actor has seen.

    Raises:
        NotAllowed: the actor may not publish here, or may not change one of the users.
        InputError: the content is not whole, or an offer is unknown.
        Conflict: the draft is not approved, or a version that the actor has not seen was published meanwhile.
    """
    framework = Framework.objects.select_for_update().get(pk=draft.framework_id)
    draft_policy.require_publish(actor, framework)
    stored = locked(draft, state=DraftState.APPROVED)
    require_revision(stored, revision)
    document = competency_of(stored.document)
    competency = _competency_for(framework, document)
    if competency.current_id != stored.base_id and (competency.current is None or competency.current.number != over):
        raise Conflict(
            "Another version was published since this draft was begun.",
            remedy="Compare the two, then say on this page that you have seen it.",
        )
    version = _publish(competency, document.model_copy(update={"status": Status.PUBLISHED, "successor": ""}), actor)
    stored.state, stored.published = DraftState.PUBLISHED, version
    stored.save()
    stored.saves.all().delete()
    return Published(version, _make_offers(version, offers=offers, actor=actor))


@audited(RETIRE, about="competency")
def retire_competency(competency: Competency, *, successor: str, actor: User) -> CompetencyVersion:
    """Retire a competency: its next version says so and names the one that takes its place.

    Raises:
        NotAllowed: the actor may not publish in this framework.
        NotFound: the framework has no such successor.
        Conflict: it is retired already, has an open draft, or the successor is retired.
    """
    framework = Framework.objects.select_for_update().get(pk=competency.framework_id)
    draft_policy.require_publish(actor, framework)
    stored = Competency.objects.select_related("current").get(pk=competency.pk)
    if stored.current is None or stored.current.as_document().status is Status.RETIRED:
        raise Conflict(f"“{stored.title}” is retired already.")
    if framework.drafts.filter(code=stored.code).exclude(state=DraftState.PUBLISHED).exists():
        raise Conflict(
            f"A draft of “{stored.title}” is open.", remedy="Publish it or throw it away, then retire the competency."
        )
    _require_successor(framework, code=successor, retired=stored)
    document = stored.current.as_document().model_copy(update={"status": Status.RETIRED, "successor": successor})
    return _publish(stored, document, actor)


def _require_successor(framework: Framework, *, code: str, retired: Competency) -> None:
    found = framework.competencies.select_related("current").filter(code=code).exclude(pk=retired.pk).first()
    if found is None or found.current is None:
        raise NotFound("A retired competency names the one that takes its place.", remedy="Choose its successor.")
    if found.current.as_document().status is Status.RETIRED:
        raise Conflict(f"“{found.title}” is retired itself.", remedy="Choose one that is in use.")


def _competency_for(framework: Framework, document: CompetencyDocument) -> Competency:
    found = framework.competencies.select_related("current").filter(code=document.code).first()
    if found is not None:
        return found
    last = framework.competencies.aggregate(last=Max("position"))["last"]
    return Competency.objects.create(
        framework=framework,
        code=document.code,
        title=document.title,
        cluster=document.cluster,
        position=0 if last is None else last + 1,
    )


def _publish(competency: Competency, document: CompetencyDocument, actor: User) -> CompetencyVersion:
    version = publish_version(competency, document=document, actor=actor)
    Framework.objects.filter(pk=competency.framework_id).update(revision=F("revision") + 1)
    return version


def _make_offers(version: CompetencyVersion, *, offers: Mapping[str, str], actor: User) -> tuple[str, ...]:
    known = {
        f"{impact.source.name}/{use.key}": use
        for impact in impact_of(actor, competency=version.competency)
        for use in impact.uses
    }
    done = []
    for name, choice in offers.items():
        if choice not in OFFERS:
            raise InputError(f"{choice!r} is no offer.", remedy=f"Choose from {', '.join(OFFERS)}.")
        if choice == "leave":
            continue
        source_name, _, key = name.partition("/")
        source = source_named(source_name)
        if source is None or name not in known:
            raise NotFound("One of those to whom the version is offered is gone.", remedy="Reload the page.")
        done.append(source.take_newer(actor, key=key, version=version, at_once=choice == "now"))
    return tuple(done)
