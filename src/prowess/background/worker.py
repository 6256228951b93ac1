"""The worker: takes tasks from the queue, one at a time, until it is stopped or has been idle for long enough."""

import time

from django.core.management import call_command
from django.db import OperationalError, close_old_connections
from django_tasks_db.models import DBTaskResult

from prowess.background.actions import mark_interrupted, worker_name

LOOK_SECONDS = 0.5


def is_work_waiting() -> bool:
    """Whether a task is ready to be begun."""
    return bool(DBTaskResult.objects.ready().exists())


def do_waiting_work() -> None:
    """Do every task that is ready."""
    call_command(
        "db_worker", batch=True, startup_delay=False, interval=0, reload=False, verbosity=0, worker_id=worker_name()
    )


def work(*, idle_seconds: float | None = None) -> None:
    """Do tasks as they come; return when none has come for ``idle_seconds`` (None: never)."""
    mark_interrupted(worker=worker_name())
    call_command("prune_db_task_results", verbosity=0)
    busy_at = time.monotonic()
    while idle_seconds is None or time.monotonic() - busy_at < idle_seconds:
        if _is_waiting():
            do_waiting_work()
            busy_at = time.monotonic()
        close_old_connections()
        time.sleep(LOOK_SECONDS)


def _is_waiting() -> bool:
    """Whether to begin; a database that is busy or away for a moment is asked again later."""
    try:
        return is_work_waiting()
    except OperationalError:
        return False
