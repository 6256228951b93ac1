import csv
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.measurement.agreement import (
    NotEstimable,
    RatingMatrix,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    fleiss_kappa_by_category,
    gwet_ac1,
    gwet_ac2,
    light_kappa,
    pairwise_kappas,
    percent_agreement,
)
from tests.measurement.agreement.published import FLEISS_1971_COUNTS, from_counts, krippendorff
from tests.shared_data import shared_path

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=25).filter(
    lambda rows: len({score for row in rows for score in row}) > 1
)
TABLES = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.sampled_from([1, 2, 3, None]), min_size=raters, max_size=raters), min_size=3, max_size=12
    )
)


def table_of_counts(cells):
    """Ratings by two raters from their cross-table."""
    return RatingMatrix.from_table(
        [[row, column] for row, line in enumerate(cells) for column, count in enumerate(line) for _ in range(count)]
    )


def test_fleiss_kappa_is_the_published_one():
    estimate = fleiss_kappa(from_counts(FLEISS_1971_COUNTS))
    assert estimate.value == pytest.approx(0.430, abs=5e-4)
    assert estimate.statistic == pytest.approx(17.6518305829914, abs=1e-9)  # R irr::kappam.fleiss


def test_fleiss_kappa_by_diagnosis_is_the_published_one():
    published = [0.245, 0.245, 0.520, 0.471, 0.566]
    found = fleiss_kappa_by_category(from_counts(FLEISS_1971_COUNTS))
    assert [kappa.value for kappa in found] == pytest.approx(published, abs=5e-4)
    assert [kappa.z for kappa in found] == pytest.approx([5.192, 5.192, 11.031, 9.994, 12.009], abs=5e-4)


def test_kappas_of_many_raters_agree_with_r_irr():
    with shared_path("data/measurement/irr_fleiss1971_diagnoses.csv").open() as file:
        ratings = RatingMatrix.from_table(list(csv.reader(file))[1:])
    irr = json.loads(shared_path("data/measurement/irr_ref.json").read_text())
    assert fleiss_kappa(ratings).value == pytest.approx(irr["fleiss_kappa"], abs=1e-12)
    assert conger_kappa(ratings).value == pytest.approx(irr["fleiss_exact_conger"], abs=1e-12)
    assert light_kappa(ratings).value == pytest.approx(irr["light"], abs=1e-12)


def test_weighted_kappas_agree_with_r_irr():
    with shared_path("data/measurement/irr_anxiety.csv").open() as file:
        rows = [[int(cell) for cell in row[:2]] for row in list(csv.reader(file))[1:]]
    irr = json.loads(shared_path("data/measurement/irr_ref.json").read_text())
    ratings = RatingMatrix.from_table(rows)
    assert cohen_kappa(ratings, weights="quadratic").value == pytest.approx(irr["anxiety12_kappa_squared"], abs=1e-12)
    assert cohen_kappa(ratings, weights="linear").value == pytest.approx(irr["anxiety12_kappa_equal"], abs=1e-12)


def test_cohen_kappa_of_7477_pairs_of_eyes_agrees_with_r():
    """Stuart's (1953) table of unaided distance vision; R irr gives .595388828089434."""
    eyes = table_of_counts([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]])
    assert cohen_kappa(eyes).value == pytest.approx(0.595388828089434, abs=1e-12)


