import re

import pytest
from django.urls import reverse

from prowess.library.drafts import actions, editions, review
from prowess.library.models import CompetencyDraft, DraftComment, FrameworkEdition
from prowess.library.queries import document_of
from tests.library.drafts.changing import approved, form_of, save


def _address(draft, end=""):
    return f"/library/drafts/{draft.pk}{end}"


def test_edit_on_the_competency_page_opens_its_draft(charlie_browses, competency):
    page = charlie_browses.get("/library/harbour-vale/customer-care/")
    assert reverse("edit_competency", args=["harbour-vale", "customer-care"]) in page.content.decode()
    answer = charlie_browses.post("/library/harbour-vale/customer-care/edit", follow=True)
    assert "Listens first" in answer.content.decode()
    assert CompetencyDraft.objects.get().code == "customer-care"


def test_the_form_sent_back_as_it_came_changes_nothing(charlie_browses, draft):
    before = draft.document
    charlie_browses.post(_address(draft, "/save"), {**form_of(charlie_browses, draft), "do": "save"})
    draft.refresh_from_db()
    assert draft.document == before
    assert draft.revision == 1


def test_every_field_of_every_part_is_saved(charlie_browses, draft):
    form = form_of(charlie_browses, draft)
    texts = [name for name in form if re.search(r"-(text|name|description|note|advice|provider|link|effort)$", name)]
    changed = {**form, **{name: f"About {name}" for name in texts}, "title": "Care", "aliases": "One\nTwo"}
    charlie_browses.post(_address(draft, "/save"), changed)
    draft.refresh_from_db()
    assert len(texts) > 20
    for name in texts:
        field, key, column = name.split("-", 2)
        assert next(row for row in draft.document[field] if row["key"] == key)[column] == f"About {name}"
    assert (draft.document["title"], draft.document["aliases"]) == ("Care", "One\nTwo")


def test_buttons_work_without_scripts(charlie_browses, draft):
    form = form_of(charlie_browses, draft)
    answer = charlie_browses.post(_address(draft, "/save"), {**form, "do": "add:questions"})
    draft.refresh_from_db()
    new = draft.document["questions"][-1]["key"]
    assert answer.url == f"{_address(draft)}#questions-{new}-kind"
    key = draft.document["job_activities"][0]["key"]
    form = form_of(charlie_browses, draft)
    charlie_browses.post(_address(draft, "/save"), {**form, "do": f"remove:job_activities:{key}"})
    draft.refresh_from_db()
    assert len(draft.document["job_activities"]) == 2


def test_typing_sends_back_the_state_alone(charlie_browses, draft):
    form = {**form_of(charlie_browses, draft), "definition": "Other words."}
    answer = charlie_browses.post(_address(draft, "/save"), form, headers={"hx-request": "true"})
    assert answer["HX-Retarget"] == "#draft-saved"
    assert 'name="revision" value="2"' in answer.content.decode()
    assert "textarea" not in answer.content.decode()


