"""Editing a draft: every change is a form that works alone, and swaps only the draft where htmx is there."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from prowess.framework.errors import Conflict, InputError, NotFound, ProwessError
from prowess.library.queries import document_of
from prowess.matching import editing
from prowess.people.users import signed_in_user
from prowess.roles import actions, queries
from prowess.roles.actions import Change
from prowess.roles.draft.candidates import candidates_for
from prowess.roles.models import Role, RoleProfile
from prowess.roles.policies import role_policy
from prowess.roles.sheet import arrange


@require_GET
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The editor of a role's draft."""
    role, profile = _role_and_draft(request, pk)
    if profile is None:
        return redirect("role", pk=pk)
    return render(request, "roles/draft/edit.html", _context(role, profile))


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a draft from the latest saved profile."""
    role = queries.role_for(signed_in_user(request), pk=pk)
    actions.start_draft(role, actor=signed_in_user(request))
    return redirect("edit_profile", pk=pk)


@require_GET
def candidates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Competencies that could be added, best first, narrowed by words."""
    role, profile = _role_and_draft(request, pk)
    if profile is None:
        raise Conflict("This draft was saved or thrown away meanwhile.", remedy="Reload the page.")
    words = request.GET.get("words", "").strip()[:200]
    return render(request, "roles/draft/candidates.html", {**_context(role, profile, words=words)})


@require_POST
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Make one change to the draft."""
    user = signed_in_user(request)
    role_policy.require_change(user)
    role = queries.role_for(user, pk=pk)
    make = CHANGES.get(verb)
    if make is None:
        raise NotFound(f"A draft cannot be changed by {verb!r}.")
    try:
        wanted = make(request.POST)
        profile = actions.change_draft(role, actor=user, revision=_revision(request.POST), change=wanted)
    except Conflict as refusal:
        return _refused(request, role, refusal)
    except InputError as refusal:
        return _refused(request, role, refusal, status=400)
    if not getattr(request, "htmx", False):
        return redirect("edit_profile", pk=pk)
    return render(request, "roles/draft/board.html", _context(role, profile))


@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save the draft as the role's next profile."""
    user = signed_in_user(request)
    role = queries.role_for(user, pk=pk)
    try:
        profile = actions.save_profile(role, actor=user, revision=_revision(request.POST))
    except Conflict as refusal:
        return _refused(request, role, refusal)
    messages.success(request, f"Saved as profile {profile.number} of “{role.title}”.")
    return redirect("role", pk=pk)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw the draft away."""
    user = signed_in_user(request)
    role = queries.role_for(user, pk=pk)
    still_there = actions.discard_draft(role, actor=user)
    messages.info(request, f"The draft of “{role.title}” was thrown away.")
    return redirect("role", pk=pk) if still_there else redirect("roles")


def _role_and_draft(request: HttpRequest, pk: UUID) -> tuple[Role, RoleProfile | None]:
    user = signed_in_user(request)
    role_policy.require_change(user)
    role = queries.role_for(user, pk=pk)
    return role, queries.draft_of(user, role=role)


def _context(role: Role, profile: RoleProfile, *, words: str = "") -> dict[str, object]:
    framework = document_of(role.framework)
    document = profile.as_document()
    return {
        "role": role,
        "profile": profile,
        "sheet": arrange(document, framework=framework),
        "candidates": candidates_for(document, framework=framework, words=words),
        "words": words,
    }


def _refused(request: HttpRequest, role: Role, refusal: ProwessError, *, status: int = 409) -> HttpResponse:
    """The draft as it is, with the refusal above it; with htmx only that refusal, or all where the draft moved on."""
    profile = queries.draft_of(signed_in_user(request), role=role)
    if profile is None:
        raise refusal
    context = {**_context(role, profile), "refusal": refusal, "moved_on": isinstance(refusal, actions.ChangedMeanwhile)}
    if isinstance(refusal, editing.ForbiddenPairRefused):
        context["pair"] = refusal
    if not getattr(request, "htmx", False):
        return render(request, "roles/draft/edit.html", context, status=status)
    response = render(request, "roles/draft/board.html", context, status=status)
    response["HX-Retarget"] = "#board"
    response["HX-Reswap"] = "morph:outerHTML show:#refusal:top"
    return response


def _revision(data: QueryDict) -> int:
    return _number(data, "revision")


def _number(data: QueryDict, name: str) -> int:
    try:
        return int(data.get(name, ""))
    except ValueError:
        raise InputError(f"A whole number is expected for the {name}.", remedy="Correct it and try again.") from None


def _text(data: QueryDict, name: str) -> str:
    return (data.get(name) or "").strip()


def _add(data: QueryDict) -> Change:
    code = _text(data, "code")
    return lambda profile, framework: editing.add_competency(profile, code=code, framework=framework)


def _remove(data: QueryDict) -> Change:
    code = _text(data, "code")
    return lambda profile, _framework: editing.remove_competency(profile, code=code)


def _swap(data: QueryDict) -> Change:
    take, leave = _text(data, "take"), _text(data, "leave")
    return lambda profile, framework: editing.swap_competency(profile, take=take, leave=leave, framework=framework)


def _weigh(data: QueryDict) -> Change:
    code, importance = _text(data, "code"), _number(data, "importance") / 100
    return lambda profile, _framework: editing.weigh_competency(profile, code=code, importance=importance)


def _level(data: QueryDict) -> Change:
    code = _text(data, "code")
    level = _number(data, "level") if _text(data, "level") else None
    return lambda profile, framework: editing.set_target_level(profile, code=code, level=level, framework=framework)


def _move(data: QueryDict) -> Change:
    code, up = _text(data, "code"), _text(data, "direction") == "up"
    return lambda profile, _framework: editing.move_competency(profile, code=code, up=up)


def _rename(data: QueryDict) -> Change:
    return actions.rename(data.get("title") or "")


CHANGES: dict[str, Callable[[QueryDict], Change]] = {
    "add": _add,
    "remove": _remove,
    "swap": _swap,
    "weigh": _weigh,
    "level": _level,
    "move": _move,
    "rename": _rename,
}
