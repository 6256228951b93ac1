"""Tables of the library: a published version is a framework document stored whole, beside what is joined."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from prowess.framework import Competency as CompetencyDocument
from prowess.framework.errors import Conflict


class Framework(models.Model):
    """A framework that the organisation uses; ``head`` is its document without the competencies."""

    code = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=500)
    edition = models.CharField(max_length=200, blank=True)
    head = models.JSONField()
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change; caches are keyed by it.")
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["title"]

    def __str__(self) -> str:
        return self.title


class Competency(models.Model):
    """A competency of a framework, through all its versions."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="competencies")
    code = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    cluster = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(help_text="Order inside the framework.")
    current = models.ForeignKey(
        "CompetencyVersion", on_delete=models.PROTECT, null=True, related_name="+", help_text="What readers see."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_competency_a_code"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["framework", "cluster", "position"])]

    def __str__(self) -> str:
        return self.title


class CompetencyVersion(models.Model):
    """A published version: never changed, never deleted."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["competency", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["competency", "number"], name="one_version_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.document.get('title', '')}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version; a stored one stays as it is."""
        if self.pk is not None:
            raise Conflict("A published version never changes.", remedy="Publish a new version instead.")
        super().save(*args, **kwargs)

    def as_document(self) -> CompetencyDocument:
        """The version as a framework document."""
        return CompetencyDocument.model_validate(self.document)
