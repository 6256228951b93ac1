import pytest
from django.test import Client

from prowess.library.drafts import actions
from prowess.people.models import KindOfUser, User


@pytest.fixture
def vera(cast):
    """A second talent lead, who reviews."""
    return User.objects.create_user(
        "vera@harbour-vale.example", name="Vera Szabo", kind=KindOfUser.TALENT_LEAD, password="a quiet harbour 41"
    )


@pytest.fixture
def vera_browses(vera):
    client = Client()
    client.force_login(vera)
    return client


@pytest.fixture
def competency(framework):
    return framework.competencies.get(code="customer-care")


@pytest.fixture
def draft(competency, cast):
    return actions.edit_competency(competency, actor=cast.charlie)
