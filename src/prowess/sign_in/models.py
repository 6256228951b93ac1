"""What the organisation asks of those who sign in. Providers, second factors and sessions are allauth's tables."""

from typing import Any, ClassVar

from django.db import models

from prowess.people.models import KindOfUser


class SecondFactorRule(models.Model):
    """A kind of user who must have a second factor. A kind without a rule may have one."""

    kind = models.CharField("kind of user", max_length=20, choices=KindOfUser.choices, unique=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~models.Q(kind=""), name="second_factor_rule_names_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: second factor required"
