"""Who may see and change which persons."""

from collections.abc import Callable
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from prowess.framework.errors import NotFound
from prowess.people.models import KindOfUser, User
from prowess.people.organisation import Person, Position, held_on


class PersonVerb(StrEnum):
    """What may be done with a person."""

    SEE = "see"
    SEE_RECORD = "see-record"
    CHANGE = "change"


KNOWN_TO_ALL = frozenset({"name", "unit", "job"})
IN_THE_RECORD = KNOWN_TO_ALL | {"external_id", "email", "left_on", "manager", "history"}

Rule = Callable[[User], Q]
_NOBODY = Q(pk__in=[])
_EVERYBODY = ~Q(pk__in=[])


def _themselves(user: User) -> Q:
    return Q(user_id=user.pk)


def _reports(user: User) -> Q:
    """Whoever has a position today whose manager is this user's person: managing is never a flag."""
    managed = Position.objects.filter(held_on(timezone.localdate()), person=OuterRef("pk"), manager__user_id=user.pk)
    return Q(Exists(managed))


def _see(user: User) -> Q:
    if user.kind in {KindOfUser.ADMINISTRATOR, KindOfUser.TALENT_LEAD, KindOfUser.ANALYST}:
        return _EVERYBODY
    still_here = Q(left_on__isnull=True) | Q(left_on__gt=timezone.localdate())
    return still_here | _themselves(user)


def _see_record(user: User) -> Q:
    if user.kind in {KindOfUser.ADMINISTRATOR, KindOfUser.TALENT_LEAD}:
        return _EVERYBODY
    return _themselves(user) | _reports(user)


def _change(user: User) -> Q:
    return _EVERYBODY if user.kind in {KindOfUser.ADMINISTRATOR, KindOfUser.TALENT_LEAD} else _NOBODY


class PersonPolicy:
    """One rule a verb, from which both answers follow: “which ones may she?” and “may she, for this one?”."""

    rules: dict[PersonVerb, Rule] = {
        PersonVerb.SEE: _see,
        PersonVerb.SEE_RECORD: _see_record,
        PersonVerb.CHANGE: _change,
    }

    def visible_to(self, user: User, *, verb: PersonVerb = PersonVerb.SEE) -> QuerySet[Person]:
        """The persons with whom this user may do this."""
        return Person.objects.filter(self.rules[verb](user) if user.is_active else _NOBODY)

    def allows(self, user: User, *, verb: PersonVerb, person: Person) -> bool:
        """Whether this user may do this with this person."""
        return self.visible_to(user, verb=verb).filter(pk=person.pk).exists()

    def require(self, user: User, *, verb: PersonVerb, pk: int) -> Person:
        """The person, for who may do this with them.

        Raises:
            NotFound: there is no such person, or this user may not; the two look the same.
        """
        person = self.visible_to(user, verb=verb).filter(pk=pk).first()
        if person is None:
            raise NotFound("There is no such person.", remedy="Look in the list of people.")
        return person

    def fields(self, user: User, *, person: Person) -> frozenset[str]:
        """What of this person the user may see, by field."""
        if self.allows(user, verb=PersonVerb.SEE_RECORD, person=person):
            return IN_THE_RECORD
        return KNOWN_TO_ALL if self.allows(user, verb=PersonVerb.SEE, person=person) else frozenset()

    def can_import(self, user: User) -> bool:
        """Whether this user may bring in the organisation's list of people."""
        return user.is_active and user.kind == KindOfUser.ADMINISTRATOR


person_policy = PersonPolicy()
