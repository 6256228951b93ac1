import csv
import gzip
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.generalizability import Observations, crossed, parse_design, variance_components
from tests.measurement.generalizability.brennan import data_set_1, data_set_3, data_set_4, unbalanced
from tests.shared_data import shared_path


def estimates(components):
    return {part.label: part.estimate for part in components.components}


@pytest.mark.parametrize("method", ["anova", "reml"])
def test_persons_by_items_are_the_published_components(method):
    found = estimates(variance_components(data_set_1(), method=method))
    assert found == pytest.approx({"p": 0.0574, "i": 0.0754, "p x i": 0.1269}, abs=6e-5)


@pytest.mark.parametrize("method", ["anova", "reml"])
def test_persons_by_items_by_occasions_are_the_published_components(method):
    published = {
        "p": 0.5528, "i": 0.4417, "o": 0.0074, "p x i": 0.5750, "p x o": 0.1009, "i x o": 0.1565, "p x i x o": 0.9352,
    }  # fmt: skip
    assert estimates(variance_components(data_set_3(), method=method)) == pytest.approx(published, abs=6e-5)


@pytest.mark.parametrize("method", ["anova", "reml"])
def test_raters_nested_in_tasks_are_the_published_components(method):
    published = {"p": 0.4731, "t": 0.3252, "r:t": 0.6475, "p x t": 0.5596, "p x (r:t)": 2.3802}
    found = variance_components(data_set_4(), method=method, design=parse_design("p x (r:t)"))
    assert estimates(found) == pytest.approx(published, abs=6e-5)


def test_mean_squares_and_degrees_of_freedom_are_the_published_ones():
    found = variance_components(data_set_4()).components
    squares = {part.label: (part.degrees_of_freedom, part.mean_square) for part in found}
    published = {
        "p": (9, 10.2963), "t": (2, 24.1), "r:t": (9, 8.8556), "p x t": (18, 4.6185), "p x (r:t)": (81, 2.3802),
    }  # fmt: skip
    for label, (freedom, square) in published.items():
        assert squares[label] == pytest.approx((freedom, square), abs=6e-5)


def test_items_nested_in_persons_are_the_published_components():
    """Data set 2: the same scores, every person with eight items of their own."""
    data = data_set_3()
    own = Observations.from_columns(data.score, facets={"p": data.codes["p"], "i": np.arange(data.score.size)})
    found = variance_components(own, design=parse_design("i:p"))
    assert estimates(found) == pytest.approx({"p": 0.6108, "i:p": 2.0250}, abs=6e-5)


def test_unequal_nesting_gives_the_published_analogous_anova():
    published = {"p": 1.2014, "h": 2.9161, "i:h": 0.2946, "p x h": 0.9913, "p x (i:h)": 0.8429}
    found = variance_components(unbalanced(), method="anova")
    assert str(found.design) == "p x (i:h)"
    assert not found.balanced
    assert estimates(found) == pytest.approx(published, abs=2e-4)  # the book rounds on the way


@pytest.mark.slow
def test_restricted_likelihood_of_73_000_ratings_is_that_of_lme4():
    reference = json.loads(shared_path("data/measurement/lme4_InstEval_ref.json").read_text())
    with gzip.open(shared_path("data/measurement/lme4_InstEval.csv.gz"), "rt") as file:
        rows = list(csv.DictReader(file))
    table = Observations.from_columns(
        [float(row["y"]) for row in rows],
        facets={"s": [row["s"] for row in rows], "d": [row["d"] for row in rows]},
    )
    found = variance_components(table, design=crossed(["s", "d"]), method="reml")
    expected = [part["vcov"] for part in reference["m1_vc"]]
    assert [part.estimate for part in found.components] == pytest.approx(expected, rel=1e-5)


@given(seed=st.integers(0, 10_000), ratees=st.integers(2, 6), raters=st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_components_ignore_order_and_origin_and_scale_with_the_square_of_the_unit(seed, ratees, raters):
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(ratees, raters))
    row, column = np.indices(scores.shape)
    order = generator.permutation(scores.size)
    plain = Observations.from_columns(scores.ravel(), facets={"p": row.ravel(), "r": column.ravel()})
    moved = Observations.from_columns(
        3 * scores.ravel()[order] + 7, facets={"p": row.ravel()[order] + 5, "r": -column.ravel()[order]}
    )
    one, other = estimates(variance_components(plain)), estimates(variance_components(moved))
    assert {label: 9 * value for label, value in one.items()} == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize("method", ["anova", "reml"])
