"""What all tests share: an installation of their own, the cast, the small framework, a real browser."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_HOME = tempfile.mkdtemp(prefix="prowess-tests-")
os.environ["PROWESS_HOME"] = _HOME  # before Django reads its settings
os.environ["PROWESS_INSECURE_HTTP"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's synchronous interface runs an event loop in the thread
os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or "prowess.web.settings"
os.environ.pop("PROWESS_DEBUG", None)
(Path(_HOME) / "static").mkdir()

import django  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()

from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

# How long an example takes says nothing about the code where many tests share two cores.
hypothesis_settings.register_profile("prowess", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("prowess")

CHROMIUM_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parent / "vendor/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1360, "height": 900}


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)


# An installation ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files() -> Iterator[None]:
    """Serve static files from their sources: nothing is collected for a test."""
    from django.test.utils import override_settings

    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests_in_spite_of_triggers() -> Iterator[None]:
    """SQLite empties tables row by row, which the triggers on what is published refuse: they step aside meanwhile."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    usual = DatabaseOperations.sql_flush

    def flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drop, *usual(self, *args, **kwargs), *(sql for _, sql in triggers)]

    DatabaseOperations.sql_flush = flush
    yield
    DatabaseOperations.sql_flush = usual


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests_on_postgresql_too() -> Iterator[None]:
    """PostgreSQL truncates, which the audit trail's trigger refuses: as a replica it fires none."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield
        return
    from django.db.backends.postgresql.base import DatabaseOperations

    usual = DatabaseOperations.sql_flush

    def flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        role = "SET session_replication_role = {}"
        return [role.format("replica"), *usual(self, *args, **kwargs), role.format("origin")]

    DatabaseOperations.sql_flush = flush
    yield
    DatabaseOperations.sql_flush = usual


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep the test database of SQLite in a file, so that the live server's threads have connections of their own."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(
            Path(_HOME) / f"test{os.environ.get('PYTEST_XDIST_WORKER', '')}.sqlite3"
        )


@pytest.fixture(autouse=True)
def _forget_what_was_kept() -> None:
    """Each test starts with empty caches: databases of different tests reuse the same keys."""
    from django.core.cache import cache

    from prowess.library import queries, search
    from prowess.library.drafts import queries as draft_queries
    from prowess.roles import matching

    cache.clear()
    queries._document.cache_clear()
    queries._shelving.cache_clear()
    search._indexes.cache_clear()
    draft_queries._meaning.cache_clear()
    matching._matcher.cache_clear()


# People and content -------------------------------------------------------------------------------------------------


@pytest.fixture
def cast(db: None) -> Any:
    """Charlie the talent lead, Rosa who reads, Nadia who has left."""
    from tests.cast import engage_cast

    return engage_cast()


@pytest.fixture
def framework_document() -> Any:
    """The small framework with its forbidden pair (Customer Care, Loyalty), as a document."""
    from tests.cast import small_framework

    return small_framework()


@pytest.fixture
def framework(db: None, framework_document: Any) -> Any:
    """The small framework in the library, with the code ``harbour-vale``."""
    from prowess.library.actions import take_framework

    return take_framework(framework_document, code="harbour-vale", actor=None)


@pytest.fixture
def charlie_browses(client: Any, cast: Any) -> Any:
    """Django's test client, signed in as Charlie."""
    client.force_login(cast.charlie)
    return client


@pytest.fixture
def rosa_browses(client: Any, cast: Any) -> Any:
    """Django's test client, signed in as Rosa."""
    client.force_login(cast.rosa)
    return client


@pytest.fixture
def role(cast: Any, framework: Any) -> Any:
    """A role with a draft profile, made by Charlie."""
    from prowess.matching.job_text import read_job
    from prowess.roles.actions import add_role
    from tests.cast import JOB

    return add_role(actor=cast.charlie, framework=framework, job=read_job(JOB), size=(2, 3), core=["customer-care"])


@pytest.fixture
def saved_role(role: Any, cast: Any) -> Any:
    """The same role with its first profile saved."""
    from prowess.roles.actions import save_profile

    save_profile(role, actor=cast.charlie, revision=1)
    return role


# A real browser -----------------------------------------------------------------------------------------------------


def _chromium() -> str | None:
    named = os.environ.get("PROWESS_CHROMIUM")
    candidates = [named] if named else ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in candidates if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; where there is none, browser tests are skipped, except in continuous integration."""
    path = _chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is needed in continuous integration: install it or set PROWESS_CHROMIUM.")
        pytest.skip("Chromium is not installed (set PROWESS_CHROMIUM to where it is)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_SWITCHES))
        yield chromium
        chromium.close()


class Watch:
    """What a page did that it must not do: load from elsewhere, break the content security policy, fail in a script."""

    def __init__(self, home: str) -> None:
        self._home = urlsplit(home).netloc
        self.complaints: list[str] = []

    def look_at(self, page: Any) -> None:
        """Follow this page."""
        page.on("request", self._request)
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self._home:
            self.complaints.append(f"loads from elsewhere: {request.url}")

    def _message(self, message: Any) -> None:
        refused = "the server responded with a status of" in message.text  # the journey itself looks at refusals
        if message.type == "error" and not refused:
            self.complaints.append(f"console: {message.text}")


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open a fresh browser window; at the end of the test it must not have done what a page must not do."""
    contexts = []
    watch = Watch(live_server.url)

    def opened(*, width: int = WIDE["width"], height: int = WIDE["height"], dark: bool = False) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch.look_at(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A wide, light browser window."""
    return open_page()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[..., None]:
    """``sign_in(page, user)``: give the window a session of this user (the sign-in form has a journey of its own)."""
    from django.test import Client

    def signed_in(page: Any, user: Any) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return signed_in


@pytest.fixture
def axe(browser: Any) -> Callable[[Any], None]:
    """``axe(page)``: no accessibility violation.

    The page's content security policy keeps axe out, so the same address is opened once more without the policy, in a
    window of the same size, theme and session.
    """

    def checked(page: Any) -> None:
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        context = browser.new_context(
            bypass_csp=True,
            viewport=page.viewport_size,
            color_scheme="dark" if dark else "light",
            storage_state=page.context.storage_state(),
        )
        try:
            double = context.new_page()
            double.goto(page.url)
            double.wait_for_load_state("networkidle")
            assert axe_findings(double) == [], page.url
        finally:
            context.close()

    return checked


def axe_findings(page: Any) -> list[str]:
    """Axe's violations on a page that lets scripts in, each with the elements concerned."""
    page.add_script_tag(path=str(AXE))
    violations = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(found => found.violations)", AXE_RULES
    )
    return [
        f"{violation['id']}: {violation['help']} at {[node['html'][:160] for node in violation['nodes'][:4]]}"
        for violation in violations
    ]


@pytest.fixture
def fits_the_screen() -> Callable[[Any], None]:
    """``fits_the_screen(page)``: the page does not scroll sideways."""

    def checked(page: Any) -> None:
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"the page is {width[0]} wide on a screen of {width[1]}"

    return checked


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark what drives the browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
