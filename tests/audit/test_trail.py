"""The audit trail: written with the change, append-only, chained, searchable; every action is in it."""

import csv
import importlib
import inspect
import io
import pkgutil

import pytest
from django.db import DatabaseError, connection, transaction

import prowess
from prowess.audit import queries
from prowess.audit.actions import audited, describe, erase_details, record
from prowess.audit.models import Event, EventDetails
from prowess.audit.verbs import Concern, Verb, register
from prowess.framework.errors import Conflict, InputError
from prowess.people.models import KindOfUser, User

TRY = register("try-something", "tried something", concern=Concern.RULES)


@pytest.fixture
def ada(cast) -> User:
    return User.objects.create_user("ada@harbour-vale.example", name="Ada Brandt", kind=KindOfUser.ADMINISTRATOR)


def test_an_event_says_who_did_what_to_what(cast, role):
    record(TRY, actor=cast.charlie, about=role, details={"before": 1, "after": 2})
    event = queries.told(list(queries.events(queries.Search(verb="try-something"))))[0]
    assert (event.who, event.words, event.title) == ("Charlie Okafor", "tried something", str(role))
    assert event.details == {"before": 1, "after": 2}


def test_numbers_have_no_gaps_and_the_chain_holds(cast):
    for _ in range(5):
        record(TRY, actor=cast.charlie, details={"at": Event.objects.count()})
    assert [event.number for event in Event.objects.all()] == list(range(1, Event.objects.count() + 1))
    assert queries.verify().sound


def test_an_event_stands_only_if_its_change_does(cast):
    @audited(TRY)
    def fails(*, actor):
        describe(after="nothing")
        User.objects.filter(pk=actor.pk).update(name="Somebody else")
        raise Conflict("No.")

    before = Event.objects.count()
    with pytest.raises(Conflict):
        fails(actor=cast.charlie)
    assert Event.objects.count() == before
    assert User.objects.get(pk=cast.charlie.pk).name == "Charlie Okafor"


def test_an_unregistered_verb_is_refused(cast):
    with pytest.raises(InputError, match="not registered"):
        record(Verb("made-up", "made up", Concern.CONTENT), actor=cast.charlie)
    with pytest.raises(Conflict):
        register("try-something", "other words")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(verb="nothing"),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: EventDetails.objects.update(content={}),
    ],
)
def test_the_database_refuses_to_change_or_delete(cast, change):
    record(TRY, actor=cast.charlie, details={"a": 1})
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert queries.verify().sound


