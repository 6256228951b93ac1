"""Users: who may sign in, and as what."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from prowess.people.organisation import Person, Position, Unit

__all__ = ["KindOfUser", "Person", "Position", "Unit", "User", "UserManager"]


class KindOfUser(models.TextChoices):
    """What a user comes to do."""

    ADMINISTRATOR = "administrator", "Administrator"
    TALENT_LEAD = "talent-lead", "Talent lead"
    ANALYST = "analyst", "Analyst"
    INTERVIEWER = "interviewer", "Interviewer"
    EMPLOYEE = "employee", "Employee"


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address, a name and a kind."""

    def create_user(self, email: str, *, name: str, kind: KindOfUser, password: str | None = None) -> "User":
        """Make a user; without a password nobody can sign in as them."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, kind=kind)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses are compared without regard to case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in with an e-mail address."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=KindOfUser.choices, default=KindOfUser.EMPLOYEE)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(kind__in=KindOfUser.values), name="user_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_talent_lead(self) -> bool:
        """Whether this user curates the library and builds role profiles."""
        return self.is_active and self.kind == KindOfUser.TALENT_LEAD

    @property
    def may_read_audit_trail(self) -> bool:
        """Whether this user looks after the installation and may see who did what."""
        return self.is_active and self.kind == KindOfUser.ADMINISTRATOR

    @property
    def initials(self) -> str:
        """One or two letters for the corner of the page."""
        words = self.name.split() or [self.email]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
