from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from prowess.framework import Polarity, parse_framework, read_framework, write_framework
from prowess.framework.errors import InputError
from prowess.framework.json_schema import framework_schema
from prowess.framework.yaml_document import framework_as_json, framework_as_yaml, plain
from tests.framework.frameworks import SMALL, frameworks, small_framework


@given(frameworks())
def test_a_framework_comes_back_from_yaml_as_it_went(framework):
    assert parse_framework(framework_as_yaml(framework)) == framework


@given(frameworks())
def test_a_framework_comes_back_from_json_as_it_went(framework):
    assert parse_framework(framework_as_json(framework)) == framework


@given(frameworks())
def test_every_framework_fits_the_published_json_schema(framework):
    jsonschema.Draft202012Validator(framework_schema()).validate(plain(framework))


def test_the_short_form_that_people_write_is_read_and_written():
    loyalty = small_framework().competency("loyalty")
    assert [activity.text for activity in loyalty.job_activities] == [
        "Answer complaints from customers.",
        "Call customers back.",
    ]
    assert loyalty.indicators[0].polarity is Polarity.INEFFECTIVE
    assert loyalty.questions[1].text == "What would you do if a customer shouted?"
    assert "job_activities:\n  - Answer complaints from customers." in framework_as_yaml(small_framework())


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_files_are_written_in_the_form_that_their_name_says(tmp_path, ending):
    path = tmp_path / f"library.{ending}"
    write_framework(small_framework(), path)
    assert read_framework(path) == small_framework()
    assert path.read_text().startswith("{") == (ending == "json")


def test_a_folder_holds_one_competency_a_file(tmp_path):
    (tmp_path / "competencies").mkdir()
    (tmp_path / "framework.yaml").write_text("title: T\nclusters: [{code: b, title: B}, {code: a, title: A}]\n")
    (tmp_path / "competencies" / "x.yaml").write_text("code: x\ntitle: X\ncluster: a\n")
    (tmp_path / "competencies" / "y.yaml").write_text("code: y\ntitle: Y\ncluster: b\n")
    assert [competency.code for competency in read_framework(tmp_path).competencies] == ["y", "x"]


MISTAKES = {
    "broken YAML names the line": ("title: [", "library.yaml, line 2", "YAML is broken"),
    "broken JSON names the line": ('{"title": "X",\n"competencies": [}', "line 2", "JSON is broken"),
    "something else than a framework": ("[1, 2]", "library.yaml", "not a Prowess framework"),
    "a missing title names competency and field": (
        "title: L\ncompetencies: [{code: x}]",
        "competencies, item 1 (x), title",
        "is missing",
    ),
    "an unknown field is named": (
        "title: L\ncompetencies: [{code: x, title: X, tile: y}]",
        "item 1 (x), tile",
        "is not a field",
    ),
    "a code used twice": (
        "title: L\ncompetencies: [{code: x, title: X}, {code: x, title: Y}]",
        "library.yaml",
        "'x' is used more than once",
    ),
    "levels that do not ascend": (
        "title: L\nscale: {levels: [{number: 2, name: b}, {number: 1, name: a}]}\ncompetencies: []",
        "scale",
        "numbered upwards",
    ),
    "a level that is not a number": (
        "title: L\ncompetencies: [{code: x, title: X, indicators: {high: {effective: [Does.]}}}]",
        "indicators",
        "integer",
    ),
    "a control character": ('title: "L\\u0007"\ncompetencies: []', "title", "U+0007"),
    "an unknown relation": (
        "title: L\ncompetencies: [{code: x, title: X, relations: [{kind: hates, target: y}]}]",
        "kind",
        "not-with",
    ),
}


@pytest.mark.parametrize(("text", "place", "says"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_place(text, place, says):
    with pytest.raises(InputError) as caught:
        parse_framework(text, place="library.yaml")
    assert place in str(caught.value)
    assert says in str(caught.value)


def test_a_yaml_bomb_is_refused_at_once():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 16))
    with pytest.raises(InputError, match="aliases"):
        parse_framework(bomb)


def test_yaml_tags_make_no_objects():
    with pytest.raises(InputError):
        parse_framework("title: !!python/object/apply:os.getcwd []\ncompetencies: []")


def test_deep_nesting_is_refused():
    with pytest.raises(InputError):
        parse_framework("[" * 100_000)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe\x00\x80\x81", "not UTF-8"), (b"", "not a Prowess framework")],
)
def test_files_that_are_no_text_or_empty_are_refused(tmp_path: Path, content, says):
    path = tmp_path / "library.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        read_framework(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.yaml"):
        read_framework(tmp_path / "nowhere.yaml")


def test_documents_do_not_change():
    with pytest.raises(ValueError, match="frozen"):
        small_framework().competency("loyalty").title = "Another"  # type: ignore[misc]


def test_a_byte_order_mark_is_no_content(tmp_path):
    path = tmp_path / "library.yaml"
    path.write_text(SMALL, encoding="utf-8-sig")
    assert read_framework(path) == small_framework()
