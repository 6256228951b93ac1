"""The library's pages, as the server sends them."""

from io import BytesIO

import pytest

from prowess.framework import Competency, Framework, parse_framework
from prowess.library.actions import take_framework
from prowess.library.models import CompetencyVersion


def text(response) -> str:
    return response.content.decode()


# Browsing


def test_an_empty_library_tells_a_reader_to_wait_and_a_talent_lead_what_to_do(client, cast):
    client.force_login(cast.rosa)
    assert "As soon as a talent lead adds a framework" in text(client.get("/library/"))
    client.force_login(cast.charlie)
    assert "Bring in a dictionary" in text(client.get("/library/"))


def test_the_only_framework_opens_at_once(rosa_browses, framework):
    assert rosa_browses.get("/library/").headers["Location"] == "/library/harbour-vale/"


def test_several_frameworks_are_listed_with_their_sizes(rosa_browses, framework, framework_document):
    take_framework(framework_document.model_copy(update={"title": "Second"}), code="second", actor=None)
    page = text(rosa_browses.get("/library/"))
    assert "Harbour &amp; Vale competencies" in page
    assert page.count("5 competencies") == 2


def test_a_framework_shows_its_clusters_with_counts_and_what_has_none(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/"))
    assert '<span>Customers</span> <span class="count">2</span>' in page
    assert '<span>Without a cluster</span> <span class="count">1</span>' in page
    assert page.index("Customer Care") < page.index("Finding Faults") < page.index("Setting Sail")


def test_one_cluster_can_be_read_alone(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/?cluster=thinking"))
    assert "Plain Writing" in page
    assert "Customer Care" not in page
    assert "Setting Sail" in text(rosa_browses.get("/library/harbour-vale/?cluster=none"))


@pytest.mark.parametrize(
    "address", ["/library/nowhere/", "/library/harbour-vale/?cluster=nowhere", "/library/harbour-vale/nowhere/"]
)
def test_what_does_not_exist_is_said_in_a_sentence(rosa_browses, framework, address):
    response = rosa_browses.get(address)
    assert response.status_code == 404
    assert "nowhere" in text(response)


def test_two_thousand_competencies_come_in_pages(rosa_browses, many):
    shown = {
        page: text(rosa_browses.get(f"/library/many/?page={page}")).count('class="competency-title"')
        for page in ("", "2", "42", "99", "-1", "many")
    }
    assert shown == {"": 48, "2": 48, "42": 32, "99": 32, "-1": 32, "many": 48}


@pytest.fixture
def many(db):
    competencies = [Competency(code=f"c{n}", title=f"Competency {n}", cluster=f"k{n % 7}") for n in range(2000)]
    return take_framework(Framework(title="Many", competencies=competencies), code="many", actor=None)


# Searching


def test_search_marks_the_words_and_names_their_part(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/search", {"q": "complaints"}))
    assert "1 competency for “complaints”" in page
    assert "Job activity</span> Handle <mark>complaints</mark> about late parcels." in page


def test_search_while_typing_sends_only_what_changes(rosa_browses, framework):
    response = rosa_browses.get("/library/harbour-vale/search", {"q": "compl"}, headers={"HX-Request": "true"})
    assert "<html" not in text(response)
    assert "Handle <mark>complaints</mark>" in text(response)
    assert response.headers["HX-Replace-Url"] == "/library/harbour-vale/search?q=compl"


def test_an_emptied_search_shows_the_shelves_again(rosa_browses, framework):
    response = rosa_browses.get("/library/harbour-vale/search", {"q": "  "}, headers={"HX-Request": "true"})
    assert "Setting Sail" in text(response)
    assert response.headers["HX-Replace-Url"] == "/library/harbour-vale/"


def test_a_search_without_result_says_what_to_try(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/search", {"q": "zxcvb"}))
    assert "Nothing fits “zxcvb”" in page
    assert "No competency has the word “zxcvb”" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("x" * 201, "longer than 200 characters"), ("a\x00b", "Null characters are not allowed")],
)
def test_odd_searches_are_answered(rosa_browses, framework, typed, sentence):
    response = rosa_browses.get("/library/harbour-vale/search", {"q": typed})
    assert response.status_code == 200
    assert sentence in text(response)


def test_what_is_typed_is_never_part_of_the_page_as_markup(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/search", {"q": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page


# Reading


def test_a_competency_shows_all_its_parts(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/customer-care/"))
    for part in (
        "Finds out what a customer needs",
        "Client service, Helping buyers",
        "Listens first",
        "Handle complaints about late parcels.",
        "Gives the customer a date by which the answer comes.",
        "Customer Care mends the relationship; Finding Faults mends the thing.",
        "Choose it where most contacts are short.",
        "Shadow a colleague at the counter.",
        "From 1 Learning to 2 Able",
        "What did you do first?",
    ):
        assert part in page


def test_a_forbidden_pair_is_shown_with_its_advice(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/customer-care/"))
    assert "Not in the same profile as" in page
    assert "Which to take:</strong> Take Customer Care for those who serve anybody who comes" in page


def test_effective_and_ineffective_are_told_by_words(rosa_browses, framework):
    page = text(rosa_browses.get("/library/harbour-vale/customer-care/"))
    assert page.count("</svg> Effective</p>") == 2
    assert page.count("</svg> Ineffective</p>") == 1


def test_empty_parts_are_under_development_to_a_reader_and_gaps_to_a_talent_lead(client, cast, framework):
    client.force_login(cast.rosa)
    page = text(client.get("/library/harbour-vale/setting-sail/"))
    assert page.count("under development") == 8
    assert "Still to be written" not in page
    client.force_login(cast.charlie)
    assert "Still to be written: definition, other names" in text(client.get("/library/harbour-vale/setting-sail/"))


def test_a_new_version_is_what_readers_see_next(rosa_browses, framework, framework_document):
    rosa_browses.get("/library/harbour-vale/loyalty/")
    first, second, *rest = framework_document.competencies
    changed = framework_document.model_copy(
        update={"competencies": (first, second.model_copy(update={"definition": "Keeps customers for life."}), *rest)}
    )
    take_framework(changed, code="harbour-vale", actor=None)
    page = text(rosa_browses.get("/library/harbour-vale/loyalty/"))
    assert "Keeps customers for life." in page
    assert CompetencyVersion.objects.filter(competency__code="loyalty").count() == 2


def test_a_change_of_the_other_side_reaches_the_page(rosa_browses, framework, framework_document):
    rosa_browses.get("/library/harbour-vale/loyalty/")
    first, *rest = framework_document.competencies
    changed = framework_document.model_copy(
        update={"competencies": (first.model_copy(update={"title": "Care for Customers"}), *rest)}
    )
    take_framework(changed, code="harbour-vale", actor=None)
    assert "Care for Customers" in text(rosa_browses.get("/library/harbour-vale/loyalty/"))


@pytest.mark.parametrize(
    "code", ["2.A.1.a", "https://example.org/skill/1?x=2#y", "C++", "50%", "ärger", "pdf", "search", "a/b/pdf"]
)
def test_any_code_has_an_address(rosa_browses, code):
    from django.urls import reverse

    take_framework(Framework(title="Odd", competencies=(Competency(code=code, title="Odd code"),)), actor=None)
    response = rosa_browses.get(reverse("competency", args=["odd", code]))
    assert response.status_code == 200
    assert "<h1" in text(response)
    assert "Odd code" in text(response)


def test_hostile_content_stays_text(rosa_browses):
    competency = Competency(
        code="x",
        title="<script>alert(1)</script>",
        definition="<img src=x onerror=alert(1)>",
        development=[{"kind": "resource", "text": "Read", "link": "javascript:alert(1)"}],
    )
    take_framework(Framework(title="Hostile", competencies=(competency,)), actor=None)
    page = text(rosa_browses.get("/library/hostile/x/"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "javascript:" not in page


def test_a_repeated_reading_asks_the_database_for_almost_nothing(
    rosa_browses, framework, django_assert_max_num_queries
):
    rosa_browses.get("/library/harbour-vale/customer-care/")
    with django_assert_max_num_queries(3):  # session, user, competency
        rosa_browses.get("/library/harbour-vale/customer-care/")


# Files


def test_the_download_is_the_framework_that_was_taken(rosa_browses, framework, framework_document):
    response = rosa_browses.get("/library/harbour-vale/framework.yaml")
    assert response.headers["Content-Disposition"] == 'attachment; filename="harbour-vale.yaml"'
    assert parse_framework(text(response)) == framework_document


@pytest.mark.parametrize("code", ["customer-care", "setting-sail"])
def test_a_competency_comes_as_pdf_with_all_its_text(rosa_browses, framework, code):
    pypdf = pytest.importorskip("pypdf")
    response = rosa_browses.get(f"/library/harbour-vale/{code}/pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(BytesIO(response.content))
    printed = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    expected = "Which to take: Take Customer Care for those" if code == "customer-care" else "under development"
    assert expected in printed
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_competency_comes_as_a_word_file_with_headings_and_a_table_of_levels(rosa_browses, framework):
    from docx import Document

    response = rosa_browses.get("/library/harbour-vale/customer-care/word")
    document = Document(BytesIO(response.content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Key actions", "Job activities", "Levels", "Relations",
        "Notes on use", "Development options", "Interview questions",
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["1 Learning", "2 Able", "3 Leading"]


def test_a_hardly_begun_competency_comes_as_a_word_file_too(rosa_browses, framework):
    from docx import Document

    response = rosa_browses.get("/library/harbour-vale/setting-sail/word")
    texts = [p.text for p in Document(BytesIO(response.content)).paragraphs]
    assert texts.count("Under development.") == 7


# Who may


@pytest.mark.parametrize(
    ("who", "method", "address", "status"),
    [
        ("nobody", "get", "/library/", 302),
        ("nobody", "get", "/library/harbour-vale/", 302),
        ("nobody", "get", "/library/harbour-vale/search?q=care", 302),
        ("nobody", "get", "/library/harbour-vale/customer-care/", 302),
        ("nobody", "get", "/library/harbour-vale/customer-care/pdf", 302),
        ("nobody", "get", "/library/harbour-vale/customer-care/word", 302),
        ("nobody", "get", "/library/harbour-vale/framework.yaml", 302),
        ("nobody", "post", "/library/import", 302),
        ("rosa", "get", "/library/harbour-vale/", 200),
        ("rosa", "get", "/library/harbour-vale/search?q=care", 200),
        ("rosa", "get", "/library/harbour-vale/customer-care/", 200),
        ("rosa", "get", "/library/harbour-vale/framework.yaml", 200),
        ("rosa", "get", "/library/harbour-vale/download?format=prowess", 200),
        ("nobody", "get", "/library/harbour-vale/download", 302),
        ("rosa", "get", "/library/import", 403),
        ("rosa", "post", "/library/import", 403),
        ("rosa", "post", "/library/harbour-vale/", 405),
        ("charlie", "get", "/library/import", 200),
        ("charlie", "post", "/library/import", 400),
        ("nadia", "get", "/library/harbour-vale/", 302),
        ("nadia", "get", "/library/import", 302),
    ],
)
def test_who_may_do_what(client, cast, framework, who, method, address, status):
    if who != "nobody":
        client.force_login(getattr(cast, who))
    assert getattr(client, method)(address).status_code == status


def test_a_framework_document_survives_the_database(framework, framework_document):
    from prowess.library.queries import document_of

    stored = document_of(framework)
    assert stored == framework_document
