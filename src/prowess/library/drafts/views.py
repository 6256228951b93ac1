"""Editing a draft: one form that saves as one types, and works without scripts as well."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import retarget, trigger_client_event

from prowess.framework.checks import Offer, offers_to_tell_apart, readiness
from prowess.framework.errors import Conflict, InputError, ProwessError
from prowess.library.drafts import actions, queries
from prowess.library.drafts.forms import NewCompetencyForm
from prowess.library.drafts.layout import basics_of, sections_of
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.rows import apply_command, relate
from prowess.library.drafts.sheet import SECTIONS, Sheet, competency_of
from prowess.library.drafts.sheet_form import read_sheet
from prowess.library.models import CompetencyDraft, DraftState
from prowess.library.queries import document_of
from prowess.people.users import signed_in_user

MORPH = "morph:outerHTML"


@require_POST
def edit_competency(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """Open the draft of a competency, beginning it where there is none."""
    user = signed_in_user(request)
    competency = queries.competency_with_history(user, framework=framework, code=code)
    return redirect("draft", pk=actions.edit_competency(competency, actor=user).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new_competency(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a competency."""
    user = signed_in_user(request)
    framework = queries.framework_with_drafts(user, code=code)
    draft_policy.require_edit(user, framework)
    form = NewCompetencyForm(request.POST or None, framework=document_of(framework))
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.add_competency(framework, actor=user, **form.cleaned_data)
            return redirect("draft", pk=draft.pk)
        except (Conflict, InputError) as refusal:
            field = "code" if isinstance(refusal, Conflict) else refusal.place
            form.add_error(field if field in form.fields else "title", str(refusal))
    status = 400 if request.method == "POST" else 200
    return render(request, "library/drafts/new.html", {"form": form, "framework": framework}, status=status)


@require_safe
def drafts(request: HttpRequest, code: str) -> HttpResponse:
    """The drafts of a framework that are under way."""
    user = signed_in_user(request)
    framework = queries.framework_with_drafts(user, code=code)
    by_state = {state: [] for state in (DraftState.IN_REVIEW, DraftState.APPROVED, DraftState.DRAFT)}  # type: ignore[var-annotated]
    for draft in queries.open_drafts(user, framework=framework):
        by_state[DraftState(draft.state)].append(draft)
    context = {
        "framework": framework,
        "groups": [(state.label, found) for state, found in by_state.items() if found],
        "may_edit": draft_policy.can_edit(user, framework),
        "may_rule": draft_policy.can_rule(user, framework),
    }
    return render(request, "library/drafts/list.html", context)


@require_safe
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The editor of a draft, or its review where it is being reviewed."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    if found.state == DraftState.PUBLISHED:
        return redirect("competency", found.framework.code, found.code)
    if found.state != DraftState.DRAFT or not draft_policy.can_edit(user, found.framework):
        return redirect("draft_review", pk=pk)
    actions.note_presence(found, actor=user)
    return render(request, "library/drafts/edit.html", _context(request, found))


