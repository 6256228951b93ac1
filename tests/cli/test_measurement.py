import csv
import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from prowess.cli import measurement
from prowess.framework.errors import ProwessError
from prowess.measurement.simulation import SimulationPlan, simulate_ratings
from tests.cli.running import prowess
from tests.measurement.agreement.published import SHROUT_FLEISS_1979
from tests.shared_data import shared_path

COLUMNS = "element measure se ratings raw_mean fair_average fair_low fair_high infit infit_z outfit outfit_z".split()


def command():
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command("fit")(measurement.fit)
    app.command("agreement")(measurement.agreement)
    app.add_typer(measurement.simulate)
    return app


def run(*arguments):
    result = CliRunner().invoke(command(), [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def run_json(*arguments):
    return json.loads(run(*arguments, "--json"))


def refusal(*arguments):
    with pytest.raises(ProwessError) as caught:
        run(*arguments)
    return str(caught.value)


@pytest.fixture
def ratings(tmp_path):
    path = tmp_path / "ratings.csv"
    simulate_ratings(SimulationPlan(ratees=40, raters=6, items=4)).ratings.write_csv(path)
    return path


@pytest.fixture
def judges(tmp_path):
    path = tmp_path / "judges.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(
            [["target", "J1", "J2", "J3", "J4"], *([f"S{i}", *row] for i, row in enumerate(SHROUT_FLEISS_1979))]
        )
    return path


FIT = ("--ratee", "ratee", "--rater", "rater", "--item", "item", "--score", "score")


def test_fit_writes_the_summary_a_table_a_facet_plots_and_a_report(ratings, tmp_path):
    out = tmp_path / "out"
    summary = run_json("fit", ratings, *FIT, "-o", out)
    assert summary["ratings"] == 480
    assert set(summary) >= {
        "model", "estimator", "ratings", "log_likelihood", "converged", "iterations", "seconds", "steps", "facets",
        "subsets", "warnings",
    }  # fmt: skip
    assert set(summary["facets"]["rater"]) >= {"elements", "sd", "separation", "strata", "reliability"}
    assert json.loads((out / "summary.json").read_text())["facets"] == summary["facets"]
    for facet, elements in (("ratee", 40), ("rater", 6), ("item", 4)):
        table = pl.read_csv(out / f"{facet}.csv")
        assert table.columns[:12] == COLUMNS
        assert table.height == elements
    assert (out / "report.html").exists()
    assert (out / "plots" / "wright-map.svg").exists()


def test_fit_shows_tables_on_the_terminal_and_may_leave_out_the_report(ratings, tmp_path):
    shown = run("fit", ratings, *FIT, "-o", tmp_path / "out", "--no-report")
    assert "reliability" in shown
    assert "Everything is in" in shown
    assert not (tmp_path / "out" / "report.html").exists()


def test_fit_takes_partial_credit_random_facets_and_estimators(ratings):
    partial = run_json("fit", ratings, *FIT, "--steps", "partial-credit:item")
    assert "partial-credit" in partial["model"]
    assert run_json("fit", ratings, *FIT, "--random", "rater")["estimator"] == "crossed"
    assert run_json("fit", ratings, *FIT, "--estimator", "jml")["estimator"] == "jml"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--ratee", "boss"), "boss"),
        (("--estimator", "magic"), "mml, jml, jml-corrected, crossed"),
        (("--interaction", "rater"), "interaction is of two facets"),
        (("--steps", "sideways"), "steps"),
    ],
)
def test_fit_refuses_what_it_cannot_do_in_a_sentence(ratings, arguments, message):
    assert message in refusal("fit", ratings, *arguments)


def test_fit_will_not_write_over_a_file(ratings):
    assert "not a directory" in refusal("fit", ratings, *FIT, "-o", ratings)


def test_agreement_of_a_wide_table_needs_no_options(judges):
    answer = run_json("agreement", judges, "--bootstrap", "0")
    assert round(answer["icc"]["ICC(2,1)"]["value"], 2) == 0.29
    assert answer["ratees"] == 6
    assert answer["raters"] == 4
    assert "compares two raters" in answer["not_applicable"]["cohen_kappa"]


