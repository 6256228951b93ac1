"""Agreement with other software, to the digits that the estimators share."""

import numpy as np
import polars as pl
import pytest

from prowess.measurement import FitResult, ModelSpecification, RatingTable, fit
from tests.measurement.reference_data import guilford, long_table, reference

STUDENTS = {"ratee": "idstud", "others": ["rater"], "rater": "rater"}
CASES = [
    ("sirt_data.ratings1.csv", STUDENTS, "rating-scale", "sirt_data.ratings1_ref_TAM_rsm"),
    ("sirt_data.ratings1.csv", STUDENTS, "partial-credit:item", "sirt_data.ratings1_ref_TAM_pcm"),
    ("sirt_data.ratings2.csv", STUDENTS, "rating-scale", "sirt_data.ratings2_ref_TAM_rsm"),
    ("sirt_data.ratings2.csv", STUDENTS, "partial-credit:item", "sirt_data.ratings2_ref_TAM_pcm"),
    (
        "tam_data.ex10.csv",
        {"ratee": "pid", "others": ["rater"], "rater": "rater"},
        "rating-scale",
        "tam_data.ex10_ref_TAM",
    ),
    (
        "tam_data.cqc04_conquest.csv",
        {"ratee": "pid", "others": ["rater", "topic"], "rater": "rater", "facets": ["topic"]},
        "partial-credit:item",
        "tam_data.cqc04_ref_TAM",
    ),
]


def _item_mean(ref: dict) -> float:
    """TAM holds the ratees' mean at zero and lets the items float; here it is the other way round."""
    return float(np.mean([row["xsi"] for row in ref["xsi_facets"] if row["facet"] == "item"]))


@pytest.fixture(scope="module", params=CASES, ids=[case[3] for case in CASES])
def fitted(request: pytest.FixtureRequest) -> tuple[FitResult, dict]:
    name, roles, steps, ref = request.param
    return fit(long_table(name, **roles), ModelSpecification(steps=steps)), reference(ref)


def test_the_likelihood_and_the_variance_are_tams(fitted: tuple[FitResult, dict]) -> None:
    result, ref = fitted
    assert result.converged
    assert result.log_likelihood == pytest.approx(ref["loglik"], abs=1e-4)
    assert result.ratee_sd**2 == pytest.approx(ref["variance"], rel=1e-5)
    assert result.separation("ratee").reliability == pytest.approx(ref["EAP_reliability"], abs=1e-5)


def test_facets_are_tams(fitted: tuple[FitResult, dict]) -> None:
    result, ref = fitted
    for facet in result.facets[1:]:
        rows = [row for row in ref["xsi_facets"] if row["facet"] == facet]
        theirs = {str(row["parameter"]).removeprefix(facet if facet != "item" else ""): row["xsi"] for row in rows}
        shift = _item_mean(ref) if facet == "item" else 0.0
        for element, measure in result.facet_table(facet).select("element", "measure").iter_rows():
            assert measure == pytest.approx(theirs[element] - shift, abs=2e-5)


def test_persons_are_tams(fitted: tuple[FitResult, dict]) -> None:
    result, ref = fitted
    theirs = pl.DataFrame(ref["person"]).with_columns(pl.col("pid").cast(pl.String))
    both = theirs.join(result.person_scores(), left_on="pid", right_on="element")
    assert both.height == len(ref["person"])
    shift = _item_mean(ref)
    assert (both["EAP"] - shift - both["eap"]).abs().max() < 2e-5
    assert (both["EAP_sd"] - both["eap_se"]).abs().max() < 2e-5
    assert (both["WLE"] - shift - both["wle"]).abs().max() < 5e-5
    assert (both["WLE_se"] - both["wle_se"]).abs().max() < 1e-4


def test_partial_credit_steps_are_those_of_sirt() -> None:
    result = fit(long_table("sirt_data.ratings1.csv", **STUDENTS), ModelSpecification(steps="partial-credit:item"))
    ref = reference("sirt_data.ratings1_ref_rmfacets_pcm")
    assert -2.0 * result.log_likelihood == pytest.approx(ref["deviance"], abs=1e-4)
    delta = np.array([row["delta"] for row in ref["item"]])
    assert result.facet_table("item")["measure"].to_numpy() == pytest.approx(delta - delta.mean(), abs=1e-3)


