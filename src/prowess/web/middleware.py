"""One way in which a page shows an error."""

from collections.abc import Callable

from django.conf import settings
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


class RefuseLargeRequests:
    """Refuses what is larger than any page takes before it is parsed or stored, with a sentence.

    The bytes are let through to nowhere first: a browser shows an answer only after it has sent what it has.
    """

    CHUNK = 2**20
    MOST_DISCARDED = 2**30

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer at once where the request says that it is too large; else pass it on."""
        declared = request.META.get("CONTENT_LENGTH") or "0"
        size = int(declared) if declared.isdecimal() else 0
        if size <= settings.LARGEST_REQUEST:
            return self.get_response(request)
        self._discard(request, min(size, self.MOST_DISCARDED))
        message = (
            f"What you sent has {size / 2**20:,.0f} MB; up to {settings.LARGEST_REQUEST // 2**20} MB can be taken."
        )
        error = InputError(message, remedy="Divide the file into several, or leave out its pictures.")
        return render(request, "errors/sentence.html", {"error": error, "status": 413}, status=413)

    def _discard(self, request: HttpRequest, size: int) -> None:
        while size > 0:
            chunk = request.read(min(self.CHUNK, size))
            if not chunk:
                return
            size -= len(chunk)
