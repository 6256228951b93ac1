import io

import docx
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prowess.roles.models import Role
from tests.cast import JOB


def _new(framework, **data):
    return {"framework": framework.pk, "fewest": 2, "most": 3, **data}


def test_a_pasted_job_becomes_a_draft(charlie_browses, framework):
    answer = charlie_browses.post(reverse("new_role"), _new(framework, job_text=JOB), follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Counter assistant" in text
    assert "Customer Care" in text
    assert "job statements covered" in text


def test_an_uploaded_word_file_becomes_a_draft(charlie_browses, framework):
    document = docx.Document()
    for line in JOB.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    upload = SimpleUploadedFile("counter.docx", file.getvalue())
    answer = charlie_browses.post(reverse("new_role"), _new(framework, job_file=upload), follow=True)
    assert "Counter assistant" in answer.content.decode()
    assert Role.objects.get().job_file_name == "counter.docx"


WRONG = {
    "nothing given": ({}, "Paste a job description, or upload one."),
    "text and file": ({"job_text": JOB, "job_file": SimpleUploadedFile("a.txt", JOB.encode())}, "not both"),
    "an empty file": ({"job_file": SimpleUploadedFile("a.txt", b"")}, "empty"),
    "binary junk": ({"job_file": SimpleUploadedFile("a.bin", bytes(range(256)) * 20)}, "a.bin"),
    "another language": (
        {
            "job_text": "Sie beraten unsere Kunden am Telefon und bearbeiten die Anfragen, die im Laufe des Tages "
            "bei uns eingehen. "
            "Sie pflegen die Daten der Kunden und schreiben Angebote für die Abteilung."
        },
        "English",
    ),
    "a size upside down": ({"job_text": JOB, "fewest": 5, "most": 2}, "must not be below"),
    "nothing about the work": (
        {"job_text": "We offer free lunches. We are an equal opportunity employer."},
        "statement",
    ),
}


@pytest.mark.parametrize(("data", "says"), WRONG.values(), ids=WRONG.keys())
def test_wrong_input_is_told_beside_the_field(charlie_browses, framework, data, says):
    answer = charlie_browses.post(reverse("new_role"), _new(framework, **data))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Role.objects.exists()


def test_markup_in_a_job_is_shown_as_text(charlie_browses, framework):
    job = JOB.replace("visitors", "<script>alert(1)</script> visitors")
    answer = charlie_browses.post(reverse("new_role"), _new(framework, title="<b>Boss</b>", job_text=job), follow=True)
    assert "<script>alert(1)</script>" not in answer.content.decode()
    assert "&lt;b&gt;Boss&lt;/b&gt;" in answer.content.decode()


def test_a_refused_pair_is_told_with_advice_and_a_swap(charlie_browses, role):
    answer = charlie_browses.post(
        reverse("change_profile", args=[role.pk, "add"]),
        {"revision": 1, "code": "loyalty"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "advice" in text
    assert "Take Loyalty instead" in text


def test_without_scripts_a_refusal_is_a_whole_page(charlie_browses, role):
    answer = charlie_browses.post(reverse("change_profile", args=[role.pk, "add"]), {"revision": 1, "code": "loyalty"})
    assert answer.status_code == 409
    assert "<html" in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "data", "status"),
    [
        ("weigh", {"code": "customer-care", "importance": "80"}, 200),
        ("weigh", {"code": "customer-care", "importance": "lots"}, 400),
        ("weigh", {"code": "customer-care", "importance": "180"}, 400),
        ("level", {"code": "customer-care", "level": "3"}, 200),
        ("level", {"code": "customer-care", "level": "9"}, 400),
        ("move", {"code": "customer-care", "direction": "up"}, 200),
        ("rename", {"title": "Harbour clerk"}, 200),
        ("rename", {"title": " "}, 400),
        ("remove", {"code": "customer-care"}, 200),
        ("remove", {"code": "nothing"}, 404),
        ("add", {"code": "nothing"}, 404),
        ("paint", {"code": "customer-care"}, 404),
    ],
)
def test_each_change_answers(charlie_browses, role, verb, data, status):
    url = reverse("change_profile", args=[role.pk, verb])
    answer = charlie_browses.post(url, {"revision": 1, **data}, headers={"HX-Request": "true"})
    assert answer.status_code == status


ROUTES = [
    ("get", "roles", ()),
    ("get", "new_role", ()),
    ("get", "edit_profile", ("role",)),
    ("post", "start_draft", ("role",)),
    ("get", "profile_candidates", ("role",)),
    ("post", "save_profile", ("role",)),
    ("post", "discard_draft", ("role",)),
    ("post", "change_profile", ("role", "remove")),
    ("get", "role", ("role",)),
]


@pytest.mark.parametrize(("method", "name", "arguments"), ROUTES)
def test_strangers_are_asked_to_sign_in(client, role, method, name, arguments):
    url = reverse(name, args=[role.pk if a == "role" else a for a in arguments])
    answer = getattr(client, method)(url)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("method", "name", "arguments"), ROUTES[1:])
