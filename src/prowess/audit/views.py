"""Pages of the audit trail, for administrators."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prowess.audit import queries
from prowess.audit.actions import record
from prowess.audit.forms import SearchForm
from prowess.audit.verbs import Concern, register
from prowess.framework.errors import NotFound

ON_A_PAGE = 50
READ = register("read-audit-trail", "looked into the audit trail", concern=Concern.LOOK)
EXPORT = register("export-audit-trail", "exported the audit trail", concern=Concern.LOOK)


@require_safe
def audit_trail(request: HttpRequest) -> HttpResponse:
    """The events, searched and paged."""
    search = _search(request)
    page = Paginator(queries.events(search["search"]), ON_A_PAGE).get_page(request.GET.get("page"))
    found = queries.told(list(page.object_list))
    record(READ, actor=request.user, details={"asked": request.GET.dict()})
    return render(request, "audit/trail.html", {"form": search["form"], "page": page, "events": found})


@require_safe
def export_audit_trail(request: HttpRequest) -> StreamingHttpResponse:
    """The events that were searched for, as a table."""
    search = _search(request)
    record(EXPORT, actor=request.user, details={"asked": request.GET.dict()})
    return StreamingHttpResponse(
        queries.as_csv(queries.events(search["search"])),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit-trail.csv"'},
    )


@require_safe
def verify_audit_trail(request: HttpRequest) -> HttpResponse:
    """Whether the trail is whole."""
    _search(request)
    return render(request, "audit/verdict.html", {"verdict": queries.verify()})


def _search(request: HttpRequest) -> dict[str, Any]:
    if not getattr(request.user, "may_read_audit_trail", False):
        raise NotFound("There is no such page.", remedy="Go back to the start page.")
    form = SearchForm(request.GET)
    return {"form": form, "search": form.search() if form.is_valid() else queries.Search()}
