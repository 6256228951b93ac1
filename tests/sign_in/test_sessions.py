"""Sessions: listed, ended one by one or all others, ended by a new password."""

import re

from django.test import Client

from tests.cast import PASSWORD

SESSIONS = "/account/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(user, user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    assert client.get("/library/").status_code == 200
    return client


def test_sessions_are_listed_with_browser_and_place(cast):
    phone, desk = signed_in(cast.charlie, PHONE), signed_in(cast.charlie, DESK)
    page = desk.get(SESSIONS).content.decode()
    assert "Safari on iPhone" in page
    assert "Firefox on Linux" in page
    assert page.count("This session") == 1
    assert phone.get(SESSIONS).status_code == 200


def test_one_session_is_ended(cast):
    phone, desk = signed_in(cast.charlie, PHONE), signed_in(cast.charlie, DESK)
    listed = desk.get(SESSIONS).context["sessions"]
    desk.post(SESSIONS, {"session": next(each.pk for each in listed if not each.current)})
    assert phone.get("/library/").status_code == 302
    assert desk.get("/library/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(cast):
    charlie, rosa = signed_in(cast.charlie, DESK), signed_in(cast.rosa, PHONE)
    hers = rosa.get(SESSIONS).context["sessions"][0].pk
    assert charlie.post(SESSIONS, {"session": hers}).status_code == 404
    assert charlie.post(SESSIONS, {"session": "nonsense"}).status_code == 404
    assert rosa.get("/library/").status_code == 200


def test_all_other_sessions_are_ended(cast):
    phone, tablet, desk = (signed_in(cast.charlie, DESK) for _ in range(3))
    answer = desk.post(SESSIONS, {"others": "1"}, follow=True)
    assert "2 other sessions ended" in answer.content.decode()
    assert [each.get("/library/").status_code for each in (phone, tablet, desk)] == [302, 302, 200]


def test_a_new_password_ends_the_other_sessions(cast):
    phone, desk = signed_in(cast.charlie, PHONE), signed_in(cast.charlie, DESK)
    new = "correct horse battery"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post("/account/password/", said).status_code == 302
    assert phone.get("/library/").status_code == 302
    assert desk.get("/library/").status_code == 200


def test_revoking_a_session_in_the_browser(open_page, sign_in, cast, axe, fits_the_screen):
    phone, desk = open_page(width=390, height=844), open_page()
    for window in (phone, desk):
        window.goto("/account/sign-in/")
        window.locator("[name=login]").fill(cast.charlie.email)
        window.get_by_label("Password").fill(PASSWORD)
        window.get_by_role("button", name="Sign in", exact=True).click()
        window.get_by_role("button", name=re.compile("account of")).wait_for()
    phone.goto(SESSIONS)
    fits_the_screen(phone)
    desk.goto(SESSIONS)
    axe(desk)
    desk.get_by_role("button", name=re.compile("End the session of")).click()
    desk.get_by_text("The session is ended.").wait_for()
    phone.goto("/library/")
    assert "/account/sign-in/" in phone.url
