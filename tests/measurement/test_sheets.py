"""Large designs are worked through sheet by sheet; nothing but the time may differ from rating by rating."""

from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from prowess.measurement import Anchors, ModelSpecification, RatingTable, fit
from prowess.measurement.blocks import Point, Totals, cut_block, cut_into_blocks
from prowess.measurement.design import Design, build_design
from prowess.measurement.estimation import estimate
from prowess.measurement.sheets import MOST_FORMS, cut_sheets, find_sheets
from tests.measurement.simulation import simulate

FACETS = {"ratee": "person", "rater": "rater", "item": "item"}


def _design(frame: pl.DataFrame, **model) -> Design:
    return build_design(RatingTable.read(frame, **FACETS), ModelSpecification(**model))


def _frame(*, missing: float = 0.0, seed: int = 3) -> pl.DataFrame:
    frame = simulate(seed, ratees=400, raters=30, items=6).frame
    kept = np.random.default_rng(seed).random(frame.height) >= missing
    return frame.filter(pl.Series(kept))


def _point(design: Design, *, sigma: float = 1.1) -> Point:
    generator = np.random.default_rng(5)
    steps = generator.normal(0.0, 0.8, design.categories_seen.shape)
    steps[:, 0] = 0.0
    return Point(effects=generator.normal(0.0, 0.7, design.effect_count), cumulated=steps, mean=0.2, sigma=sigma)


def _both_ways(design: Design, point: Point) -> tuple[Totals, Totals, float]:
    sheets = find_sheets(design)
    assert sheets is not None
    ratees = design.start.size - 1
    by_sheet, by_rating = cut_sheets(design, sheets, 0, ratees), cut_block(design, 0, ratees)
    for _ in range(2):
        one, other = by_sheet.evaluate(point, nodes=8), by_rating.evaluate(point, nodes=8)
    return one, other, float(np.abs(by_sheet.centre - by_rating.centre).max())


@pytest.mark.parametrize(
    ("missing", "model"),
    [
        (0.0, {}),
        (0.02, {}),
        (0.15, {}),
        (0.0, {"steps": "partial-credit:item"}),
        (0.1, {"steps": "partial-credit:item"}),
        (0.0, {"dummy": ("item",)}),
        (0.0, {"anchors": Anchors(elements={"person": {"3": 0.5, "7": -1.0}})}),
    ],
)
def test_a_sheet_counts_like_its_ratings(missing: float, model: dict) -> None:
    design = _design(_frame(missing=missing), **model)
    one, other, apart = _both_ways(design, _point(design))
    assert apart < 1e-9
    scale = float(np.abs(other.sums).max())
    assert np.abs(one.sums - other.sums).max() < 1e-10 * scale
    assert np.allclose(one.expected, other.expected, rtol=1e-9, atol=5e-8)
    assert np.allclose(one.category_expected, other.category_expected, rtol=1e-9, atol=5e-8)
    # Information is kept in single precision along the way.
    assert np.allclose(one.information, other.information, rtol=1e-5)


def test_rows_in_any_order_give_the_same_sheets() -> None:
    frame = _frame()
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=9)
    straight, mixed = find_sheets(_design(frame)), find_sheets(_design(shuffled))
    assert straight is not None
    assert mixed is not None
    assert mixed.form.size == straight.form.size == frame.height // 6
    assert np.array_equal(np.diff(mixed.start), np.diff(straight.start))


def test_many_rare_forms_are_taken_apart_into_their_lines() -> None:
    sheets = find_sheets(_design(_frame(missing=0.05)))
    assert sheets is not None
    assert sheets.forms.first.size - 1 <= MOST_FORMS + 6


def test_single_ratings_and_weighted_ones_are_no_sheets() -> None:
    frame = _frame().filter(pl.col("item") == 0)
    assert find_sheets(_design(frame)) is None
    weighted = _frame().with_columns(pl.lit(2.0).alias("weight"))
    table = RatingTable.read(weighted, **FACETS, weight="weight")
    assert find_sheets(build_design(table, ModelSpecification())) is None


def test_logits_far_beyond_the_table_stay_finite() -> None:
    design = _design(_frame())
    point = _point(design, sigma=40.0)
    point.effects[:] *= 40.0
    one, other, _ = _both_ways(design, point)
    assert np.isfinite(one.sums).all()
    assert np.abs(one.expected - other.expected).max() < 1e-3


@pytest.mark.parametrize("steps", ["rating-scale", "partial-credit:item"])
def test_a_fit_by_sheets_equals_the_fit_by_ratings(steps: str) -> None:
    frame = simulate(4, ratees=700, raters=40, items=5).frame
    design = _design(frame, steps=steps, tolerance=1e-9)
    by_sheet = estimate(design, blocks=cut_into_blocks(design, nodes=16, whole_information=False))
    by_rating = estimate(design, blocks=cut_into_blocks(design, nodes=16, whole_information=True))
    assert not by_sheet.likelihood.blocks.whole_information
    assert by_sheet.log_likelihood == pytest.approx(by_rating.log_likelihood, abs=1e-6)
    assert np.abs(by_sheet.point.effects - by_rating.point.effects).max() < 1e-7
    assert np.abs(by_sheet.posterior_mean - by_rating.posterior_mean).max() < 1e-7
    ours, whole = by_sheet.uncertainty, by_rating.uncertainty
    assert np.allclose(np.sqrt(ours.effects), np.sqrt(np.diag(whole.covariance)[: ours.effects.size]), rtol=0.02)
    assert np.allclose(ours.steps, whole.steps, rtol=0.05)


def test_steps_of_many_items_have_errors_like_those_of_the_whole_information() -> None:
    frame = simulate(6, ratees=600, raters=20, items=15).frame
    design = _design(frame, steps="partial-credit:item")
    by_sheet = estimate(design, blocks=cut_into_blocks(design, nodes=8, whole_information=False))
    whole = estimate(design, blocks=cut_into_blocks(design, nodes=8, whole_information=True))
    known = whole.uncertainty.steps > 0
    ratio = np.sqrt(by_sheet.uncertainty.steps[known] / whole.uncertainty.steps[known])
    assert 0.93 < ratio.min() <= ratio.max() < 1.07


def test_the_threads_do_not_change_a_digit() -> None:
    frame = simulate(8, ratees=1500, raters=60, items=8).frame
    table = RatingTable.read(frame, **FACETS)
    one, two = fit(table), fit(table)
    assert one.log_likelihood == two.log_likelihood
    assert np.array_equal(one.measures["rater"].error, two.measures["rater"].error)
    bounds = one.estimates.likelihood.blocks.blocks
    assert sum(block.start.size - 1 for block in bounds) == 1500
    assert all(a.start[0] == 0 == b.start[0] for a, b in pairwise(bounds))