def test_components_of_incomplete_data_recover_the_truth(method):
    generator = np.random.default_rng(4)
    person, rater = np.repeat(np.arange(400), 4), generator.integers(0, 25, size=1600)
    truth = {"p": 1.0, "r": 0.25}
    score = generator.normal(size=400)[person] + 0.5 * generator.normal(size=25)[rater] + generator.normal(size=1600)
    table = Observations.from_columns(score, facets={"p": person, "r": rater})
    found = estimates(variance_components(table, design=crossed(["p", "r"]), method=method))
    assert found["p"] == pytest.approx(truth["p"], abs=0.2)
    assert found["r"] == pytest.approx(truth["r"], abs=0.15)


def test_several_scores_in_a_cell_separate_the_interaction_from_the_residual():
    generator = np.random.default_rng(5)
    person, rater, again = (axis.ravel() for axis in np.indices((60, 8, 3)))
    score = generator.normal(size=60)[person] + 0.7 * generator.normal(size=(60, 8))[person, rater]
    score = score + generator.normal(size=again.size) * 0.5
    table = Observations.from_columns(score, facets={"p": person, "r": rater})
    found = variance_components(table)
    assert [part.label for part in found.components] == ["p", "r", "p x r", "residual"]
    assert found["p x r"].estimate == pytest.approx(0.49, abs=0.1)
    assert found["residual"].estimate == pytest.approx(0.25, abs=0.03)


def test_a_negative_estimate_is_shown_used_as_zero_and_said():
    table = Observations.from_columns([1, 2, 2, 1], facets={"p": [0, 0, 1, 1], "r": [0, 1, 0, 1]})
    found = variance_components(table)
    assert found["p"].estimate < 0
    assert found["p"].variance == 0.0
    assert "estimated below zero" in found.warnings[0]


@pytest.mark.slow
def test_standard_errors_match_the_spread_over_repetitions():
    generator = np.random.default_rng(6)
    person, rater = (axis.ravel() for axis in np.indices((80, 6)))
    collected, errors = [], []
    for _ in range(150):
        score = generator.normal(size=80)[person] + 0.6 * generator.normal(size=6)[rater] + generator.normal(size=480)
        found = variance_components(Observations.from_columns(score, facets={"p": person, "r": rater}))
        collected.append([part.estimate for part in found.components])
        errors.append([part.standard_error for part in found.components])
    spread, said = np.std(collected, axis=0), np.sqrt(np.mean(np.square(errors), axis=0))
    assert said[[0, 2]] == pytest.approx(spread[[0, 2]], rel=0.25)


@pytest.mark.parametrize(
    ("score", "facets", "message"),
    [
        ([1, 2, 3], {"p": ["a", "b", "c"], "r": ["x", "x", "x"]}, "facet r has one level"),
        ([3, 3, 3, 3], {"p": [0, 0, 1, 1], "r": [0, 1, 0, 1]}, "All 4 scores are 3"),
        ([1, 2, 3, 4], {"p": [0, 0, 1], "r": [0, 1, 0, 1]}, "facet p has 3 values for 4 scores"),
        (["low", "high"], {"p": [0, 1], "r": [0, 1]}, "no numbers"),
        ([1, float("inf")], {"p": [0, 1], "r": [0, 1]}, "infinite"),
        ([1, None], {"p": [0, 1], "r": [0, 1]}, "two scores or more"),
    ],
)
def test_data_without_an_answer_are_refused_in_a_sentence(score, facets, message):
    with pytest.raises(InputError, match=message):
        variance_components(Observations.from_columns(score, facets=facets))


def test_a_design_of_other_facets_is_refused():
    with pytest.raises(InputError, match="“judge” is no facet of the data"):
        variance_components(data_set_1(), design=parse_design("p x judge"))
