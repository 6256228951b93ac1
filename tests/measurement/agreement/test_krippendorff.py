import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.agreement import LEVELS, NotEstimable, RatingMatrix, fleiss_kappa, krippendorff_alpha
from tests.measurement.agreement.published import (
    KRIPPENDORFF_2011_BINARY,
    KRIPPENDORFF_2011_NOMINAL,
    krippendorff,
)

COMPLETE = (
    st.integers(2, 5)
    .flatmap(
        lambda raters: st.lists(st.lists(st.integers(1, 5), min_size=raters, max_size=raters), min_size=2, max_size=12)
    )
    .filter(lambda rows: len({score for row in rows for score in row}) > 1)
)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_the_published_one_for_four_observers_with_gaps(level, published):
    assert krippendorff_alpha(krippendorff(), level=level, bootstrap=0).value == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("level", "irr"),
    [
        ("nominal", 0.743421052631579),
        ("ordinal", 0.815387503754881),
        ("interval", 0.849107142857143),
        ("ratio", 0.797402774711612),
    ],
)
def test_alpha_agrees_with_r_irr_to_every_digit(level, irr):
    assert krippendorff_alpha(krippendorff(), level=level, bootstrap=0).value == pytest.approx(irr, abs=1e-12)


def test_alpha_is_the_published_one_for_two_observers():
    binary = RatingMatrix.from_table(KRIPPENDORFF_2011_BINARY)
    nominal = RatingMatrix.from_table(KRIPPENDORFF_2011_NOMINAL)
    assert krippendorff_alpha(binary, bootstrap=0).value == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(nominal, bootstrap=0).value == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize("level", LEVELS)
def test_perfect_agreement_is_one_with_a_certain_interval(level):
    table = RatingMatrix.from_table([[1, 1, 1], [2, 2, 2], [5, 5, 5], [2, 2, 2]])
    estimate = krippendorff_alpha(table, level=level, bootstrap=200)
    assert (estimate.value, estimate.low, estimate.high) == (1.0, 1.0, 1.0)


@given(rows=COMPLETE)
@settings(max_examples=60, deadline=None)
def test_nominal_alpha_is_fleiss_kappa_with_its_small_sample_correction(rows):
    table = RatingMatrix.from_table(rows)
    ratings = table.ratings
    kappa = fleiss_kappa(table).value
    alpha = krippendorff_alpha(table, bootstrap=0).value
    assert 1 - alpha == pytest.approx((1 - kappa) * (ratings - 1) / ratings, abs=1e-9)


@given(rows=COMPLETE, seed=st.integers(0, 1000), level=st.sampled_from(LEVELS))
@settings(max_examples=60, deadline=None)
def test_alpha_does_not_depend_on_the_order_of_units_or_raters(rows, seed, level):
    generator = np.random.default_rng(seed)
    table = np.array(rows, dtype=float)
    shuffled = table[generator.permutation(len(rows))][:, generator.permutation(table.shape[1])]
    one = krippendorff_alpha(RatingMatrix.from_table(table), level=level, bootstrap=0).value
    other = krippendorff_alpha(RatingMatrix.from_table(shuffled), level=level, bootstrap=0).value
    assert one == pytest.approx(other, abs=1e-9)


