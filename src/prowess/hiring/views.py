"""Pages of interview guides."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from prowess.framework.errors import InputError, NotFound
from prowess.hiring.forms import PanelForm
from prowess.hiring.guide_files import FORMATS, write_guide
from prowess.hiring.queries import guide_for
from prowess.people.users import signed_in_user
from prowess.roles.models import RoleProfile
from prowess.roles.queries import role_for, saved_profile

USUAL_PANEL = {"interviewers": 3, "minutes": 60}
CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
}


@require_GET
def guide(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The plan of the interviews, with the guide to download."""
    profile = _profile(request, pk, number)
    form = PanelForm({**USUAL_PANEL, **request.GET.dict()})
    context: dict[str, object] = {"role": profile.role, "profile": profile, "form": form, "formats": FORMATS}
    status = 200
    if form.is_valid():
        try:
            context["guide"] = guide_for(profile, **form.cleaned_data)
        except InputError as error:
            context["problem"], status = error, 400
    else:
        context["problem"], status = InputError(form.first_message), 400
    return render(request, "hiring/guide.html", context, status=status)


@require_GET
def download(request: HttpRequest, pk: UUID, number: int, file_format: str) -> HttpResponse:
    """The guide as `guide.docx`, `guide.pdf` or `guide.html`."""
    profile = _profile(request, pk, number)
    suffix = file_format.removeprefix("guide")
    if suffix not in FORMATS:
        raise NotFound(f"A guide cannot be had as {file_format!r}.", remedy=f"Choose one of {', '.join(FORMATS)}.")
    form = PanelForm({**USUAL_PANEL, **request.GET.dict()})
    if not form.is_valid():
        raise InputError(form.first_message, remedy="Correct it on the page of the guide.")
    content = write_guide(guide_for(profile, **form.cleaned_data), suffix=suffix)
    name = f"{slugify(profile.role.title) or 'role'}-interview-guide{suffix}"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _profile(request: HttpRequest, pk: UUID, number: int) -> RoleProfile:
    user = signed_in_user(request)
    return saved_profile(user, role=role_for(user, pk=pk), number=number)
