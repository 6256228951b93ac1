"""What Prometheus reads: requests by route and answer, their seconds, work that waits, people who may sign in."""

import hmac
import time
from collections.abc import Callable, Iterator
from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from prowess.background.models import TaskState, TrackedTask
from prowess.framework.errors import NotFound
from prowess.people.models import User

REQUESTS = Counter("prowess_requests_total", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "prowess_request_seconds", "Seconds to answer a request.", ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)  # fmt: skip


class CountRequests:
    """Counts every request under the pattern of its address, so that no name of a thing or person becomes a label."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and count."""
        began = time.perf_counter()
        response = self._get_response(request)
        route = request.resolver_match.route if request.resolver_match else "none"
        REQUESTS.labels(route, request.method, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        return response


class InstallationCollector(Collector):
    """What is counted in the database at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Users by kind, tasks by state."""
        users = GaugeMetricFamily("prowess_users", "People who may sign in.", labels=["kind"])
        for kind in User.objects.filter(is_active=True).values_list("kind", flat=True).distinct().order_by("kind"):
            users.add_metric([kind], User.objects.filter(is_active=True, kind=kind).count())
        yield users
        tasks = GaugeMetricFamily("prowess_tasks", "Background tasks.", labels=["state"])
        for state in TaskState:
            tasks.add_metric([state.value], TrackedTask.objects.filter(state=state).count())
        yield tasks

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: the database is asked only when somebody reads the metrics."""
        return iter(())


def read_metrics(request: HttpRequest) -> HttpResponse:
    """The metrics, for this machine, or for whoever shows the token of PROWESS_METRICS_TOKEN.

    Raises:
        NotFound: anybody else asks.
    """
    if not _may_read(request):
        raise NotFound("There is no such page.", remedy="Ask from this machine, or with the token.")
    _ask_the_database_too()
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


@cache
def _ask_the_database_too() -> None:
    REGISTRY.register(InstallationCollector())


def _may_read(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    behind_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not behind_proxy and ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_loopback  # noqa: S104
