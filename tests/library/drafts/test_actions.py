import pytest
from django.db import IntegrityError, connection, transaction

from prowess.framework.errors import Conflict, InputError, NotAllowed, NotFound
from prowess.library.drafts import actions, editions, publishing, queries, review
from prowess.library.drafts.policies import draft_policy
from prowess.library.models import CompetencyDraft, CompetencyVersion, DraftSave, FrameworkEdition
from prowess.library.queries import document_of
from prowess.roles.impact import take_version
from tests.library.drafts.changing import approved, save


def test_editing_twice_opens_the_same_draft(draft, competency, vera):
    assert actions.edit_competency(competency, actor=vera) == draft


def test_what_one_saves_and_what_the_other_saves_is_both_there(draft, cast, vera):
    save(draft, actor=cast.charlie, revision=1, definition="Finds out and provides.")
    saved = save(draft, actor=vera, revision=1, cluster="thinking")
    assert (saved.document["definition"], saved.document["cluster"]) == ("Finds out and provides.", "thinking")
    assert saved.revision == 3


def test_the_same_text_is_never_overwritten(draft, cast, vera):
    save(draft, actor=cast.charlie, revision=1, definition="Charlie's words.")
    with pytest.raises(actions.ChangedMeanwhile, match="Charlie Okafor") as told:
        save(draft, actor=vera, revision=1, definition="Vera's words.")
    (clash,) = told.value.clashes
    assert (clash.theirs, clash.mine) == ("Charlie's words.", "Vera's words.")
    draft.refresh_from_db()
    assert draft.document["definition"] == "Charlie's words."
    chosen = save(draft, actor=vera, revision=1, seen=2, choices={"definition": "mine"}, definition="Vera's words.")
    assert chosen.document["definition"] == "Vera's words."


def test_a_choice_counts_only_for_what_was_seen(draft, cast, vera):
    save(draft, actor=cast.charlie, revision=1, definition="First.")
    save(draft, actor=cast.charlie, revision=2, definition="Second.")
    with pytest.raises(actions.ChangedMeanwhile):
        save(draft, actor=vera, revision=1, seen=2, choices={"definition": "mine"}, definition="Vera's.")


def test_saving_what_is_there_already_makes_no_revision(draft, cast):
    assert save(draft, actor=cast.charlie).revision == 1
    assert DraftSave.objects.filter(draft=draft).count() == 1


def test_others_who_have_the_draft_open_are_named(draft, cast, vera):
    actions.note_presence(draft, actor=vera)
    actions.note_presence(draft, actor=cast.charlie)
    assert queries.others_at(draft, user=cast.charlie) == ["Vera Szabo"]


def test_a_new_competency_gets_a_code_from_its_title(framework, cast):
    draft = actions.add_competency(framework, title="Tying Knots", actor=cast.charlie)
    assert draft.code == "tying-knots"
    for code in ("tying-knots", "customer-care"):
        with pytest.raises(Conflict, match="is taken"):
            actions.add_competency(framework, title="Another", code=code, actor=cast.charlie)


def test_the_checks_speak_of_the_draft_as_it_stands(draft, cast):
    saved = save(draft, actor=cast.charlie, job_activities=[], cluster="nowhere")
    found = {(p.section, p.finding.check) for p in queries.findings_on(saved)}
    assert ("job_activities", "missing-part") in found
    assert any(check == "unknown-cluster" for _, check in found)


# Review and publishing ----------------------------------------------------------------------------------------------


def test_from_draft_to_published_version(draft, competency, cast, vera):
    before = competency.current.document
    save(draft, actor=cast.charlie, definition="Finds out and provides.")
    published = publishing.publish_draft(
        approved(draft, author=cast.charlie, approver=vera), revision=2, offers={}, actor=vera
    )
    competency.refresh_from_db()
    competency.framework.refresh_from_db()
    assert competency.current == published.version
    assert published.version.number == 2
    assert document_of(competency.framework).competency("customer-care").definition == "Finds out and provides."
    assert competency.versions.get(number=1).document == before
    assert actions.edit_competency(competency, actor=cast.charlie) != draft


def test_a_new_competency_comes_last(framework, cast):
    draft = actions.add_competency(framework, title="Tying Knots", actor=cast.charlie)
    draft = approved(draft, author=cast.charlie, approver=cast.charlie)
    publishing.publish_draft(draft, revision=1, offers={}, actor=cast.charlie)
    framework.refresh_from_db()
    assert list(document_of(framework).by_code)[-1] == "tying-knots"


def test_a_draft_in_review_is_not_written(draft, cast):
    review.submit_draft(draft, revision=1, actor=cast.charlie)
    with pytest.raises(Conflict, match="in review now"):
        save(draft, actor=cast.charlie, title="Other")
    with pytest.raises(Conflict):
        actions.discard_draft(draft, actor=cast.charlie)
    review.take_back_draft(CompetencyDraft.objects.get(), actor=cast.charlie)
    assert save(draft, actor=cast.charlie, title="Other").title == "Other"


