"""Pages of roles and saved profiles."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from prowess.framework.errors import InputError, NotFound
from prowess.library.queries import competency_for, document_of, frameworks_for, shelves
from prowess.matching.comparison import compare_profiles
from prowess.matching.job_text import JobDescription, read_job
from prowess.people.users import signed_in_user
from prowess.roles import actions, printing, queries
from prowess.roles.forms import NewRoleForm
from prowess.roles.models import Role
from prowess.roles.policies import role_policy
from prowess.roles.sheet import arrange

ROLES_A_PAGE = 50
MOST_CHECKBOXES = 400


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """The list of roles, searched by words in the title."""
    user = signed_in_user(request)
    words = request.GET.get("words", "").strip()[:200]
    page = Paginator(queries.roles_for(user, words=words), ROLES_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "may_change": role_policy.can_change(user)}
    template = "roles/list_fragment.html" if getattr(request, "htmx", False) else "roles/list.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def new_role(request: HttpRequest) -> HttpResponse:
    """Paste or upload a job description; get a proposed profile."""
    user = signed_in_user(request)
    role_policy.require_change(user)
    frameworks = frameworks_for(user)
    chosen = frameworks.filter(pk=request.POST.get("framework") or 0).first() or frameworks.first()
    groups = shelves(chosen, competencies=chosen.competencies.all()[:MOST_CHECKBOXES]) if chosen else []
    choices = [(c.code, c.title) for shelf in groups for c in shelf.competencies]
    form = NewRoleForm(request.POST or None, request.FILES or None, frameworks=frameworks, core_choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            role = _make_role(request, form)
        except InputError as error:
            form.add_error("job_file" if form.cleaned_data["job_file"] else "job_text", str(error))
        else:
            return redirect("edit_profile", pk=role.pk)
    chosen_core = set(form["core"].value() or ())
    context = {"form": form, "shelves": groups, "chosen_core": chosen_core, "framework": chosen}
    return render(request, "roles/new.html", context, status=400 if form.is_bound else 200)


def _make_role(request: HttpRequest, form: NewRoleForm) -> Role:
    data = form.cleaned_data
    return actions.add_role(
        actor=signed_in_user(request),
        framework=data["framework"],
        job=_job(data),
        job_file_name=data["job_file"].name if data["job_file"] else "",
        title=data["title"],
        size=(data["fewest"], data["most"]),
        core=data["core"],
    )


def _job(data: dict[str, object]) -> JobDescription:
    file = data["job_file"]
    if file:
        return read_job(file.read(), name=file.name)  # type: ignore[attr-defined]
    return read_job(str(data["job_text"]), name="")


@require_GET
def role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A role: its latest saved profile, or the draft where nothing is saved yet."""
    user = signed_in_user(request)
    found = queries.role_for(user, pk=pk)
    latest = queries.saved_profiles(user, role=found).first()
    if latest is None:
        return redirect("edit_profile", pk=pk)
    return _profile_page(request, role=found, number=latest.number)


@require_GET
def profile(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One saved profile of a role."""
    return _profile_page(request, role=queries.role_for(signed_in_user(request), pk=pk), number=number)


def _profile_page(request: HttpRequest, *, role: Role, number: int | None) -> HttpResponse:
    user = signed_in_user(request)
    shown = queries.saved_profile(user, role=role, number=number)
    context = {
        "role": role,
        "profile": shown,
        "profiles": queries.saved_profiles(user, role=role),
        "sheet": arrange(shown.as_document(), framework=document_of(role.framework)),
        "draft": queries.draft_of(user, role=role),
        "may_change": role_policy.can_change(user),
    }
    return render(request, "roles/profile.html", context)


@require_GET
def download(request: HttpRequest, pk: UUID, number: int, file_format: str) -> HttpResponse:
    """A saved profile as a file: `profile.json`, `profile.pdf`, `profile.docx`."""
    found = queries.role_for(signed_in_user(request), pk=pk)
    saved = queries.saved_profile(signed_in_user(request), role=found, number=number)
    writer = printing.WRITERS.get(file_format)
    if writer is None:
        raise NotFound(
            f"A profile cannot be had as {file_format!r}.", remedy=f"Choose one of {', '.join(printing.WRITERS)}."
        )
    content, content_type = writer(saved, document_of(found.framework))
    ending = file_format.rpartition(".")[2]
    name = f"{slugify(found.title) or 'role'}-profile-{number}.{ending}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Two roles side by side."""
    user = signed_in_user(request)
    candidates = queries.roles_with_profile(user)
    chosen = [_role_or_none(request, name) for name in ("first", "second")]
    context: dict[str, object] = {"roles": candidates, "first": chosen[0], "second": chosen[1]}
    if chosen[0] and chosen[1]:
        first, second = (queries.saved_profile(user, role=r).as_document() for r in chosen if r)
        context["comparison"] = compare_profiles(first, second)
        context["levels"] = document_of(chosen[0].framework).scale
        context["same_library"] = chosen[0].framework_id == chosen[1].framework_id
    return render(request, "roles/compare.html", context)


def _role_or_none(request: HttpRequest, name: str) -> Role | None:
    value = request.GET.get(name)
    if not value:
        return None
    try:
        return queries.role_for(signed_in_user(request), pk=UUID(value))
    except ValueError:
        messages.warning(request, "One of the two roles was not named as the list names it; choose it again.")
        return None


@require_GET
def roles_using(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """Which roles use a competency: the fragment that its page loads."""
    user = signed_in_user(request)
    competency = competency_for(user, framework=framework, code=code)
    uses = Paginator(queries.uses_of(user, competency=competency), 100).get_page(request.GET.get("page"))
    return render(request, "roles/using.html", {"uses": uses, "competency": competency})
