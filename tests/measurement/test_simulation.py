import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.simulation import SimulationPlan, assign_raters, draw_scores, simulate_ratings


def test_the_same_plan_gives_the_same_ratings_and_another_seed_others():
    one, other = simulate_ratings(SimulationPlan(seed=1)), simulate_ratings(SimulationPlan(seed=2))
    assert one.ratings.equals(simulate_ratings(SimulationPlan(seed=1)).ratings)
    assert not one.ratings.equals(other.ratings)


@given(ratees=st.integers(1, 40), raters=st.integers(3, 12), each=st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_every_ratee_has_different_raters(ratees, raters, each):
    panels = assign_raters(ratees, raters=raters, each=each, generator=np.random.default_rng(1))
    assert panels.shape == (ratees, each)
    assert all(len(set(row)) == each for row in panels.tolist())
    assert panels.min() >= 0
    assert panels.max() < raters


def test_categories_come_as_often_as_the_model_says():
    scores = draw_scores(np.full(40_000, 0.3), steps=np.array([-1.0, 0.2, 1.1]), generator=np.random.default_rng(2))
    weight = np.exp(0.3 * np.arange(4) - np.array([0.0, -1.0, -0.8, 0.3]))
    assert np.bincount(scores) / scores.size == pytest.approx(weight / weight.sum(), abs=0.01)


def test_severe_raters_and_hard_items_give_lower_scores():
    made = simulate_ratings(SimulationPlan(ratees=300, raters=10, items=4, raters_per_ratee=5, rater_sd=1.0))
    means = made.ratings.group_by("rater").agg(pl.col("score").mean()).sort("rater")["score"].to_numpy()
    assert np.corrcoef(means, made.severities)[0, 1] < -0.9
    by_item = made.ratings.group_by("item").agg(pl.col("score").mean()).sort("item")["score"].to_list()
    assert by_item == sorted(by_item, reverse=True)


def test_missing_ratings_are_left_out():
    whole, some = simulate_ratings(SimulationPlan()), simulate_ratings(SimulationPlan(missing=0.25))
    assert some.ratings.height == pytest.approx(0.75 * whole.ratings.height, rel=0.03)


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (SimulationPlan(ratees=0), "ratees is 0"),
        (SimulationPlan(raters=2, raters_per_ratee=3), "3 different raters"),
        (SimulationPlan(categories=1), "1 categories"),
        (SimulationPlan(categories=3, steps=(0.0,)), "1 steps"),
        (SimulationPlan(missing=1.0), "share of missing"),
    ],
)
def test_a_plan_that_makes_no_design_is_refused(plan, message):
    with pytest.raises(InputError, match=message):
        simulate_ratings(plan)
