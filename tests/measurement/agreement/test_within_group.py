import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.agreement import NotEstimable, RatingMatrix, null_variance, within_group_agreement


@pytest.mark.parametrize(
    ("options", "null", "variance"),
    [
        (5, "uniform", 2.0),
        (7, "uniform", 4.0),
        (9, "uniform", 20 / 3),
        (5, "triangular", 4 / 3),
        (5, "slight skew", 1.34),
        (5, "moderate skew", 0.90),
        (5, "heavy skew", 0.44),
    ],
)
def test_null_variances_are_the_published_ones(options, null, variance):
    """James, Demaree and Wolf (1984); LeBreton and Senter (2008), table 2."""
    assert null_variance(options, null=null) == pytest.approx(variance)


@pytest.mark.parametrize("options", [3, 4, 5, 6, 7, 9])
def test_the_triangular_variance_is_that_of_a_triangle(options):
    weights = np.minimum(np.arange(1, options + 1), np.arange(options, 0, -1)).astype(float)
    shares, points = weights / weights.sum(), np.arange(options)
    assert null_variance(options, null="triangular") == pytest.approx(shares @ points**2 - (shares @ points) ** 2)


def test_rwg_and_the_average_deviation_follow_their_formulas():
    """One item, five options, ratings 4 4 5 3: variance 2/3, so r_wg = 1 - (2/3) / 2; AD = (0 + 0 + 1 + 1) / 4."""
    ratee = within_group_agreement(RatingMatrix.from_table([[4, 4, 5, 3]]), options=5).ratees[0]
    assert ratee.r_wg == pytest.approx(2 / 3)
    assert ratee.average_deviation == pytest.approx(0.5)
    assert ratee.average_deviation_median == pytest.approx(0.5)


def test_rwg_j_follows_james_demaree_and_wolf():
    """Three items with variances .5, 1 and 0 on five options: mean .5, so 3 (.75) / (3 (.75) + .25)."""
    items = [[[3, 4]], [[2, 2 + 2**0.5]], [[5, 5]]]
    ratee = within_group_agreement([RatingMatrix.from_table(item) for item in items], options=5).ratees[0]
    assert ratee.r_wg == pytest.approx(2.25 / 2.5)


@given(scores=st.lists(st.integers(1, 5), min_size=2, max_size=8))
@settings(max_examples=60, deadline=None)
def test_rwg_lies_between_zero_and_one_and_ignores_the_order_of_raters(scores):
    summary = within_group_agreement(RatingMatrix.from_table([scores]), options=5)
    turned = within_group_agreement(RatingMatrix.from_table([scores[::-1]]), options=5)
    ratee = summary.ratees[0]
    assert 0.0 <= ratee.r_wg <= 1.0
    assert ratee.r_wg == pytest.approx(turned.ratees[0].r_wg)
    assert ratee.average_deviation_median == pytest.approx(np.abs(np.array(scores) - np.median(scores)).mean())


def test_full_agreement_is_one_and_the_two_ends_are_zero():
    summary = within_group_agreement(RatingMatrix.from_table([[2, 2, 2], [1, 5, None]]), options=5)
    assert [ratee.r_wg for ratee in summary.ratees] == [1.0, 0.0]
    assert summary.ratees[1].r_wg_raw == pytest.approx(1 - 8 / 2)
    assert summary.acceptable_deviation == pytest.approx(5 / 6)


def test_a_ratee_with_one_rating_is_listed_without_a_value():
    summary = within_group_agreement(RatingMatrix.from_table([[3, 4], [2, None]], units=["Ann", "Bo"]), options=5)
    assert (summary.ratees[1].ratee, summary.ratees[1].raters, summary.ratees[1].r_wg) == ("Bo", 1, None)
    assert summary.mean_r_wg == summary.ratees[0].r_wg


def test_what_cannot_be_compared_says_why():
    with pytest.raises(NotEstimable, match="No ratee has ratings from two raters"):
        within_group_agreement(RatingMatrix.from_table([[3], [4]]), options=5)
    with pytest.raises(NotEstimable, match="one option"):
        within_group_agreement(RatingMatrix.from_table([[3, 3]]), options=1)
    with pytest.raises(NotEstimable, match="words"):
        within_group_agreement(RatingMatrix.from_table([["a", "b"]]), options=5)
    with pytest.raises(InputError, match="tabled for 5 options"):
        null_variance(9, null="heavy skew")
