"""Tables of imports that are under way; what was uploaded and read is kept only as long as the import is open."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from prowess.background.models import TrackedTask
from prowess.library.models import Framework


class ImportState(models.TextChoices):
    """Where an import stands."""

    READING = "reading", "Being read"
    OPEN = "open", "Being looked at"
    IMPORTING = "importing", "Being imported"
    IMPORTED = "imported", "Imported"


class Import(models.Model):
    """A source on its way into the library.

    ``corrections`` are what its owner changed of the reading, one list for each time; ``settings`` what they set for
    the framework as a whole; ``left_out`` and ``retired`` what they chose in the comparison. ``revision`` grows with
    each change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200, help_text="As it was uploaded, less its folders.")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    format = models.CharField(max_length=60, blank=True, help_text="The file format; empty until it is known.")
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.READING)
    task = models.ForeignKey(TrackedTask, on_delete=models.SET_NULL, null=True, related_name="+")
    target = models.ForeignKey(Framework, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    publish = models.BooleanField(default=False, help_text="Into published versions, not drafts.")
    keep_missing_parts = models.BooleanField(default=True, help_text="Parts that the source lacks stay.")
    corrections = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    left_out = models.JSONField(default=list, help_text="Codes that are not taken.")
    retired = models.JSONField(default=dict, help_text="Codes that are retired, each with its successor.")
    revision = models.PositiveIntegerField(default=1)
    outcome = models.JSONField(default=dict, help_text="What was imported, once it is.")
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportReading(models.Model):
    """What was read of a source: the reading as a document and, for a dictionary on paper, its lines.

    ``understood`` and ``document`` are as corrected so far; ``original`` is what the reader understood by itself.
    """

    of = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="reading")
    document = models.JSONField()
    understood = models.JSONField(null=True, help_text="The lines and what they were taken for; null without lines.")
    original = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"Reading of {self.of_id}"
