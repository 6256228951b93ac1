"""Second factors: authenticator apps, recovery codes, passkeys; required where the organisation says so."""

import re

import pytest
from allauth.mfa.models import Authenticator

from prowess.framework.errors import NotFound
from prowess.people.models import KindOfUser
from prowess.sign_in import actions, queries
from prowess.sign_in.models import SecondFactorRule
from tests.cast import PASSWORD

RULES = "/account/rules/"


def activate(client, code_of) -> str:
    """Set up an authenticator app as its owner does; returns its secret."""
    assert "/account/confirm/" in client.get("/account/second-factor/totp/activate/")["Location"]
    client.post("/account/confirm/", {"password": PASSWORD})
    page = client.get("/account/second-factor/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/account/second-factor/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_after_the_password_the_code_is_asked_for(client, cast, code_of, sign_in_by_form):
    sign_in_by_form(client, cast.charlie)
    secret = activate(client, code_of)
    client.post("/account/sign-out/")
    answer = sign_in_by_form(client, cast.charlie)
    assert answer["Location"].endswith("/second-factor/authenticate/")
    assert client.get("/library/").status_code == 302, "the password alone lets nobody in"
    client.post(answer["Location"], {"code": code_of(secret)})
    assert client.get("/library/").status_code == 200


def test_a_wrong_code_lets_nobody_in(client, cast, code_of, sign_in_by_form):
    sign_in_by_form(client, cast.charlie)
    secret = activate(client, code_of)
    client.post("/account/sign-out/")
    sign_in_by_form(client, cast.charlie)
    wrong = str((int(code_of(secret)) + 1) % 1_000_000).zfill(6)
    answer = client.post("/account/second-factor/authenticate/", {"code": wrong})
    assert b"Incorrect code" in answer.content
    assert client.get("/library/").status_code == 302


def test_each_recovery_code_lets_in_once(client, cast, code_of, sign_in_by_form):
    sign_in_by_form(client, cast.charlie)
    activate(client, code_of)
    code = client.get("/account/second-factor/recovery-codes/").context["unused_codes"][0]
    for let_in in (True, False):
        client.post("/account/sign-out/")
        sign_in_by_form(client, cast.charlie)
        client.post("/account/second-factor/authenticate/", {"code": code})
        assert (client.get("/library/").status_code == 200) is let_in


def test_the_secret_is_encrypted_in_the_database(client, cast, code_of, sign_in_by_form):
    sign_in_by_form(client, cast.charlie)
    secret = activate(client, code_of)
    for kept in Authenticator.objects.values_list("data", flat=True):
        assert secret not in str(kept)


def test_who_must_have_a_second_factor_sees_nothing_else_until_it_is_there(
    client, cast, ada, code_of, sign_in_by_form, framework
):
    actions.require_second_factor([KindOfUser.TALENT_LEAD], actor=ada)
    sign_in_by_form(client, cast.charlie)
    for page in ("/", "/library/", "/library/harbour-vale/", "/roles/", RULES):
        answer = client.get(page)
        assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/")
    assert client.get("/library/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/second-factor/"
    assert "asks for a second factor" in client.get("/account/second-factor/").content.decode()
    activate(client, code_of)
    assert client.get("/library/harbour-vale/").status_code == 200


def test_others_go_on_without(client, cast, ada, sign_in_by_form):
    actions.require_second_factor([KindOfUser.TALENT_LEAD], actor=ada)
    sign_in_by_form(client, cast.rosa)
    assert client.get("/library/").status_code == 200


def test_a_required_factor_cannot_be_taken_away(client, cast, ada, code_of, sign_in_by_form):
    actions.require_second_factor([KindOfUser.TALENT_LEAD], actor=ada)
    sign_in_by_form(client, cast.charlie)
    activate(client, code_of)
    client.post("/account/second-factor/totp/deactivate/")
    assert not queries.lacks_second_factor(cast.charlie)
    actions.require_second_factor([], actor=ada)
    client.post("/account/second-factor/totp/deactivate/")
    assert not Authenticator.objects.filter(user=cast.charlie, type=Authenticator.Type.TOTP).exists()


def test_only_administrators_set_the_rules(client, cast, ada):
    client.force_login(cast.charlie)
    assert client.get(RULES).status_code == 404
    assert client.post(RULES, {"kinds": ["talent-lead"]}).status_code == 404
    with pytest.raises(NotFound):
        actions.require_second_factor([KindOfUser.TALENT_LEAD], actor=cast.charlie)
    assert not SecondFactorRule.objects.exists()
    client.force_login(ada)
    assert client.post(RULES, {"kinds": ["talent-lead"]}).status_code == 302
    assert [rule.kind for rule in SecondFactorRule.objects.all()] == ["talent-lead"]
    assert client.post(RULES, {"kinds": ["nonsense"]}).status_code == 200
    assert [rule.kind for rule in SecondFactorRule.objects.all()] == ["talent-lead"]


def test_signing_in_with_an_authenticator_app(page, live_server, cast, code_of, axe, fits_the_screen):
    """Set it up from the menu, sign out, sign in with password and code."""
    page.goto("/account/sign-in/")
    page.locator("[name=login]").fill(cast.charlie.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name=re.compile("account of")).click()
    page.get_by_role("link", name="Second factor").click()
    axe(page)
    page.get_by_role("link", name="Activate").click()
    axe(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    axe(page)
    page.reload()  # axe looked at a page of its own, and each makes a new secret
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_url(re.compile("recovery-codes"))
    axe(page)
    page.get_by_role("button", name=re.compile("account of")).click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/account/sign-in/"))
    page.goto("/account/sign-in/")
    page.locator("[name=login]").fill(cast.charlie.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.set_viewport_size({"width": 390, "height": 844})
    fits_the_screen(page)
    axe(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign In", exact=True).click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.url.rstrip("/") == live_server.url


def test_signing_in_with_a_passkey(page, live_server, cast, axe):
    """Chromium's own virtual authenticator stands for the device."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/account/sign-in/")
    page.locator("[name=login]").fill(cast.charlie.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(live_server.url + "/")
    page.goto("/account/second-factor/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    axe(page)
    page.reload()  # axe looked at a page of its own, and each makes a new secret
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(re.compile("/second-factor/(webauthn|recovery-codes)/?"))
    page.get_by_role("button", name=re.compile("account of")).click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/account/sign-in/"))
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live_server.url + "/")
    page.get_by_role("button", name=re.compile("account of Charlie")).wait_for()
