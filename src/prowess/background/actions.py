"""What starts, reports and ends tasks."""

import os
import socket
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from prowess.background.models import TaskState, TrackedTask
from prowess.people.models import User

SILENT_FOR = timedelta(minutes=2)
"""A worker that gave no sign of life for so long is gone."""

INTERRUPTED = "It was interrupted before it was done; nothing of it was kept."


class Queued(Protocol):
    """A task of the queue that takes the key of what it tracks."""

    def enqueue(self, key: str) -> Any:
        """Put it into the queue."""
        ...


def worker_name() -> str:
    """The name of the worker in this process."""
    return os.environ.get("PROWESS_WORKER") or f"{socket.gethostname()[:40]}-{os.getpid()}"


@transaction.atomic
def start_task(task: Queued, *, title: str, owner: User | None) -> TrackedTask:
    """Put a task into the queue; a worker begins it once this transaction is committed."""
    tracked = TrackedTask.objects.create(title=title[:300], owner=owner)
    result = task.enqueue(str(tracked.pk))
    tracked.queued_as = UUID(str(result.id))
    TrackedTask.objects.filter(pk=tracked.pk).update(queued_as=tracked.queued_as)
    return tracked


def begin_task(key: str, *, worker: str) -> TrackedTask | None:
    """Mark a waiting task as running; None where it was cancelled or begun by somebody else."""
    waiting = TrackedTask.objects.filter(pk=key, state=TaskState.WAITING)
    begun = waiting.update(state=TaskState.RUNNING, worker=worker[:64], heard_at=timezone.now())
    return TrackedTask.objects.get(pk=key) if begun else None


def report_progress(key: str, *, done: int, total: int) -> bool:
    """Note how far a task is; False where it was cancelled."""
    running = TrackedTask.objects.filter(pk=key, state=TaskState.RUNNING)
    return bool(running.update(done=done, total=total, heard_at=timezone.now()))


def end_task(key: str, *, state: TaskState, message: str = "", remedy: str = "") -> None:
    """Note how a task ended."""
    now = timezone.now()
    TrackedTask.objects.filter(pk=key).update(state=state, message=message, remedy=remedy, ended_at=now, heard_at=now)


@transaction.atomic
def cancel_task(tracked: TrackedTask) -> None:
    """Take a task out of the queue; one that runs stops at its next step."""
    if tracked.queued_as:
        DBTaskResult.objects.filter(pk=tracked.queued_as, status=TaskResultStatus.READY).delete()
    TrackedTask.objects.filter(pk=tracked.pk).delete()


@transaction.atomic
def mark_interrupted(*, worker: str = "") -> int:
    """Mark as interrupted what a worker that is gone left behind, and what no worker has been heard of for long.

    Returns:
        How many tasks were marked.
    """
    gone = Q(heard_at__lt=timezone.now() - SILENT_FOR)
    if worker:
        gone |= Q(worker=worker)
    left = list(TrackedTask.objects.filter(gone, state=TaskState.RUNNING).values_list("pk", "queued_as"))
    now = timezone.now()
    TrackedTask.objects.filter(pk__in=[pk for pk, _ in left], state=TaskState.RUNNING).update(
        state=TaskState.INTERRUPTED, message=INTERRUPTED, remedy="Try again.", ended_at=now
    )
    DBTaskResult.objects.filter(pk__in=[queued for _, queued in left], status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=now
    )
    return len(left)
