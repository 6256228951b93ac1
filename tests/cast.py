"""The one cast of people and the one small framework that all tests share.

Charlie is the talent lead of Harbour & Vale. Rosa reads. Nadia has left and may not come in any more.
"""

from dataclasses import dataclass

from prowess.framework import Framework, parse_framework
from prowess.people.models import KindOfUser, User

PASSWORD = "a quiet harbour 41"


@dataclass(frozen=True)
class Cast:
    """The people of the tests."""

    charlie: User
    rosa: User
    nadia: User


def engage_cast() -> Cast:
    """Make everybody."""
    return Cast(
        charlie=User.objects.create_user(
            "charlie@harbour-vale.example", name="Charlie Okafor", kind=KindOfUser.TALENT_LEAD, password=PASSWORD
        ),
        rosa=User.objects.create_user(
            "rosa@harbour-vale.example", name="Rosa Lindqvist", kind=KindOfUser.EMPLOYEE, password=PASSWORD
        ),
        nadia=_who_has_left("nadia@harbour-vale.example", name="Nadia Haddad"),
    )


def _who_has_left(email: str, *, name: str) -> User:
    user = User.objects.create_user(email, name=name, kind=KindOfUser.TALENT_LEAD, password=PASSWORD)
    user.is_active = False
    user.save()
    return user


SMALL_FRAMEWORK = """
title: Harbour & Vale competencies
identifier: harbour-vale
edition: "2026"
publisher: Harbour & Vale
description: What good work looks like at Harbour & Vale.
scale:
  title: Three levels
  levels:
  - {number: 1, name: Learning, polarity: ineffective, description: Needs help with the usual cases.}
  - {number: 2, name: Able, description: Handles the usual cases alone.}
  - {number: 3, name: Leading, description: Others come for advice.}
clusters:
- {code: customer, title: Customers, description: How people work for customers.}
- {code: thinking, title: Thinking}
competencies:
- code: customer-care
  title: Customer Care
  cluster: customer
  aliases: [Client service, Helping buyers]
  definition: Finds out what a customer needs and provides it.
  key_actions:
  - {name: Listens first, description: Hears the customer out before offering anything.}
  - {name: Puts it right, description: Repairs what went wrong for the customer.}
  job_activities:
  - Answer questions of visitors at the counter.
  - Handle complaints about late parcels.
  - Advise buyers on the size of a sail.
  indicators:
    1: {ineffective: [Sends the customer away without an answer.]}
    2: {effective: [Gives the customer a date by which the answer comes., Checks that the answer solved the problem.]}
    3: {effective: [Redesigns the counter so that nobody waits longer than ten minutes.]}
  relations:
  - kind: not-with
    target: loyalty
    note: Both rate how customers are treated, so one behaviour would count twice.
    advice: >-
      Take Customer Care for those who serve anybody who comes; take Loyalty for those who keep a circle of customers.
  - kind: compare-to
    target: finding-faults
    note: Customer Care mends the relationship; Finding Faults mends the thing.
  - {kind: related, target: plain-writing, note: Much of the service is written.}
  notes_on_use:
  - {about: choice, text: Choose it where most contacts are short.}
  development:
  - {kind: activity, text: Shadow a colleague at the counter., from_level: 1, to_level: 2, effort: one morning}
  - {kind: resource, text: A list of the ten most frequent questions., link: "https://harbour-vale.example/questions"}
  questions:
  - text: Tell me about a customer whom you could not help at once.
    probes: [What did you do first?, How did it end?]
  - {kind: situational, text: A customer shouts at you in front of others. What do you do?}
- code: loyalty
  title: Loyalty
  cluster: customer
  kind: leadership
  definition: Keeps customers over the years.
  job_activities: [Visit regular customers twice a year.]
  indicators:
    2: {effective: [Calls a customer who has not ordered for a season.]}
  relations:
  - {kind: not-with, target: customer-care, note: Both rate how customers are treated.}
- code: finding-faults
  title: Finding Faults
  cluster: thinking
  kind: technical
  aliases: [Diagnosis, Troubleshooting]
  definition: Works out why something does not do what it should.
  job_activities: [Trace the cause of engine failures.]
  indicators:
    2: {effective: [Changes one thing at a time while testing.]}
- code: plain-writing
  title: Plain Writing
  cluster: thinking
  aliases: [Organising texts]
  definition: Writes what readers understand at first reading.
  relations:
  - {kind: related, target: customer-care, note: What customers get in writing decides how they see us.}
- code: setting-sail
  title: Setting Sail
"""


def small_framework() -> Framework:
    """Five competencies in two clusters: one complete, one forbidden pair, one that is hardly begun."""
    return parse_framework(SMALL_FRAMEWORK, place="the small framework")


JOB = """Counter assistant

About us
Harbour & Vale has served sailors since 1921 and offers free lunches.

Your duties
- Answer questions of visitors at the counter.
- Handle complaints about late parcels.
- Trace the cause of engine failures together with the workshop.
- Write short letters to customers about their orders.

We are an equal opportunity employer.
"""
