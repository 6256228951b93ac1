"""The start page, and the pages for what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prowess.library.queries import frameworks_for
from prowess.people.users import signed_in_user
from prowess.roles.queries import recent_roles


def start(request: HttpRequest) -> HttpResponse:
    """What this person comes to do, and what was last worked on."""
    user = signed_in_user(request)
    return render(
        request,
        "web/start.html",
        {"frameworks": frameworks_for(user), "recent_roles": recent_roles(user), "may_edit": user.is_talent_lead},
    )


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The request makes no sense to us."""
    return _page(request, 400, "This request could not be read.", "Go back, reload the page and try again.")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """This person may not do this."""
    return _page(request, 403, "You may not do this.", "Ask a talent lead if you need it.")


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is nothing at this address."""
    return _page(request, 404, "There is nothing at this address.", "Check the link, or start from the first page.")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Something failed that we did not expect."""
    return _page(request, 500, "Something went wrong on our side.", "Your last change may not have been saved.")


def _page(request: HttpRequest, status: int, message: str, remedy: str) -> HttpResponse:
    error = {"message": message, "remedy": remedy, "place": None}
    return render(request, "errors/sentence.html", {"error": error, "status": status}, status=status)
