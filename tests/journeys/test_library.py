"""Reading the library in a real browser."""

import pytest

from prowess.library.search import prepare_search

PAGES = [
    "/library/harbour-vale/",
    "/library/harbour-vale/search?q=customer",
    "/library/harbour-vale/search?q=zxcvb",
    "/library/harbour-vale/customer-care/",
    "/library/harbour-vale/setting-sail/",
    "/library/import",
]


@pytest.fixture
def library(transactional_db, framework, cast):
    prepare_search(framework)
    return framework


@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark"), [(1360, False), (1360, True), (390, False)])
def test_every_page_is_accessible_and_fits(library, cast, open_page, sign_in, axe, fits_the_screen, width, dark):
    page = open_page(width=width, dark=dark)
    sign_in(page, cast.charlie)
    for address in PAGES:
        page.goto(address)
        axe(page)
        fits_the_screen(page)


def test_a_reader_finds_a_competency_while_typing_and_opens_it_by_keyboard_alone(library, cast, page, sign_in):
    sign_in(page, cast.rosa)
    page.goto("/library/")
    page.get_by_role("searchbox", name="Search this framework").focus()
    page.keyboard.type("complai")
    page.get_by_text("1 competency for “complai”").wait_for()
    assert page.locator("mark").all_text_contents() == ["complaints"]
    assert page.get_by_role("status").inner_text() == "1 competency found"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Customer Care", level=1).wait_for()


def test_escape_clears_the_search_and_the_address_follows(library, cast, page, sign_in):
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/")
    page.get_by_role("searchbox").fill("sail")
    page.get_by_text("for “sail”").wait_for()
    assert page.url.endswith("/library/harbour-vale/search?q=sail")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Finding Faults").wait_for()
    assert page.url.endswith("/library/harbour-vale/")
    assert page.get_by_role("searchbox").input_value() == ""


def test_arrow_up_from_the_first_result_goes_back_to_the_search(library, cast, page, sign_in):
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/search?q=customer")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "competency-title"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"


def test_the_library_works_without_scripts(library, cast, browser, live_server, sign_in):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/")
    page.get_by_role("searchbox").fill("complaints")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Customer Care").click()
    assert page.get_by_text("Sends the customer away without an answer.").is_visible()
    context.close()


def test_levels_stand_side_by_side_on_a_wide_screen(library, cast, page, sign_in):
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/customer-care/")
    tops = page.eval_on_selector_all(".level", "levels => levels.map(level => level.getBoundingClientRect().top)")
    assert len(tops) == 3
    assert len(set(tops)) == 1


def test_levels_unfold_one_by_one_on_a_telephone(library, cast, open_page, sign_in):
    page = open_page(width=390, height=844)
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/customer-care/")
    behaviour = page.get_by_text("Sends the customer away without an answer.")
    assert not behaviour.is_visible()
    page.get_by_text("Learning", exact=True).click()
    assert behaviour.is_visible()


def test_the_page_names_the_roles_that_use_the_competency(library, cast, page, sign_in):
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/customer-care/")
    section = page.get_by_role("region", name="Which roles use it")
    section.get_by_text("Looking up the roles").wait_for(state="detached")
    assert section.inner_text().strip() != "Which roles use it"


def test_a_printed_competency_holds_every_level_and_no_navigation(library, cast, open_page, sign_in, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    page = open_page(width=390, height=844)
    sign_in(page, cast.rosa)
    page.goto("/library/harbour-vale/customer-care/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    printed = " ".join(
        " ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(tmp_path / "printed.pdf").pages
    )
    assert "Redesigns the counter so that nobody waits longer than ten minutes." in printed
    assert "Which to take: Take Customer Care" in printed
    assert "Which roles use it" not in printed
    assert "Sign out" not in printed
