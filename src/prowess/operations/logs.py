"""One line a request in the log, as text or as JSON, each with a number that also goes back in the answer."""

import logging
import re
import time
from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest, HttpResponse

_log = logging.getLogger("prowess.requests")
_NUMBER = re.compile(r"^[A-Za-z0-9_-]{8,64}$")


class LogRequests:
    """Logs method, route, status, milliseconds and the number of the user: never names, search words or addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and log."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _NUMBER.match(given) else token_hex(8)
        began = time.perf_counter()
        response = self._get_response(request)
        response["X-Request-ID"] = number
        if _log.isEnabledFor(logging.INFO):
            route = request.resolver_match.route if request.resolver_match else "none"
            milliseconds = round((time.perf_counter() - began) * 1000, 1)
            _log.info(
                "%s /%s %s", request.method, route, response.status_code,
                extra={"request": number, "method": request.method, "route": route, "status": response.status_code,
                       "milliseconds": milliseconds, "user": getattr(getattr(request, "user", None), "pk", None)},
            )  # fmt: skip
        return response
