"""What a fit does beside agreeing with other software: anchors, bad data, determinism, tables."""

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement import Anchors, FitResult, ModelSpecification, RatingTable, fit, read_anchors
from prowess.measurement.linking import change, drift
from prowess.measurement.prediction import predict_ratings
from tests.measurement.simulation import Simulated, simulate
from tests.shared_data import shared_path

ROLES = {"ratee": "person", "rater": "rater", "item": "item"}
COLUMNS = ["element", "measure", "se", "ratings", "raw_mean", "fair_average", "fair_low", "fair_high"]
COLUMNS += ["infit", "infit_z", "outfit", "outfit_z"]


@pytest.fixture(scope="module")
def data() -> Simulated:
    return simulate(5, ratees=300, raters=15)


@pytest.fixture(scope="module")
def result(data: Simulated) -> FitResult:
    return fit(RatingTable.read(data.frame, **ROLES))


def test_the_truth_is_recovered(data: Simulated, result: FitResult) -> None:
    raters = result.measures["rater"]
    assert np.abs(raters.measure - (data.raters - data.raters.mean())).max() < 4 * raters.error.max()
    assert np.corrcoef(result.measures["person"].measure, data.ratees)[0, 1] > 0.95
    assert result.summary()["steps"] == pytest.approx([-1.5, -0.5, 0.5, 1.5], abs=0.25)


def test_the_summary_and_the_tables_have_the_promised_form(result: FitResult) -> None:
    summary = json.loads(json.dumps(result.summary(), allow_nan=False))
    promised = (
        "model estimator ratings log_likelihood converged iterations seconds steps facets subsets warnings".split()
    )
    assert set(promised) <= set(summary)
    assert set(summary["facets"]["rater"]) == {"elements", "sd", "separation", "strata", "reliability"}
    for facet in result.facets:
        assert result.facet_table(facet).columns == COLUMNS
    assert result.facet_table("rater")["measure"].sum() == pytest.approx(0.0, abs=1e-9)


def test_two_fits_are_identical_to_the_last_bit_and_rows_may_come_in_any_order(
    data: Simulated, result: FitResult
) -> None:
    again = fit(RatingTable.read(data.frame, **ROLES))
    assert again.log_likelihood == result.log_likelihood
    assert (again.measures["rater"].measure == result.measures["rater"].measure).all()
    ragged = fit(RatingTable.read(data.frame.sample(fraction=1.0, shuffle=True, seed=1), **ROLES))
    assert np.abs(ragged.measures["rater"].measure - result.measures["rater"].measure).max() < 1e-6
    assert np.abs(ragged.measures["person"].measure - result.measures["person"].measure).max() < 1e-6


def test_a_weight_of_two_is_the_rating_twice(data: Simulated) -> None:
    small = data.frame.head(600)
    doubled = small.with_columns(weight=pl.when(pl.col("rater") < 5).then(2.0).otherwise(1.0))
    weighted = fit(RatingTable.read(doubled, **ROLES, weight="weight"))
    twice = fit(RatingTable.read(pl.concat([small, small.filter(pl.col("rater") < 5)]), **ROLES))
    assert weighted.log_likelihood == pytest.approx(twice.log_likelihood, abs=1e-6)
    assert weighted.measures["item"].measure == pytest.approx(twice.measures["item"].measure, abs=1e-6)


def test_anchors_hold_and_the_origin_moves_with_them(data: Simulated, result: FitResult, tmp_path) -> None:
    raters = result.facet_table("rater")
    path = tmp_path / "anchors.csv"
    rows = ["facet,element,measure"]
    rows += [f"rater,{e},{m + 0.5}" for e, m in raters.select("element", "measure").head(6).iter_rows()]
    path.write_text("\n".join(rows) + "\n")
    anchored = fit(RatingTable.read(data.frame, **ROLES), ModelSpecification(anchors=read_anchors(path)))
    moved = anchored.measures["rater"].measure - result.measures["rater"].measure
    assert moved == pytest.approx(np.full(moved.size, 0.5), abs=1e-4)
    assert anchored.ratee_mean - result.ratee_mean == pytest.approx(0.5, abs=1e-3)
    assert anchored.element_statistics("rater")["anchored"].sum() == 6


