"""`prowess setup`, `serve`, `demo`, `add-user`: an installation from the command line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated

import typer

Host = Annotated[str, typer.Option("--host", help="Address to listen on.")]
Port = Annotated[int, typer.Option("--port", help="Port to listen on.", min=1, max=65535)]
Worker = Annotated[bool, typer.Option("--worker/--no-worker", help="Start a worker when there is work for it.")]
Kind = Annotated[str, typer.Option("--kind", help="administrator, talent-lead, analyst, interviewer or employee.")]


def start_django() -> None:
    """Set up Django for a command that works on this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prowess.web.settings")
    import django

    django.setup()


def start_set_up() -> None:
    """Set up Django for a command that needs an installation.

    Raises:
        InputError: the installation was never set up, or not since it was updated.
    """
    start_django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from prowess.framework.errors import InputError

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise InputError(
            "This installation is not set up, or not since its update.", remedy="Run `prowess setup` first."
        )


def _prepare() -> None:
    """Bring the database and the static files up to date; a second time changes nothing."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def setup() -> None:
    """Make or update this installation: database, static files, starter library. Safe to run again."""
    start_django()
    _prepare()
    from prowess.library.actions import take_framework
    from prowess.starter import load_library
    from prowess.web.home import home

    framework = take_framework(load_library("starter"), code="starter", actor=None)
    typer.echo(f"Ready in {home()}: “{framework.title}”, {framework.competencies.count()} competencies.")
    from prowess.people.models import User

    if not User.objects.exists():
        typer.echo("Nobody can sign in yet; add the first person: prowess add-user E-MAIL --kind administrator")


def add_user(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    *,
    name: Annotated[str, typer.Option("--name", help="The person's name.")] = "",
    kind: Kind = "employee",
    password: Annotated[
        str, typer.Option("--password", help="Asked for when not given.", envvar="PROWESS_NEW_PASSWORD")
    ] = "",
) -> None:
    """Add somebody who may sign in."""
    start_django()
    from prowess.framework.errors import InputError
    from prowess.people.actions import add_user as add
    from prowess.people.models import KindOfUser

    if kind not in KindOfUser.values:
        raise InputError(f"There is no kind of user {kind!r}.", remedy=f"Use {' or '.join(KindOfUser.values)}.")
    password = password or typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    user = add(email=email, name=name or email.split("@")[0], kind=KindOfUser(kind), password=password)
    typer.echo(f"{user.name} ({user.get_kind_display()}) signs in with {user.email}.")


def serve(host: Host = "127.0.0.1", port: Port = 8000, *, worker: Worker = True) -> None:
    """Serve Prowess until it is stopped (Ctrl-C), with a worker for what takes longer than a page."""
    start_django()
    _prepare()
    _serve(host, port, worker=worker)


def worker(
    *,
    until_idle: Annotated[
        float | None, typer.Option("--until-idle", metavar="SECONDS", help="Stop when nothing came for so long.", min=0)
    ] = None,
) -> None:
    """Do background tasks (reading and importing dictionaries) until it is stopped; `prowess serve` has one already."""
    start_django()
    from prowess.background.worker import work
    from prowess.library.imports.keeping import forget_old_imports

    forget_old_imports()
    work(idle_seconds=until_idle)


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    *,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it after setting it up.")] = True,
) -> None:
    """Set up the demonstration organisation, print how to sign in, and serve it on this machine."""
    os.environ["PROWESS_INSECURE_HTTP"] = "1"
    start_django()
    from django.core.management import call_command

    typer.echo("Setting up the demonstration organisation …")
    _prepare()
    call_command("load_demonstration")
    if serve_it:
        typer.secho(f"\nOpen http://{host}:{port}/ and sign in. Stop with Ctrl-C.\n", bold=True)
        _serve(host, port, worker=True)


def _serve(host: str, port: int, *, worker: bool) -> None:
    import socket

    from prowess.framework.errors import InputError

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                f"Cannot listen on {host}:{port}: {error.strerror}.", remedy="Choose another with --port."
            ) from error
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "prowess.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_access=False,
    )
    with _supervised() if worker else nullcontext():
        server.serve()


@contextmanager
def _supervised() -> Iterator[None]:
    """Start workers when there is work, and stop them with the server."""
    from django.db import connection

    from prowess.background.supervisor import Supervisor

    connection.close()  # the server forks: each process opens its own
    supervisor = Supervisor()
    supervisor.start()
    try:
        yield
    finally:
        supervisor.stop()
