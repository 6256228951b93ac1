"""What is read of drafts, histories and editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Framework as FrameworkDocument
from prowess.framework.checks import Finding, check_framework, in_order
from prowess.framework.difference import PartDifference, difference
from prowess.framework.errors import InputError, NotFound
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.sheet import PARTS, competency_of
from prowess.library.models import (
    Competency,
    CompetencyDraft,
    CompetencyVersion,
    DraftComment,
    DraftState,
    Framework,
    FrameworkEdition,
    FrameworkRules,
)
from prowess.library.presentation import Reading, reading_of
from prowess.library.queries import competency_for, document_of, framework_for
from prowess.matching.checks import LibraryMeaning, levels_out_of_order, near_copies_of
from prowess.matching.encoder import load_encoder
from prowess.people.models import User

LONGEST_NUMBER = 9
HERE_WITHIN = timedelta(seconds=45)


def framework_with_drafts(user: User, *, code: str) -> Framework:
    """A framework whose drafts, histories and editions this user may see.

    Raises:
        NotFound: there is no such framework.
        NotAllowed: this user only reads.
    """
    found = framework_for(user, code=code)
    draft_policy.require_see(user, found)
    return found


def competency_with_history(user: User, *, framework: str, code: str) -> Competency:
    """A competency whose history this user may see.

    Raises:
        NotFound: there is no such competency.
        NotAllowed: this user only reads.
    """
    framework_with_drafts(user, code=framework)
    return competency_for(user, framework=framework, code=code)


def draft_for(user: User, *, pk: UUID) -> CompetencyDraft:
    """One draft.

    Raises:
        NotFound: there is none, or this user may not know of it.
    """
    drafts = draft_policy.visible_to(user).select_related("framework", "changed_by", "base", "submitted_by")
    found = drafts.filter(pk=pk).first()
    if found is None:
        raise NotFound(
            "There is no such draft, or it was thrown away.", remedy="Look at the competency, and edit it anew."
        )
    return found


def open_drafts(user: User, *, framework: Framework) -> QuerySet[CompetencyDraft]:
    """The drafts of a framework that are under way, latest change first."""
    return (
        draft_policy.visible_to(user)
        .filter(framework=framework)
        .exclude(state=DraftState.PUBLISHED)
        .select_related("changed_by", "framework")
    )


def open_draft_of(user: User, *, competency: Competency) -> CompetencyDraft | None:
    """The draft of a competency that is under way, where there is one and this user may see it."""
    return open_drafts(user, framework=competency.framework).filter(code=competency.code).first()


def competency_of_draft(draft: CompetencyDraft) -> Competency | None:
    """The competency that a draft will become the next version of; None for a new one."""
    return draft.framework.competencies.select_related("current", "framework").filter(code=draft.code).first()


def others_at(draft: CompetencyDraft, *, user: User) -> list[str]:
    """The names of the others who have the draft open now."""
    recent = draft.presences.filter(seen_at__gte=timezone.now() - HERE_WITHIN).exclude(user=user)
    return [presence.user.name for presence in recent.select_related("user").order_by("user__name")]


@dataclass(frozen=True)
class PlacedFinding:
    """A finding, and the section of the sheet where it is mended."""

    finding: Finding
    section: str


def findings_on(draft: CompetencyDraft) -> Sequence[PlacedFinding]:
    """What the content checks say of a draft as it stands, in its framework.

    Raises:
        InputError: the draft is not whole enough to be checked.
    """
    document = competency_of(draft.document)
    framework = document_of(draft.framework)
    found = [*check_framework(with_competency(framework, document), only=draft.code)]
    meaning = _meaning(draft.framework_id, draft.framework.revision)
    if meaning is not None:
        found += levels_out_of_order(document, scale=framework.scale, encoder=meaning.encoder)
        found += near_copies_of(document, meaning=meaning)
    return [PlacedFinding(f, _section(f)) for f in in_order(framework, found) if f.competency == draft.code]


@lru_cache(maxsize=4)
def _meaning(pk: int, revision: int) -> LibraryMeaning | None:  # noqa: ARG001 - the revision is the key
    """What the parts of a framework mean, read once a revision; None without an encoder."""
    encoder = load_encoder()
    return LibraryMeaning(document_of(Framework.objects.get(pk=pk)), encoder=encoder) if encoder else None


def with_competency(framework: FrameworkDocument, competency: CompetencyDocument) -> FrameworkDocument:
    """A framework in which this competency stands in the place of the one with its code, or at the end."""
    others = [competency if c.code == competency.code else c for c in framework.competencies]
    if competency.code not in framework.by_code:
        others.append(competency)
    # built anew: a copy would carry the kept index of codes along
    return FrameworkDocument.model_construct(
        **{name: getattr(framework, name) for name in FrameworkDocument.model_fields if name != "competencies"},
        competencies=tuple(others),
    )


def _section(finding: Finding) -> str:
    """The section that a finding's place names, which comes after the code."""
    place = finding.place.removeprefix(finding.competency).split("“")[0].lower()
    words = {
        "level": "indicators",
        "key action": "key_actions",
        "job activit": "job_activities",
        "development": "development",
        "question": "questions",
        "note": "notes_on_use",
        "relation": "relations",
        "not-with": "relations",
        "related": "relations",
        "compare-to": "relations",
        "broader": "relations",
        "narrower": "relations",
    }
    return next((section for word, section in words.items() if word in place), "basics")