def test_a_reader_neither_sees_nor_changes_a_role_that_is_only_a_draft(rosa_browses, role, method, name, arguments):
    url = reverse(name, args=[role.pk if a == "role" else a for a in arguments])
    assert getattr(rosa_browses, method)(url).status_code in (403, 404)
    assert role.profiles.get().number is None


def test_a_reader_reads_what_is_saved(rosa_browses, saved_role):
    answer = rosa_browses.get(reverse("role", args=[saved_role.pk]))
    assert answer.status_code == 200
    assert "Customer Care" in answer.content.decode()
    assert "Continue the draft" not in answer.content.decode()


@pytest.mark.parametrize("file_format", ["profile.json", "profile.pdf", "profile.docx"])
def test_a_saved_profile_is_downloaded(rosa_browses, saved_role, file_format):
    answer = rosa_browses.get(reverse("download_profile", args=[saved_role.pk, 1, file_format]))
    assert answer.status_code == 200
    assert "counter-assistant-profile-1" in answer["Content-Disposition"]
    text = _text_of(answer.content, file_format)
    assert "Customer Care" in text
    assert "Answer questions of visitors at the counter" in text


def _text_of(content, file_format):
    if file_format.endswith("pdf"):
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())
    if file_format.endswith("docx"):
        document = docx.Document(io.BytesIO(content))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    return content.decode()


def test_another_format_is_refused_with_those_that_there_are(rosa_browses, saved_role):
    answer = rosa_browses.get(reverse("download_profile", args=[saved_role.pk, 1, "profile.exe"]))
    assert answer.status_code == 404
    assert "profile.pdf" in answer.content.decode()


def test_two_roles_are_compared(charlie_browses, saved_role, framework, cast):
    charlie_browses.post(
        reverse("new_role"), _new(framework, title="Fitter", job_text=JOB.replace("Counter assistant", "Fitter"))
    )
    fitter = Role.objects.get(title="Fitter")
    charlie_browses.post(reverse("save_profile", args=[fitter.pk]), {"revision": 1})
    answer = charlie_browses.get(reverse("compare_roles"), {"first": saved_role.pk, "second": fitter.pk})
    assert "alike" in answer.content.decode()


@pytest.mark.parametrize("first", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_comparing_with_nonsense_is_no_crash(charlie_browses, saved_role, first):
    answer = charlie_browses.get(reverse("compare_roles"), {"first": first, "second": saved_role.pk})
    assert answer.status_code in (200, 404)


def test_which_roles_use_a_competency(rosa_browses, saved_role):
    answer = rosa_browses.get(reverse("roles_using", args=["harbour-vale", "customer-care"]))
    assert "Counter assistant" in answer.content.decode()


def test_roles_are_found_by_words_of_their_title(charlie_browses, saved_role):
    assert "Counter assistant" in charlie_browses.get(reverse("roles"), {"words": "assist coun"}).content.decode()
    assert "No role has" in charlie_browses.get(reverse("roles"), {"words": "zebra"}).content.decode()