def test_a_group_anchor_fixes_the_mean_of_its_elements(data: Simulated) -> None:
    model = ModelSpecification(group_anchors={"rater": [(["0", "1", "2"], 1.0)]})
    measures = fit(RatingTable.read(data.frame, **ROLES), model).measures["rater"].measure
    assert measures[:3].mean() == pytest.approx(1.0, abs=1e-9)


def test_anchored_steps_are_returned_as_they_are(data: Simulated) -> None:
    steps = [-1.4, -0.6, 0.6, 1.5]
    anchored = fit(RatingTable.read(data.frame, **ROLES), ModelSpecification(anchors=Anchors(steps={"": steps})))
    assert anchored.summary()["steps"] == pytest.approx(steps)


def test_a_dummy_facet_changes_nothing_and_still_has_a_table(data: Simulated, result: FitResult) -> None:
    frame = data.frame.with_columns(group=pl.when(pl.col("person") % 2 == 0).then(pl.lit("a")).otherwise(pl.lit("b")))
    table = RatingTable.read(frame, **ROLES, facets=["group"])
    with_dummy = fit(table, ModelSpecification(dummy=["group"]))
    assert with_dummy.log_likelihood == pytest.approx(result.log_likelihood, abs=1e-6)
    assert with_dummy.facet_table("group")["infit"].null_count() == 0
    contrasts = with_dummy.differential_functioning("item", by="group")
    assert contrasts.height == 4
    assert (contrasts["p_adjusted"] > 0.001).all()


def test_an_interaction_that_was_put_in_is_found(data: Simulated, result: FitResult) -> None:
    biased = data.frame.with_columns(
        score=pl.when((pl.col("rater") == 3) & (pl.col("item") == 0)).then(0).otherwise(pl.col("score"))
    )
    plain = fit(RatingTable.read(biased, **ROLES))
    worst = plain.interaction_bias("rater", "item").sort("bias").row(0, named=True)
    assert (worst["rater"], worst["item"]) == ("3", "0")
    assert worst["p_adjusted"] < 0.01
    model = ModelSpecification(interactions=[("rater", "item")])
    modelled = fit(RatingTable.read(data.frame, **ROLES), model)
    assert modelled.converged
    cells = modelled.estimates.point.effects[-60:].reshape(15, 4)
    assert np.abs(cells.sum(axis=0)).max() < 1e-8
    assert np.abs(cells.sum(axis=1)).max() < 1e-8
    assert modelled.log_likelihood > result.log_likelihood


def test_rater_effects_name_the_rater_who_shows_them(data: Simulated) -> None:
    generator = np.random.default_rng(2)
    changed = data.frame.with_columns(
        first=pl.col("score").first().over("person", "rater"),
        noise=pl.Series(generator.integers(0, 5, data.frame.height)),
    ).with_columns(
        score=pl.when(pl.col("rater") == 0)
        .then(pl.col("first"))
        .when(pl.col("rater") == 1)
        .then(2)
        .when(pl.col("rater") == 2)
        .then(pl.col("noise"))
        .otherwise(pl.col("score"))
    )
    flags = dict(fit(RatingTable.read(changed, **ROLES)).rater_effects().select("rater", "flags").iter_rows())
    assert "halo" in flags["0"]
    assert "central tendency" in flags["1"]
    assert "erratic" in flags["2"]


