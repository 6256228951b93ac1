"""A real OpenID Connect provider in a process of its own: allauth's, with one person and one client.

    python tests/sign_in/openid_provider.py FOLDER PORT REDIRECT_ADDRESS EMAIL

Prints "ready" once it serves.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.urls import include, path

CLIENT, SECRET, PASSWORD = "prowess", "a secret between the two", "the person's password there"


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def configure(folder: Path) -> None:
    """Django's settings for the provider alone."""
    settings.configure(
        SECRET_KEY="only for a test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        IDP_OIDC_PRIVATE_KEY=_private_key(),
        SESSION_COOKIE_NAME="provider",
        CSRF_COOKIE_NAME="provider-csrf",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()


def people_and_client(*, email: str, redirect: str) -> None:
    """The one person who has an account there, and Prowess as the client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_user("person", email=email, password=PASSWORD, first_name="Priya")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    client = Client(id=CLIENT, name="Prowess", scopes="openid\nprofile\nemail", redirect_uris=redirect)
    client.set_secret(SECRET)
    client.save()


urlpatterns: list[object] = []

if __name__ == "__main__":
    configure(Path(sys.argv[1]))
    urlpatterns += [path("accounts/", include("allauth.urls")), path("", include("allauth.idp.urls"))]
    people_and_client(redirect=sys.argv[3], email=sys.argv[4])
    from django.core.handlers.wsgi import WSGIHandler

    with make_server("127.0.0.1", int(sys.argv[2]), WSGIHandler()) as server:
        print("ready", flush=True)
        server.serve_forever()
