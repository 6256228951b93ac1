"""Tasks that a worker does: what, whose, how far, and how it ended."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class TaskState(models.TextChoices):
    """Where a task stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    INTERRUPTED = "interrupted", "Interrupted"


class TrackedTask(models.Model):
    """A task with its progress; the queue's own record (``queued_as``) holds what the worker needs to run it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300, help_text="What is done, for people.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=TaskState.choices, default=TaskState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text="Steps in all; 0 while they are not known.")
    message = models.TextField(blank=True, help_text="How it ended, in a sentence.")
    remedy = models.TextField(blank=True)
    queued_as = models.UUIDField(null=True)
    worker = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(null=True, help_text="When its worker last gave a sign of life.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(state__in=TaskState.values), name="task_state_is_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "heard_at"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()})"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (TaskState.WAITING, TaskState.RUNNING)

    @property
    def percentage(self) -> int | None:
        """How much is done; None while that is not known."""
        return min(100, round(100 * self.done / self.total)) if self.total else None
