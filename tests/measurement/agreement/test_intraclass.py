import csv
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.measurement.agreement import (
    NotEstimable,
    RatingMatrix,
    incomplete_intraclass,
    intraclass_correlations,
    kendall_w,
    raters_needed,
    step_up,
)
from tests.measurement.agreement.published import shrout_fleiss
from tests.shared_data import shared_path


def by_form(ratings, **options):
    return {found.form: found.estimate for found in intraclass_correlations(ratings, **options)}


@pytest.mark.parametrize(
    ("form", "published"),
    [
        ("ICC(1,1)", 0.17),
        ("ICC(2,1)", 0.29),
        ("ICC(3,1)", 0.71),
        ("ICC(1,k)", 0.44),
        ("ICC(2,k)", 0.62),
        ("ICC(3,k)", 0.91),
    ],
)
def test_the_six_forms_are_those_of_shrout_and_fleiss(form, published):
    assert by_form(shrout_fleiss())[form].value == pytest.approx(published, abs=5e-3)


def test_values_bounds_and_tests_agree_with_r_psych():
    reference = json.loads(shared_path("data/measurement/shrout_fleiss1979_ref_psych.json").read_text())
    found = by_form(shrout_fleiss())
    for row in reference["results"]:
        kind = row["type"].removeprefix("ICC")
        estimate = found[f"ICC({kind[0]},{'k' if kind.endswith('k') else '1'})"]
        assert estimate.value == pytest.approx(row["ICC"], abs=1e-10)
        assert estimate.low == pytest.approx(row["lower bound"], abs=1e-8)
        assert estimate.high == pytest.approx(row["upper bound"], abs=1e-8)
        assert estimate.statistic == pytest.approx(row["F"], abs=1e-8)
        assert estimate.p_value == pytest.approx(row["p"], abs=1e-10)
        assert estimate.degrees_of_freedom == (row["df1"], row["df2"])


def test_the_mcgraw_wong_forms_agree_with_r_irr():
    with shared_path("data/measurement/irr_anxiety.csv").open() as file:
        rows = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    irr = json.loads(shared_path("data/measurement/irr_ref.json").read_text())
    found = {form.mcgraw_wong: form.estimate for form in intraclass_correlations(RatingMatrix.from_table(rows))}
    for name, key in (("ICC(A,1)", "agreement"), ("ICC(C,1)", "consistency"), ("ICC(1)", "oneway")):
        expected = irr[f"anxiety_icc_{key}"]
        assert found[name].value == pytest.approx(expected["value"], abs=1e-10)
        assert found[name].low == pytest.approx(expected["lb"], abs=1e-8)
        assert found[name].high == pytest.approx(expected["ub"], abs=1e-8)
    assert kendall_w(RatingMatrix.from_table(rows)).value == pytest.approx(irr["anxiety_kendallW"], abs=1e-12)


@given(seed=st.integers(0, 10_000), ratees=st.integers(3, 12), raters=st.integers(2, 5))
@settings(max_examples=50, deadline=None)
def test_severity_lowers_agreement_but_not_consistency(seed, ratees, raters):
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(ratees, 1)) + generator.normal(size=(ratees, raters))
    severe = scores + generator.normal(size=raters) * 5
    plain, shifted = by_form(RatingMatrix.from_table(scores)), by_form(RatingMatrix.from_table(severe))
    assert shifted["ICC(3,1)"].value == pytest.approx(plain["ICC(3,1)"].value, abs=1e-9)
    assert shifted["ICC(3,k)"].low == pytest.approx(plain["ICC(3,k)"].low, abs=1e-9)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_forms_ignore_order_unit_and_origin_and_intervals_hold_them(seed):
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(8, 1)) + generator.normal(size=(8, 3)) + generator.normal(size=3)
    moved = (3 * scores + 7)[generator.permutation(8)][:, generator.permutation(3)]
    one, other = by_form(RatingMatrix.from_table(scores)), by_form(RatingMatrix.from_table(moved))
    for form, estimate in one.items():
        assert other[form].value == pytest.approx(estimate.value, abs=1e-9)
        assert estimate.low <= estimate.value <= estimate.high


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)"])
def test_intervals_hold_the_truth_as_often_as_they_say(form):
    generator = np.random.default_rng(11)
    truth = {"ICC(1,1)": 1 / 1.5, "ICC(2,1)": 1 / 1.75, "ICC(3,1)": 1 / 1.5}[form]
    severity = 0.5 if form == "ICC(2,1)" else 0.0
    held = 0
    for _ in range(600):
        scores = generator.normal(size=(25, 1)) + generator.normal(size=6) * severity
        scores = scores + generator.normal(size=(25, 6)) * 0.5**0.5
        estimate = by_form(RatingMatrix.from_table(scores))[form]
        held += estimate.low <= truth <= estimate.high
    assert 0.925 <= held / 600 <= 0.975


