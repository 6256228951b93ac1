import re

import pytest
from django.urls import reverse

from prowess.framework.errors import Conflict, InputError
from prowess.people.actions import add_user
from prowess.people.models import KindOfUser, User
from tests.cast import PASSWORD

SIGN_IN = "/account/sign-in/"


def test_somebody_signs_in_with_address_and_password(client, cast):
    answer = client.post(SIGN_IN, {"login": "CHARLIE@harbour-vale.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert "Charlie Okafor" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("login", "password"),
    [("charlie@harbour-vale.example", "wrong"), ("nobody@harbour-vale.example", PASSWORD), ("", "")],
)
def test_a_wrong_sign_in_is_told_without_saying_which_half_is_wrong(client, cast, login, password):
    answer = client.post(SIGN_IN, {"login": login, "password": password})
    assert answer.status_code == 200
    assert client.get("/").status_code == 302


def test_who_has_left_does_not_come_in(client, cast):
    client.post(SIGN_IN, {"login": "nadia@harbour-vale.example", "password": PASSWORD})
    assert client.get("/").status_code == 302


def test_guessing_is_slowed_down(client, cast):
    answers = [client.post(SIGN_IN, {"login": "charlie@harbour-vale.example", "password": str(n)}) for n in range(12)]
    assert any(answer.status_code == 429 or b"Too many" in answer.content for answer in answers)


def test_nobody_makes_an_account_of_their_own(client, db):
    answer = client.post(
        "/account/sign-up/", {"email": "x@harbour-vale.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "made for you" in answer.content.decode()
    assert not User.objects.exists()


def test_signing_out_needs_a_deliberate_press(charlie_browses):
    assert charlie_browses.get("/account/sign-out/").status_code == 200
    assert charlie_browses.get("/").status_code == 200
    charlie_browses.post("/account/sign-out/")
    assert charlie_browses.get("/").status_code == 302


def test_a_forgotten_password_is_set_anew_through_a_link(client, cast, mailoutbox):
    client.post("/account/password/forgotten/", {"email": "rosa@harbour-vale.example"})
    link = re.search(r"/account/password/new/[^\s]+", mailoutbox[0].body)
    assert link
    page = client.get(link.group(), follow=True)
    url = page.redirect_chain[-1][0] if page.redirect_chain else link.group()
    client.post(url, {"password1": "a louder harbour 42", "password2": "a louder harbour 42"})
    cast.rosa.refresh_from_db()
    assert cast.rosa.check_password("a louder harbour 42")


def test_the_link_for_an_unknown_address_tells_nothing(client, cast, mailoutbox):
    known = client.post("/account/password/forgotten/", {"email": "rosa@harbour-vale.example"}, follow=True)
    unknown = client.post("/account/password/forgotten/", {"email": "who@harbour-vale.example"}, follow=True)
    strip = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"')
    assert strip.sub(b"", known.content) == strip.sub(b"", unknown.content)


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("no address", PASSWORD, "valid email"),
        ("x@y.example", "short", "too short"),
        ("x@y.example", "password1234", "common"),
    ],
)
def test_a_user_needs_an_address_and_a_strong_password(db, email, password, says):
    with pytest.raises(InputError, match=says):
        add_user(email=email, name="X", kind=KindOfUser.EMPLOYEE, password=password)


def test_an_address_is_taken_once_whatever_its_case(cast):
    with pytest.raises(Conflict):
        add_user(email="Rosa@Harbour-Vale.example", name="R", kind=KindOfUser.EMPLOYEE, password="a third harbour 43")


def test_the_password_is_changed(charlie_browses, cast):
    new = "a louder harbour 42"
    charlie_browses.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    cast.charlie.refresh_from_db()
    assert cast.charlie.check_password(new)
