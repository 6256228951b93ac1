"""The first whole path: a pasted job, a profile edited and saved, its guide downloaded and opened."""

import io

import docx
import pytest
from playwright.sync_api import expect

from tests.cast import JOB

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _propose(page):
    page.goto("/roles/new/")
    page.get_by_label("Job description").fill(JOB)
    page.get_by_label("At least").fill("2")
    page.get_by_label("At most").fill("3")
    page.get_by_text("Competencies that are always in").click()
    page.get_by_label("Customer Care").check()
    page.get_by_role("button", name="Propose a profile").click()
    expect(page.get_by_role("heading", name="In the profile", exact=True)).to_be_visible(timeout=30_000)


def test_from_a_pasted_job_to_a_downloaded_guide(page, sign_in, cast, framework, axe, fits_the_screen):
    sign_in(page, cast.charlie)
    _propose(page)
    expect(page.get_by_role("link", name="Customer Care")).to_be_visible()
    page.get_by_text("of the job call").first.click()
    expect(page.get_by_text("Answer questions of visitors at the counter").first).to_be_visible()
    axe(page)
    fits_the_screen(page)

    page.get_by_label("Find by title, alias or definition").press_sequentially("loyal", delay=20)
    page.get_by_role("button", name="Add Loyalty").last.click()
    expect(page.get_by_text("The library's advice")).to_be_visible()
    expect(page.locator("#refusal")).to_contain_text("take Loyalty for those who keep a circle of customers")
    page.get_by_role("button", name="Take Loyalty instead").click()
    expect(page.locator("article").get_by_role("link", name="Loyalty")).to_be_visible()
    expect(page.locator("article").get_by_role("link", name="Customer Care")).to_have_count(0)

    page.locator("#level-loyalty").select_option("3")
    expect(page.get_by_text("set by hand")).to_be_attached()
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_text("Saved as profile 1")).to_be_visible()
    axe(page)
    fits_the_screen(page)

    page.get_by_role("link", name="Interview guide").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Counter assistant")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    content = download.value.path().read_bytes()
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert "Counter assistant" in text


def test_the_editor_works_by_keyboard_alone(page, sign_in, cast, role):
    sign_in(page, cast.charlie)
    page.goto(f"/roles/{role.pk}/draft/")
    first = page.locator("article .form-range").first
    first.focus()
    before = first.input_value()
    page.keyboard.press("ArrowRight")
    expect(page.locator("article output").first).not_to_have_text(f"{before} %")
    page.get_by_role("button", name="Remove Customer Care").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article").get_by_role("link", name="Customer Care")).to_have_count(0)
    page.locator("#save-profile").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved as profile 1")).to_be_visible()


def test_the_second_of_two_windows_is_told(open_page, sign_in, cast, role):
    first, second = open_page(), open_page()
    for window in (first, second):
        sign_in(window, cast.charlie)
        window.goto(f"/roles/{role.pk}/draft/")
    first.locator("#level-customer-care").select_option("3")
    expect(first.get_by_text("set by hand")).to_be_attached()
    second.locator("#level-customer-care").select_option("2")
    expect(second.get_by_text("was changed meanwhile, last by Charlie Okafor")).to_be_visible()
    expect(second.locator("#level-customer-care")).to_have_value("3")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_roles_is_accessible_on_a_phone(open_page, sign_in, cast, saved_role, axe, fits_the_screen, dark):
    page = open_page(width=390, height=844, dark=dark)
    sign_in(page, cast.charlie)
    for url in ("/", "/roles/", "/roles/new/", f"/roles/{saved_role.pk}/", "/roles/compare/"):
        page.goto(url)
        axe(page)
        fits_the_screen(page)


def test_signing_in_through_the_form(page, cast, axe):
    page.goto("/roles/")
    axe(page)
    page.get_by_label("Email").fill("charlie@harbour-vale.example")
    page.get_by_label("Password").fill("a quiet harbour 41")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Roles", level=1)).to_be_visible()
