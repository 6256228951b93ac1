"""The tables of the audit trail.

Events hold numbers and names of kinds, never words about people: those stand in the details, of which the event keeps
only a salted digest. So the details about a person can be erased while the chain still proves every event.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One thing that happened. Rows are only ever added; the database refuses anything else."""

    number = models.PositiveBigIntegerField(primary_key=True, help_text="Without gaps, from 1.")
    at = models.DateTimeField(default=timezone.now)
    actor = models.BigIntegerField(null=True, help_text="Number of the user who did it; empty for the system itself.")
    as_whom = models.BigIntegerField(null=True, help_text="Number of the user in whose name, where that is another.")
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=100, blank=True)
    details_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["verb", "number"]),
            models.Index(fields=["actor", "number"]),
            models.Index(fields=["object_kind", "object_id", "number"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb} {self.object_kind} {self.object_id}".rstrip()


class EventDetails(models.Model):
    """What an event was about in words: the object's title, values before and after. Erasable, never changeable."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="details")
    salt = models.CharField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"details of event {self.event_id}"
