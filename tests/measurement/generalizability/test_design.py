import pytest

from prowess.framework.errors import InputError
from prowess.measurement.generalizability import Observations, crossed, infer_design, parse_design


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("p x i", ["p", "i", "p x i"]),
        ("i : p", ["p", "i:p"]),
        ("p x i x o", ["p", "i", "o", "p x i", "p x o", "i x o", "p x i x o"]),
        ("p × (i:h)", ["p", "h", "p x h", "i:h", "p x (i:h)"]),
        ("(i:p) * o", ["p", "o", "i:p", "p x o", "(i:p) x o"]),
        ("i:(p x o)", ["p", "o", "p x o", "i:(p x o)"]),
        ("i:o:p", ["p", "o:p", "i:o:p"]),
    ],
)
def test_a_design_has_the_effects_of_brennans_notation(text, effects):
    """Brennan (2001), tables 3.1 and 3.3 (the two- and three-facet designs)."""
    design = parse_design(text)
    assert sorted(design.label(effect) for effect in design.effects) == sorted(effects)


@pytest.mark.parametrize("text", ["p x i", "p x (r:t)", "i:(p x o)", "i:o:p"])
def test_a_design_prints_as_it_is_read(text):
    assert str(parse_design(str(parse_design(text)))) == str(parse_design(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("p", "two to 5"),
        ("p x p", "stands twice"),
        ("p x (r:t", "closing parenthesis"),
        ("p x", "name of a facet is missing"),
        ("p i", "not expected here"),
        ("", "name of a facet is missing"),
    ],
)
def test_a_design_that_cannot_be_read_says_where(text, message):
    with pytest.raises(InputError) as caught:
        parse_design(text)
    assert message in str(caught.value)


def test_a_facet_cannot_be_nested_in_itself_or_in_an_unknown_one():
    with pytest.raises(InputError, match="nested in itself"):
        crossed(["p", "r"], nested_in={"r": ["r"]})
    with pytest.raises(InputError, match="no facet of the design"):
        crossed(["p", "r"], nested_in={"r": ["task"]})


def test_nesting_is_inferred_from_labels_that_occur_once():
    table = Observations.from_columns(
        [1, 2, 3, 4, 5, 6, 7, 8],
        facets={
            "p": [0, 0, 0, 0, 1, 1, 1, 1],
            "t": ["a", "a", "b", "b"] * 2,
            "r": ["r1", "r2", "r3", "r4"] * 2,
        },
    )
    assert str(infer_design(table)) == "p x (r:t)"