def test_agreement_shows_words_tables_and_what_does_not_apply(judges):
    shown = run("agreement", judges)
    for expected in ("Krippendorff's alpha, ordinal", "ICC(3,k) = ICC(C,k)", "Variance components", "does not apply"):
        assert expected in shown


def test_agreement_of_a_long_table_by_named_columns():
    path = shared_path("data/measurement/guilford1954_creativity_long.csv")
    answer = run_json(
        "agreement", path, "--ratee", "examinee", "--rater", "judge", "--item", "trait", "--score", "score",
        "--level", "interval", "--categories", "1-9", "--bootstrap", "50",
    )  # fmt: skip
    assert answer["level"] == "interval"
    assert answer["within_group"]["options"] == 9
    alpha = answer["statistics"]["krippendorff_alpha_interval"]
    assert alpha["low"] < alpha["value"] < alpha["high"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--level", "cardinal"), "nominal, ordinal, interval, ratio"),
        (("--score", "points"), "no column “points”"),
        (("--reliability", "1.2"), "not between 0 and 1"),
        (("--confidence", "95"), "no probability"),
    ],
)
def test_agreement_refuses_what_it_cannot_do_in_a_sentence(judges, arguments, message):
    assert message in refusal("agreement", judges, *arguments)


def test_a_missing_file_is_named():
    assert "nowhere.csv" in refusal("agreement", "nowhere.csv")


def test_simulated_ratings_can_be_fitted_and_come_with_their_truth(tmp_path):
    path, truth = tmp_path / "made.csv", tmp_path / "truth.json"
    counted = run_json(
        "simulate", "ratings", "-o", path, "--ratees", "60", "--raters", "5", "--items", "4", "--truth", truth
    )
    assert counted["ratings"] == 60 * 3 * 4
    assert set(json.loads(truth.read_text())) == {"ratee", "rater", "item", "steps"}
    assert run_json("fit", path, *FIT)["ratings"] == 720


def test_simulated_ratings_may_be_parquet(tmp_path):
    run("simulate", "ratings", "-o", tmp_path / "made.parquet", "--ratees", "10")
    assert pl.read_parquet(tmp_path / "made.parquet").columns == ["ratee", "rater", "item", "score"]


def test_simulate_adaptive_shows_questions_saved_on_a_made_bank(tmp_path):
    answer = run_json("simulate", "adaptive", "--ratees", "40", "-o", tmp_path / "study.json")
    assert [row["strategy"] for row in answer["strategies"]] == ["adaptive", "fixed", "random"]
    assert answer["saved"]["random"] > 0
    assert json.loads((tmp_path / "study.json").read_text()) == answer
    assert "of the questions against" in run("simulate", "adaptive", "--ratees", "10")


def test_simulate_adaptive_takes_the_bank_that_a_fit_wrote(ratings, tmp_path):
    run("fit", ratings, *FIT, "-o", tmp_path / "out", "--no-report")
    answer = run_json("simulate", "adaptive", tmp_path / "out", "--ratees", "10", "--standard-error", "0.9")
    assert answer["items"] == 4


def test_the_real_command_ends_with_status_2_and_a_sentence(tmp_path, judges):
    (tmp_path / "broken.csv").write_text("ratee,rater,score\np,a,1\np,a,2\n")
    for arguments in (
        ("agreement", tmp_path / "broken.csv"),
        ("agreement", judges, "--level", "cardinal"),
        ("fit", tmp_path / "none.csv"),
    ):
        ended = prowess(*arguments)
        assert ended.returncode == 2
        assert "Traceback" not in ended.stderr
        assert ended.stderr.startswith("prowess: ")


def test_a_design_with_raters_of_ones_own_is_taken_as_said(judges):
    answer = run_json("agreement", judges, "--design", "rater : ratee", "--bootstrap", "0")
    assert answer["generalizability"]["design"] == "rater:ratee"
    single = answer["generalizability"]["components"][0]["share"]
    assert single == pytest.approx(answer["icc"]["ICC(1,1)"]["value"])
