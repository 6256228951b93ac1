"""How long the library's pages take, as multiples of an empty Django view behind the same server.

    python -m benchmarks.pages [--requests 300] [--competencies 2000]

Makes an installation of its own in a temporary folder with the starter library and a framework of 2,000 competencies,
serves it with Granian (one worker), and asks for every page in turn over one connection, so that all share the
machine's moods. While typing, searches are asked for as htmx asks: the
results without the page around them. Prints medians and their ratios to the empty view. Goal: at most 5.
"""

import argparse
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
GOAL = 5.0
SEED = 20261123
WORDS = "budget risk planning report customer supplier safety data team change".split()
SENTENCES = (
    "calming upset customers", "spots mistakes in spreadsheets", "learning from failure", "helps new starters",
    "keeps promises to others", "handles money honestly", "explains things simply", "says no politely",
    "stays calm in a crisis", "finds out what went wrong", "gives bad news early", "brings people together",
)  # fmt: skip


def main() -> None:
    """Prepare, serve, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--requests", type=int, default=300, help="requests a page")
    arguments.add_argument("--competencies", type=int, default=2000, help="size of the large framework")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="prowess-benchmark-") as home:
        os.environ.update(
            PROWESS_HOME=home, PROWESS_INSECURE_HTTP="1", DJANGO_SETTINGS_MODULE="benchmarks.pages.site_settings"
        )
        session, codes = prepare(chosen.competencies)
        with served() as port:
            medians = measure(port, session=session, pages=pages(codes), requests=chosen.requests)
    report(medians)


def prepare(competencies: int) -> tuple[str, list[str]]:
    """Make the installation; return a session of a signed-in reader and the starter library's codes."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from prowess.library.actions import take_framework
    from prowess.library.search import prepare_search
    from prowess.people.models import KindOfUser, User
    from prowess.starter import load_library

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    starter = load_library("starter")
    for code, document in (("starter", starter), ("large", enlarged(starter, size=competencies))):
        began = time.perf_counter()
        framework = take_framework(document, code=code, actor=None)
        prepare_search(framework)
        took = time.perf_counter() - began
        print(f"{code}: {len(document.competencies)} competencies taken and made searchable in {took:.1f} s")
    client = Client()
    client.force_login(User.objects.create_user("reader@benchmark.example", name="Reader", kind=KindOfUser.EMPLOYEE))
    return client.cookies["sessionid"].value, list(starter.by_code)


def enlarged(starter, *, size: int):
    """A framework of this size: the starter's competencies again and again, their sentences dealt anew."""
    random_source = random.Random(SEED)
    templates = starter.competencies
    activities = [activity for competency in templates for activity in competency.job_activities]
    indicators = [indicator for competency in templates for indicator in competency.indicators]
    made = []
    for number in range(size):
        template = templates[number % len(templates)]
        made.append(
            template.model_copy(
                update={
                    "code": f"{template.code}-{number}",
                    "title": f"{template.title} {number}",
                    "relations": (),
                    "job_activities": tuple(random_source.sample(activities, 10)),
                    "indicators": tuple(random_source.sample(indicators, 20)),
                }
            )
        )
    return starter.model_copy(update={"title": "Large", "identifier": "large", "competencies": tuple(made)})


@contextmanager
def served() -> Iterator[int]:
    """Granian with one worker on a free port; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--workers", "1", "--no-ws", "--log-level", "error", "benchmarks.pages.site:application"], cwd=ROOT
    )
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int) -> None:
    """Return once the server accepts connections."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def pages(codes: list[str]) -> dict[str, Callable[[int], str]]:
    """What is asked for: a name and the n-th address."""

    def search(framework: str, queries: list[str]) -> Callable[[int], str]:
        return lambda n: f"/library/{framework}/search?q={quote(queries[n % len(queries)])}"

    words = [f"{first} {second}"[:-1] for first in WORDS for second in WORDS]
    sentences = [f"{sentence} {word}" for word in WORDS for sentence in SENTENCES]
    large = [f"{codes[n % len(codes)]}-{n}" for n in range(0, 1900, 7)]
    return {
        "empty view, signed in": lambda _: "/empty",
        "empty view, to all": lambda _: "/empty-to-all",
        "competency": lambda n: f"/library/starter/{codes[n % len(codes)]}/",
        "competency of 2,000": lambda n: f"/library/large/{large[n % len(large)]}/",
        "framework": lambda _: "/library/starter/",
        "framework of 2,000, page 3": lambda _: "/library/large/?page=3",
        "search, two words": search("starter", words),
        "search, a sentence": search("starter", sentences),
        "search while typing": search("starter", words),
        "search 2,000, two words": search("large", words),
        "search 2,000, a sentence": search("large", sentences),
        "search 2,000 while typing": search("large", words),
    }


def measure(port: int, *, session: str, pages: dict[str, Callable[[int], str]], requests: int) -> dict[str, float]:
    """Median seconds of each page; the pages take turns."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    settle(connection, session=session, pages=pages)
    for number in range(requests):
        for name, address in pages.items():
            took, _ = ask(connection, address(number), session=session, typed="typing" in name)
            seconds[name].append(took)
    return {name: statistics.median(measured) for name, measured in seconds.items()}


def settle(connection: http.client.HTTPConnection, *, session: str, pages: dict[str, Callable[[int], str]]) -> None:
    """Ask for every page until it is warm and search by meaning is prepared."""
    for name, address in pages.items():
        for number in range(300 if "competency" in name else 3):
            _, preparing = ask(connection, address(number), session=session, typed=False)
            while preparing:
                time.sleep(0.5)
                _, preparing = ask(connection, address(number), session=session, typed=False)


def ask(connection: http.client.HTTPConnection, address: str, *, session: str, typed: bool) -> tuple[float, bool]:
    """Seconds for one answer, and whether search by meaning was not there yet."""
    headers = {"Cookie": f"sessionid={session}", **({"HX-Request": "true"} if typed else {})}
    began = time.perf_counter()
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - began
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}")
    return took, b"being prepared" in body


def report(medians: dict[str, float]) -> None:
    """Print each page's median and its ratio to the empty view."""
    empty = medians["empty view, signed in"]
    print(f"\n{'page':30} {'ms':>8} {'× empty':>8}   goal ≤ {GOAL:g}")
    for name, median in medians.items():
        ratio = median / empty
        verdict = "" if name.startswith("empty") else ("within" if ratio <= GOAL else "over")
        print(f"{name:30} {median * 1000:8.2f} {ratio:8.2f}   {verdict}")


if __name__ == "__main__":
    main()