def test_a_clash_shows_both_versions_and_keeps_what_was_typed(vera_browses, draft, cast):
    form = {**form_of(vera_browses, draft), "definition": "Vera's words."}
    save(draft, actor=cast.charlie, definition="Charlie's <b>words</b>.")
    answer = vera_browses.post(_address(draft, "/save"), form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Charlie&#x27;s &lt;b&gt;words" in text
    assert "Vera&#x27;s words." in text
    again = {**form, "seen": 2, "settle-definition": "mine", "do": "save"}
    assert vera_browses.post(_address(draft, "/save"), again).status_code == 302
    draft.refresh_from_db()
    assert draft.document["definition"] == "Vera's words."


WRONG = {
    "a part of the form": {"title": "x"},
    "no revision": {"whole": "yes", "kind": "core", "title": "x"},
    "an unknown kind": {"whole": "yes", "kind": "grand", "title": "x", "revision": "1"},
    "an unknown button": {"whole": "yes", "kind": "core", "title": "x", "revision": "1", "do": "burn:questions"},
    "a level that no scale has room for": {
        "whole": "yes",
        "kind": "core",
        "revision": "1",
        "indicators": "r1",
        "indicators-r1-polarity": "effective",
        "indicators-r1-level": "9" * 5000,
    },
    "an endless revision": {"whole": "yes", "kind": "core", "title": "x", "revision": "9" * 5000},
    "a strange row": {"whole": "yes", "kind": "core", "revision": "1", "questions": "<b>"},
}


@pytest.mark.parametrize("sent", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_form_is_told_and_changes_nothing(charlie_browses, draft, sent):
    before = draft.document
    assert charlie_browses.post(_address(draft, "/save"), sent).status_code == 400
    draft.refresh_from_db()
    assert draft.document == before


def test_two_people_are_told_of_each_other(charlie_browses, vera_browses, draft, cast):
    vera_browses.get(_address(draft))
    assert "Vera Szabo has this draft open" in charlie_browses.get(_address(draft)).content.decode()
    save(draft, actor=cast.charlie, title="Care")
    told = vera_browses.get(_address(draft, "/presence"), {"revision": 1}).content.decode()
    assert "Charlie Okafor changed this draft" in told


def test_the_checks_link_to_the_part_to_mend(charlie_browses, draft):
    text = charlie_browses.get(_address(draft, "/checks")).content.decode()
    assert 'href="#indicators"' in text


def test_a_draft_that_is_not_whole_says_so_beside_it(charlie_browses, draft, cast):
    save(draft, actor=cast.charlie, title="")
    assert "The competency has no title" in charlie_browses.get(_address(draft, "/checks")).content.decode()
    answer = charlie_browses.post(_address(draft, "/submit"), {"revision": 2}, follow=True)
    assert "The competency has no title" in answer.content.decode()


def test_review_and_publishing_by_page(charlie_browses, vera_browses, saved_role, draft, cast):
    save(draft, actor=cast.charlie, definition="Finds out and provides.")
    charlie_browses.post(_address(draft, "/submit"), {"revision": 2})
    review_page = vera_browses.get(_address(draft)).url
    text = vera_browses.get(review_page).content.decode()
    assert "<del>" in text
    key = draft.document["questions"][0]["key"]
    vera_browses.post(_address(draft, "/comment"), {"part": f"questions/{key}", "text": "Ask <i>when</i>."})
    assert "Ask &lt;i&gt;when" in vera_browses.get(review_page).content.decode()
    charlie_browses.post(_address(draft, f"/comments/{DraftComment.objects.get().pk}/settle"))
    vera_browses.post(_address(draft, "/approve"), {"revision": 2})
    impact = vera_browses.get(_address(draft, "/publish")).content.decode()
    assert "Counter assistant" in impact
    answer = vera_browses.post(
        _address(draft, "/publish"), {"revision": 2, f"offer-roles/{saved_role.pk}": "now"}, follow=True
    )
    text = answer.content.decode()
    assert "Version 2 of “Customer Care” is published." in text
    assert "uses version 2 now" in text
    assert "Finds out and provides." in text


def test_a_new_competency_begins_with_a_title(charlie_browses, framework):
    address = reverse("new_competency", args=["harbour-vale"])
    assert charlie_browses.post(address, {"title": "", "cluster": ""}).status_code == 400
    taken = charlie_browses.post(address, {"title": "Customer Care", "cluster": ""})
    assert "is taken" in taken.content.decode()
    assert charlie_browses.post(address, {"title": "Tying \x01", "cluster": ""}).status_code == 400
    assert charlie_browses.post(address, {"title": "Tying Knots", "cluster": "thinking"}).status_code == 302
    assert "Tying Knots" in charlie_browses.get(reverse("drafts", args=["harbour-vale"])).content.decode()


def test_the_history_compares_any_two(charlie_browses, competency, draft, cast):
    save(draft, actor=cast.charlie, definition="Finds out and provides.")
    address = reverse("competency_history", args=["harbour-vale", "customer-care"])
    assert "From version 1 to the draft" in charlie_browses.get(address).content.decode()
    same = charlie_browses.get(address, {"from": 1, "to": 1}).content.decode()
    assert "Nothing differs" in same
    assert charlie_browses.get(address, {"from": 9}).status_code == 404
    for junk in ("x", "9" * 5000):
        assert charlie_browses.get(address, {"from": junk}).status_code == 400
    version = reverse("competency_version", args=["harbour-vale", "customer-care", 1])
    assert "Listens first" in charlie_browses.get(version).content.decode()


def test_editions_are_marked_browsed_and_downloaded(charlie_browses, framework):
    from prowess.framework import parse_framework

    address = reverse("editions", args=["harbour-vale"])
    answer = charlie_browses.post(address, {"name": "Spring 2027"}, follow=True)
    assert "5 competencies" in answer.content.decode()
    assert charlie_browses.post(address, {"name": "Spring 2027"}).status_code == 400
    assert charlie_browses.post(address, {"name": "Spring\x01"}).status_code == 400
    pk = FrameworkEdition.objects.get().pk
    file = charlie_browses.get(reverse("edition_download", args=["harbour-vale", pk]))
    taken = parse_framework(file.content.decode())
    framework.refresh_from_db()
    assert taken == document_of(framework)
    assert "spring-2027.yaml" in file["Content-Disposition"]


def test_the_rules_of_a_framework_are_set_by_page(charlie_browses, framework, cast):
    address = reverse("framework_rules", args=["harbour-vale"])
    charlie_browses.post(address, {"approvers": [cast.rosa.pk], "approver_is_no_author": "on"})
    rules = framework.rules
    assert list(rules.approvers.all()) == [cast.rosa]
    assert rules.approver_is_no_author
    assert "checked" in charlie_browses.get(address).content.decode()


# Who may come in ----------------------------------------------------------------------------------------------------

DRAFT_ROUTES = {
    "draft": "get",
    "save_draft": "post",
    "draft_checks": "get",
    "draft_presence": "get",
    "discard_library_draft": "post",
    "draft_review": "get",
    "submit_draft": "post",
    "approve_draft": "post",
    "send_back_draft": "post",
    "take_back_draft": "post",
    "comment_on_draft": "post",
    "settle_comment": "post",
    "publish_draft": "post",
}
FRAMEWORK_ROUTES = {
    "drafts": "get",
    "new_competency": "post",
    "framework_rules": "post",
    "editions": "post",
    "edition": "get",
    "edition_download": "get",
}
COMPETENCY_ROUTES = {
    "edit_competency": "post",
    "competency_history": "get",
    "competency_version": "get",
    "retire_competency": "post",
}
ROUTES = {**DRAFT_ROUTES, **FRAMEWORK_ROUTES, **COMPETENCY_ROUTES}


def test_every_route_has_a_row_here():
    from prowess.library.drafts.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(ROUTES)


@pytest.fixture
def addresses(draft, framework, cast):
    comment = review.comment_on_draft(draft, part="", text="Hm.", actor=cast.charlie)
    edition = editions.mark_edition(framework, name="Spring", actor=cast.charlie)
    own = {"settle_comment": [draft.pk, comment.pk], "edition": ["harbour-vale", edition.pk]}
    own["edition_download"] = own["edition"]
    own["competency_version"] = ["harbour-vale", "customer-care", 1]
    shared = {name: [draft.pk] for name in DRAFT_ROUTES}
    shared |= {name: ["harbour-vale"] for name in FRAMEWORK_ROUTES}
    shared |= {name: ["harbour-vale", "customer-care"] for name in COMPETENCY_ROUTES}
    return {name: reverse(name, args=args) for name, args in {**shared, **own}.items()}


@pytest.mark.parametrize(("name", "method"), ROUTES.items(), ids=ROUTES.keys())
def test_readers_are_denied(rosa_browses, addresses, draft, name, method):
    before = draft.document
    answers = [rosa_browses.get(addresses[name]), rosa_browses.post(addresses[name])]
    assert all(answer.status_code in (403, 404, 405) for answer in answers)
    assert {"get": answers[0], "post": answers[1]}[method].status_code in (403, 404)
    draft.refresh_from_db()
    assert (draft.document, draft.state, draft.comments.count()) == (before, "draft", 1)


@pytest.mark.parametrize("name", ROUTES)
def test_who_is_not_signed_in_is_sent_to_sign_in(client, addresses, name):
    assert "/account/sign-in/" in client.post(addresses[name]).url


def test_readers_see_no_button_that_they_may_not_press(rosa_browses, competency):
    text = rosa_browses.get("/library/harbour-vale/customer-care/").content.decode()
    text += rosa_browses.get("/library/harbour-vale/").content.decode()
    for name in ("edit_competency", "competency_history", "retire_competency"):
        assert reverse(name, args=["harbour-vale", "customer-care"]) not in text
    for name in ("new_competency", "drafts", "editions"):
        assert reverse(name, args=["harbour-vale"]) not in text


def test_no_page_of_drafts_holds_inline_scripts_or_styles(charlie_browses, addresses, draft, cast):
    pages = [addresses[n] for n in ROUTES if n not in ("edition_download",)]
    for address in pages:
        answer = charlie_browses.get(address)
        if answer.status_code == 200:
            text = answer.content.decode()
            assert "<style" not in text
            assert " style=" not in text
    approved(draft, author=cast.charlie, approver=cast.charlie)
    assert charlie_browses.get(_address(draft, "/publish")).status_code == 200
    assert actions.edit_competency(CompetencyDraft.objects.get().base.competency, actor=cast.charlie) == draft
