"""Downloading a framework: choose a format, see what it cannot hold, take the file."""

import mimetypes

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from prowess.library import queries
from prowess.library.exports import export, written_format, written_formats
from prowess.people.users import signed_in_user


@require_safe
def downloads(request: HttpRequest, code: str) -> HttpResponse:
    """The formats in which the framework can be had, and what the chosen one cannot hold."""
    found = queries.framework_for(signed_in_user(request), code=code)
    name = request.GET.get("format", "")
    context = {
        "framework": found,
        "formats": written_formats(),
        "chosen": written_format(name) if name else None,
        "export": export(queries.document_of(found), format_name=name) if name else None,
    }
    return render(request, "library/downloads.html", context)


@require_safe
def export_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The framework as a file of that format."""
    found = queries.framework_for(signed_in_user(request), code=code)
    chosen = written_format(name)
    content = export(queries.document_of(found), format_name=name).content
    kind = mimetypes.guess_type(f"x{chosen.ending}")[0] or "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{found.code}{chosen.ending}") or "attachment"
    )
    return response