def test_cohen_kappa_and_its_errors_are_those_of_the_textbook():
    """Fleiss, Levin and Paik (2003), table 18.1: kappa .676, standard error .088, under no agreement .076."""
    estimate = cohen_kappa(table_of_counts([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))
    assert estimate.value == pytest.approx(0.676, abs=5e-4)
    assert estimate.standard_error == pytest.approx(0.088, abs=5e-4)
    assert estimate.value / estimate.statistic == pytest.approx(0.076, abs=5e-4)


@pytest.mark.parametrize(
    ("coefficient", "value", "error", "low"),
    [
        (gwet_ac1, 0.77544, 0.14295, 0.46081),
        (fleiss_kappa, 0.76117, 0.15302, 0.42438),
        (conger_kappa, 0.76282, 0.14917, 0.43450),
        (brennan_prediger, 0.77273, 0.14472, 0.45421),
        (percent_agreement, 0.81818, 0.12561, 0.542),
    ],
)
def test_coefficients_with_gaps_are_those_gwet_publishes(coefficient, value, error, low):
    """Gwet (2014), the four-rater example; the values are also those of irrCAC 1.0."""
    estimate = coefficient(krippendorff())
    assert estimate.value == pytest.approx(value, abs=1e-5)
    assert estimate.standard_error == pytest.approx(error, abs=1e-5)
    assert estimate.low == pytest.approx(low, abs=6e-4)
    assert estimate.high == 1.0


@pytest.mark.parametrize(
    ("weights", "ac2", "error", "fleiss", "conger", "brennan"),
    [
        ("quadratic", 0.91400, 0.10396, 0.86494, 0.85771, 0.90152),
        ("linear", 0.85874, 0.11733, 0.81794, 0.81378, 0.84848),
        ("ordinal", 0.89894, 0.10690, 0.85021, 0.84366, 0.88636),
        ("radical", 0.81981, 0.12836, 0.78992, 0.78834, 0.81263),
        ("ratio", 0.85737, 0.12207, 0.82134, 0.81197, 0.84024),
    ],
)
def test_weighted_coefficients_agree_with_irrcac(weights, ac2, error, fleiss, conger, brennan):
    ratings = krippendorff()
    estimate = gwet_ac2(ratings, weights=weights)
    assert estimate.value == pytest.approx(ac2, abs=1e-5)
    assert estimate.standard_error == pytest.approx(error, abs=1e-5)
    assert fleiss_kappa(ratings, weights=weights).value == pytest.approx(fleiss, abs=1e-5)
    assert conger_kappa(ratings, weights=weights).value == pytest.approx(conger, abs=1e-5)
    assert brennan_prediger(ratings, weights=weights).value == pytest.approx(brennan, abs=1e-5)


def test_ac1_stays_high_where_kappa_collapses_because_one_category_is_common():
    """Feinstein and Cicchetti's (1990) paradox, as in Gwet (2008): 118 of 125 agree, and kappa is near zero."""
    ratings = table_of_counts([[118, 5], [2, 0]])
    assert cohen_kappa(ratings).value == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac1(ratings).value == pytest.approx(0.9408, abs=5e-5)


@given(rows=PAIRS)
@settings(max_examples=60, deadline=None)
def test_congers_kappa_of_two_raters_is_cohens(rows):
    table = RatingMatrix.from_table(rows, categories=[0, 1, 2, 3])
    try:
        cohen = cohen_kappa(table, weights="linear").value
    except NotEstimable:
        return
    assert conger_kappa(table, weights="linear").value == pytest.approx(cohen, abs=1e-9)


@given(rows=PAIRS)
@settings(max_examples=60, deadline=None)
def test_quadratic_kappa_is_an_intraclass_correlation(rows):
    """Fleiss and Cohen (1973), in the form of Lin's (1989) concordance correlation."""
    scores = np.array(rows, dtype=float)
    try:
        kappa = cohen_kappa(RatingMatrix.from_table(scores), weights="quadratic").value
    except NotEstimable:
        return
    first, second = scores.T
    shared = 2 * np.cov(first, second, bias=True)[0, 1]
    expected = shared / (first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    assert kappa == pytest.approx(expected, abs=1e-9)


@given(rows=TABLES, seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_no_coefficient_depends_on_the_order_of_units_or_raters(rows, seed):
    generator = np.random.default_rng(seed)
    table = np.array(rows, dtype=object)
    shuffled = table[generator.permutation(len(rows))][:, generator.permutation(table.shape[1])]
    for coefficient in (fleiss_kappa, gwet_ac1, brennan_prediger, percent_agreement):
        assert outcome(coefficient, table) == pytest.approx(outcome(coefficient, shuffled), abs=1e-9, nan_ok=True)


def outcome(coefficient, table):
    try:
        return coefficient(RatingMatrix.from_table(table, categories=[1, 2, 3])).value
    except NotEstimable:
        return float("nan")


@given(rows=TABLES)
@settings(max_examples=60, deadline=None)
def test_coefficients_stay_within_their_bounds_and_intervals_hold_them(rows):
    for coefficient in (fleiss_kappa, gwet_ac1, brennan_prediger):
        try:
            estimate = coefficient(RatingMatrix.from_table(rows, categories=[1, 2, 3]))
        except NotEstimable:
            continue
        assert estimate.value <= 1.0
        assert estimate.low <= estimate.value + 1e-12
        assert estimate.high >= estimate.value - 1e-12


@pytest.mark.parametrize("coefficient", [fleiss_kappa, conger_kappa, cohen_kappa, gwet_ac1, light_kappa])
def test_perfect_agreement_is_one(coefficient):
    assert coefficient(RatingMatrix.from_table([[1, 1], [2, 2], [3, 3], [1, 1]])).value == pytest.approx(1.0)


@pytest.mark.slow
def test_gwets_interval_holds_the_truth_about_as_often_as_it_says():
    generator = np.random.default_rng(7)
    truth = 0.64  # two raters say the same as the unit is with probability .8 + .2 / 2 each, categories even
    held = 0
    for _ in range(400):
        unit = generator.integers(0, 2, size=(80, 1))
        keep = generator.random((80, 3)) < 0.8
        scores = np.where(keep, unit, generator.integers(0, 2, size=(80, 3)))
        estimate = fleiss_kappa(RatingMatrix.from_table(scores))
        held += estimate.low <= truth <= estimate.high
    assert 0.92 <= held / 400 <= 0.98


def test_constant_ratings_have_no_kappa_but_an_ac1_once_the_categories_are_known():
    rows = [[2, 2], [2, 2], [2, 2]]
    for coefficient in (fleiss_kappa, cohen_kappa, gwet_ac1):
        with pytest.raises(NotEstimable):
            coefficient(RatingMatrix.from_table(rows))
    assert gwet_ac1(RatingMatrix.from_table(rows, categories=[1, 2, 3])).value == pytest.approx(1.0)


def test_cohens_kappa_names_the_remedy_when_there_are_three_raters():
    with pytest.raises(NotEstimable, match="compares two raters; there are 3") as caught:
        cohen_kappa(RatingMatrix.from_table([[1, 2, 1], [2, 2, 2]]))
    assert "Fleiss" in caught.value.remedy


def test_weights_need_an_order():
    words = RatingMatrix.from_table([["yes", "no"], ["no", "no"], ["maybe", "yes"]])
    with pytest.raises(NotEstimable, match="without a known order"):
        gwet_ac2(words)
    with pytest.raises(NotEstimable, match="without a known order"):
        cohen_kappa(words, weights="linear")


def test_pairs_name_the_raters_and_count_what_they_share():
    ratings = RatingMatrix.from_table([[1, 1, None], [2, 2, 2], [1, 1, 2]], raters=["Ann", "Bo", "Cy"])
    pairs = pairwise_kappas(ratings)
    shared = {(pair.first, pair.second): pair.units for pair in pairs}
    assert shared == {("Ann", "Bo"): 3, ("Ann", "Cy"): 2, ("Bo", "Cy"): 2}
    assert pairs[0].value == pytest.approx(1.0)
