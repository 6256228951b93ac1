import os
import subprocess
import sys

import pytest

from prowess.framework.errors import Conflict, InputError, MissingCapability, NotAllowed, NotFound
from prowess.web.middleware import STATUS


def test_pages_carry_a_strict_content_security_policy(client, db):
    policy = client.get("/account/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_holds_inline_scripts_or_styles(charlie_browses, framework):
    for url in ("/", "/library/", "/roles/", "/roles/new/"):
        text = charlie_browses.get(url, follow=True).content.decode()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text


@pytest.mark.parametrize(
    ("error", "status"),
    [(InputError, 400), (NotAllowed, 403), (NotFound, 404), (Conflict, 409), (MissingCapability, 503)],
)
def test_each_kind_of_error_has_its_status(error, status):
    assert next(code for kind, code in STATUS.items() if issubclass(error, kind)) == status


def test_an_unknown_address_is_a_kind_page(charlie_browses):
    answer = charlie_browses.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_an_unknown_host_is_refused(client, db):
    assert client.get("/account/sign-in/", headers={"host": "evil.example"}).status_code == 400


def test_the_health_page_needs_no_sign_in(client, db):
    assert client.get("/healthz").content == b"ok"


def _in_production(code, tmp_path):
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PROWESS_", "DJANGO_", "DATABASE_"))}
    environment = {**keep, "PROWESS_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "prowess.web.settings"}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_the_deployment_check_is_clean_in_production_settings(tmp_path):
    code = (
        "import django; django.setup();"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    done = _in_production(code, tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    code = (
        "from django.conf import settings; print(settings.SECRET_KEY, settings.DEBUG, settings.SESSION_COOKIE_SECURE)"
    )
    first, second = (_in_production(code, tmp_path).stdout for _ in range(2))
    assert first == second
    assert first.split()[1:] == ["False", "True"]
    assert len(first.split()[0]) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_key_file_left_empty_by_an_interrupted_start_is_made_again(tmp_path):
    (tmp_path / "secret-key").write_text("")
    done = _in_production("from django.conf import settings; print(len(settings.SECRET_KEY))", tmp_path)
    assert int(done.stdout) >= 50


def test_migrations_say_what_the_models_say(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
