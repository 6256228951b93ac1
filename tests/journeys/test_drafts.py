"""A competency is edited, reviewed and published; two people write at once; a phone and the keyboard suffice."""

import re

import pytest
from playwright.sync_api import expect

from prowess.library.drafts import actions, editions, review
from prowess.library.drafts.sheet import sheet_of
from prowess.library.models import CompetencyDraft, DraftState
from prowess.people.models import KindOfUser, User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def vera(cast):
    return User.objects.create_user("vera@harbour-vale.example", name="Vera Szabo", kind=KindOfUser.TALENT_LEAD)


@pytest.fixture
def draft(framework, cast):
    return actions.edit_competency(framework.competencies.get(code="customer-care"), actor=cast.charlie)


def _saved(page, revision):
    expect(page.locator("#draft-revision")).to_have_value(str(revision))


def test_from_edit_to_a_published_version_and_its_role(
    page, open_page, sign_in, cast, vera, saved_role, axe, fits_the_screen
):
    sign_in(page, cast.charlie)
    page.goto("/library/harbour-vale/customer-care/")
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Customer Care")
    expect(page.locator("#draft-checks")).to_contain_text("Readiness")
    axe(page)
    fits_the_screen(page)

    page.get_by_label("Definition").fill("Finds out what a customer needs, and provides it in time.")
    _saved(page, 2)
    group = page.locator("#group-job_activities")
    group.get_by_text("Paste a list").click()
    group.get_by_label("One job activity a line").fill("• Pack orders.\n• Weigh parcels.")
    group.get_by_role("button", name="Add these lines").click()
    expect(group.locator("li")).to_have_count(5)
    _saved(page, 3)
    group.get_by_role("button", name="Remove: Pack orders.").click()
    expect(group.locator("li")).to_have_count(4)
    page.get_by_label("Title").fill("Customer Care now")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_text("is in review now")).to_be_visible()
    expect(page.locator("ins").first).to_be_visible()
    axe(page)

    reviewer = open_page()
    sign_in(reviewer, vera)
    reviewer.goto("/library/harbour-vale/drafts")
    reviewer.get_by_role("link", name="Customer Care now").click()
    reviewer.get_by_label("Comment", exact=True).fill("Good.")
    reviewer.get_by_role("button", name="Comment").click()
    reviewer.get_by_role("button", name="Approve").click()
    reviewer.get_by_role("link", name="Publish…").click()
    expect(reviewer.get_by_role("link", name="Counter assistant")).to_be_visible()
    axe(reviewer)
    reviewer.get_by_label("New version at once").check()
    reviewer.get_by_role("button", name="Publish version 2").click()
    expect(reviewer.get_by_text("uses version 2 now")).to_be_visible()
    expect(reviewer.get_by_text("provides it in time")).to_be_visible()
    reviewer.get_by_role("link", name="History").click()
    expect(reviewer.get_by_role("heading", name="From version 1 to version 2")).to_be_visible()
    axe(reviewer)


def test_two_people_write_at_once_and_nothing_is_lost(open_page, sign_in, cast, vera, draft, axe):
    charlie, other = open_page(), open_page()
    for window, user in ((charlie, cast.charlie), (other, vera)):
        sign_in(window, user)
        window.goto(f"/library/drafts/{draft.pk}")
    expect(other.get_by_text("Charlie Okafor has this draft open")).to_be_visible()
    charlie.get_by_label("Definition").fill("Charlie's words.")
    _saved(charlie, 2)
    other.get_by_label("Title").fill("Care")
    _saved(other, 3)
    expect(other.get_by_label("Definition")).to_have_value("Charlie's words.")

    other.get_by_label("Definition").fill("Vera's words.")
    _saved(other, 4)
    charlie.get_by_label("Definition").fill("Charlie's other words.")
    expect(charlie.get_by_text("changed meanwhile by Vera Szabo")).to_be_visible()
    expect(charlie.locator("#draft-clash")).to_contain_text("Vera's words.")
    charlie.get_by_label("Take mine").check()
    charlie.get_by_role("button", name="Save with this choice").click()
    _saved(charlie, 5)
    expect(charlie.locator("#draft-clash")).to_be_empty()
    expect(charlie.get_by_label("Title")).to_have_value("Care")
    draft.refresh_from_db()
    assert draft.document["definition"] == "Charlie's other words."


