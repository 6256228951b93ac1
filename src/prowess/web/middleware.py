"""One way in which a page shows an error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prowess.framework.errors import Conflict, InputError, MissingCapability, NotAllowed, NotFound, ProwessError

STATUS: dict[type[ProwessError], int] = {
    InputError: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    MissingCapability: 503,
}


class SentencesForErrors:
    """Turns a ``ProwessError`` that no view caught into a page (or, for htmx, a fragment) with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; exceptions come back through ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an expected error; None lets Django handle what was not expected."""
        if not isinstance(error, ProwessError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
        template = "errors/fragment.html" if getattr(request, "htmx", False) else "errors/sentence.html"
        return render(request, template, {"error": error, "status": status}, status=status)
