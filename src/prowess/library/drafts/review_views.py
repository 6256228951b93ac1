"""Reviewing and publishing a draft, and retiring a competency."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prowess.framework import Status
from prowess.framework.errors import Conflict, InputError, NotFound, ProwessError
from prowess.library.drafts import publishing, queries, review
from prowess.library.drafts.layout import basics_of, sections_of
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.sheet import TEXTS
from prowess.library.impact import impact_of
from prowess.library.models import CompetencyDraft, DraftState
from prowess.library.queries import document_of
from prowess.people.users import signed_in_user


@require_safe
def review_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft to read beside what it changes, with the comments on its parts."""
    found = queries.draft_for(signed_in_user(request), pk=pk)
    return render(request, "library/drafts/review.html", _context(request, found))


@require_POST
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the draft in for review."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    try:
        review.submit_draft(found, revision=_revision(request), actor=user)
    except (InputError, Conflict) as refusal:
        messages.error(request, str(refusal))
        return redirect("draft", pk=pk)
    messages.success(request, f"“{found.title}” is in review now.")
    return redirect("draft_review", pk=pk)


@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve the draft."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    review.approve_draft(found, revision=_revision(request), actor=user)
    messages.success(request, f"“{found.title}” is approved; it can be published.")
    return redirect("draft_review", pk=pk)


@require_POST
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the draft back with a reason."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    try:
        review.send_back_draft(found, reason=request.POST.get("reason", ""), actor=user)
    except InputError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, f"“{found.title}” was sent back to its authors.")
    return redirect("drafts", found.framework.code)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the draft back to go on writing."""
    user = signed_in_user(request)
    review.take_back_draft(queries.draft_for(user, pk=pk), actor=user)
    return redirect("draft", pk=pk)


@require_POST
def comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Comment on a part of the draft."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    try:
        review.comment_on_draft(found, part=request.POST.get("part", ""), text=request.POST.get("text", ""), actor=user)
    except InputError as refusal:
        return _refused(request, found, refusal)
    return redirect("draft_review", pk=pk)


@require_POST
def settle(request: HttpRequest, pk: UUID, comment: int) -> HttpResponse:
    """Mark a comment as settled."""
    user = signed_in_user(request)
    found = queries.comment_for(user, draft=pk, pk=comment)
    review.settle_comment(found, actor=user)
    writing = found.draft.state == DraftState.DRAFT
    return redirect("draft" if writing else "draft_review", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who uses an older version, then publish and offer them the new one."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    draft_policy.require_publish(user, found.framework)
    if found.state != DraftState.APPROVED:
        raise Conflict("Only an approved draft is published.", remedy="Have it reviewed first.")
    if request.method == "POST":
        try:
            return _publish(request, found)
        except (Conflict, InputError, NotFound) as refusal:
            return render(request, "library/drafts/publish.html", _impact(request, found, refusal), status=409)
    return render(request, "library/drafts/publish.html", _impact(request, found, None))


def _publish(request: HttpRequest, found: CompetencyDraft) -> HttpResponse:
    over = request.POST.get("over", "")
    published = publishing.publish_draft(
        found,
        revision=_revision(request),
        offers={name.removeprefix("offer-"): str(v) for name, v in request.POST.items() if name.startswith("offer-")},
        over=int(over) if over.isdecimal() and len(over) <= queries.LONGEST_NUMBER else None,
        actor=signed_in_user(request),
    )
    messages.success(request, f"Version {published.version.number} of “{found.title}” is published.")
    for sentence in published.done:
        messages.info(request, sentence)
    return redirect("competency", found.framework.code, found.code)


def _impact(request: HttpRequest, found: CompetencyDraft, refusal: ProwessError | None) -> dict[str, Any]:
    user = signed_in_user(request)
    competency = queries.competency_of_draft(found)
    current = competency.current if competency else None
    return {
        "draft": found,
        "current": current,
        "newer": current if current is not None and current.pk != found.base_id else None,
        "impact": impact_of(user, competency=competency),
        "next_number": current.number + 1 if current else 1,
        "refusal": refusal,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """Retire a competency in favour of another."""
    user = signed_in_user(request)
    competency = queries.competency_with_history(user, framework=framework, code=code)
    draft_policy.require_publish(user, competency.framework)
    refusal: ProwessError | None = None
    if request.method == "POST":
        try:
            publishing.retire_competency(competency, successor=request.POST.get("successor", ""), actor=user)
        except (Conflict, NotFound) as refused:
            refusal = refused
        else:
            messages.success(request, f"“{competency.title}” is retired.")
            return redirect("competency", framework, code)
    document = document_of(competency.framework)
    context = {
        "competency": competency,
        "others": [c for c in document.competencies if c.code != code and c.status is not Status.RETIRED],
        "impact": impact_of(user, competency=competency),
        "refusal": refusal,
    }
    return render(request, "library/drafts/retire.html", context, status=409 if refusal else 200)


def _refused(request: HttpRequest, found: CompetencyDraft, refusal: ProwessError) -> HttpResponse:
    return render(request, "library/drafts/review.html", {**_context(request, found), "refusal": refusal}, status=400)


def _context(request: HttpRequest, found: CompetencyDraft) -> dict[str, Any]:
    user = signed_in_user(request)
    framework = document_of(found.framework)
    context: dict[str, Any] = {
        "draft": found,
        "basics": basics_of(found.document, framework=framework),
        "sections": sections_of(found.document, framework=framework, own_code=found.code),
        "texts": TEXTS,
        "comments": list(queries.comments_on(found)),
        "may_edit": draft_policy.can_edit(user, found.framework),
        "may_approve": draft_policy.can_approve(user, found),
        "may_publish": draft_policy.can_publish(user, found.framework),
    }
    try:
        context["changes"] = queries.changes_of(found)
        context["reading"] = queries.reading_of_draft(found)
        context["stored"] = {
            "framework": found.framework,
            "current": {"number": "draft", "published_at": found.changed_at},
        }
    except InputError as problem:
        context["problem"] = problem
    return context


def _revision(request: HttpRequest) -> int:
    value = request.POST.get("revision", "")
    if not value.isdecimal() or len(value) > queries.LONGEST_NUMBER:
        raise InputError("The form did not arrive whole; nothing was done.", remedy="Reload the page and try again.")
    return int(value)
