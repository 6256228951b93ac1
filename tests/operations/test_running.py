"""Health, metrics, logs, soundness."""

import json
import logging

import pytest
from django.test import Client

from prowess.operations.soundness import Judgement, findings
from prowess.people.models import KindOfUser, User
from tests.cli.running import prowess


def test_it_says_that_it_is_healthy(client, db):
    assert client.get("/healthz").content == b"ok"


def test_metrics_name_routes_never_things(client, cast, framework):
    client.force_login(cast.rosa)
    client.get("/library/harbour-vale/customer-care/")
    client.get("/library/nothing-like-it/")
    text = client.get("/metrics").content.decode()
    assert 'method="GET",route="library/' in text
    assert "customer-care" not in text
    assert 'prowess_users{kind="talent-lead"} 1.0' in text


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({}, "", 200),
        ({"X-Forwarded-For": "127.0.0.1"}, "", 404),
        ({}, "a token", 404),
        ({"Authorization": "Bearer wrong"}, "a token", 404),
        ({"Authorization": "Bearer a token"}, "a token", 200),
    ],
)
def test_metrics_are_for_this_machine_or_the_token(db, settings, headers, token, status):
    settings.METRICS_TOKEN = token
    assert Client(headers=headers).get("/metrics").status_code == status


def test_metrics_are_not_for_other_machines(db):
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics").status_code == 404


def test_requests_are_logged_by_route_without_what_was_asked(client, cast, framework, caplog):
    client.force_login(cast.rosa)
    with caplog.at_level(logging.INFO, logger="prowess.requests"):
        answer = client.get("/library/harbour-vale/search?q=secret+words", headers={"X-Request-ID": "abcdef0123456789"})
    entry = next(record for record in caplog.records if record.name == "prowess.requests")
    assert (entry.status, entry.user, entry.request) == (200, cast.rosa.pk, "abcdef0123456789")
    assert answer["X-Request-ID"] == "abcdef0123456789"
    assert "secret" not in entry.getMessage()


def test_a_forged_request_number_is_not_taken_over(client, db):
    assert client.get("/healthz", headers={"X-Request-ID": "a\tb c"})["X-Request-ID"] != "a\tb c"


def test_soundness_finds_what_is_missing(cast):
    about = {finding.about: finding for finding in findings()}
    assert about["people"].judgement is Judgement.WARNING
    assert about["audit trail"].judgement is Judgement.GOOD
    User.objects.create_user("ada@harbour-vale.example", name="Ada", kind=KindOfUser.ADMINISTRATOR)
    assert {finding.about: finding for finding in findings()}["people"].judgement is Judgement.GOOD


@pytest.mark.slow
def test_check_answers_on_a_machine_where_nothing_is_set_up(tmp_path):
    done = prowess("check", "--json", home=tmp_path)
    assert done.returncode == 1
    assert "fault" in {finding["judgement"] for finding in json.loads(done.stdout)}
    assert "Traceback" not in done.stderr
