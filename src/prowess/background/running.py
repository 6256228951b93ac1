"""Running one task: progress and signs of life while it runs, a sentence when it ends."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import Error, connection
from django.utils import timezone

from prowess.background.actions import begin_task, end_task, report_progress, worker_name
from prowess.background.models import TaskState, TrackedTask
from prowess.framework.errors import ProwessError

LIFE_SIGN_SECONDS = 5.0
REPORT_SECONDS = 0.3
logger = logging.getLogger("prowess.background")


class Cancelled(Exception):
    """The task was cancelled while it ran: whoever asked for it has thrown it away."""


class Report:
    """Tells how far a task is, at most a few times a second; raises `Cancelled` where nobody wants it any more."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._told_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        """So many steps are done, of so many."""
        now = time.monotonic()
        if done < total and now - self._told_at < REPORT_SECONDS:
            return
        self._told_at = now
        if not report_progress(self._key, done=done, total=total):
            raise Cancelled


Work = Callable[[TrackedTask, Report], str]
"""Does a task and gives the sentence with which it ends."""


def run_tracked(key: str, *, work: Work) -> None:
    """Do a task; whatever happens, its record says in a sentence how it ended."""
    tracked = begin_task(key, worker=worker_name())
    if tracked is None:
        return
    try:
        with _signs_of_life(key):
            message = work(tracked, Report(key))
    except Cancelled:
        return
    except ProwessError as error:
        place = f"{error.place}: " if error.place else ""
        end_task(key, state=TaskState.FAILED, message=f"{place}{error.message}", remedy=error.remedy or "")
    except Exception:
        logger.exception("The task “%s” failed", tracked.title)
        end_task(
            key,
            state=TaskState.FAILED,
            message="Something went wrong on our side; nothing of it was kept.",
            remedy="Try again; if it fails again, tell whoever runs this installation.",
        )
    except BaseException:
        end_task(key, state=TaskState.INTERRUPTED, message="It was stopped with its worker.", remedy="Try again.")
        raise
    else:
        end_task(key, state=TaskState.DONE, message=message)


@contextmanager
def _signs_of_life(key: str) -> Iterator[None]:
    """Say every few seconds that the worker lives, from a thread: a step may take long."""
    stop = Event()
    thread = Thread(target=_say_alive, args=(key, stop), name="sign-of-life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _say_alive(key: str, stop: Event) -> None:
    try:
        while not stop.wait(LIFE_SIGN_SECONDS):
            try:
                TrackedTask.objects.filter(pk=key).update(heard_at=timezone.now())
            except Error:  # the database is busy with the task itself: that is a sign of life as well
                continue
    finally:
        connection.close()
