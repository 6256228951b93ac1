"""A dictionary on paper comes in: uploaded, corrected, imported, edited, reviewed, published; its next edition too."""

import time
from threading import Event, Thread

import pytest
from django.db import connection
from playwright.sync_api import expect

from prowess.library.drafts import review
from prowess.library.models import CompetencyDraft, Framework
from prowess.people.models import KindOfUser, User
from tests.background.waiting import do_waiting_tasks
from tests.library.imports.bringing import CREW, brought
from tests.shared_data import shared_path

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def vera(cast):
    return User.objects.create_user("vera@harbour-vale.example", name="Vera Szabo", kind=KindOfUser.TALENT_LEAD)


@pytest.fixture
def worker(live_server):
    """A worker beside the pages, with a connection of its own."""
    stop = Event()

    def work():
        while not stop.is_set():
            do_waiting_tasks()
            time.sleep(0.2)
        connection.close()

    thread = Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.fixture
def crew(tmp_path):
    path = tmp_path / "crew.txt"
    path.write_text(CREW)
    return path


def bring(page, path):
    page.goto("/library/import")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/lines")


def step(page, name):
    page.get_by_role("navigation", name="Steps of this import").get_by_role("link", name=name).click()


def of_line(page, words):
    return page.locator("li.source-line", has=page.locator(".source-text", has_text=words)).first


def test_from_a_file_to_a_published_competency_and_its_next_version(
    page, open_page, sign_in, cast, vera, worker, crew, axe, fits_the_screen
):
    sign_in(page, cast.charlie)
    page.goto("/library/")
    page.get_by_role("link", name="Bring in a dictionary").click()
    axe(page)
    bring(page, crew)
    axe(page)
    fits_the_screen(page)

    of_line(page, "Blue door").get_by_role("checkbox").check()
    page.get_by_label("What it is").select_option("no content")
    page.get_by_role("button", name="Correct 1 line").click()
    expect(of_line(page, "Blue door")).to_contain_text("no content")
    of_line(page, "Timing").get_by_text("Edit").click()
    of_line(page, "Timing").get_by_label("Words of line").fill("Timing - Keeps the stroke with everybody else.")
    of_line(page, "Timing").get_by_role("button", name="Save words").click()
    expect(of_line(page, "Timing")).to_contain_text("with everybody else")
    expect(page.get_by_role("link", name="Corrected 2")).to_be_visible()

    step(page, "Competencies and scale")
    expect(page.get_by_text("questions under development").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="ROWING").click()
    expect(page.get_by_text("Keeps the stroke with everybody else.")).to_be_visible()
    axe(page)
    page.go_back()
    step(page, "Compare and import")
    expect(page.get_by_role("status")).to_contain_text("2 added, 0 changed")
    axe(page)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="crew.txt is in the library")).to_be_visible()
    axe(page)

    page.get_by_role("link", name="ROWING").click()
    page.get_by_label("Title").fill("Rowing")
    expect(page.locator("#draft-revision")).to_have_value("2")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_text("is in review now")).to_be_visible()
    reviewer = open_page()
    sign_in(reviewer, vera)
    reviewer.goto("/library/harbour-crew-dictionary/drafts")
    reviewer.get_by_role("link", name="Rowing").click()
    reviewer.get_by_role("button", name="Approve").click()
    reviewer.get_by_role("link", name="Publish…").click()
    reviewer.get_by_role("button", name="Publish version 1").click()
    expect(reviewer.get_by_text("Keeps the stroke with everybody else.")).to_be_visible()

    _a_newer_edition(page, crew)
    _its_differences_and_impact(reviewer)


def _a_newer_edition(page, crew):
    """The next edition of the same dictionary finds what it changes."""
    CompetencyDraft.objects.filter(code="steering").delete()
    crew.write_text(CREW.replace("alone or with others", "in any weather"))
    bring(page, crew)
    step(page, "Compare and import")
    page.get_by_role("link", name="Changed 1").click()
    page.locator("summary", has_text="Definition").click()
    expect(page.locator("ins", has_text="in any weather")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("1 added, 1 changed")).to_be_visible()


def _its_differences_and_impact(reviewer):
    """What the newer edition changes is read as a difference before it is published, beside who uses the older one."""
    draft = CompetencyDraft.objects.exclude(state="published").get(code="rowing")
    vera = User.objects.get(name="Vera Szabo")
    draft = review.submit_draft(draft, revision=draft.revision, actor=vera)
    reviewer.goto(f"/library/drafts/{draft.pk}/review")
    expect(reviewer.locator("ins", has_text="in any weather").first).to_be_visible()
    reviewer.get_by_role("button", name="Approve").click()
    reviewer.get_by_role("link", name="Publish…").click()
    expect(reviewer.get_by_text("Nothing that you may see uses an older version.")).to_be_visible()
    reviewer.get_by_role("button", name="Publish version 2").click()
    reviewer.get_by_role("link", name="History").click()
    expect(reviewer.get_by_role("heading", name="From version 1 to version 2")).to_be_visible()


def test_lines_are_chosen_and_corrected_by_keyboard_alone(page, sign_in, cast, crew, worker):
    sign_in(page, cast.charlie)
    bring(page, crew)
    of_line(page, "Feathering").get_by_role("checkbox").focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_role("button", name="Correct 2 lines")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What it is")).to_be_focused()
    page.keyboard.type("job a")
    page.get_by_role("button", name="Correct 2 lines").focus()
    page.keyboard.press("Enter")
    expect(of_line(page, "Timing")).to_contain_text("job activity")
    expect(of_line(page, "Feathering")).to_contain_text("job activity")
    expect(of_line(page, "Feathering").get_by_role("checkbox")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(of_line(page, "Timing")).to_contain_text("key action")


def test_a_file_that_is_too_large_is_refused_before_it_travels(page, sign_in, cast):
    sign_in(page, cast.charlie)
    page.goto("/library/import")
    page.evaluate("document.querySelector('#id_file').dataset.largest")
    page.evaluate(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(101 * 2 ** 20)], "<b>huge</b>.pdf"));
            document.querySelector("#id_file").files = files.files;
            document.querySelector("#id_file").dispatchEvent(new Event("change", {bubbles: true}));
        }"""
    )
    expect(page.get_by_text("<b>huge</b>.pdf has 101 MB; at most 100 MB can be brought in.")).to_be_visible()
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("File")).to_be_focused()
    assert page.url.endswith("/library/import")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_an_import_is_accessible_on_a_phone(
    open_page, sign_in, cast, framework, axe, fits_the_screen, dark
):
    found = brought(actor=cast.charlie, target=framework)
    page = open_page(width=390, height=844, dark=dark)
    sign_in(page, cast.charlie)
    ends = ("lines", "lines?show=clutter", "competencies", "competency/rowing", "comparison", "comparison?show=missing")
    for end in ("", *(f"/{found.pk}/{end}" for end in ends)):
        page.goto(f"/library/import{end}")
        axe(page)
        fits_the_screen(page)
    page.goto(f"/library/{framework.code}/download?format=prowess")
    axe(page)
    fits_the_screen(page)


def test_a_dictionary_found_on_the_web_comes_in_whole(page, sign_in, cast, worker):
    seed = next(iter(sorted(shared_path("seeds").glob("*.txt"))))
    sign_in(page, cast.charlie)
    bring(page, seed)
    step(page, "Compare and import")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Begun as drafts")).to_be_visible()
    assert CompetencyDraft.objects.filter(framework=Framework.objects.get()).exists()
