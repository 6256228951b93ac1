"""The pages of the library."""

from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from prowess.library import queries
from prowess.library.forms import SearchForm
from prowess.library.models import Competency, Framework
from prowess.library.policies import library_policy
from prowess.library.search import Results, begin_preparing_search, found_on_page
from prowess.library.search import search as search_in
from prowess.people.users import signed_in_user

ON_A_PAGE = 48
RESULTS_ON_A_PAGE = 10
KEPT_SECONDS = 24 * 60 * 60
WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The frameworks; the only one there is opens at once."""
    user = signed_in_user(request)
    frameworks = list(queries.frameworks_for(user))
    if len(frameworks) == 1:
        return redirect("framework", frameworks[0].code)
    return render(
        request, "library/library.html", {"frameworks": frameworks, "may_change": library_policy.can_change(user)}
    )


@require_safe
def framework(request: HttpRequest, code: str) -> HttpResponse:
    """A framework's competencies by cluster."""
    found = queries.framework_for(signed_in_user(request), code=code)
    begin_preparing_search(found)
    return render(request, "library/framework.html", _shelves(request, found))


@require_safe
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Competencies found by words and meaning: a page, or for htmx the part of it that changes."""
    found = queries.framework_for(signed_in_user(request), code=code)
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    context = _found(request, found, typed=typed) if typed.strip() or not form.is_valid() else _shelves(request, found)
    context["form"] = form
    template = "library/framework_content.html" if request.htmx else "library/framework.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    if request.htmx:  # type: ignore[attr-defined]
        response["HX-Replace-Url"] = request.get_full_path() if typed.strip() else reverse("framework", args=[code])
    return response


@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The whole framework as a YAML file."""
    found = queries.framework_for(signed_in_user(request), code=code)
    return _file(queries.as_yaml(found).encode(), name=f"{found.code}.yaml", kind="application/yaml; charset=utf-8")


@require_safe
def competency(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """One competency to read."""
    user = signed_in_user(request)
    found = queries.competency_for(user, framework=framework, code=code)
    reading = _rendered_reading(found)
    context = {"competency": found, "reading": reading, "may_change": library_policy.can_change(user)}
    return render(request, "library/competency.html", context)


@require_safe
def competency_pdf(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """One competency as a PDF to print or send."""
    from prowess.library.pdf import as_pdf  # noqa: PLC0415 - WeasyPrint is slow to import

    found = queries.competency_for(signed_in_user(request), framework=framework, code=code)
    content = as_pdf(queries.reading_for(found))
    return _file(content, name=f"{_file_name(found)}.pdf", kind="application/pdf")


@require_safe
def competency_word(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """One competency as a Word file to work on."""
    from prowess.library.word_document import as_word  # noqa: PLC0415 - python-docx is slow to import

    found = queries.competency_for(signed_in_user(request), framework=framework, code=code)
    return _file(as_word(queries.reading_for(found)), name=f"{_file_name(found)}.docx", kind=WORD_FILE)


def _shelves(request: HttpRequest, found: Framework) -> dict[str, Any]:
    shelving = queries.shelving_of(found)
    chosen = request.GET.get("cluster") or None
    in_order = shelving.competencies if chosen is None else shelving.in_cluster(chosen)
    page: Page[Any] = Paginator(in_order, ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        **_about(request, found),
        "chosen": chosen,
        "page": page,
        "page_numbers": _page_numbers(page),
        "shelves": queries.on_shelves(queries.document_of(found), competencies=page.object_list),
        "form": SearchForm(),
    }


def _found(request: HttpRequest, found: Framework, *, typed: str) -> dict[str, Any]:
    results = search_in(found, typed=typed) if typed else Results(typed, ())
    page: Page[int] = Paginator(results.rows, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        **_about(request, found),
        "results": results,
        "page": page,
        "page_numbers": _page_numbers(page),
        "found": found_on_page(found, results=results, rows=list(page.object_list)),
        "typed": typed.strip(),
    }


def _about(request: HttpRequest, found: Framework) -> dict[str, Any]:
    return {
        "framework": found,
        "document": queries.document_of(found),
        "clusters": queries.shelving_of(found).clusters,
        "may_change": library_policy.can_change(signed_in_user(request)),
    }


def _page_numbers(page: Page[Any]) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


def _rendered_reading(found: Competency) -> dict[str, Any]:
    """The competency's page less what differs between readers; kept, since a published version never changes.

    The framework's revision is part of the key: relations are seen from both sides.
    """
    key = f"library-reading-{found.current_id}-{found.framework_id}-{found.framework.revision}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        reading = queries.reading_for(found)
        html = render_to_string("library/competency_reading.html", {"reading": reading, "stored": found})
        kept = {
            "html": html,
            "gaps": reading.gaps,
            "cluster_title": reading.cluster.title if reading.cluster else found.cluster,
            "framework_title": reading.framework.title,
        }
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _file_name(found: Competency) -> str:
    return slugify(found.title)[:80] or "competency"


def _file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