def test_a_draft_that_is_not_whole_is_not_handed_in(draft, cast):
    saved = save(draft, actor=cast.charlie, title=" ")
    with pytest.raises(InputError, match="no title"):
        review.submit_draft(saved, revision=saved.revision, actor=cast.charlie)


def test_sending_back_needs_a_reason_and_keeps_it(draft, cast, vera):
    handed_in = review.submit_draft(draft, revision=1, actor=cast.charlie)
    with pytest.raises(InputError):
        review.send_back_draft(handed_in, reason="  ", actor=vera)
    review.send_back_draft(handed_in, reason="Say when.", actor=vera)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert draft.comments.get().text == "Say when."


def test_a_comment_quotes_the_part_that_it_is_about(draft, vera):
    key = draft.document["job_activities"][0]["key"]
    made = review.comment_on_draft(draft, part=f"job_activities/{key}", text="Which visitors?", actor=vera)
    assert made.about == "Answer questions of visitors at the counter."
    with pytest.raises(InputError):
        review.comment_on_draft(draft, part="job_activities/none", text="?", actor=vera)


def test_what_was_not_approved_is_not_published(draft, cast):
    with pytest.raises(Conflict):
        publishing.publish_draft(draft, revision=1, offers={}, actor=cast.charlie)


def test_a_version_that_came_in_between_has_to_be_seen(draft, competency, cast):
    from prowess.library.actions import publish_version

    publish_version(competency, document=competency.current.as_document(), actor=None)
    ready = approved(draft, author=cast.charlie, approver=cast.charlie)
    with pytest.raises(Conflict, match="Another version was published"):
        publishing.publish_draft(ready, revision=1, offers={}, actor=cast.charlie)
    assert publishing.publish_draft(ready, revision=1, offers={}, over=2, actor=cast.charlie).version.number == 3


def test_the_approver_may_have_to_be_somebody_else(draft, framework, cast, vera):
    editions.set_rules(framework, editors=[], approvers=[], publishers=[], approver_is_no_author=True, actor=vera)
    save(draft, actor=cast.charlie, title="Care")
    handed_in = review.submit_draft(draft, revision=2, actor=cast.charlie)
    with pytest.raises(NotAllowed, match="somebody else has to approve"):
        review.approve_draft(handed_in, revision=2, actor=cast.charlie)
    assert review.approve_draft(handed_in, revision=2, actor=vera).state == "approved"


def test_a_framework_says_who_may_do_what(draft, framework, cast, vera):
    editions.set_rules(
        framework, editors=[cast.rosa], approvers=[vera], publishers=[vera], approver_is_no_author=False, actor=vera
    )
    assert draft_policy.can_edit(cast.rosa, framework)
    assert save(draft, actor=cast.rosa, title="Care").title == "Care"
    with pytest.raises(NotAllowed, match="you may not edit"):
        save(draft, actor=cast.charlie, title="Service")
    handed_in = review.submit_draft(draft, revision=2, actor=cast.rosa)
    for refused in (cast.charlie, cast.rosa, cast.nadia):
        with pytest.raises(NotAllowed):
            review.approve_draft(handed_in, revision=2, actor=refused)
    ready = review.approve_draft(handed_in, revision=2, actor=vera)
    with pytest.raises(NotAllowed):
        publishing.publish_draft(ready, revision=2, offers={}, actor=cast.charlie)


def test_retiring_names_a_successor(competency, framework, cast):
    with pytest.raises(NotFound, match="names the one"):
        publishing.retire_competency(competency, successor="", actor=cast.charlie)
    publishing.retire_competency(competency, successor="loyalty", actor=cast.charlie)
    framework.refresh_from_db()
    retired = document_of(framework).competency("customer-care")
    assert (retired.status.value, retired.successor, retired.version) == ("retired", "loyalty", 2)
    with pytest.raises(Conflict, match="retired itself"):
        publishing.retire_competency(
            framework.competencies.get(code="loyalty"), successor="customer-care", actor=cast.charlie
        )


# Roles that use an older version ------------------------------------------------------------------------------------


def _publish(draft, cast, **offers):
    save(draft, actor=cast.charlie, definition="Finds out and provides.")
    ready = approved(draft, author=cast.charlie, approver=cast.charlie)
    return publishing.publish_draft(ready, revision=2, offers=offers, actor=cast.charlie)


def test_a_role_that_is_left_alone_keeps_its_version(saved_role, draft, cast):
    _publish(draft, cast, **{f"roles/{saved_role.pk}": "leave"})
    assert [p.number for p in saved_role.profiles.all()] == [1]
    assert saved_role.profiles.get().competencies.get(version__competency__code="customer-care").version.number == 1


