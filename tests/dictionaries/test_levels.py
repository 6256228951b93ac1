"""Names of levels, their order and their polarity."""

import pytest

from prowess.dictionaries import read_dictionary
from prowess.dictionaries.level_names import level_at, rank_of
from prowess.dictionaries.vocabulary import goes_wrong
from prowess.framework.scale import Polarity


@pytest.mark.parametrize(
    ("text", "key", "name", "content"),
    [
        ("Proficiency Level 3", "3", "Proficiency Level 3", ""),
        ("LEVEL IV", "4", "LEVEL IV", ""),
        ("Level 2: Working", "2", "Working", ""),
        ("Level 2 – Working: Applies the rules alone.", "2", "Working", "Applies the rules alone."),
        ("Level 2 (Practitioner) Applies the rules.", "2", "Practitioner", "Applies the rules."),
        ("L5", "5", "L5", ""),
        ("Level three", "3", "Level three", ""),
        ("5 - Expert", "5", "Expert", ""),
        ("3 = Meets expectations", "3", "Meets expectations", ""),
        ("Basic", "basic", "Basic", ""),
        ("Basic / Novice", "basic / novice", "Basic / Novice", ""),
        ("Full performance level", "full performance", "Full performance level", ""),
        ("Advanced (Level 3)", "3", "Advanced", ""),
        ("Basic: Applies the rules.", "basic", "Basic", "Applies the rules."),
        ("Exceeds Expectations", "exceeds expectations", "Exceeds Expectations", ""),
    ],
)
def test_a_level_is_known_by_number_name_and_what_runs_on(text: str, key: str, name: str, content: str) -> None:
    level = level_at(text)
    assert level is not None
    assert (level.key, level.name, level.content) == (key, name, content)


@pytest.mark.parametrize(
    "text",
    [
        "Works at a high level of quality.",
        "Levels out differences between teams.",
        "Advanced planning of routes",
        "Level of detail is agreed with the client.",
        "Expert advice is sought in time.",
        "3 days before the deadline",
        "Customer Focus: Puts customers first.",
    ],
)
def test_a_sentence_that_speaks_of_levels_is_none(text: str) -> None:
    level = level_at(text)
    assert level is None or level.key not in {"1", "2", "3", "advanced", "expert"}


def test_known_words_rank_from_low_to_high() -> None:
    words = ["Poor", "Basic", "Developing", "Working", "Meets expectations", "Extensive", "Exceeds", "Expert"]
    ranks = [rank_of(word) for word in words]
    assert None not in ranks
    assert ranks == sorted(ranks)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Does not answer letters.", True),
        ("Doesn’t answer letters.", True),
        ("Fails to answer letters.", True),
        ("Limited understanding of the rules.", True),
        ("Takes little action.", True),
        ("Rarely asks.", True),
        ("Tends to avoid conflict.", True),
        ("Avoids decisions.", True),
        ("Keeps in touch to avoid misunderstandings.", False),
        ("Answers letters that others do not.", False),
        ("Notices what does not fit.", False),
        ("Delivers on time.", False),
    ],
)
def test_what_goes_wrong_is_told_by_the_first_words(text: str, wrong: object) -> None:
    assert goes_wrong(text) is wrong


def _dictionary(*levels: tuple[str, str]) -> str:
    parts = [f"{name}\n- {text}\n" for name, text in levels]
    return "Rowing\n\nMoves a boat by oars.\n\n" + "".join(parts)


def test_best_first_and_best_last_give_the_same_scale() -> None:
    levels = [("Expert", "Leads the stroke."), ("Working", "Keeps the stroke."), ("Basic", "Holds an oar.")]
    down, up = read_dictionary(_dictionary(*levels)), read_dictionary(_dictionary(*levels[::-1]))
    assert down.framework.scale == up.framework.scale
    assert [level.name for level in up.framework.scale.levels] == ["Basic", "Working", "Expert"]
    assert down.framework.competencies[0].indicators == up.framework.competencies[0].indicators


def test_a_scale_on_which_one_is_the_best_is_turned_round_and_the_curator_is_told() -> None:
    reading = read_dictionary(
        _dictionary(
            ("Level 1 – Expert", "Leads the stroke."),
            ("Level 2 – Working", "Keeps the stroke."),
            ("Level 3 – Novice", "Holds an oar."),
        )
    )
    assert [(level.number, level.name) for level in reading.framework.scale.levels] == [
        (1, "Novice"),
        (2, "Working"),
        (3, "Expert"),
    ]
    assert any("turned round" in warning for warning in reading.warnings)


def test_only_levels_whose_indicators_say_so_are_ineffective() -> None:
    reading = read_dictionary(
        _dictionary(
            ("Level 1", "Drops the oar.\n- Fails to listen to the cox.\n- Does not clean the boat."),
            ("Level 2", "Does not lose the rhythm in waves.\n- Keeps the stroke.\n- Cleans the boat."),
            ("Level 3", "Leads the stroke."),
        )
    )
    assert [level.polarity for level in reading.framework.scale.levels] == [
        Polarity.INEFFECTIVE,
        Polarity.EFFECTIVE,
        Polarity.EFFECTIVE,
    ]


def test_levels_of_unknown_names_keep_the_order_of_the_document() -> None:
    levels = [("Sprout:", "Waters."), ("Shrub:", "Prunes."), ("Oak:", "Teaches pruning.")]
    one = _dictionary(*levels)
    text = one + "\n" + one.replace("Rowing", "Weeding").replace("Moves a boat by oars", "Pulls what should not grow")
    reading = read_dictionary(text)
    assert [level.name for level in reading.framework.scale.levels] == ["Sprout", "Shrub", "Oak"]
    assert any("Check it" in warning for warning in reading.warnings)
