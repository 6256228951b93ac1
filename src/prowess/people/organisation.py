"""The organisation: units, persons and the positions they hold."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

UNIT_SEPARATOR = " > "


class Unit(models.Model):
    """A part of the organisation. Its path names every unit above it, so that a whole branch is one comparison."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=800, unique=True, help_text="Names from the top, such as “Port > Berths”.")

    class Meta:
        ordering: ClassVar[list[str]] = ["path"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(path=""), name="unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.path


class Person(models.Model):
    """Somebody who works, or worked, in the organisation; with or without a user to sign in as."""

    external_id = models.CharField(max_length=100, unique=True, help_text="Number in the organisation's own system.")
    name = models.CharField(max_length=200, db_index=True)
    email = models.EmailField(blank=True, db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    left_on = models.DateField(null=True, blank=True, db_index=True, help_text="The first day without them.")

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(external_id="") & ~Q(name=""), name="person_has_an_id_and_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A person in a job in a unit for a time. Rows end and new ones begin; they are never overwritten."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    job = models.CharField(max_length=200, blank=True, help_text="The job's title in the organisation's own system.")
    manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="positions_managed"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "until"]),
            models.Index(fields=["manager", "until"]),
            models.Index(fields=["unit", "until"]),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="position_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(manager__isnull=True) | ~Q(manager=F("person")), name="nobody_manages_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.job or 'no job named'}, {self.unit}"


def held_on(day: date, *, prefix: str = "") -> Q:
    """The condition that a position is held on a day; ``prefix`` leads to the position (``positions__``)."""
    ends = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    return Q(**{f"{prefix}since__lte": day}) & ends
