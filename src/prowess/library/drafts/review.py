"""What moves a draft through its review."""

from prowess.audit.actions import audited
from prowess.audit.verbs import register
from prowess.framework.errors import Conflict, InputError
from prowess.library.drafts.actions import locked
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.sheet import PARTS, TEXTS, Sheet, competency_of
from prowess.library.models import CompetencyDraft, DraftComment, DraftState
from prowess.people.models import User

SUBMIT = register("submit-draft", "asked for a review of")
APPROVE = register("approve-draft", "approved")
SEND_BACK = register("send-back-draft", "sent back")
TAKE_BACK = register("take-back-draft", "took back from review")
COMMENT = register("comment-on-draft", "commented on")
SETTLE = register("settle-comment", "settled a comment")

LONGEST_COMMENT = 5000


@audited(SUBMIT, about="draft")
def submit_draft(draft: CompetencyDraft, *, revision: int, actor: User) -> CompetencyDraft:
    """Hand a draft in for review; from then on it stays as it is until it is sent or taken back.

    Raises:
        NotAllowed: the actor may not edit in this framework.
        InputError: a row lacks what it needs.
        Conflict: it was changed meanwhile, or is not being written.
    """
    stored = locked(draft, state=DraftState.DRAFT)
    draft_policy.require_edit(actor, stored.framework)
    require_revision(stored, revision)
    competency_of(stored.document)
    stored.state, stored.submitted_by = DraftState.IN_REVIEW, actor
    stored.save()
    return stored


@audited(APPROVE, about="draft")
def approve_draft(draft: CompetencyDraft, *, revision: int, actor: User) -> CompetencyDraft:
    """Approve a draft in review: it can be published.

    Raises:
        NotAllowed: the actor may not approve this draft.
        Conflict: it is not in review, or not what the actor saw.
    """
    stored = locked(draft, state=DraftState.IN_REVIEW)
    draft_policy.require_approve(actor, stored)
    require_revision(stored, revision)
    stored.state, stored.approved_by = DraftState.APPROVED, actor
    stored.save()
    return stored


@audited(SEND_BACK, about="draft")
def send_back_draft(draft: CompetencyDraft, *, reason: str, actor: User) -> CompetencyDraft:
    """Send a draft back to its authors, with the reason as a comment.

    Raises:
        NotAllowed: the actor neither approves nor publishes in this framework.
        InputError: no reason is given.
        Conflict: it is not in review, nor approved.
    """
    stored = locked(draft, state=DraftState(draft.state))
    if not draft_policy.can_publish(actor, stored.framework):
        draft_policy.require_approve(actor, stored)
    _require_under_review(stored)
    comment_on_draft(stored, part="", text=reason, actor=actor)
    return _back(stored)


@audited(TAKE_BACK, about="draft")
def take_back_draft(draft: CompetencyDraft, *, actor: User) -> CompetencyDraft:
    """Take a draft back from review to go on writing.

    Raises:
        NotAllowed: the actor may not edit in this framework.
        Conflict: it is not in review, nor approved.
    """
    stored = locked(draft, state=DraftState(draft.state))
    draft_policy.require_edit(actor, stored.framework)
    _require_under_review(stored)
    return _back(stored)


@audited(COMMENT, about="draft")
def comment_on_draft(draft: CompetencyDraft, *, part: str, text: str, actor: User) -> DraftComment:
    """Say something about a draft, a part of it (its field) or a row (field and key).

    Raises:
        NotAllowed: the actor may not see drafts of this framework.
        InputError: the comment is empty or too long, or the draft has no such part.
        Conflict: the draft is published.
    """
    draft_policy.require_see(actor, draft.framework)
    if draft.state == DraftState.PUBLISHED:
        raise Conflict("This draft is published; its review is over.", remedy="Edit the competency anew.")
    text = text.strip().replace("\x00", "")
    if not text or len(text) > LONGEST_COMMENT:
        raise InputError(f"A comment has between 1 and {LONGEST_COMMENT} characters.", place="comment")
    about = words_of_part(draft.document, part)
    return DraftComment.objects.create(draft=draft, part=part, about=about[:300], text=text, author=actor)


@audited(SETTLE, about="comment")
def settle_comment(comment: DraftComment, *, actor: User) -> None:
    """Mark a comment as settled.

    Raises:
        NotAllowed: the actor may not edit in this framework.
    """
    draft_policy.require_edit(actor, comment.draft.framework)
    comment.settled, comment.settled_by = True, actor
    comment.save()


def words_of_part(sheet: Sheet, part: str) -> str:
    """The words that a comment on this part is about; empty for the draft or a list as a whole.

    Raises:
        InputError: the sheet has no such part.
    """
    name, _, key = part.partition("/")
    if part in TEXTS:
        return str(sheet[part])
    if not key and (not part or part in PARTS):
        return ""
    rows = sheet[name] if name in PARTS else []
    row = next((row for row in rows if row["key"] == key), None)
    if row is None:
        raise InputError("The draft has no such part.", place="part", remedy="Reload the page and try again.")
    return str(row[PARTS[name].needed])


def require_revision(draft: CompetencyDraft, revision: int) -> None:
    """Refuse where the draft is not what somebody saw.

    Raises:
        Conflict: it was changed meanwhile.
    """
    if draft.revision != revision:
        who = draft.changed_by.name if draft.changed_by else "somebody"
        raise Conflict(
            f"This draft was changed meanwhile, last by {who}.", remedy="Look at it as it is now, then decide again."
        )


def _require_under_review(draft: CompetencyDraft) -> None:
    if draft.state not in (DraftState.IN_REVIEW, DraftState.APPROVED):
        raise Conflict("This draft is not in review.", remedy="Reload the page to see where it stands.")


def _back(draft: CompetencyDraft) -> CompetencyDraft:
    draft.state, draft.submitted_by, draft.approved_by = DraftState.DRAFT, None, None
    draft.save()
    return draft
