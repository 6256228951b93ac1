"""The pages of imports: whose they are, what they show, what they refuse."""

import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from prowess.background.models import TaskState, TrackedTask
from prowess.framework.yaml_document import framework_as_yaml
from prowess.library.imports import actions, keeping
from prowess.library.imports.models import Import, ImportReading, ImportState
from prowess.library.models import CompetencyDraft, CompetencyVersion, Framework
from tests.background.waiting import do_waiting_tasks
from tests.cast import small_framework
from tests.library.imports.bringing import CREW, brought, line, taken
from tests.library.imports.test_plan import OTHER

HOME = "/library/import"


def text(response):
    return response.content.decode()


def upload(client, content=CREW, name="crew.txt", **more):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(HOME, {"file": SimpleUploadedFile(name, content), **more})


def stored_files():
    return [path for path in (Path(settings.MEDIA_ROOT) / "imports").rglob("*") if path.is_file()]


@pytest.fixture
def found(cast):
    return brought(actor=cast.charlie)


# Bringing in


def test_an_upload_is_read_in_the_background_and_then_looked_at_line_by_line(charlie_browses):
    address = upload(charlie_browses).headers["Location"]
    waiting = text(charlie_browses.get(address))
    assert "Waiting for a worker" in waiting
    assert "<progress" in waiting
    do_waiting_tasks()
    assert charlie_browses.get(f"{address}/progress").headers["HX-Redirect"] == address
    page = text(charlie_browses.get(address, follow=True))
    assert "Feathering - Turns the blade flat on the way back." in page
    assert "key action" in page
    assert "2 competencies so far" in page


def test_pasted_text_is_read_like_a_file(charlie_browses):
    address = charlie_browses.post(HOME, {"text": CREW}).headers["Location"]
    do_waiting_tasks()
    assert "ROWING" in text(charlie_browses.get(address, follow=True))


