import pytest

from prowess.dictionaries import Correction, Label
from prowess.framework.errors import Conflict
from prowess.library.imports.correcting import correct_lines, understanding_of, undo_correction
from prowess.library.imports.queries import framework_of, plan_of
from tests.library.imports.bringing import brought, line


@pytest.fixture
def found(cast):
    return brought(actor=cast.charlie)


def corrected(found, cast, *corrections):
    return correct_lines(found, corrections=corrections, revision=found.revision, actor=cast.charlie)


def at(found, words):
    return line(understanding_of(found), words).position


def test_a_line_under_the_wrong_label_goes_into_the_right_part(found, cast):
    found = corrected(found, cast, Correction(position=at(found, "Pulls with the others."), label=Label.QUESTION))
    rowing = framework_of(found).competency("rowing")
    assert [question.text for question in rowing.questions] == ["Pulls with the others."]
    assert len(rowing.indicators) == 2


def test_a_line_is_given_to_another_competency(found, cast):
    found = corrected(found, cast, Correction(position=at(found, "Sets the stroke"), competency="steering"))
    assert "Sets the stroke for the boat." in [i.text for i in framework_of(found).competency("steering").indicators]


def test_a_title_divides_a_competency_in_two(found, cast):
    found = corrected(found, cast, Correction(position=at(found, "Timing"), label=Label.TITLE))
    assert len(framework_of(found).competencies) == 3


def test_edited_words_are_what_is_imported(found, cast):
    found = corrected(found, cast, Correction(position=at(found, "ROWING"), text="Rowing together"))
    assert plan_of(found).by_code["rowing-together"].title == "Rowing together"


def test_what_was_corrected_can_be_taken_back_step_by_step(found, cast):
    before = framework_of(found)
    found = corrected(found, cast, Correction(position=at(found, "Timing"), label=Label.TITLE))
    between = framework_of(found)
    found = corrected(found, cast, Correction(position=at(found, "STEERING"), text="Steering well"))
    found = undo_correction(found, revision=found.revision, actor=cast.charlie)
    assert framework_of(found) == between
    found = undo_correction(found, revision=found.revision, actor=cast.charlie)
    assert framework_of(found) == before
    again = undo_correction(found, revision=found.revision, actor=cast.charlie)
    assert again.revision == found.revision


def test_a_correction_made_on_an_older_state_is_refused(found, cast):
    position = at(found, "Timing")
    corrected(found, cast, Correction(position=position, label=Label.TITLE))
    with pytest.raises(Conflict, match="another window"):
        correct_lines(
            found,
            corrections=[Correction(position=position, label=Label.CLUTTER)],
            revision=found.revision,
            actor=cast.charlie,
        )
