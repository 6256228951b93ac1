"""`prowess import` and `prowess export`, each in a process of its own."""

import json

import pytest

from tests.cli.running import prowess
from tests.library.imports.bringing import CREW

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installation")
    assert prowess("setup", home=folder).returncode == 0
    (folder / "crew.txt").write_text(CREW)
    assert prowess("import", folder / "crew.txt", "--yes", home=folder).returncode == 0
    return folder


def run(*arguments, home):
    return prowess(*arguments, home=home, stdin="")


def test_a_second_import_says_that_nothing_changed(home):
    done = run("import", home / "crew.txt", home=home)
    assert done.returncode == 0
    assert done.stdout.endswith("Nothing changed.\n")


def test_a_newer_edition_shows_first_what_is_added_changed_and_missing(home, tmp_path):
    newer = tmp_path / "newer.txt"
    newer.write_text(CREW.replace("STEERING", "HELMING").replace("alone or with others", "with others"))
    shown = run("import", newer, "--into", "harbour-crew-dictionary", "--dry-run", home=home)
    assert "+ helming" in shown.stdout
    assert "~ rowing  ROWING: definition" in shown.stdout
    assert "- steering  STEERING (not in the source; it stays)" in shown.stdout
    assert "1 added, 1 changed, 0 unchanged, 1 not in the source." in shown.stdout
    as_json = run("import", newer, "--into", "harbour-crew-dictionary", "--dry-run", "--json", home=home)
    content = json.loads(as_json.stdout)
    assert [row["code"] for row in content["added"]] == ["helming"]
    assert content["changed"] == [{"code": "rowing", "title": "ROWING", "parts": ["definition"]}]
    assert [row["code"] for row in content["missing"]] == ["steering"]
    assert content["imported"] is False


def test_drafts_can_be_begun_and_clash_the_second_time(home, tmp_path):
    path = tmp_path / "knots.txt"
    path.write_text(CREW.replace("ROWING", "KNOTTING").replace("STEERING", "SPLICING").replace("Harbour", "Knot"))
    first = run("import", path, "--into", "new", "--draft", "--yes", home=home)
    assert "2 begun as drafts" in first.stdout
    again = run("import", path, "--into", "knot-crew-dictionary", "--draft", "--yes", home=home)
    assert again.returncode == 2
    assert "Drafts are open already of “KNOTTING”" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.txt"], "no such file"),
        (["crew.txt", "--into", "nowhere"], "has no framework"),
        (["crew.txt", "--into", "starter"], "Nobody can be asked"),
        (["crew.txt", "--into", "new", "--yes"], "already"),
        (["crew.txt", "--from", "nonsense"], "no format"),
        (["crew.txt", "--retire", "x"], "names no successor"),
        (["crew.txt", "--retire", "rowing=steering", "--yes"], "is in the new source"),
    ],
)
def test_what_cannot_be_imported_ends_with_status_2_and_a_sentence(home, arguments, sentence):
    source, *rest = arguments
    done = run("import", home / source, *rest, home=home)
    assert done.returncode == 2, done.stdout
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installation_that_was_never_set_up_says_so(tmp_path):
    (tmp_path / "crew.txt").write_text(CREW)
    for arguments in (("import", tmp_path / "crew.txt", "--yes"), ("export", "starter", tmp_path / "x.yaml")):
        done = run(*arguments, home=tmp_path)
        assert done.returncode == 2
        assert "prowess setup" in done.stderr
        assert "Traceback" not in done.stderr


def test_what_is_exported_is_imported_again_without_a_change(home, tmp_path):
    written = tmp_path / "starter.yaml"
    assert "51 competencies" in run("export", "starter", written, home=home).stdout
    done = run("import", written, "--into", "starter", home=home)
    assert done.stdout.endswith("Nothing changed.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "x.yaml"], "has no framework"),
        (["starter", "x.nonsense"], "No format writes"),
        (["starter", "x.yaml", "--to", "nonsense"], "no format"),
        (["starter", "x.yaml", "--to", "dictionary"], "only read"),
    ],
)
def test_what_cannot_be_exported_ends_with_status_2_and_a_sentence(home, tmp_path, arguments, sentence):
    code, name, *rest = arguments
    done = run("export", code, tmp_path / name, *rest, home=home)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not (tmp_path / name).exists()
