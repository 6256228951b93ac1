"""Prowess's addresses with two empty views beside them: what the benchmark compares pages with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from prowess.web.urls import handler400, handler403, handler404, handler500
from prowess.web.urls import urlpatterns as pages

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say nothing, to somebody who is signed in."""
    return HttpResponse()


@login_not_required
def empty_to_all(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say nothing, without looking at who asks."""
    return HttpResponse()


urlpatterns = [path("empty", empty), path("empty-to-all", empty_to_all), *pages]
