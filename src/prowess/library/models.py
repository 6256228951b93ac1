"""Tables of the library: a published version is a framework document stored whole, beside what is joined."""

import uuid
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


class FrameworkRules(models.Model):
    """Who may edit, approve and publish in a framework; where nobody is named, every talent lead may."""

    framework = models.OneToOneField(Framework, on_delete=models.CASCADE, related_name="rules")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    approvers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    publishers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    approver_is_no_author = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Rules of {self.framework}"


class DraftState(models.TextChoices):
    """Where a draft stands on its way to a published version."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


class CompetencyDraft(models.Model):
    """A competency being edited. One is open at most for each code; a published one stays as the record of its review.

    ``document`` is the sheet that is edited (see `prowess.library.drafts.sheet`), which may be incomplete.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="drafts")
    code = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    base = models.ForeignKey(CompetencyVersion, on_delete=models.PROTECT, null=True, related_name="+")
    published = models.ForeignKey(CompetencyVersion, on_delete=models.PROTECT, null=True, related_name="drafts")
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each edit.")
    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.DRAFT)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["framework", "code"], condition=~models.Q(state="published"), name="one_open_draft_a_code"
            ),
            models.CheckConstraint(condition=models.Q(state__in=DraftState.values), name="draft_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()})"


class DraftSave(models.Model):
    """A draft as it was at a revision: what changes of two people at once are compared with."""

    draft = models.ForeignKey(CompetencyDraft, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    document = models.JSONField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["draft", "revision"], name="one_save_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}, revision {self.revision}"


class DraftPresence(models.Model):
    """Who has a draft open, and when they were last heard of."""

    draft = models.ForeignKey(CompetencyDraft, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["draft", "user"], name="one_presence_a_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.draft_id}"


class DraftComment(models.Model):
    """What a reviewer says about a draft; ``part`` is a field of the sheet, or a field and a row's key."""

    draft = models.ForeignKey(CompetencyDraft, on_delete=models.CASCADE, related_name="comments")
    part = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=300, blank=True, help_text="The words that were commented on.")
    text = models.TextField(max_length=5000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class FrameworkEdition(models.Model):
    """A named set of versions, marked once and never changed; ``head`` is the framework's document without them."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    name = models.CharField(max_length=200)
    head = models.JSONField()
    marked_at = models.DateTimeField(auto_now_add=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-marked_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["framework", "name"], name="one_edition_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.framework}, {self.name}"


class EditionEntry(models.Model):
    """A version that an edition holds."""

    edition = models.ForeignKey(FrameworkEdition, on_delete=models.PROTECT, related_name="entries")
    version = models.ForeignKey(CompetencyVersion, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "version"], name="each_version_once_an_edition")
        ]

    def __str__(self) -> str:
        return str(self.version)
