"""Holding back those who still need a second factor."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from prowess.people.models import User
from prowess.sign_in.queries import lacks_second_factor

_OPEN = ("account_logout", "account_reauthenticate", "healthy", "own_sessions")
_OPEN_PREFIXES = ("mfa_",)
_SENTENCE = "Your organisation asks for a second factor. Set one up to go on."


class SecondFactorRequired:
    """Sends users without a required second factor to where they set one up; every other page is closed to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Let through, or send to the page for second factors."""
        name = (request.resolver_match.url_name or "") if request.resolver_match else ""
        if name in _OPEN or name.startswith(_OPEN_PREFIXES):
            return None
        if not isinstance(request.user, User) or not lacks_second_factor(request.user):
            return None
        return _sent(request)


def _sent(request: HttpRequest) -> HttpResponse:
    to = reverse("mfa_index")
    if request.path.startswith("/api/"):
        return JsonResponse({"title": _SENTENCE, "status": 403}, status=403, content_type="application/problem+json")
    messages.warning(request, _SENTENCE)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
