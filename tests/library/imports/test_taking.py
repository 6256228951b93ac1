import pytest

from prowess.framework import Status, parse_framework
from prowess.framework.errors import Conflict, InputError, NotAllowed
from prowess.library.drafts.actions import edit_competency
from prowess.library.drafts.editions import set_rules
from prowess.library.imports.plan import plan_import
from prowess.library.imports.taking import Choices, take_plan
from prowess.library.models import CompetencyDraft, CompetencyVersion, Framework
from prowess.library.queries import document_of
from tests.cast import small_framework
from tests.library.imports.test_plan import OTHER, with_changes


def take(document, *, framework=None, code="", actor=None, keep=True, **choices):
    existing = document_of(framework) if framework else None
    return take_plan(
        plan_import(document, existing=existing, keep_missing_parts=keep),
        framework=framework,
        code=code,
        seen=framework.revision if framework else 0,
        choices=Choices(**{"publish": True, **choices}),
        actor=actor,
    )


def counted():
    return (Framework.objects.count(), CompetencyVersion.objects.count(), CompetencyDraft.objects.count())


def test_a_new_framework_is_published_whole(cast):
    outcome = take(small_framework(), actor=cast.charlie)
    stored = Framework.objects.get(code=outcome.framework)
    assert document_of(stored) == small_framework()
    assert set(stored.competencies.values_list("current__published_by__name", flat=True)) == {"Charlie Okafor"}
    assert len(outcome.added) == 5


def test_a_second_import_of_the_same_source_leaves_everything_as_it_is(framework):
    before = counted(), framework.revision
    outcome = take(small_framework(), framework=framework)
    framework.refresh_from_db()
    assert (counted(), framework.revision) == before
    assert (outcome.added, outcome.changed, outcome.unchanged) == ((), (), 5)


def test_only_what_changed_gets_a_new_version(framework):
    outcome = take(with_changes("loyalty", definition="Keeps buyers."), framework=framework)
    numbers = dict(framework.competencies.values_list("code", "current__number"))
    assert numbers == {
        "customer-care": 1,
        "loyalty": 2,
        "finding-faults": 1,
        "plain-writing": 1,
        "setting-sail": 1,
    }
    assert outcome.changed == ("loyalty",)


def test_added_ones_come_last_and_bring_their_cluster(framework):
    take(parse_framework(OTHER), framework=framework)
    document = document_of(Framework.objects.get(pk=framework.pk))
    assert [c.code for c in document.competencies][-1] == "knots"
    assert document.cluster_title("sea") == "At sea"


def test_drafts_are_begun_for_what_is_new_or_changed_and_nothing_is_published(framework, cast):
    outcome = take(parse_framework(OTHER), framework=framework, actor=cast.charlie, publish=False)
    drafts = {draft.code: draft for draft in CompetencyDraft.objects.all()}
    assert set(drafts) == {"customer-care", "knots"} == {*outcome.added, *outcome.changed}
    assert drafts["customer-care"].base.number == 1
    assert drafts["knots"].base is None
    assert [author.name for author in drafts["knots"].authors.all()] == ["Charlie Okafor"]
    assert CompetencyVersion.objects.count() == 5
    head = Framework.objects.get(pk=framework.pk).head
    assert [level["name"] for level in head["scale"]["levels"]] == ["Learning", "Able", "Leading", "Master"]


def test_open_drafts_in_the_way_are_named_and_nothing_is_begun(framework, cast):
    edit_competency(framework.competencies.get(code="customer-care"), actor=cast.charlie)
    before = counted()
    with pytest.raises(Conflict, match="Customer Care"):
        take(parse_framework(OTHER), framework=framework, actor=cast.charlie, publish=False)
    assert counted() == before
    left = take(
        parse_framework(OTHER), framework=framework, actor=cast.charlie, publish=False, left_out=["customer-care"]
    )
    assert (left.added, left.left_out) == (("knots",), 1)


def test_what_is_not_in_the_source_is_retired_only_with_a_successor(framework):
    take(parse_framework(OTHER), framework=framework, retired={"loyalty": "customer-care"})
    retired = framework.competencies.get(code="loyalty").current.as_document()
    assert (retired.status, retired.successor) == (Status.RETIRED, "customer-care")
    assert framework.competencies.get(code="plain-writing").current.as_document().status is Status.PUBLISHED


@pytest.mark.parametrize(
    ("retired", "left_out", "sentence"),
    [
        ({"customer-care": "loyalty"}, [], "is in the new source"),
        ({"nowhere": "loyalty"}, [], "not in the framework"),
        ({"loyalty": "nowhere"}, [], "needs a successor"),
        ({"loyalty": "loyalty"}, [], "needs a successor"),
        ({"loyalty": "plain-writing", "plain-writing": "knots"}, [], "needs a successor"),
        ({"loyalty": "knots"}, ["knots"], "needs a successor"),
    ],
)
def test_a_successor_that_is_none_is_refused_and_nothing_is_taken(framework, retired, left_out, sentence):
    before = counted()
    with pytest.raises(InputError, match=sentence):
        take(parse_framework(OTHER), framework=framework, retired=retired, left_out=left_out)
    assert counted() == before


def test_a_framework_that_changed_since_the_comparison_is_compared_again_first(framework):
    seen = Framework.objects.get(pk=framework.pk)
    take(with_changes("loyalty", definition="Keeps buyers."), framework=framework)
    with pytest.raises(Conflict, match="changed since"):
        take(parse_framework(OTHER), framework=seen)


@pytest.mark.parametrize(
    ("code", "error", "sentence"),
    [("harbour-vale", Conflict, "already"), ("No Code", InputError, "cannot be the code"), ("", Conflict, "already")],
)
def test_a_new_framework_needs_a_code_of_its_own(framework, code, error, sentence):
    with pytest.raises(error, match=sentence):
        take(small_framework(), code=code)
    assert Framework.objects.count() == 1


def test_who_may_not_change_the_library_takes_nothing(framework, cast):
    for target in (None, framework):
        with pytest.raises(NotAllowed):
            take(small_framework(), framework=target, code="another", actor=cast.rosa)


def test_where_a_second_person_approves_nobody_publishes_by_importing(framework, cast):
    set_rules(framework, editors=[], approvers=[], publishers=[], approver_is_no_author=True, actor=cast.charlie)
    with pytest.raises(NotAllowed, match="somebody else has to approve"):
        take(parse_framework(OTHER), framework=framework, actor=cast.charlie)
    assert take(parse_framework(OTHER), framework=framework, actor=cast.charlie, publish=False).added == ("knots",)