def comments_on(draft: CompetencyDraft, *, settled: bool | None = None) -> QuerySet[DraftComment]:
    """The comments on a draft, in the order in which they were made."""
    comments = draft.comments.select_related("author", "settled_by")
    return comments if settled is None else comments.filter(settled=settled)


def comment_for(user: User, *, draft: UUID, pk: int) -> DraftComment:
    """One comment.

    Raises:
        NotFound: there is none, or this user may not know of it.
    """
    found = (
        DraftComment.objects.filter(draft=draft_for(user, pk=draft), pk=pk).select_related("draft__framework").first()
    )
    if found is None:
        raise NotFound("There is no such comment.", remedy="Reload the page.")
    return found


def section_of_comment(part: str) -> str:
    """The section in which a comment on this part is shown."""
    name = part.partition("/")[0]
    return name if name in PARTS else "basics"


def changes_of(draft: CompetencyDraft) -> tuple[PartDifference, ...]:
    """What a draft changes in the version from which it began; everything is new in a new competency.

    Raises:
        InputError: the draft is not whole enough to be compared.
    """
    document = competency_of(draft.document)
    before = draft.base.as_document() if draft.base else CompetencyDocument(code=document.code, title="—")
    return difference(before, document)


def reading_of_draft(draft: CompetencyDraft) -> Reading:
    """A draft as it stands, arranged for reading.

    Raises:
        InputError: the draft is not whole enough to be read.
    """
    framework = with_competency(document_of(draft.framework), competency_of(draft.document))
    return reading_of(framework, code=draft.code)


def versions_of(competency: Competency) -> QuerySet[CompetencyVersion]:
    """All versions of a competency, latest first."""
    return competency.versions.select_related("published_by").order_by("-number")


def version_of(competency: Competency, *, number: int) -> CompetencyVersion:
    """One version of a competency.

    Raises:
        NotFound: it has no version of that number.
    """
    found = versions_of(competency).filter(number=number).first()
    if found is None:
        raise NotFound(f"“{competency.title}” has no version {number}.", remedy="Choose one from its history.")
    return found


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what it is called, and the document."""

    name: str
    label: str
    document: CompetencyDocument


def side_of(user: User, *, competency: Competency, name: str) -> Side:
    """The side of a comparison that ``name`` means: a version's number, or “draft”.

    Raises:
        NotFound: there is no such version or no open draft.
        InputError: it is neither a number nor “draft”.
    """
    if name == "draft":
        draft = open_draft_of(user, competency=competency)
        if draft is None:
            raise NotFound(f"“{competency.title}” has no open draft.", remedy="Compare two versions.")
        return Side("draft", "the draft", competency_of(draft.document))
    if not name.isdecimal() or len(name) > LONGEST_NUMBER:
        raise InputError(f"{name!r} is no version.", remedy="Give a version's number, or “draft”.")
    version = version_of(competency, number=int(name))
    return Side(name, f"version {version.number}", version.as_document())


def rules_of(framework: Framework) -> FrameworkRules | None:
    """The rules of a framework, where somebody has set them."""
    return FrameworkRules.objects.filter(framework=framework).first()


def editions_of(framework: Framework) -> QuerySet[FrameworkEdition]:
    """The editions of a framework, latest first."""
    return framework.editions.select_related("marked_by")


def edition_for(user: User, *, framework: str, pk: int) -> FrameworkEdition:
    """One edition.

    Raises:
        NotFound: the framework has no such edition.
        NotAllowed: this user only reads.
    """
    found = editions_of(framework_with_drafts(user, code=framework)).filter(pk=pk).first()
    if found is None:
        raise NotFound("This framework has no such edition.", remedy="Choose one from the list of its editions.")
    return found


def document_of_edition(edition: FrameworkEdition) -> FrameworkDocument:
    """An edition as a framework document."""
    entries = edition.entries.select_related("version").order_by("position")
    return FrameworkDocument.model_validate({**edition.head, "competencies": [e.version.document for e in entries]})