def test_a_second_dimension_shows_in_the_residuals(data: Simulated, result: FitResult) -> None:
    second = np.random.default_rng(4).normal(0, 1.5, 300)
    shift = pl.Series(
        np.rint(second[data.frame["person"].to_numpy()]).astype(int) * (data.frame["item"].to_numpy() < 2)
    )
    two = data.frame.with_columns(score=(pl.col("score") + shift).clip(0, 4))
    found = fit(RatingTable.read(two, **ROLES)).residual_components()
    assert found["eigenvalue"][0] > found["chance_95"][0]
    assert (found["loading_0"][0] > 0) == (found["loading_1"][0] > 0) != (found["loading_3"][0] > 0)


def test_a_drifting_rater_is_flagged_and_a_change_has_its_error(data: Simulated, result: FitResult) -> None:
    later_frame = data.frame.with_columns(
        score=pl.when(pl.col("rater") == 7).then((pl.col("score") - 1).clip(0, 4)).otherwise(pl.col("score"))
    )
    later = fit(
        RatingTable.read(later_frame, **ROLES), ModelSpecification(anchors=Anchors(steps=result.anchors().steps))
    )
    moved = drift(result, later, "rater")
    assert moved.filter("drifted")["element"].to_list() == ["7"]
    changes = change(result, later)
    assert changes["change"].abs().median() < 2 * changes["se"].median()
    assert (changes["se"] > 0).all()


def test_everything_is_written_and_no_cell_can_run_as_a_formula(tmp_path) -> None:
    frame = pl.DataFrame(
        {"person": ["=2+3", "b", "-5"] * 4, "rater": [1, 1, 1, 2, 2, 2] * 2, "item": [1] * 6 + [2] * 6}
    )
    frame = frame.with_columns(score=pl.Series([1, 2, 3, 2, 2, 3, 1, 3, 2, 1, 1, 3]))
    files = fit(RatingTable.read(frame, **ROLES)).write(tmp_path, formats=("csv", "json", "parquet"))
    assert {f.name for f in files} >= {"summary.json", "person.csv", "rater.parquet", "steps.csv", "categories.json"}
    elements = pl.read_csv(tmp_path / "person.csv", infer_schema=False)["element"].to_list()
    assert elements == ["-5", "'=2+3", "b"]


def test_extreme_raters_get_a_finite_flagged_measure() -> None:
    data = simulate(9, ratees=60, raters=6)
    frame = data.frame.with_columns(score=pl.when(pl.col("rater") == 0).then(4).otherwise(pl.col("score")))
    result = fit(RatingTable.read(frame, **ROLES))
    row = result.facet_table("rater").row(0, named=True)
    assert -15 < row["measure"] < min(result.measures["rater"].measure[1:])
    assert row["infit"] is None
    assert result.element_statistics("rater")["extreme"][0] == "highest"
    assert result.converged


def test_an_unknown_facet_or_estimator_is_refused(data: Simulated) -> None:
    table = RatingTable.read(data.frame, **ROLES)
    with pytest.raises(InputError, match="judge"):
        fit(table, ModelSpecification(random=("judge",)))
    with pytest.raises(InputError, match="estimator"):
        ModelSpecification(estimator="magic")
    with pytest.raises(InputError, match="fixed"):
        fit(table, ModelSpecification(estimator="jml", random=("rater",)))
    with pytest.raises(InputError, match="None of the anchored"):
        fit(table, ModelSpecification(anchors=Anchors(elements={"rater": {"nobody": 0.0}})))


def test_the_scale_of_wide_ratings_does_not_overflow() -> None:
    data = simulate(3, ratees=60, raters=6, steps=np.linspace(-12, 12, 60))
    result = fit(RatingTable.read(data.frame, **ROLES))
    assert result.converged
    assert np.isfinite(result.measures["person"].measure).all()


def test_disconnected_blocks_are_fitted_with_a_warning() -> None:
    result = fit(RatingTable.read(shared_path("data/measurement/sim_disconnected_2blocks.csv"), **ROLES))
    assert len(result.summary()["subsets"]) == 2
    assert any("2 disjoint subsets" in warning for warning in result.warnings)