@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save the sheet as it stands in the browser, after doing what the pressed button says.

    Typing saves without a button: then only the state is sent back, and the fields stay as they are.
    """
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    draft_policy.require_edit(user, found.framework)
    command = request.POST.get("do", "")
    focus: list[str] = []

    def change(stored: Sheet) -> Sheet:
        sheet = read_sheet(request.POST, stored=stored)
        if command in ("", "save"):
            return sheet
        if command.startswith("relate:"):
            changed, focused = relate(sheet, _offer(found, sheet, command))
        else:
            changed, focused = apply_command(sheet, command=command, pasted=_pasted(request.POST))
        focus[:] = [focused]
        return changed

    try:
        saved = actions.save_draft(
            found,
            revision=_number(request.POST, "revision"),
            seen=_number(request.POST, "seen", default=0),
            choices=_choices(request.POST),
            change=change,
            actor=user,
        )
    except actions.ChangedMeanwhile as refusal:
        return _clash(request, refusal)
    except InputError as refusal:
        return _refusal(request, found, refusal)
    return _saved(request, saved, command=command, focus=focus)


def _offer(draft: CompetencyDraft, sheet: Sheet, command: str) -> Offer:
    """The offer of a content check that a button ``relate:KIND:CODE`` stands for."""
    _, kind, code = command.split(":", 2) if command.count(":") >= 2 else ("", "", "")
    other = document_of(draft.framework).by_code.get(code)
    if other is not None:
        offers = offers_to_tell_apart(title=str(sheet["title"]), other=other.title, code=code)
        for offer in offers:
            if offer.relation.value == kind:
                return offer
    raise InputError(f"A draft cannot be changed by {command!r}.", remedy="Reload the page and try again.")


def _saved(request: HttpRequest, saved: actions.Saved, *, command: str, focus: list[str]) -> HttpResponse:
    if not _by_htmx(request):
        return redirect(f"{_address(saved.draft)}#{focus[0] if focus else 'basics'}")
    context = {**_context(request, saved.draft), "merged": saved.merged}
    if not command and not saved.merged:
        response = _instead(render(request, "library/drafts/saved.html", context), of="#draft-saved", swap="outerHTML")
    else:
        response = _instead(render(request, "library/drafts/sheet.html", context), of="#sheet", swap=MORPH)
    if focus:
        trigger_client_event(response, "draft-focus", {"id": focus[0]}, after="settle")
    return trigger_client_event(response, "draft-saved", {}, after="settle")


def _clash(request: HttpRequest, refusal: actions.ChangedMeanwhile) -> HttpResponse:
    """Both versions beside each other, above the sheet as this person has it; nothing was saved."""
    mine = read_sheet(request.POST, stored=refusal.draft.document)
    context = _context(request, refusal.draft, sheet=mine)
    context |= {"refusal": refusal, "seen": refusal.draft.revision, "revision": _number(request.POST, "revision")}
    if not _by_htmx(request):
        return render(request, "library/drafts/edit.html", context, status=409)
    response = render(request, "library/drafts/clash.html", context, status=409)
    return _instead(response, of="#draft-clash", swap="outerHTML show:#draft-clash:top")


def _refusal(request: HttpRequest, found: CompetencyDraft, refusal: InputError) -> HttpResponse:
    if _by_htmx(request):
        raise refusal
    return render(request, "library/drafts/edit.html", {**_context(request, found), "problem": refusal}, status=400)


@require_safe
def checks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the content checks say of the draft as it stands."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    may_edit = found.state == DraftState.DRAFT and draft_policy.can_edit(user, found.framework)
    context: dict[str, Any] = {"draft": found, "sections": SECTIONS, "may_edit": may_edit}
    try:
        context["findings"] = queries.findings_on(found)
        context["readiness"] = readiness(competency_of(found.document))
    except ProwessError as problem:
        context["problem"] = problem
    return render(request, "library/drafts/checks.html", context)


@require_safe
def presence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who else has the draft open, and whether it changed since this page last saved."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    actions.note_presence(found, actor=user)
    seen = request.GET.get("revision", "")
    newer = seen.isdecimal() and int(seen) < found.revision
    context = {"draft": found, "others": queries.others_at(found, user=user), "newer": newer}
    return render(request, "library/drafts/presence.html", context)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw the draft away."""
    user = signed_in_user(request)
    found = queries.draft_for(user, pk=pk)
    actions.discard_draft(found, actor=user)
    messages.info(request, f"The draft of “{found.title}” was thrown away.")
    return redirect("drafts", found.framework.code)


def _context(request: HttpRequest, found: CompetencyDraft, *, sheet: Sheet | None = None) -> dict[str, Any]:
    user = signed_in_user(request)
    framework = document_of(found.framework)
    shown = found.document if sheet is None else sheet
    comments = list(queries.comments_on(found, settled=False))
    by_section: dict[str, list[Any]] = {}
    for comment in comments:
        by_section.setdefault(queries.section_of_comment(comment.part), []).append(comment)
    sections = sections_of(shown, framework=framework, own_code=found.code)
    return {
        "draft": found,
        "revision": found.revision,
        "basics": basics_of(shown, framework=framework),
        "sections": [(section, by_section.get(section.field, [])) for section in sections],
        "basics_comments": by_section.get("basics", []),
        "comments": comments,
        "others": queries.others_at(found, user=user),
    }


def _choices(data: QueryDict) -> dict[str, str]:
    return {
        name.removeprefix("settle-"): value
        for name, value in data.items()
        if name.startswith("settle-") and value in ("mine", "theirs")
    }


def _pasted(data: QueryDict) -> dict[str, str]:
    return {name.removeprefix("paste-"): str(value) for name, value in data.items() if name.startswith("paste-")}


def _number(data: QueryDict, name: str, *, default: int | None = None) -> int:
    value = data.get(name, "")
    if not value.isdecimal() or len(value) > queries.LONGEST_NUMBER:
        if default is not None:
            return default
        raise InputError("The form did not arrive whole; nothing was saved.", remedy="Reload the page and try again.")
    return int(value)


def _instead(response: HttpResponse, *, of: str, swap: str) -> HttpResponse:
    """Put the response where the page did not expect it, in a way that an htmx extension may know."""
    response["HX-Reswap"] = swap
    return retarget(response, of)


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _address(found: CompetencyDraft) -> str:
    return reverse("draft", args=[found.pk])
