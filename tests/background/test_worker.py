"""Workers as processes of their own: started when there is work, gone when there is none, killed in the middle."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests.cli.running import PROWESS

pytestmark = pytest.mark.slow

ASK = """
import django; django.setup()
from prowess.people.models import User, KindOfUser
from prowess.library.imports.actions import begin_import
lead = User.objects.filter(email='ada@example.org').first() or User.objects.create_user(
    'ada@example.org', name='Ada', kind=KindOfUser.TALENT_LEAD)
print(begin_import(name='crew.txt', chunks=[SOURCE.encode()], actor=lead).pk)
"""
TAKE = """
import django; django.setup()
from prowess.library.imports.actions import ask_for_import
from prowess.library.imports.choosing import choose_target
from prowess.library.imports.models import Import
found = Import.objects.get()
found = choose_target(found, target=None, publish=True, keep_missing_parts=True, code='crew', actor=found.owner)
ask_for_import(found, revision=found.revision, framework_revision=0, actor=found.owner)
"""
STOP_IN_THE_MIDDLE = """
import time
import django; django.setup()
from prowess.background.worker import work
from prowess.library.models import CompetencyVersion
stored = CompetencyVersion.objects.bulk_create
def half(*arguments, **more):
    stored(*arguments, **more)
    print('half', flush=True)
    time.sleep(60)
CompetencyVersion.objects.bulk_create = half
work(idle_seconds=1)
"""
AGAIN = """
import django; django.setup()
from prowess.background.worker import work
from prowess.library.imports.actions import ask_for_import
from prowess.library.imports.keeping import open_again
from prowess.library.imports.models import Import
found = Import.objects.get()
open_again(found, actor=found.owner)
found.refresh_from_db()
ask_for_import(found, revision=found.revision, framework_revision=0, actor=found.owner)
work(idle_seconds=1)
"""
SOURCE = "ROWING\n\nDefinition: Moves a boat by oars.\n\nLevel 1\n- Pulls late.\nLevel 2\n- Pulls in time.\n"


@pytest.fixture
def home(tmp_path):
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("PROWESS_")},
        "PROWESS_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "prowess.web.settings",
    }
    if "DATABASE_URL" in environment:
        environment["DATABASE_URL"] = _fresh_database(environment["DATABASE_URL"])
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True)
    return environment


def _fresh_database(address):
    """The address of a database of its own in the same cluster."""
    import psycopg

    name = f"workers_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{address.rpartition('/')[0]}/{name}"


def _run(code, environment):
    program = f"SOURCE = {SOURCE!r}\n{code}"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _asked(query, environment):
    """The first row of an answer, asked as another process would."""
    if "DATABASE_URL" in environment:
        import psycopg

        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            return connection.execute(query).fetchone()
    with sqlite3.connect(Path(environment["PROWESS_HOME"]) / "prowess.sqlite3") as connection:
        return connection.execute(query).fetchone()


def _state(environment):
    """Where the one import and its task stand."""
    query = "SELECT i.state, t.state FROM imports_import i JOIN background_trackedtask t ON t.id = i.task_id"
    return " ".join(_asked(query, environment))


def _until(wanted, environment, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = _state(environment)
        if state == wanted:
            return state
        time.sleep(0.2)
    return state


def _workers_of(server):
    """The processes that carry the name of this server's worker in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"PROWESS_WORKER=served-{server}-".encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def test_a_worker_does_what_waits_and_stops_when_it_is_idle(home):
    _run(ASK, home)
    done = subprocess.run(
        [PROWESS, "worker", "--until-idle", "1"], env=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert _state(home) == "open done"


def test_serving_starts_a_worker_when_there_is_work_and_ends_it_with_itself(home):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    server = subprocess.Popen(
        [PROWESS, "serve", "--port", port], env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _run(ASK, home)
        assert _until("open done", home) == "open done"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    assert not _workers_of(server.pid)


def test_a_worker_killed_in_the_middle_of_an_import_leaves_nothing_behind_and_the_import_can_be_taken_again(home):
    _run(ASK, home)
    subprocess.run([PROWESS, "worker", "--until-idle", "0.5"], env=home, check=True)
    _run(TAKE, home)
    worker = subprocess.Popen(
        [sys.executable, "-c", STOP_IN_THE_MIDDLE], env={**home, "PROWESS_WORKER": "doomed"}, stdout=subprocess.PIPE
    )
    assert worker.stdout.readline() == b"half\n"
    worker.kill()
    worker.wait()
    assert _state(home) == "importing running"
    counted = "SELECT (SELECT COUNT(*) FROM library_framework), (SELECT COUNT(*) FROM library_competencyversion)"
    assert _asked(counted, home) == (0, 0)
    subprocess.run([PROWESS, "worker", "--until-idle", "0.5"], env={**home, "PROWESS_WORKER": "doomed"}, check=True)
    assert _state(home) == "importing interrupted"
    _run(AGAIN, home)
    assert _state(home) == "imported done"
    assert _asked(counted, home) == (1, 1)