def test_predictions_are_distributions_and_unseen_elements_are_allowed(result: FitResult) -> None:
    elements = {"person": ["0", "nobody"], "rater": ["1", "2"], "item": ["0", "0"]}
    chances = predict_ratings(result, elements)
    assert chances.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert chances[1].max() < predict_ratings(result, elements, plug_in=True)[1].max()


@pytest.mark.parametrize("random", [(), ("rater",)])
def test_persons_with_one_rating_each_are_refused_at_once(random: tuple[str, ...]) -> None:
    generator = np.random.default_rng(1)
    size = 20_000
    frame = pl.DataFrame({"person": np.arange(size), "rater": generator.integers(0, 4, size), "item": 1})
    table = RatingTable.read(frame.with_columns(score=pl.Series(generator.integers(1, 5, size))), **ROLES)
    assert len(table.subsets()) == 4
    with pytest.raises(InputError, match="No person has more than one rating"):
        fit(table, ModelSpecification(random=random))


@pytest.mark.parametrize("random", [(), ("rater",)])
def test_perfectly_ordered_ratings_are_flagged_as_separated(random: tuple[str, ...]) -> None:
    rows = [(p, r, 1, int(p > 3 * r)) for p in range(12) for r in range(4)]
    frame = pl.DataFrame(rows, schema=["person", "rater", "item", "score"], orient="row")
    result = fit(RatingTable.read(frame, **ROLES), ModelSpecification(random=random))
    assert any("separate the elements completely" in warning for warning in result.warnings)
    assert result.summary()["facets"]["person"]["elements"] == 12


def test_intervals_of_few_random_raters_allow_for_the_unknown_variance() -> None:
    data = simulate(21, ratees=40, raters=24, each=3, items=1, rater_sd=0.1)
    result = fit(RatingTable.read(data.frame, **ROLES), ModelSpecification(random=("rater",)))
    deviation = np.sqrt(result.estimates.variances["rater"])
    # An estimate near zero must not claim that the raters are known to agree.
    assert result.measures["rater"].error.min() > max(0.1, deviation)


def test_fixed_raters_with_few_ratings_are_said_to_stretch_the_scale() -> None:
    data = simulate(22, ratees=60, raters=36, each=3, items=1)
    result = fit(RatingTable.read(data.frame, **ROLES))
    assert any("stretches the scale" in warning for warning in result.warnings)
    plenty = simulate(22, ratees=300, raters=6, each=3, items=4)
    assert not any("stretches" in w for w in fit(RatingTable.read(plenty.frame, **ROLES)).warnings)


def _small_frames() -> st.SearchStrategy[pl.DataFrame]:
    row = st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 2), st.integers(0, 3))
    return st.lists(row, min_size=1, max_size=40).map(
        lambda rows: pl.DataFrame(rows, schema=["person", "rater", "item", "score"], orient="row")
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    frame=_small_frames(),
    model=st.sampled_from(
        [
            ModelSpecification(),
            ModelSpecification(steps="partial-credit:item"),
            ModelSpecification(estimator="jml"),
            ModelSpecification(estimator="jml-corrected"),
            ModelSpecification(random=("rater",)),
            ModelSpecification(random=("rater", "item")),
            ModelSpecification(interactions=[("rater", "item")], maximum_iterations=60),
        ]
    ),
)
def test_any_small_set_of_ratings_is_measured_or_refused(frame: pl.DataFrame, model: ModelSpecification) -> None:
    try:
        result = fit(RatingTable.read(frame, **ROLES), model)
    except InputError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017 - either outcome is right
        return
    json.dumps(result.summary(), allow_nan=False)
    for facet in result.facets:
        table = result.facet_table(facet)
        assert table.height == len(result.table.labels[facet])
        fair = table["fair_average"].drop_nulls()
        assert fair.is_between(frame["score"].min() - 1e-9, frame["score"].max() + 1e-9).all()
        assert not table["measure"].is_nan().any()
    result.category_table()
    result.step_table()
    result.person_scores()
    if not result.converged:
        assert any("did not converge" in warning for warning in result.warnings)