def test_a_framework_file_has_no_lines_and_is_compared_with_its_namesake(charlie_browses, framework):
    address = upload(charlie_browses, framework_as_yaml(small_framework()), "harbour.yaml").headers["Location"]
    do_waiting_tasks()
    assert charlie_browses.get(address).headers["Location"].endswith("/competencies")
    page = text(charlie_browses.get(f"{address}/comparison"))
    assert "Nothing changed" in page
    assert "Lines of the source" not in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a file, or paste a text."),
        ({"text": "   "}, "Choose a file, or paste a text."),
        ({"text": "x", "format": "nonsense"}, "Select a valid choice"),
        ({"text": "x", "target": "nowhere"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_begun_is_told_beside_the_field(charlie_browses, data, sentence):
    response = charlie_browses.post(HOME, data)
    assert response.status_code == 400
    assert sentence in text(response)
    assert not Import.objects.exists()


def test_a_file_and_a_text_at_once_are_one_too_many(charlie_browses):
    response = upload(charlie_browses, text="another")
    assert "not both" in text(response)


def test_too_many_open_imports_are_refused(charlie_browses, cast, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 1)
    upload(charlie_browses)
    assert "imports open" in text(upload(charlie_browses))
    assert Import.objects.count() == 1


def test_an_upload_larger_than_anything_is_refused_before_it_is_parsed(charlie_browses, settings):
    settings.LARGEST_REQUEST = 1000
    response = upload(charlie_browses, b"x" * 5000)
    assert response.status_code == 413
    assert "Divide the file" in text(response)
    assert not Import.objects.exists()


def test_a_file_larger_than_a_dictionary_leaves_nothing_behind(charlie_browses, monkeypatch):
    monkeypatch.setattr("prowess.library.imports.storage.LARGEST_FILE", 100)
    before = stored_files()
    response = upload(charlie_browses, name="too-large.txt")
    assert response.status_code == 400
    assert "larger than" in text(response)
    assert not [path for path in stored_files() if path not in before and "too-large" in path.name]
    assert not Import.objects.exists()


# Coming back


def test_an_open_import_is_offered_again_and_can_be_thrown_away(
    charlie_browses, found, django_capture_on_commit_callbacks
):
    assert "crew.txt" in text(charlie_browses.get(HOME))
    (kept,) = [path for path in stored_files() if str(found.pk) in str(path)]
    assert kept.stat().st_mode & 0o077 == 0
    with django_capture_on_commit_callbacks(execute=True):
        answer = charlie_browses.post(f"{HOME}/{found.pk}/throw-away", follow=True)
    assert "The library stays as it was" in text(answer)
    assert not kept.exists()
    assert not Import.objects.exists()
    assert not ImportReading.objects.exists()


def test_one_thrown_away_while_it_waits_is_never_read(charlie_browses):
    address = upload(charlie_browses).headers["Location"]
    charlie_browses.post(f"{address}/throw-away")
    do_waiting_tasks()
    assert not TrackedTask.objects.exists()


def test_an_interrupted_reading_is_told_and_read_again(charlie_browses):
    address = upload(charlie_browses).headers["Location"]
    TrackedTask.objects.update(state=TaskState.INTERRUPTED, message="It was interrupted.", remedy="Try again.")
    assert "It was interrupted." in text(charlie_browses.get(address))
    charlie_browses.post(f"{address}/again")
    do_waiting_tasks()
    assert "2 competencies so far" in text(charlie_browses.get(address, follow=True))


def test_what_an_earlier_version_kept_is_read_again(charlie_browses, found):
    ImportReading.objects.update(understood={"format": "prowess-understanding/0"})
    page = charlie_browses.get(f"{HOME}/{found.pk}/lines")
    assert page.status_code == 409
    assert "read by an earlier version" in text(page)
    charlie_browses.post(f"{HOME}/{found.pk}/again")
    do_waiting_tasks()
    assert charlie_browses.get(f"{HOME}/{found.pk}/lines").status_code == 200


def test_what_waits_long_says_that_no_worker_runs(charlie_browses, monkeypatch):
    from datetime import timedelta

    monkeypatch.setattr("prowess.library.imports.queries.PATIENCE", timedelta(0))
    address = upload(charlie_browses).headers["Location"]
    assert "No worker has begun yet" in text(charlie_browses.get(address))


def test_imports_that_nobody_looked_at_for_a_month_are_forgotten(found, monkeypatch):
    from datetime import timedelta

    assert keeping.forget_old_imports() == 0
    monkeypatch.setattr(keeping, "FORGOTTEN_AFTER", timedelta(0))
    assert keeping.forget_old_imports() == 1
    assert not [path for path in stored_files() if str(found.pk) in str(path)]


# Competencies, codes and scale


def test_parts_without_content_are_under_development(charlie_browses, found):
    page = text(charlie_browses.get(f"{HOME}/{found.pk}/competencies"))
    assert "questions under development" in page
    assert "2 key actions" in page
    assert "Moves a boat by oars" in text(charlie_browses.get(f"{HOME}/{found.pk}/competency/rowing"))


def scale(**levels):
    data = {"title": "Crew"}
    for number, (new, name, polarity) in enumerate(levels.values(), start=1):
        data |= {f"level-{number}-number": new, f"level-{number}-name": name, f"level-{number}-polarity": polarity}
    return data


def test_the_title_and_the_scale_are_set_and_the_indicators_follow(charlie_browses, found):
    data = scale(a=(3, "Starting", "ineffective"), b=(2, "Able", "effective"), c=(1, "Best", "effective"))
    charlie_browses.post(f"{HOME}/{found.pk}/competencies", data)
    page = text(charlie_browses.get(f"{HOME}/{found.pk}/competency/rowing"))
    assert page.index("1 Best") < page.index("Sets the stroke") < page.index("3 Starting") < page.index("told when")


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        ((2, "Same", "effective"), "same number"),
        ((900, "High", "effective"), "less than or equal"),
        ((1, "", "x"), "required"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_with_what_was_typed(charlie_browses, found, first, sentence):
    data = scale(a=first, b=(2, "Able", "effective"), c=(3, "Best", "effective"))
    response = charlie_browses.post(f"{HOME}/{found.pk}/competencies", data)
    assert response.status_code == 400
    assert sentence in text(response)


def test_a_code_is_changed_once_and_again(charlie_browses, found):
    for old, new in (("rowing", "row-1"), ("row-1", "row-2")):
        charlie_browses.post(f"{HOME}/{found.pk}/code", {"old": old, "new": new})
    assert "row-2" in text(charlie_browses.get(f"{HOME}/{found.pk}/competencies"))
    assert charlie_browses.get(f"{HOME}/{found.pk}/competency/row-2").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [("rowing", "steering", "would have the code"), ("rowing", "a b", "is no code"), ("nothing", "x", "no competency")],
)
def test_a_code_that_cannot_be_is_refused(charlie_browses, found, old, new, sentence):
    response = charlie_browses.post(f"{HOME}/{found.pk}/code", {"old": old, "new": new})
    assert response.status_code == 400
    assert sentence in text(response)


def test_titles_that_the_framework_has_under_other_codes_take_those_codes(charlie_browses, cast, framework):
    source = OTHER.replace("code: customer-care", "code: CC-01")
    found = brought(source, name="other.yaml", actor=cast.charlie, target=framework)
    address = f"{HOME}/{found.pk}/comparison"
    assert "under another code" in text(charlie_browses.get(address))
    charlie_browses.post(f"{HOME}/{found.pk}/code", {"matching": "1"})
    page = text(charlie_browses.get(f"{address}?show=changed"))
    assert "under another code" not in page
    assert "customer-care" in page


# The comparison, and importing it


def test_leaving_one_out_and_retiring_another_is_counted_at_once(charlie_browses, cast, framework):
    found = brought(OTHER, name="other.yaml", actor=cast.charlie, target=framework)
    data = {"target": framework.code, "publish": "1", "keep_missing_parts": "on", "code": ""}
    charlie_browses.post(f"{HOME}/{found.pk}/target", data)
    htmx = {"HX-Request": "true"}
    row = charlie_browses.post(f"{HOME}/{found.pk}/leave-out", {"code": "knots", "out": "1"}, headers=htmx)
    assert "0 added, 1 changed" in text(row)
    row = charlie_browses.post(
        f"{HOME}/{found.pk}/retire", {"code": "loyalty", "successor": "customer-care"}, headers=htmx
    )
    assert "0 added, 1 changed, 1 retired" in text(row)
    found = taken(found, actor=cast.charlie)
    assert found.state == ImportState.IMPORTED
    assert (found.outcome["changed"], found.outcome["retired"]) == (["customer-care"], ["loyalty"])


def test_publishing_shows_who_uses_what_it_changes(charlie_browses, cast, framework, saved_role):
    found = brought(OTHER, name="other.yaml", actor=cast.charlie, target=framework)
    assert saved_role.title not in text(charlie_browses.get(f"{HOME}/{found.pk}/comparison"))
    data = {"target": framework.code, "publish": "1", "keep_missing_parts": "on"}
    page = text(charlie_browses.post(f"{HOME}/{found.pk}/target", data, follow=True))
    assert f">{saved_role.title}</a>" in page
    assert "They keep those versions" in page


def test_an_import_ends_as_drafts_and_forgets_its_source(
    charlie_browses, cast, found, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        done = taken(found, actor=cast.charlie)
    assert done.task.state == TaskState.DONE
    assert sorted(CompetencyDraft.objects.values_list("code", flat=True)) == ["rowing", "steering"]
    assert not ImportReading.objects.exists()
    assert not [path for path in stored_files() if str(found.pk) in str(path)]
    page = text(charlie_browses.get(f"{HOME}/{found.pk}"))
    assert "2 added, 0 changed" in page
    assert "Go to the drafts" in page


def test_a_framework_that_changed_after_the_comparison_is_not_overwritten(charlie_browses, cast, framework):
    found = brought(OTHER, name="other.yaml", actor=cast.charlie, target=framework)
    seen = framework.revision
    Framework.objects.filter(pk=framework.pk).update(revision=seen + 1)
    data = {"revision": found.revision, "framework_revision": seen}
    response = charlie_browses.post(f"{HOME}/{found.pk}/take", data)
    assert response.status_code == 409
    assert "Look at the comparison again" in text(response)


def test_a_framework_that_changes_while_the_import_waits_is_not_overwritten_either(charlie_browses, cast, framework):
    found = brought(OTHER, name="other.yaml", actor=cast.charlie, target=framework)
    actions.ask_for_import(found, revision=found.revision, framework_revision=framework.revision, actor=cast.charlie)
    Framework.objects.filter(pk=framework.pk).update(revision=framework.revision + 1)
    versions = CompetencyVersion.objects.count()
    do_waiting_tasks()
    page = text(charlie_browses.get(f"{HOME}/{found.pk}"))
    assert "Nothing was imported" in page
    assert (CompetencyVersion.objects.count(), CompetencyDraft.objects.count()) == (versions, 0)
    charlie_browses.post(f"{HOME}/{found.pk}/again")
    assert taken(found, actor=cast.charlie).state == ImportState.IMPORTED


# Who may


PAGES = ["", "/progress", "/lines", "/competencies", "/competency/rowing", "/comparison"]
DEEDS = ["/again", "/throw-away", "/correct", "/code", "/target", "/leave-out", "/retire", "/take"]


@pytest.mark.parametrize("end", PAGES + DEEDS)
@pytest.mark.parametrize("who", ["nobody", "rosa", "vera", "nadia"])
def test_nobody_but_its_owner_knows_of_an_import(client, cast, found, who, end):
    from prowess.people.models import KindOfUser, User

    people = {
        "rosa": cast.rosa,
        "nadia": cast.nadia,
        "vera": User.objects.create_user("vera@x.example", name="Vera", kind=KindOfUser.TALENT_LEAD),
    }
    if who != "nobody":
        client.force_login(people[who])
    method = client.post if end in DEEDS else client.get
    response = method(f"{HOME}/{found.pk}{end}")
    assert response.status_code == (302 if who in ("nobody", "nadia") else 404)
    assert "crew.txt" not in text(response)
    assert Import.objects.filter(pk=found.pk).exists()


def test_an_import_that_is_none_is_not_found(charlie_browses):
    assert charlie_browses.get(f"{HOME}/{uuid.uuid4()}").status_code == 404


@pytest.mark.parametrize("end", DEEDS)
def test_deeds_are_never_done_by_looking(charlie_browses, found, end):
    assert charlie_browses.get(f"{HOME}/{found.pk}{end}").status_code == 405


# Correcting on the page


def test_ticked_lines_are_corrected_together_and_undone(charlie_browses, found):
    from prowess.library.imports.correcting import understanding_of

    understanding = understanding_of(found)
    positions = [line(understanding, words).position for words in ("Blue door", "Harbour Crew")]
    data = {"revision": found.revision, "position": positions, "label": "clutter"}
    page = charlie_browses.post(f"{HOME}/{found.pk}/correct", data, headers={"HX-Request": "true"})
    assert "Corrected; the result is put together again." in text(page)
    assert re.search(r"Corrected <span class=\"count\">2<", text(page))
    again = charlie_browses.post(f"{HOME}/{found.pk}/correct", data)
    assert again.status_code == 409
    undone = {"revision": found.revision + 1, "do": "undo", "show": "corrected"}
    assert charlie_browses.post(f"{HOME}/{found.pk}/correct", undone).headers["Location"].endswith("?show=corrected")
    assert re.search(r"Corrected <span class=\"count\">0<", text(charlie_browses.get(f"{HOME}/{found.pk}/lines")))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Nothing was corrected"),
        ({"position": "0", "label": "poem"}, "cannot be"),
        ({"position": "99999", "label": "title"}, "no line"),
        ({"position": "x", "label": "title"}, "did not arrive whole"),
        ({"position": "5", "competency_title": "Singing"}, "no competency"),
        ({"position": "5", "level": "9"}, "no level 9"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_a_sentence(charlie_browses, found, data, sentence):
    response = charlie_browses.post(f"{HOME}/{found.pk}/correct", {"revision": found.revision, **data})
    assert response.status_code == 400
    assert sentence in text(response)
