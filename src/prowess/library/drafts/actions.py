"""What changes a draft while it is written."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.framework import Competency as CompetencyDocument
from prowess.framework.errors import Conflict, InputError
from prowess.framework.yaml_document import competency_from
from prowess.library.drafts.merging import Clash, merge
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.sheet import Sheet, sheet_of
from prowess.library.models import Competency, CompetencyDraft, DraftPresence, DraftSave, DraftState, Framework
from prowess.people.models import User

EDIT = register("edit-competency", "opened a draft of")
ADD = register("add-competency", "began a competency")
SAVE = register("save-draft", "changed the draft of")
DISCARD = register("discard-draft", "threw away the draft of")

SAVES_KEPT = 200
FORGOTTEN_AFTER = timedelta(days=1)


class ChangedMeanwhile(Conflict):
    """Somebody else (or another window) changed the same text first; ``clashes`` holds both versions."""

    def __init__(self, draft: CompetencyDraft, *, clashes: tuple[Clash, ...]) -> None:
        self.draft, self.clashes = draft, clashes
        who = draft.changed_by.name if draft.changed_by else "somebody"
        super().__init__(
            f"What you changed was changed meanwhile by {who}; yours is not saved yet, and nothing was overwritten.",
            remedy="Look at both versions and choose.",
        )


class Saved:
    """A draft after a save; ``merged`` says whether changes of somebody else came in."""

    def __init__(self, draft: CompetencyDraft, *, merged: bool) -> None:
        self.draft, self.merged = draft, merged


@audited(EDIT)
def edit_competency(competency: Competency, *, actor: User) -> CompetencyDraft:
    """The open draft of a competency, or a new one that begins as its published version.

    Raises:
        NotAllowed: the actor may not edit in this framework.
    """
    framework = Framework.objects.select_for_update().get(pk=competency.framework_id)
    draft_policy.require_edit(actor, framework)
    open_one = CompetencyDraft.objects.filter(framework=framework, code=competency.code).exclude(
        state=DraftState.PUBLISHED
    )
    found = open_one.first()
    if found is not None:
        return found
    if competency.current is None:
        raise Conflict("This competency has no published version yet.", remedy="Open its draft.")
    document = competency.current.as_document()
    return _begin(framework, document=document, base=competency.current.pk, actor=actor)


@audited(ADD)
def add_competency(
    framework: Framework, *, title: str, code: str = "", cluster: str = "", actor: User
) -> CompetencyDraft:
    """Begin a competency that the framework does not have yet; its code is made from its title unless given.

    Raises:
        NotAllowed: the actor may not edit in this framework.
        InputError: no title, or a code with white space.
        Conflict: the code is taken by a competency or by another draft.
    """
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    draft_policy.require_edit(actor, framework)
    title = " ".join(title.split())
    if not title or len(title) > 500:
        raise InputError("A competency needs a title of at most 500 characters.", place="title")
    code = code.strip() or slugify(title)[:200]
    if not code or len(code) > 200 or any(c.isspace() for c in code):
        raise InputError("The code is one word of at most 200 characters.", place="code", remedy="Leave out spaces.")
    taken = framework.competencies.filter(code=code).exists()
    if taken or framework.drafts.filter(code=code).exclude(state=DraftState.PUBLISHED).exists():
        raise Conflict(
            f"The code {code!r} is taken in this framework.", remedy="Edit that one, or choose another code."
        )
    return _begin(
        framework, document=competency_from({"code": code, "title": title, "cluster": cluster}), base=None, actor=actor
    )


def _begin(framework: Framework, *, document: CompetencyDocument, base: int | None, actor: User) -> CompetencyDraft:
    draft = CompetencyDraft.objects.create(
        framework=framework,
        code=document.code,
        title=document.title,
        base_id=base,
        document=sheet_of(document),
        changed_by=actor,
    )
    DraftSave.objects.create(draft=draft, revision=1, document=draft.document)
    return draft


@audited(SAVE, about="draft")
def save_draft(
    draft: CompetencyDraft,
    *,
    revision: int,
    change: Callable[[Sheet], Sheet],
    actor: User,
    choices: Mapping[str, str] | None = None,
    seen: int = 0,
) -> Saved:
    """Save what the actor made of the draft that they saw at ``revision``.

    ``change`` gets the stored sheet and gives the actor's. What others changed since then stays; where both changed the
    same text, the ``choices`` made between the actor's and revision ``seen`` count.

    Raises:
        NotAllowed: the actor may not edit in this framework.
        ChangedMeanwhile: both changed the same text, and no choice was made.
        Conflict: the draft is in review, published or gone.
    """
    stored = locked(draft, state=DraftState.DRAFT)
    draft_policy.require_edit(actor, stored.framework)
    theirs: Sheet = stored.document
    mine = change(theirs)
    merged = False
    if revision != stored.revision:
        base = stored.saves.filter(revision=revision).values_list("document", flat=True).first()
        agreed = choices if choices and seen == stored.revision else {}
        together = merge(base=base, mine=mine, theirs=theirs, choices=agreed)
        if together.clashes:
            raise ChangedMeanwhile(stored, clashes=together.clashes)
        merged, mine = True, together.sheet
    if mine != theirs:
        _store(stored, sheet=mine, actor=actor)
    return Saved(stored, merged=merged)


def _store(draft: CompetencyDraft, *, sheet: Sheet, actor: User) -> None:
    draft.document = sheet
    draft.title = " ".join(sheet["title"].split())[:500] or draft.code
    draft.revision += 1
    draft.changed_by = actor
    draft.save()
    draft.authors.add(actor)
    DraftSave.objects.create(draft=draft, revision=draft.revision, document=sheet)
    draft.saves.filter(revision__lte=draft.revision - SAVES_KEPT).delete()


@audited(DISCARD, about="draft")
def discard_draft(draft: CompetencyDraft, *, actor: User) -> None:
    """Throw a draft away.

    Raises:
        NotAllowed: the actor may not edit in this framework.
        Conflict: it is in review, published or gone.
    """
    stored = locked(draft, state=DraftState.DRAFT)
    draft_policy.require_edit(actor, stored.framework)
    stored.delete()


def note_presence(draft: CompetencyDraft, *, actor: User) -> None:
    """Remember that somebody has the draft open.

    Raises:
        NotAllowed: the actor may not see drafts of this framework.
    """
    draft_policy.require_see(actor, draft.framework)
    now = timezone.now()
    DraftPresence.objects.update_or_create(draft=draft, user=actor, defaults={"seen_at": now})
    DraftPresence.objects.filter(draft=draft, seen_at__lt=now - FORGOTTEN_AFTER).delete()


def locked(draft: CompetencyDraft, *, state: DraftState) -> CompetencyDraft:
    """The draft as it is stored, for the rest of the transaction.

    Raises:
        Conflict: it is gone, or not in that state.
    """
    stored = CompetencyDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if stored is None:
        raise Conflict("This draft was thrown away meanwhile.", remedy="Go back to the framework's drafts.")
    if stored.state != state:
        raise Conflict(
            f"This draft is {stored.get_state_display().lower()} now, not {state.label.lower()}.",
            remedy="Reload the page to see where it stands.",
        )
    return stored