def test_a_role_takes_the_new_version_at_once_and_only_that(saved_role, draft, cast):
    done = _publish(draft, cast, **{f"roles/{saved_role.pk}": "now"}).done
    assert done == ("“Counter assistant” uses version 2 now, in its profile 2.",)
    old, new = saved_role.profiles.order_by("number")
    numbers = {c.version.competency.code: c.version.number for c in new.competencies.all()}
    assert numbers.pop("customer-care") == 2
    assert set(numbers.values()) <= {1}
    definitions = {d.code: d.definition for d in new.as_document().definitions}
    assert definitions["customer-care"] == "Finds out and provides."
    assert {d.code: d.definition for d in old.as_document().definitions}["customer-care"] != "Finds out and provides."


def test_a_role_takes_the_new_version_as_a_draft(saved_role, draft, cast):
    _publish(draft, cast, **{f"roles/{saved_role.pk}": "draft"})
    waiting = saved_role.profiles.get(number=None)
    assert {d.code: d.definition for d in waiting.as_document().definitions}[
        "customer-care"
    ] == "Finds out and provides."
    assert saved_role.profiles.filter(number=1).exists()


def test_a_role_that_is_being_edited_is_told_and_left_alone(saved_role, draft, competency, cast):
    from prowess.library.impact import impact_of
    from prowess.roles.actions import start_draft

    start_draft(saved_role, actor=cast.charlie)
    (impact,) = impact_of(cast.charlie, competency=competency)
    assert [(use.number, use.as_draft, use.at_once) for use in impact.uses] == [(1, False, False), (None, False, False)]
    with pytest.raises(Conflict, match="is under way"):
        take_version(saved_role, version=competency.current, at_once=True, actor=cast.charlie)


def test_nothing_is_published_where_an_offer_cannot_be_made(saved_role, draft, cast):
    with pytest.raises(NotFound):
        _publish(draft, cast, **{"roles/nobody": "now"})
    assert CompetencyVersion.objects.filter(competency__code="customer-care").count() == 1


def test_a_reader_gives_no_role_a_version(saved_role, competency, cast):
    with pytest.raises(NotAllowed):
        take_version(saved_role, version=competency.current, at_once=True, actor=cast.rosa)


# Nothing published ever changes -------------------------------------------------------------------------------------


REFUSED = {
    "a document": lambda v: CompetencyVersion.objects.filter(pk=v.pk).update(document={}),
    "a number": lambda v: CompetencyVersion.objects.filter(pk=v.pk).update(number=9),
    "a deletion": lambda v: CompetencyVersion.objects.filter(pk=v.pk)._raw_delete("default"),
    "another publisher": lambda v: CompetencyVersion.objects.filter(pk=v.pk).update(published_by=v.someone),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses_to_change_a_version(competency, cast, change):
    version = competency.versions.get()
    version.someone = cast.rosa
    with pytest.raises(IntegrityError, match=r"never|published"), transaction.atomic():
        change(version)


def test_whoever_published_can_be_forgotten(competency, cast):
    from prowess.library.actions import publish_version

    version = publish_version(competency, document=competency.current.as_document(), actor=cast.nadia)
    CompetencyVersion.objects.filter(pk=version.pk).update(published_by=None)
    version.refresh_from_db()
    assert version.published_by is None


def test_an_edition_is_kept_as_it_was_marked(framework, draft, cast):
    edition = editions.mark_edition(framework, name="Spring", actor=cast.charlie)
    before = queries.document_of_edition(edition)
    _publish(draft, cast)
    assert queries.document_of_edition(FrameworkEdition.objects.get()) == before
    assert before.edition == "Spring"
    assert len(before.competencies) == 5
    with pytest.raises(Conflict, match="already"):
        editions.mark_edition(framework, name="Spring", actor=cast.charlie)
    for statement in ("UPDATE library_frameworkedition SET name = 'x'", "DELETE FROM library_editionentry"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


READERS_MAY_NOT = {
    "edit": lambda d, c, who: actions.edit_competency(c, actor=who),
    "add": lambda d, c, who: actions.add_competency(d.framework, title="Knots", actor=who),
    "save": lambda d, c, who: save(d, actor=who, title="x"),
    "discard": lambda d, c, who: actions.discard_draft(d, actor=who),
    "be present": lambda d, c, who: actions.note_presence(d, actor=who),
    "submit": lambda d, c, who: review.submit_draft(d, revision=1, actor=who),
    "comment": lambda d, c, who: review.comment_on_draft(d, part="", text="x", actor=who),
    "retire": lambda d, c, who: publishing.retire_competency(c, successor="loyalty", actor=who),
    "publish": lambda d, c, who: publishing.publish_draft(d, revision=1, offers={}, actor=who),
    "mark": lambda d, c, who: editions.mark_edition(d.framework, name="x", actor=who),
    "rule": lambda d, c, who: editions.set_rules(
        d.framework, editors=[who], approvers=[], publishers=[], approver_is_no_author=False, actor=who
    ),
}


@pytest.mark.parametrize("attempt", READERS_MAY_NOT.values(), ids=READERS_MAY_NOT.keys())
@pytest.mark.parametrize("who", ["rosa", "nadia"])
def test_readers_and_those_who_left_change_nothing(draft, competency, cast, attempt, who):
    with pytest.raises(NotAllowed):
        attempt(draft, competency, getattr(cast, who))
