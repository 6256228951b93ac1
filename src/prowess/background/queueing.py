"""The decorator that makes a function a task of the queue: Django's own from 6.0 on, its backport before."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_tasks import task
else:
    try:
        from django.tasks import task
    except ImportError:
        from django_tasks import task

__all__ = ["task"]
