"""Single sign-on against real providers: allauth's OpenID Connect provider and pysaml2's SAML identity provider."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp

from prowess.framework.errors import NotFound
from prowess.people.models import KindOfUser, User
from prowess.sign_in import actions, queries
from tests.sign_in import openid_provider
from tests.sign_in.saml_provider import SamlProvider

PRIYA = "priya@harbour-vale.example"


def set_up(protocol: str, *, domains=("harbour-vale.example",), makes_users=False, **rest) -> actions.ProviderSetUp:
    said = {"slug": "harbour-id", "name": "Harbour ID", "client_id": "", "secret": "", "settings": {}} | rest
    return actions.ProviderSetUp(protocol, domains=domains, makes_users=makes_users, **said)


@pytest.fixture
def openid(ada, live_server, tmp_path) -> Iterator[SocialApp]:
    """An OpenID Connect provider that runs, set up in Prowess; Priya has an account there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    redirect = f"{live_server.url}/account/oidc/harbour-id/login/callback/"
    script = Path(openid_provider.__file__)
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path), str(port), redirect, PRIYA], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        settings = {"server_url": f"http://127.0.0.1:{port}", "oauth_pkce_enabled": True}
        yield actions.set_up_provider(
            set_up("openid_connect", client_id=openid_provider.CLIENT, secret=openid_provider.SECRET,
                   settings=settings, makes_users=True),
            actor=ada,
        )  # fmt: skip
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def window(browser, live_server):
    """A browser window that may leave for the provider; no content security policy may be broken."""
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(10_000)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert refused == []


def come_in(page) -> None:
    page.goto("/account/sign-in/?next=/library/")
    page.get_by_role("button", name="Sign in with Harbour ID").click()
    page.wait_for_url(re.compile("127.0.0.1"))
    page.locator("input[name=login]").fill(PRIYA)
    page.locator("input[name=password]").fill(openid_provider.PASSWORD)
    page.locator("button[type=submit]").first.click()
    page.get_by_role("button", name=re.compile("Grant|Authorize|Allow|Confirm", re.IGNORECASE)).first.click()


@pytest.mark.slow
def test_somebody_whom_the_provider_knows_comes_in_and_is_made_a_user(window, openid, live_server):
    come_in(window)
    window.wait_for_url(live_server.url + "/library/")
    user = User.objects.get(email=PRIYA)
    assert user.kind == KindOfUser.EMPLOYEE
    assert SocialAccount.objects.get(user=user).provider == "harbour-id"
    assert not user.has_usable_password()


@pytest.mark.slow
def test_somebody_who_has_an_account_comes_in_as_that_user(window, openid, live_server):
    priya = User.objects.create_user(PRIYA, name="Priya", kind=KindOfUser.TALENT_LEAD)
    come_in(window)
    window.wait_for_url(live_server.url + "/library/")
    assert SocialAccount.objects.get().user == priya
    assert User.objects.get(email=PRIYA).kind == KindOfUser.TALENT_LEAD


@pytest.mark.slow
def test_somebody_who_has_left_does_not_come_in(window, openid, live_server):
    priya = User.objects.create_user(PRIYA, name="Priya", kind=KindOfUser.TALENT_LEAD)
    priya.is_active = False
    priya.save()
    come_in(window)
    window.get_by_role("heading", name="You are not signed in").wait_for()
    window.goto("/library/")
    assert "/account/sign-in/" in window.url


def test_a_provider_vouches_for_its_own_domains_only(cast, ada):
    app = actions.set_up_provider(set_up("openid_connect", domains=("elsewhere.example",), makes_users=True), actor=ada)
    for email in (
        cast.charlie.email,
        "somebody@sub.elsewhere.example",
        "x@elsewhere.example.evil",
        "",
        "elsewhere.example",
    ):
        with pytest.raises(actions.NotAllowed):
            actions.user_vouched_for(email=email, name="Somebody", app=app)
    assert actions.user_vouched_for(email="New@Elsewhere.example", name="New", app=app).email == "new@elsewhere.example"


def test_who_is_not_known_is_told(cast, ada):
    app = actions.set_up_provider(set_up("openid_connect"), actor=ada)
    with pytest.raises(actions.NotAllowed, match="Nobody here signs in with"):
        actions.user_vouched_for(email=PRIYA, name="Priya", app=app)


def test_the_clients_secret_is_encrypted_in_the_database(ada):
    app = actions.set_up_provider(set_up("openid_connect", client_id="prowess", secret="open sesame"), actor=ada)
    assert "open sesame" not in SocialApp.objects.get(pk=app.pk).secret
    kept = app.secret
    again = actions.set_up_provider(set_up("openid_connect", client_id="prowess"), actor=ada, pk=app.pk)
    assert again.secret == kept, "an empty secret keeps the old one"