@given(rows=COMPLETE, shift=st.integers(-5, 5), scale=st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_interval_alpha_ignores_a_change_of_unit_and_origin_and_ordinal_any_stretching(rows, shift, scale):
    table = np.array(rows, dtype=float)
    straight, moved = RatingMatrix.from_table(table), RatingMatrix.from_table(table * scale + shift)
    stretched = RatingMatrix.from_table(np.exp(table))
    interval = krippendorff_alpha(straight, level="interval", bootstrap=0).value
    ordinal = krippendorff_alpha(straight, level="ordinal", bootstrap=0).value
    assert krippendorff_alpha(moved, level="interval", bootstrap=0).value == pytest.approx(interval, abs=1e-9)
    assert krippendorff_alpha(stretched, level="ordinal", bootstrap=0).value == pytest.approx(ordinal, abs=1e-9)


@given(rows=COMPLETE, level=st.sampled_from(LEVELS))
@settings(max_examples=40, deadline=None)
def test_alpha_is_the_one_of_the_coincidence_matrix(rows, level):
    table = RatingMatrix.from_table(rows)
    assert krippendorff_alpha(table, level=level, bootstrap=0).value == pytest.approx(
        alpha_from_coincidences(np.array(rows), level), abs=1e-9
    )


def alpha_from_coincidences(rows, level):
    """The definition, pair by pair (Krippendorff 2011, section C), for a table without gaps."""
    values = np.unique(rows)
    places = {value: place for place, value in enumerate(values)}
    coincidences = np.zeros((values.size, values.size))
    raters = rows.shape[1]
    for row in rows:
        for i in range(raters):
            for j in range(raters):
                if i != j:
                    coincidences[places[row[i]], places[row[j]]] += 1 / (raters - 1)
    count = coincidences.sum(axis=1)
    difference = np.zeros_like(coincidences)
    for c in range(values.size):
        for k in range(values.size):
            low, high = min(c, k), max(c, k)
            difference[c, k] = {
                "nominal": float(c != k),
                "ordinal": (count[low : high + 1].sum() - (count[low] + count[high]) / 2) ** 2,
                "interval": (values[c] - values[k]) ** 2,
                "ratio": ((values[c] - values[k]) / (values[c] + values[k])) ** 2,
            }[level]
    total = count.sum()
    expected = (np.outer(count, count) * difference).sum() / (total - 1)
    return 1 - (coincidences * difference).sum() / expected


def test_the_bootstrap_interval_holds_the_estimate_and_is_the_same_every_time():
    one = krippendorff_alpha(krippendorff(), level="interval", bootstrap=500, seed=3)
    other = krippendorff_alpha(krippendorff(), level="interval", bootstrap=500, seed=3)
    assert one == other
    assert one.low < one.value < one.high


@pytest.mark.slow
def test_the_bootstrap_interval_holds_the_truth_about_as_often_as_it_says():
    generator = np.random.default_rng(20261101)
    held = 0
    for _ in range(200):
        truth = generator.normal(size=60)
        scores = truth[:, None] + generator.normal(size=(60, 4)) * 0.8
        estimate = krippendorff_alpha(RatingMatrix.from_table(scores), level="interval", bootstrap=300, seed=5)
        held += estimate.low <= 1 / 1.64 <= estimate.high
    assert 0.89 <= held / 200 <= 0.99


def test_constant_ratings_are_told_apart_from_disagreement():
    with pytest.raises(NotEstimable, match=r"All 6 ratings are 3"):
        krippendorff_alpha(RatingMatrix.from_table([[3, 3], [3, 3], [3, 3]]))


def test_a_single_rater_gives_nothing_to_compare():
    with pytest.raises(NotEstimable, match="nothing to compare"):
        krippendorff_alpha(RatingMatrix.from_table([[1], [2], [3]]))


def test_words_have_no_interval_alpha_and_an_ordinal_one_only_with_an_order():
    rows = [["poor", "poor"], ["fair", "good"], ["good", "good"]]
    with pytest.raises(NotEstimable, match="words"):
        krippendorff_alpha(RatingMatrix.from_table(rows), level="interval")
    with pytest.raises(NotEstimable, match="order"):
        krippendorff_alpha(RatingMatrix.from_table(rows), level="ordinal")
    ordered = RatingMatrix.from_table(rows, categories=["poor", "fair", "good"])
    numbers = RatingMatrix.from_table([[1, 1], [2, 3], [3, 3]])
    assert krippendorff_alpha(ordered, level="ordinal").value == krippendorff_alpha(numbers, level="ordinal").value


def test_an_unknown_level_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match="nominal, ordinal, interval, ratio"):
        krippendorff_alpha(krippendorff(), level="cardinal")


def test_complete_data_of_three_raters_show_the_known_error_of_irr_084():
    """irr 0.84.1 counts every pair once instead of 1 / (m - 1) times when nothing is missing."""
    import csv
    import json

    from tests.shared_data import shared_path

    with shared_path("data/measurement/irr_anxiety.csv").open() as file:
        rows = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    irr = json.loads(shared_path("data/measurement/irr_ref.json").read_text())
    ours = krippendorff_alpha(RatingMatrix.from_table(rows), level="interval", bootstrap=0).value
    doubled = 2 * len(rows) * 3
    as_irr = 1 - (1 - ours) * ((doubled - 1) / doubled) / ((doubled / 2 - 1) / (doubled / 2))
    assert as_irr == pytest.approx(irr["anxiety_alpha_interval"], abs=1e-12)
