"""Bringing a source in: upload or paste it, see how far its reading is, go on, or throw it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from prowess.background.actions import mark_interrupted
from prowess.background.models import TaskState
from prowess.framework.errors import ProwessError
from prowess.library.imports import actions, keeping, queries
from prowess.library.imports.forms import SourceForm
from prowess.library.imports.models import Import, ImportState
from prowess.library.imports.policies import import_policy
from prowess.people.users import signed_in_user


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Bring a source in, or go on with one that is open."""
    user = signed_in_user(request)
    import_policy.require_begin(user)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SourceForm(*sent, targets=import_policy.targets_for(user))
    form.fields["target"].initial = request.GET.get("into", "")
    if request.method == "POST" and form.is_valid():
        name, chunks = form.source()
        try:
            begun = actions.begin_import(
                name=name,
                chunks=chunks,
                format_name=form.cleaned_data["format"],
                target=form.framework,
                actor=user,
            )
            return redirect("import", pk=begun.pk)
        except ProwessError as refusal:
            form.add_error("file" if form.cleaned_data.get("file") else "text", str(refusal))
    context = {"form": form, "open": queries.open_imports_for(user)}
    status = 400 if request.method == "POST" else 200
    return render(request, "library/imports/begin.html", context, status=status)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where an import stands: being read, to be looked at, being imported, imported."""
    found = queries.import_for(signed_in_user(request), pk=pk)
    if found.state == ImportState.OPEN:
        return redirect("import_lines" if queries.has_lines(found) else "import_competencies", pk=pk)
    if found.state == ImportState.IMPORTED:
        return render(request, "library/imports/imported.html", {"import": found, **queries.imported(found)})
    return render(request, "library/imports/under_way.html", _standing(found))


@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the worker is; once it is done, the page goes on by itself."""
    found = queries.import_for(signed_in_user(request), pk=pk)
    context = _standing(found)
    if not context["under_way"]:
        return HttpResponseClientRedirect(request.path.removesuffix("/progress"))
    return render(request, "library/imports/progress.html", context)


def _standing(found: Import) -> dict[str, object]:
    if found.task is not None and found.task.state == TaskState.RUNNING:
        mark_interrupted()
        found.task.refresh_from_db()
    being_done = found.state in (ImportState.READING, ImportState.IMPORTING)
    return {
        "import": found,
        "task": found.task,
        "under_way": being_done and found.task is not None and found.task.is_under_way,
        "long_waiting": queries.waits_long(found),
    }


@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try again what failed or was interrupted: read the source once more, or look at the comparison again."""
    user = signed_in_user(request)
    found = queries.import_for(user, pk=pk)
    if found.state == ImportState.IMPORTING:
        keeping.open_again(found, actor=user)
        return redirect("import_comparison", pk=pk)
    actions.read_again(found, actor=user)
    return redirect("import", pk=pk)


@require_POST
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget an import, with its file."""
    user = signed_in_user(request)
    found = queries.import_for(user, pk=pk)
    actions.throw_away(found, actor=user)
    messages.info(request, f"The import of {found.file_name} was thrown away. The library stays as it was.")
    return redirect("imports")