def without_triggers(statement: str) -> None:
    """Do what somebody could do who holds the database file."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = 'origin'")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
        for _, sql in triggers:
            cursor.execute(sql)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_event SET actor = 99 WHERE number = 2", "Event 2 was changed"),
        ("UPDATE audit_event SET verb = 'sign-out' WHERE number = 2", "Event 2 was changed"),
        ("DELETE FROM audit_eventdetails WHERE event_id = 3; ", None),
        ("UPDATE audit_eventdetails SET content = '{\"n\": 7}' WHERE event_id = 2", "details of event 2 were changed"),
    ],
)
def test_tampering_shows(cast, statement, fault):
    for number in range(4):
        record(TRY, actor=cast.charlie, details={"n": number})
    without_triggers(statement)
    verdict = queries.verify()
    assert verdict.sound is (fault is None)
    assert (fault or "") in verdict.fault


def test_a_missing_event_shows(cast):
    for _ in range(4):
        record(TRY, actor=cast.charlie)
    without_triggers("DELETE FROM audit_event WHERE number = 2")
    assert queries.verify().fault == "Event 2 is missing."


def test_words_can_be_erased_and_the_chain_still_holds(cast, ada):
    event = record(TRY, actor=cast.charlie, details={"name": "Somebody to forget"})
    assert erase_details([event.number], verb=TRY, actor=ada) == 1
    assert queries.verify().sound
    assert [told.erased for told in queries.told([Event.objects.get(pk=event.pk)])] == [True]


def test_only_administrators_read_it(client, cast, ada):
    for user, status in ((cast.charlie, 404), (cast.rosa, 404), (ada, 200)):
        client.force_login(user)
        for page in ("/audit/", "/audit/export.csv", "/audit/verify/"):
            assert client.get(page).status_code == status, (user, page)


def test_it_is_searched_by_words_verb_person_and_day(client, cast, ada):
    record(TRY, actor=cast.charlie, details={"what": "a <b>blue</b> harbour"})
    client.force_login(ada)

    def found(**asked: str) -> list[str]:
        return [event.words for event in client.get("/audit/", asked).context["events"]]

    assert found(words="blue") == ["tried something"]
    assert "tried something" in found(words="Okafor")
    assert found(verb="try-something") == ["tried something"]
    assert set(found(concern="rules")) == {"tried something"}
    assert "tried something" in found(actor=str(cast.charlie.pk))
    assert found(since="2999-01-01") == []
    assert b"&lt;b&gt;blue" in client.get("/audit/", {"words": "blue"}).content


def test_it_is_exported_as_a_table_without_formulas(client, cast, ada):
    record(TRY, actor=None, details={"what": "x"})
    User.objects.filter(pk=cast.charlie.pk).update(name="=1+1")
    record(TRY, actor=cast.charlie)
    client.force_login(ada)
    text = b"".join(client.get("/audit/export.csv?verb=try-something").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["actor"] for row in rows] == ["'=1+1", ""]
    assert rows[1]["details"] == '{"what": "x"}'


def test_looking_into_it_is_an_event_itself(client, cast, ada):
    client.force_login(ada)
    client.get("/audit/", {"words": "anything"})
    assert Event.objects.filter(verb="read-audit-trail", actor=ada.pk).exists()


def test_signing_in_and_failing_to_are_events(client, cast):
    client.post("/account/sign-in/", {"login": cast.charlie.email, "password": "wrong"})
    client.force_login(cast.charlie)
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert "fail-to-sign-in" in verbs
    assert "sign-in" in verbs


UNAUDITED = {
    "prowess.library.actions.publish_version": "part of an audited action",
    "prowess.library.actions.head_of": "changes nothing",
    "prowess.library.drafts.actions.note_presence": "who looks at a draft, kept for a minute",
    "prowess.library.drafts.actions.locked": "changes nothing",
    "prowess.library.drafts.review.words_of_part": "changes nothing",
    "prowess.library.drafts.review.require_revision": "changes nothing",
    "prowess.roles.actions.rename": "changes nothing by itself",
    "prowess.roles.actions.add_role": "writes its event itself: matching is too long for one transaction",
    "prowess.sign_in.actions.user_vouched_for": "writes its event itself where it makes a user",
    "prowess.sign_in.actions.end_all_sessions": "part of an audited action",
}
ROOMS_OF_ACTIONS = ("actions", "publishing", "review", "editions")


def test_every_action_is_in_the_trail_or_says_why_not():
    missing = []
    for module in pkgutil.walk_packages(prowess.__path__, "prowess."):
        below = module.name.startswith(("prowess.audit", "prowess.background"))
        if module.name.rpartition(".")[2] not in ROOMS_OF_ACTIONS or below:
            continue
        loaded = importlib.import_module(module.name)
        for name, thing in inspect.getmembers(loaded, inspect.isfunction):
            full = f"{module.name}.{name}"
            own = thing.__module__ == module.name and not name.startswith("_")
            if own and not hasattr(thing, "audited") and full not in UNAUDITED:
                missing.append(full)
    assert missing == []


def test_the_trail_in_the_browser(open_page, sign_in, cast, ada, axe, fits_the_screen, role):
    for number in range(3):
        record(TRY, actor=cast.charlie, about=role, details={"before": number, "after": number + 1})
    page = open_page()
    sign_in(page, ada)
    page.goto("/audit/")
    axe(page)
    page.get_by_label("Words").fill("Okafor")
    page.get_by_role("button", name="Search").click()
    page.locator(".audit-event").first.wait_for()
    phone = open_page(width=390, dark=True)
    sign_in(phone, ada)
    phone.goto("/audit/")
    fits_the_screen(phone)
    axe(phone)
    page.get_by_role("link", name="Verify").click()
    page.get_by_role("heading", name="The audit trail is whole").wait_for()
    axe(page)
