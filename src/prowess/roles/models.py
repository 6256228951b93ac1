"""Tables of roles and their profiles."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from prowess.framework import RoleProfile as ProfileDocument
from prowess.library.models import CompetencyVersion, Framework


class Role(models.Model):
    """A role of the organisation. The statements of its job description stand in its profiles."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=500)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="roles")
    job_file_name = models.CharField(max_length=255, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-changed_at"]),
            models.Index(fields=["title"]),
        ]

    def __str__(self) -> str:
        return self.title


class RoleProfile(models.Model):
    """A profile of a role. One draft at most is being edited; saved ones are numbered and never change."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="profiles")
    number = models.PositiveIntegerField(null=True, help_text="Null while it is a draft.")
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each edit of a draft.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["role", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["role", "number"], name="one_profile_a_number"),
            models.UniqueConstraint(fields=["role"], condition=models.Q(number__isnull=True), name="one_draft_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role.title}, {'draft' if self.number is None else f'profile {self.number}'}"

    def as_document(self) -> ProfileDocument:
        """The profile as a document."""
        return ProfileDocument.model_validate(self.document)


class ProfiledCompetency(models.Model):
    """A competency version that a saved profile uses: what “which roles use it” reads."""

    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="competencies")
    version = models.ForeignKey(CompetencyVersion, on_delete=models.PROTECT, related_name="profiled")
    importance = models.FloatField()
    target_level = models.IntegerField(null=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["profile", "position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["profile", "version"], name="each_version_once_a_profile"),
            models.CheckConstraint(
                condition=models.Q(importance__gte=0, importance__lte=1), name="importance_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)