def test_guilfords_judges_are_those_of_mfrmr() -> None:
    result = fit(guilford(), ModelSpecification(estimator="jml"))
    ref = reference("guilford1954_ref_mfrmr_jml")
    assert result.log_likelihood == pytest.approx(ref["summary"][0]["LogLik"], abs=1e-6)
    assert result.summary()["steps"] == pytest.approx([row["Estimate"] for row in ref["steps"]], abs=2e-6)
    for row in ref["measures"]:
        facet = "ratee" if row["Facet"] == "Person" else row["Facet"]
        element = row["Level"].lstrip("EJ")
        mine = result.facet_table(facet).row(by_predicate=pl.col("element") == element, named=True)
        assert mine["measure"] == pytest.approx(row["Estimate"], abs=2e-6)
        assert mine["se"] == pytest.approx(row["SE"], abs=1e-6)
        assert mine["infit"] == pytest.approx(row["Infit"], abs=1e-5)
        assert mine["outfit"] == pytest.approx(row["Outfit"], abs=1e-5)
    judges = next(row for row in ref["reliability"] if row["Facet"] == "judge")
    assert result.separation("judge").separation == pytest.approx(judges["ModelSeparation"], abs=1e-5)
    assert result.separation("judge").reliability == pytest.approx(judges["ModelReliability"], abs=1e-5)


def test_a_covariate_facet_gets_tams_estimates_and_a_warning() -> None:
    """Students of two languages were never compared: only the assumption of one distribution links them."""
    table = long_table("windhua_style_ratings.csv", ratee="student", others=["language"], facets=["language"])
    result = fit(table)
    ref = reference("windhua_style_ref_TAM_mml_converged")
    assert any("2 disjoint subsets" in warning for warning in result.warnings)
    # TAM's grid ends at ±12, which cuts three students off; its likelihood is a little lower for it.
    assert ref["loglik"] - 0.01 < result.log_likelihood < ref["loglik"] + 0.1
    theirs = {
        row["parameter"].removeprefix("language"): row["xsi"] for row in ref["xsi_facets"] if row["facet"] == "language"
    }
    for element, measure in result.facet_table("language").select("element", "measure").iter_rows():
        assert measure == pytest.approx(theirs[element], abs=5e-3)


def test_crossed_variances_are_near_those_of_the_linear_model_on_a_dense_design() -> None:
    """With fixed raters treated as random and plenty of ratings each, the modes are the fixed estimates, shrunken."""
    table = long_table("sirt_data.ratings2.csv", **STUDENTS)
    fixed = fit(table)
    crossed = fit(table, ModelSpecification(random=("rater",)))
    assert crossed.converged
    plain = fixed.measures["rater"].measure
    drawn = crossed.measures["rater"].measure
    assert np.corrcoef(plain, drawn)[0, 1] > 0.999
    assert np.abs(drawn).sum() < np.abs(plain).sum() * 1.02
    assert crossed.estimates.variances["rater"] == pytest.approx(plain.var(), rel=0.25)


def test_identifiers_that_do_not_sort_in_order_of_appearance_keep_their_estimates() -> None:
    table = guilford()
    result = fit(table)
    shuffled = table.frame().sample(fraction=1.0, shuffle=True, seed=3)
    renamed = shuffled.with_columns(pl.col("examinee").replace({"1": "z", "2": "a10", "3": "a9", "4": "m"}))
    other = fit(RatingTable.read(renamed, ratee="examinee", rater="judge", item="trait"))
    names = {"z": "1", "a10": "2", "a9": "3", "m": "4"}
    first = dict(result.facet_table("ratee").select("element", "measure").iter_rows())
    second = dict(other.facet_table("ratee").select("element", "measure").iter_rows())
    assert list(second)[-4:] == ["a9", "a10", "m", "z"]
    for name, measure in second.items():
        assert measure == pytest.approx(first[names.get(name, name)], abs=1e-6)
