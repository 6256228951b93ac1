"""Who may see and change which persons: both answers agree, and agree with the rules said once more in plain Python."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prowess.framework.errors import NotFound
from prowess.people.models import KindOfUser, User
from prowess.people.organisation import Person, Position, Unit
from prowess.people.policies import IN_THE_RECORD, KNOWN_TO_ALL, PersonVerb, person_policy

LEADS = {KindOfUser.ADMINISTRATOR, KindOfUser.TALENT_LEAD}
SIZE = 4
offsets = st.sampled_from([-2, -1, 0, 1, 2])
someone = st.integers(0, SIZE - 1)


def organisation(
    kinds: list[KindOfUser],
    active: list[bool],
    left: list[int | None],
    positions: list[tuple[int, int, int, int | None]],
) -> list[Person]:
    """Persons with users; positions as (person, manager, since, until), days counted from today."""
    today = timezone.localdate()
    unit = Unit.objects.create(name="Port", path="Port")
    persons = []
    for number, (kind, is_active, gone) in enumerate(zip(kinds, active, left, strict=True)):
        user = User.objects.create_user(f"p{number}@example.org", name=f"P{number}", kind=kind)
        User.objects.filter(pk=user.pk).update(is_active=is_active)
        left_on = None if gone is None else today + timedelta(gone)
        persons.append(Person.objects.create(external_id=str(number), name=user.name, user=user, left_on=left_on))
    for person, manager, since, until in positions:
        if person != manager and (until is None or until >= since):
            Position.objects.create(
                person=persons[person],
                manager=persons[manager],
                unit=unit,
                since=today + timedelta(since),
                until=None if until is None else today + timedelta(until),
            )
    return persons


def said_plainly(user: User, verb: PersonVerb, person: Person, today: date) -> bool:
    """The rules, by looping over what is in the database."""
    if not user.is_active:
        return False
    own = person.user_id == user.pk
    reports = any(
        p.manager and p.manager.user_id == user.pk and p.since <= today and (p.until is None or p.until > today)
        for p in person.positions.all()
    )
    return {
        PersonVerb.SEE: user.kind in LEADS | {KindOfUser.ANALYST}
        or own
        or person.left_on is None
        or person.left_on > today,
        PersonVerb.SEE_RECORD: user.kind in LEADS or own or reports,
        PersonVerb.CHANGE: user.kind in LEADS,
    }[verb]


class RandomOrganisations(TestCase):
    """Hypothesis' organisations, each in a transaction of its own."""

    @settings(max_examples=25)
    @given(
        kinds=st.lists(st.sampled_from(list(KindOfUser)), min_size=SIZE, max_size=SIZE),
        active=st.lists(st.booleans(), min_size=SIZE, max_size=SIZE),
        left=st.lists(st.none() | offsets, min_size=SIZE, max_size=SIZE),
        positions=st.lists(st.tuples(someone, someone, offsets, st.none() | offsets), max_size=8),
    )
    def test_both_answers_agree_with_each_other_and_with_the_rules(self, kinds, active, left, positions) -> None:  # type: ignore[no-untyped-def]
        persons = organisation(kinds, active, left, positions)
        for user, verb in product(User.objects.all(), PersonVerb):
            visible = list(person_policy.visible_to(user, verb=verb))
            assert len(visible) == len(set(visible))
            for person in persons:
                allowed = person_policy.allows(user, verb=verb, person=person)
                assert allowed == (person in visible) == said_plainly(user, verb, person, timezone.localdate())


@pytest.mark.django_db
def test_a_manager_sees_the_record_of_reports_and_only_name_unit_and_job_of_others() -> None:
    manager, report, other = organisation([KindOfUser.EMPLOYEE] * 3, [True] * 3, [None] * 3, [(1, 0, -1, None)])
    user = User.objects.get(person=manager)
    assert person_policy.fields(user, person=report) == IN_THE_RECORD
    assert person_policy.fields(user, person=other) == KNOWN_TO_ALL
    assert list(person_policy.visible_to(user, verb=PersonVerb.SEE_RECORD)) == [manager, report]


@pytest.mark.django_db
def test_a_person_who_may_not_be_seen_is_refused_as_one_who_is_not_there() -> None:
    asking, other = organisation([KindOfUser.EMPLOYEE] * 2, [True] * 2, [None] * 2, [])
    refusals = []
    for pk in (other.pk, 10**9):
        with pytest.raises(NotFound) as refusal:
            person_policy.require(User.objects.get(person=asking), verb=PersonVerb.SEE_RECORD, pk=pk)
        refusals.append(str(refusal.value))
    assert refusals[0] == refusals[1]


@pytest.mark.django_db
def test_the_database_refuses_impossible_rows() -> None:
    (person,) = organisation([KindOfUser.EMPLOYEE], [True], [None], [])
    unit, today = Unit.objects.get(), timezone.localdate()
    impossible: list[Callable[[], object]] = [
        lambda: Position.objects.create(person=person, unit=unit, manager=person, since=today),
        lambda: Position.objects.create(person=person, unit=unit, since=today, until=today - timedelta(1)),
        lambda: Person.objects.create(external_id="", name="Nobody"),
        lambda: Person.objects.create(external_id="0", name="Twice"),
        lambda: Unit.objects.create(name="Port", path="Port"),
        lambda: Unit.objects.filter(pk=unit.pk).update(parent=unit),
    ]
    for attempt in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