def test_only_administrators_see_and_set_up_providers(client, cast, ada):
    app = actions.set_up_provider(set_up("openid_connect"), actor=ada)
    client.force_login(cast.charlie)
    for page in ("/account/rules/", f"/account/rules/providers/{app.pk}/", "/account/rules/providers/new/saml/"):
        assert client.get(page).status_code == 404
    assert client.post(f"/account/rules/providers/{app.pk}/remove/").status_code == 404
    with pytest.raises(NotFound):
        actions.remove_provider(app.pk, actor=cast.charlie)
    assert queries.providers().count() == 1


OPENID_FORM = {
    "name": "Harbour ID", "slug": "harbour-id", "domains": "harbour-vale.example, harbour.example",
    "server_url": "https://id.harbour-vale.example", "client_id": "prowess", "secret": "open sesame",
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("domains", "harbour vale", "Give a domain"),
        ("domains", "", "required"),
        ("server_url", "http://id.harbour-vale.example", "https://"),
        ("server_url", "no address", "valid URL"),
        ("slug", "not a slug!", "valid"),
    ],
)
def test_what_is_wrong_with_a_provider_is_told_by_its_field(client, ada, field, value, said):
    client.force_login(ada)
    answer = client.post("/account/rules/providers/new/openid_connect/", OPENID_FORM | {field: value})
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])
    assert not SocialApp.objects.exists()


def test_setting_up_a_provider_in_the_browser(page, sign_in, ada, axe, fits_the_screen):
    sign_in(page, ada)
    page.goto("/account/rules/")
    axe(page)
    page.get_by_role("link", name="OpenID Connect").click()
    axe(page)
    for label, value in (("Name on the sign-in page", "Harbour ID"), ("Short name", "harbour-id"),
                         ("Vouches for", "harbour-vale.example"), ("Issuer", "https://id.harbour-vale.example"),
                         ("Client ID", "prowess"), ("Client secret", "open sesame")):  # fmt: skip
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Harbour ID").click()
    page.get_by_text("/account/oidc/harbour-id/login/callback/").wait_for()
    assert page.get_by_label("Client secret").input_value() == ""
    page.set_viewport_size({"width": 390, "height": 844})
    fits_the_screen(page)
    page.get_by_role("button", name="Remove Harbour ID").click()
    page.get_by_text("Nobody signs in with another account yet").wait_for()


# SAML ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def saml_provider(tmp_path_factory) -> SamlProvider:
    """An identity provider with a key of its own."""
    return SamlProvider(tmp_path_factory.mktemp("saml"))


@pytest.fixture
def saml(client, ada, saml_provider) -> SocialApp:
    """The SAML provider, set up by pasting its metadata."""
    client.defaults["HTTP_HOST"] = "localhost"  # the library reads the header itself
    client.force_login(ada)
    form = {"name": "Harbour SAML", "slug": "harbour", "domains": "harbour-vale.example",
            "metadata": saml_provider.metadata()}  # fmt: skip
    answer = client.post("/account/rules/providers/new/saml/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    client.logout()
    return SocialApp.objects.get(provider="saml")


def saml_answer(client, saml_provider, app, *, email: str) -> dict[str, str]:
    """Go to the provider as a browser does, and come back with its signed answer."""
    away = client.post(f"/account/with/{app.pk}/", {"next": "/library/"})
    metadata = client.get("/account/saml/harbour/metadata/").content.decode()
    return saml_provider.answer(away.context["address"], service=metadata, email=email)


def test_a_signed_saml_answer_lets_the_right_user_in(client, cast, saml, saml_provider):
    form = saml_answer(client, saml_provider, saml, email=cast.charlie.email)
    answer = client.post("/account/saml/harbour/acs/", form, follow=True)
    assert answer.redirect_chain[-1][0] == "/library/"
    assert answer.wsgi_request.user == cast.charlie


def test_a_changed_saml_answer_lets_nobody_in(client, cast, saml, saml_provider):
    import base64

    form = saml_answer(client, saml_provider, saml, email=cast.rosa.email)
    plain = base64.b64decode(form["SAMLResponse"]).replace(cast.rosa.email.encode(), cast.charlie.email.encode())
    form["SAMLResponse"] = base64.b64encode(plain).decode()
    answer = client.post("/account/saml/harbour/acs/", form, follow=True)
    assert not answer.wsgi_request.user.is_authenticated
    assert "You are not signed in" in answer.content.decode()


def test_a_saml_answer_counts_once_and_only_where_it_was_asked_for(client, cast, saml, saml_provider):
    from django.test import Client

    form = saml_answer(client, saml_provider, saml, email=cast.charlie.email)
    thief = Client(headers={"host": "localhost"})
    assert not thief.post("/account/saml/harbour/acs/", form, follow=True).wsgi_request.user.is_authenticated
    client.post("/account/saml/harbour/acs/", form, follow=True)
    client.post("/account/sign-out/")
    again = client.post("/account/saml/harbour/acs/", form, follow=True)
    assert not again.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("text", ["", "no xml", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_is_no_metadata_is_told(client, ada, text):
    client.force_login(ada)
    form = {"name": "X", "slug": "x", "domains": "x.example", "metadata": text}
    answer = client.post("/account/rules/providers/new/saml/", form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["metadata"]
