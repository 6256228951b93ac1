"""Rules of use in prose, in many wordings."""

import pytest

from prowess.dictionaries import read_dictionary
from prowess.dictionaries.relations import note_about, rule_in
from prowess.framework.competency import NoteOnUseAbout, RelationKind

NOT_WITH, COMPARE, RELATED = RelationKind.NOT_WITH, RelationKind.COMPARE_TO, RelationKind.RELATED


@pytest.mark.parametrize(
    ("sentence", "kind", "titles"),
    [
        ("Do not use Rowing and Steering together.", NOT_WITH, ("Rowing", "Steering")),
        ("(Do not use with Steering.)", NOT_WITH, ("Steering",)),
        ("Do not use with Steering or Lookout.", NOT_WITH, ("Steering", "Lookout")),
        ("Do not combine Rowing with Steering in one profile.", NOT_WITH, ("Rowing", "Steering")),
        ("Rowing and Steering should not be used together.", NOT_WITH, ("Rowing", "Steering")),
        ("This competency cannot be combined with Steering.", NOT_WITH, ("Steering",)),
        ("Never select both Rowing and Steering for the same role.", NOT_WITH, ("Rowing", "Steering")),
        ("Rowing is mutually exclusive with Steering.", NOT_WITH, ("Rowing", "Steering")),
        ("Rowing must not be paired with Steering.", NOT_WITH, ("Rowing", "Steering")),
        ("Avoid using Rowing and Steering together.", NOT_WITH, ("Rowing", "Steering")),
        ("Compare to: Steering, Lookout", COMPARE, ("Steering", "Lookout")),
        ("Compare with Steering.", COMPARE, ("Steering",)),
        ("Not to be confused with Sea Sense.", COMPARE, ("Sea Sense",)),
        (
            "This competency is closely related to Steering, Lookout and Sea Sense.",
            RELATED,
            ("Steering", "Lookout", "Sea Sense"),
        ),
        ("Closely related to Spoken and Signed signalling.", RELATED, ("Spoken signalling", "Signed signalling")),
        ("See also: Steering; Lookout", RELATED, ("Steering", "Lookout")),
        ("It is linked with Steering.", RELATED, ("Steering",)),
    ],
)
def test_a_rule_names_the_competencies_that_it_is_about(
    sentence: str, kind: RelationKind, titles: tuple[str, ...]
) -> None:
    rule = rule_in(sentence)
    assert rule is not None
    assert (rule.kind, rule.titles) == (kind, titles)


@pytest.mark.parametrize(
    "sentence",
    [
        "Does not use oars and sails together with care.",
        "Works well with others.",
        "Is not used to working with maps.",
        "Compares prices before buying.",
        "Do not mix acids and bases together in one glass.",
        "Relates to people of every age.",
    ],
)
def test_a_sentence_about_behaviour_is_no_rule(sentence: str) -> None:
    assert rule_in(sentence) is None


def test_a_title_that_holds_an_and_is_not_divided() -> None:
    known = {"planning and organizing", "rowing"}
    rule = rule_in("Do not use Rowing and Planning and Organizing together.", known=lambda t: t.lower() in known)
    assert rule is not None
    assert rule.titles == ("Rowing", "Planning and Organizing")


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("Rowing is usually used for higher-level jobs.", NoteOnUseAbout.JOB_LEVEL),
        ("This competency is appropriate for senior roles.", NoteOnUseAbout.JOB_LEVEL),
        ("Use Rowing for jobs on inland waters.", NoteOnUseAbout.CHOICE),
        ("Use Steering when the boat has a rudder.", None),
        ("Rows at a steady pace.", None),
    ],
)
def test_advice_is_told_from_description(sentence: str, about: NoteOnUseAbout | None) -> None:
    assert note_about(sentence, title="Rowing") == about


def test_a_rule_in_a_definition_leaves_it_and_keeps_its_words_as_the_note() -> None:
    reading = read_dictionary(
        "Rowing\n\nMoves a boat by oars. Do not use Rowing and Paddling together. It takes strength.\n\n"
        "Level 1\n- Feathers.\nLevel 2\n- Leads the stroke.\n"
    )
    (rowing,) = reading.framework.competencies
    assert rowing.definition == "Moves a boat by oars. It takes strength."
    (relation,) = rowing.relations
    assert (relation.kind, relation.target) == (NOT_WITH, "paddling")
    assert relation.note == "Do not use Rowing and Paddling together."


def test_a_rule_in_brackets_leaves_the_title() -> None:
    reading = read_dictionary(
        "# Crew\n\n## Rowing (do not use with Paddling)\n\nMoves a boat by oars.\n\n"
        "### Level 1\n- Feathers.\n\n### Level 2\n- Leads.\n"
    )
    (rowing,) = reading.framework.competencies
    assert rowing.title == "Rowing"
    assert rowing.related_codes(NOT_WITH) == ("paddling",)
