import pytest

from prowess.exchange import formats
from prowess.framework import parse_framework
from prowess.framework.errors import InputError
from prowess.library.exports import export, written_formats


def test_formats_that_are_only_read_are_not_offered():
    names = {each.name for each in written_formats()}
    assert "prowess" in names
    assert "dictionary" not in names
    assert names < set(formats())


@pytest.mark.parametrize("name", [each.name for each in written_formats()])
def test_every_format_that_is_offered_writes_the_framework_and_names_its_losses(framework_document, name):
    written = export(framework_document, format_name=name)
    assert written.content
    assert all(part and reason for part, reason, _ in written.losses)


def test_nothing_is_lost_in_the_projects_own_format(rosa_browses, framework, framework_document):
    page = rosa_browses.get("/library/harbour-vale/download?format=prowess").content.decode()
    assert "Nothing is lost" in page
    answer = rosa_browses.get("/library/harbour-vale/download/prowess.file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbour-vale.yaml"'
    assert parse_framework(answer.content.decode()) == framework_document


def test_a_format_that_is_not_written_is_refused_with_those_that_are(rosa_browses, framework, framework_document):
    with pytest.raises(InputError, match="Use one of"):
        export(framework_document, format_name="dictionary")
    assert rosa_browses.get("/library/harbour-vale/download/dictionary.file").status_code == 400
    assert rosa_browses.get("/library/nowhere/download").status_code == 404
