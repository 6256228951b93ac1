"""What was made of a source: its competencies, their codes, the title and the scale."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prowess.framework.errors import InputError
from prowess.library.imports import choosing, queries
from prowess.library.imports.corrected import with_settings
from prowess.library.imports.forms import FrameworkForm
from prowess.library.imports.models import Import
from prowess.library.presentation import reading_of
from prowess.people.users import signed_in_user

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def competencies(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was understood, competency by competency; the framework's title and scale."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    document = queries.reading_of(found).framework
    form = FrameworkForm(request.POST if request.method == "POST" else None, initial=_initial(found), document=document)
    if request.method == "POST" and form.is_valid() and _is_set(request, found, form):
        messages.success(request, "Saved.")
        return redirect("import_competencies", pk=pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "library/imports/competencies.html", _context(request, found, form=form), status=status)


def _is_set(request: HttpRequest, found: Import, form: FrameworkForm) -> bool:
    """Keep the title and the scale; a scale that cannot be is told beside the form."""
    read = queries.reading_of(found).framework
    title = form.cleaned_data["title"].strip()
    settings = {**found.settings, "title": title if title != read.title else "", "levels": form.level_settings()}
    try:
        with_settings(read, settings)
    except InputError as refusal:
        form.add_error(None, str(refusal))
        return False
    choosing.change_import(found, revision=found.revision, settings=settings, actor=signed_in_user(request))
    return True


def _initial(found: Import) -> dict[str, Any]:
    framework = queries.reading_of(found).framework
    initial: dict[str, Any] = {"title": found.settings.get("title") or framework.title}
    for setting in found.settings.get("levels", ()):
        for name in ("number", "name", "polarity"):
            initial[f"level-{setting['source']}-{name}"] = setting[name]
    return initial


@require_safe
def competency(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """One competency as it would be imported."""
    found = queries.open_import_for(signed_in_user(request), pk=pk)
    framework = queries.framework_of(found)
    framework.competency(code)
    context = {"import": found, "reading": reading_of(framework, code=code), "has_lines": queries.has_lines(found)}
    return render(request, "library/imports/competency.html", context)


@require_POST
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a competency another code, or take the codes that the framework has for the same titles."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    if request.POST.get("matching") == "1":
        codes = {row.code: known for row, known in queries.under_other_codes(queries.plan_of(found))}
        choosing.give_codes(found, codes=codes, actor=user)
        return redirect("import_comparison", pk=pk)
    old, new = request.POST.get("old", ""), request.POST.get("new", "").strip()
    choosing.give_codes(found, codes={old: new}, actor=user)
    messages.success(request, f"“{old}” has the code “{new}” now.")
    page = request.POST.get("page", "")
    return redirect(reverse("import_competencies", args=[pk]) + (f"?page={page}" if page.isdecimal() else ""))


def _context(request: HttpRequest, found: Import, *, form: FrameworkForm) -> dict[str, Any]:
    reading, framework = queries.reading_of(found), queries.framework_of(found)
    page: Page[Any] = Paginator(framework.competencies, ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "import": found,
        "form": form,
        "framework": framework,
        "rows": [(competency, queries.parts_of(competency)) for competency in page.object_list],
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "warnings": reading.warnings,
        "losses": reading.losses,
        "unplaced": reading.unplaced,
        "has_lines": queries.has_lines(found),
        "tab": "competencies",
    }