def test_rows_are_written_added_and_moved_by_keyboard_alone(page, sign_in, cast, draft):
    sign_in(page, cast.charlie)
    page.goto(f"/library/drafts/{draft.pk}")
    rows = page.locator("#group-job_activities textarea[name^=job_activities]")
    rows.first.focus()
    page.keyboard.press("Control+Enter")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.type("Greet visitors.")
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.first).to_have_value("Greet visitors.")
    page.get_by_role("button", name="Add interview question").or_(page.locator("#add-questions")).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#group-questions li.sheet-row")).to_have_count(3)
    expect(page.locator("#group-questions li.sheet-row").last.get_by_label("Kind")).to_be_focused()


def test_what_is_typed_before_tabbing_to_a_button_is_saved_and_the_button_not_pressed(page, sign_in, cast, draft):
    sign_in(page, cast.charlie)
    page.goto(f"/library/drafts/{draft.pk}")
    page.locator("#group-job_activities textarea").first.fill("Greet visitors.")
    page.get_by_role("button", name="Remove: Answer questions").focus()
    _saved(page, 2)
    expect(page.locator("#group-job_activities li.sheet-row")).to_have_count(3)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_drafts_is_accessible_on_a_phone(
    open_page, sign_in, cast, saved_role, draft, axe, fits_the_screen, dark
):
    edition = editions.mark_edition(draft.framework, name="Spring", actor=cast.charlie)
    page = open_page(width=390, height=844, dark=dark)
    sign_in(page, cast.charlie)
    home = "/library/harbour-vale"
    addresses = [f"{home}/{end}" for end in ("drafts", "new", "rules", "editions", f"editions/{edition.pk}")]
    addresses += [f"{home}/customer-care/{end}" for end in ("history", "versions/1", "retire")]
    for url in (*addresses, f"/library/drafts/{draft.pk}"):
        page.goto(url)
        axe(page)
        fits_the_screen(page)
    review.submit_draft(draft, revision=1, actor=cast.charlie)
    CompetencyDraft.objects.update(state=DraftState.APPROVED)
    for url in (f"/library/drafts/{draft.pk}/review", f"/library/drafts/{draft.pk}/publish"):
        page.goto(url)
        axe(page)
        fits_the_screen(page)


def test_an_offered_relation_is_taken_by_one_click(page, sign_in, cast, framework, axe):
    from prowess.library.queries import document_of

    original = document_of(framework).competency("customer-care")
    draft = actions.add_competency(framework, title="Looking after clients", actor=cast.charlie)
    copied = original.model_copy(update={"code": draft.code, "title": draft.title, "relations": ()})
    actions.save_draft(
        draft, revision=draft.revision, seen=0, choices={}, change=lambda _: sheet_of(copied), actor=cast.charlie
    )
    sign_in(page, cast.charlie)
    page.goto(f"/library/drafts/{draft.pk}")
    checks = page.locator("#draft-checks")
    expect(checks).to_contain_text("say about the same as parts of “Customer Care”", timeout=20_000)
    axe(page)
    checks.get_by_role("button", name="not-with").first.click()
    row = page.locator("#group-relations li").first
    expect(row).to_be_visible()
    expect(row.get_by_label("Note")).to_have_value(re.compile("Customer Care"))
    expect(row.get_by_label("Note")).to_be_focused()
    expect(checks).not_to_contain_text("say about the same as parts of “Customer Care”", timeout=20_000)
