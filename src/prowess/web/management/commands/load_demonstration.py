"""Load the demonstration organisation: the starter library, role profiles from its job descriptions, and sign-ins."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand

from prowess.library.actions import take_framework
from prowess.matching.job_text import read_job
from prowess.people.models import KindOfUser, User
from prowess.roles.actions import add_role, save_profile
from prowess.roles.models import Role
from prowess.starter import DEMONSTRATION_JOBS, load_library
from prowess.web.home import home

PEOPLE = (
    ("lead@harbour-vale.example", "Amara Okafor", KindOfUser.TALENT_LEAD),
    ("reader@harbour-vale.example", "Tomás Lindqvist", KindOfUser.EMPLOYEE),
    ("administrator@harbour-vale.example", "Ines Brandt", KindOfUser.ADMINISTRATOR),
)


class Command(BaseCommand):
    """Load the demonstration organisation; what is there already stays as it is."""

    help = "Load the demonstration organisation (safe to run again)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Load what is missing, and print how to sign in."""
        framework = take_framework(load_library("starter"), code="starter", actor=None)
        lead = self._people(password := _password())
        for job in sorted(DEMONSTRATION_JOBS.glob("*.txt")):
            if Role.objects.filter(job_file_name=job.name).exists():
                continue
            role = add_role(
                actor=lead,
                framework=framework,
                job=read_job(job.read_bytes(), name=job.name),
                job_file_name=job.name,
            )
            save_profile(role, actor=lead, revision=1)
        self.stdout.write(f"  {framework.title}: {framework.competencies.count()} competencies")
        self.stdout.write(f"  Harbour & Vale Services: {Role.objects.count()} roles")
        for email, _, kind in PEOPLE:
            self.stdout.write(f"  {kind.label}: {email}   password: {password}")

    def _people(self, password: str) -> User:
        for email, name, kind in PEOPLE:
            user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name, kind=kind)
            if not user.check_password(password):
                user.set_password(password)
                user.save()
        return User.objects.get(email=PEOPLE[0][0])


def _password() -> str:
    """The demonstration's own password: made once for each installation and kept beside its data."""
    file = home() / "demonstration-password"
    if not file.exists() or not file.read_text(encoding="ascii").strip():
        file.touch(mode=0o600)
        file.write_text(f"harbour-{secrets.token_hex(4)}\n", encoding="ascii")
    return file.read_text(encoding="ascii").strip()
