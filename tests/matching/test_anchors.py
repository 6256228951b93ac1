import pytest

from prowess.matching.anchors import ascending_probabilities, ascending_probability
from prowess.matching.encoder import load_encoder

ENCODER = load_encoder()
PAIRS = [
    ("Sort incoming letters by department", "Negotiate a treaty between several nations"),
    ("Count the items in a box", "Develop a mathematical model of an economy"),
    ("Greet visitors at the door", "Design the strategy of an international organisation"),
]


@pytest.mark.parametrize(("lower", "upper"), PAIRS)
def test_the_harder_work_is_the_higher_level(lower, upper):
    assert ascending_probability(lower, upper=upper, encoder=ENCODER) > 0.6


@pytest.mark.parametrize(("lower", "upper"), PAIRS)
def test_exchanging_the_anchors_gives_the_complement(lower, upper):
    forth = ascending_probability(lower, upper=upper, encoder=ENCODER)
    assert ascending_probability(upper, upper=lower, encoder=ENCODER) == pytest.approx(1 - forth)


def test_equal_texts_and_a_missing_encoder_cannot_tell():
    assert ascending_probability("Write", upper="Write", encoder=ENCODER) == 0.5
    assert ascending_probabilities(PAIRS, encoder=None).tolist() == [0.5] * 3


def test_no_pairs_give_no_answers():
    assert ascending_probabilities([], encoder=ENCODER).shape == (0,)