def test_ratees_with_gaps_are_left_out_and_counted():
    rows = [[1, 2, 1], [3, 3, 4], [5, 4, 5], [2, None, 2]]
    estimate = by_form(RatingMatrix.from_table(rows))["ICC(3,1)"]
    assert estimate.units == 3
    assert estimate.note == "1 of 4 ratees with gaps are left out"
    assert estimate.value == by_form(RatingMatrix.from_table(rows[:3]))["ICC(3,1)"].value


def test_variance_components_give_the_same_forms_for_complete_data():
    ratings = shrout_fleiss()
    complete, general = by_form(ratings), incomplete_intraclass(ratings)
    assert general.agreement.value == pytest.approx(complete["ICC(2,1)"].value, abs=1e-6)
    assert general.consistency.value == pytest.approx(complete["ICC(3,1)"].value, abs=1e-6)
    assert general.average.value == pytest.approx(complete["ICC(2,k)"].value, abs=1e-6)


def scores_with_gaps(generator, *, ratees, raters, missing):
    scores = generator.normal(size=(ratees, 1)) + generator.normal(size=raters) * 0.5
    scores = scores + generator.normal(size=(ratees, raters)) * 0.8
    scores[generator.random(scores.shape) < missing] = np.nan
    return RatingMatrix.from_table(scores)


def test_gaps_do_not_bias_the_forms_from_variance_components():
    generator = np.random.default_rng(2)
    found = [
        incomplete_intraclass(scores_with_gaps(generator, ratees=60, raters=8, missing=0.5)).consistency.value
        for _ in range(12)
    ]
    assert np.mean(found) == pytest.approx(1 / 1.64, abs=0.05)


@pytest.mark.slow
def test_intervals_from_incomplete_ratings_hold_the_truth_about_as_often_as_they_say():
    generator = np.random.default_rng(3)
    held = 0
    for _ in range(60):
        estimate = incomplete_intraclass(scores_with_gaps(generator, ratees=60, raters=8, missing=0.5)).consistency
        held += estimate.low <= 1 / 1.64 <= estimate.high
    assert held >= 51  # 57 expected; fewer in one of a thousand runs of a 95 % interval


def test_perfect_agreement_has_a_correlation_of_one():
    for estimate in by_form(RatingMatrix.from_table([[1, 1, 1], [2, 2, 2], [4, 4, 4]])).values():
        assert (estimate.value, estimate.low, estimate.high) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1], [2], [3]], "only one rater"),
        ([[3, 3], [3, 3]], "without variation"),
        ([[1, None], [None, 2], [3, 4]], "two are needed"),
        ([["good", "bad"], ["bad", "bad"]], "words"),
    ],
)
def test_what_cannot_be_estimated_says_why(rows, reason):
    with pytest.raises(NotEstimable, match=reason):
        intraclass_correlations(RatingMatrix.from_table(rows))


def test_the_step_up_and_the_number_of_raters_are_each_others_inverse():
    assert step_up(0.29, 4) == pytest.approx(0.62, abs=5e-3)
    needed = raters_needed(0.29, reliability=0.8)
    assert step_up(0.29, needed) >= 0.8 > step_up(0.29, needed - 1)
    assert raters_needed(-0.1, reliability=0.8) is None


def test_kendalls_w_is_the_textbook_one_with_ties():
    """Siegel and Castellan's shape: the same order gives one, opposite orders of two raters give zero."""
    assert kendall_w(RatingMatrix.from_table([[1, 10], [2, 20], [3, 30]])).value == pytest.approx(1.0)
    assert kendall_w(RatingMatrix.from_table([[1, 3], [2, 2], [3, 1]])).value == pytest.approx(0.0)
    tied = kendall_w(RatingMatrix.from_table([[1, 1], [1, 1], [2, 2], [3, 3]]))
    assert tied.value == pytest.approx(1.0)
    assert kendall_w(RatingMatrix.from_table([[1, 1], [1, 1], [2, 2], [3, 3]]), ties=False).value < 1.0


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_kendalls_w_is_the_mean_rank_correlation_stepped_up(seed):
    """W = (mean Spearman + (1 - mean) / raters) for untied ranks (Kendall 1970, equation 6.8)."""
    scores = np.random.default_rng(seed).normal(size=(7, 4))
    ranks = scores.argsort(axis=0).argsort(axis=0).astype(float)
    mean = (np.corrcoef(ranks.T).sum() - 4) / 12
    assert kendall_w(RatingMatrix.from_table(scores)).value == pytest.approx((1 + 3 * mean) / 4, abs=1e-9)
