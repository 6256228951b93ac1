import re
from functools import lru_cache

import pytest
from lxml import etree

from prowess.framework.errors import InputError
from prowess.measurement import ModelSpecification, RatingTable, fit
from prowess.measurement.plots import category_curves, caterpillar, fit_plot, wright_map
from prowess.measurement.plots.svg import Canvas, Scale, padded, shortened
from prowess.measurement.simulation import SimulationPlan, simulate_ratings

SVG = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=1)
def small_fit():
    """Forty ratees, eight raters, four items, once for this file."""
    made = simulate_ratings(SimulationPlan(ratees=40, raters=8, items=4, raters_per_ratee=3, seed=3))
    return fit(RatingTable.read(made.ratings, ratee="ratee", rater="rater", item="item", score="score"))


def every_plot():
    result = small_fit()
    return [
        wright_map(result),
        caterpillar(result, facet="rater"),
        category_curves(result),
        fit_plot(result, facet="ratee"),
        fit_plot(result, facet="rater"),
    ]


def test_every_plot_is_well_formed_with_a_title_a_description_and_its_data():
    for plot in every_plot():
        root = etree.fromstring(plot.svg)
        named = root.get("aria-labelledby").split()
        assert root.get("role") == "img"
        assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == named
        assert root.find(f"{SVG}title").text == plot.title
        assert len(plot.description) > 40
        assert plot.rows
        assert all(len(row) == len(plot.headings) for row in plot.rows)


def test_nothing_stands_outside_its_plot():
    for plot in every_plot():
        root = etree.fromstring(plot.svg)
        width, height = float(root.get("width")), float(root.get("height"))
        for circle in root.iter(f"{SVG}circle"):
            assert 0 <= float(circle.get("cx")) <= width
            assert 0 <= float(circle.get("cy")) <= height
        for words in root.iter(f"{SVG}text"):
            assert -1 <= float(words.get("y")) <= height
        assert "nan" not in plot.svg.lower()


def test_plots_have_unique_ids_so_that_they_can_stand_on_one_page():
    ids = [found for plot in every_plot() for found in re.findall(r'\bid="([^"]+)"', plot.svg)]
    assert len(ids) == len(set(ids))


def test_the_caterpillar_orders_raters_and_shows_their_intervals():
    result = small_fit()
    plot = caterpillar(result, facet="rater")
    measures = [float(row[1]) for row in plot.rows]
    assert measures == sorted(measures)
    assert len(plot.rows) == 8
    table = {row[0]: row for row in result.facet_table("rater").select("element", "measure", "se").iter_rows()}
    for name, measure, error, low, high in plot.rows:
        assert float(measure) == pytest.approx(table[name][1], abs=0.006)
        assert float(high) - float(low) == pytest.approx(2 * 1.96 * table[name][2], abs=0.02)
        assert float(error) == pytest.approx(table[name][2], abs=0.006)


def test_many_elements_are_shown_by_their_two_ends():
    made = simulate_ratings(SimulationPlan(ratees=100, raters=4, items=3, raters_per_ratee=2))
    result = fit(RatingTable.read(made.ratings, ratee="ratee", rater="rater", item="item", score="score"))
    plot = caterpillar(result, facet="ratee")
    assert len(plot.rows) == 60
    assert "30 lowest and 30 highest of 100" in plot.description
    assert "<rect" in wright_map(result).svg


def test_category_curves_name_what_is_never_the_most_probable():
    plot = category_curves(small_fit())
    assert [row[0] for row in plot.rows] == ["1", "2", "3", "4", "5"]
    assert "most probable" in plot.description


def test_partial_credit_steps_have_curves_of_their_own():
    made = simulate_ratings(SimulationPlan(ratees=80, raters=5, items=3, categories=3))
    table = RatingTable.read(made.ratings, ratee="ratee", rater="rater", item="item", score="score")
    result = fit(table, ModelSpecification(steps="partial-credit:item"))
    groups = [group for group in result.step_table()["group"].unique().to_list() if group]
    titles = [category_curves(result, group=group).title for group in groups]
    assert len(set(titles)) == 3
    etree.fromstring(wright_map(result).svg)


def test_names_are_escaped_and_never_become_markup():
    canvas = Canvas(width=100, height=100)
    canvas.text(10, 10, "<script>&")
    canvas.dot(5, 5, tip='"<b>')
    plot = canvas.finish(name="x", title="a < b", description="c & d", headings=["<i>"], rows=[["<td>"]])
    root = etree.fromstring(plot.svg)
    assert root.find(f"{SVG}text").text == "<script>&"
    assert "<td><td>" not in plot.table_html()
    etree.fromstring(plot.table_html())


def test_an_unknown_facet_is_refused():
    with pytest.raises(InputError):
        caterpillar(small_fit(), facet="boss")


@pytest.mark.parametrize(("low", "high"), [(-3, 3), (0, 1), (-0.02, 0.01), (2, 2), (100, 5000)])
def test_ticks_are_round_and_inside(low, high):
    scale = Scale(*padded([low, high]), 0, 500)
    ticks = scale.ticks()
    assert 2 <= len(ticks) <= 15
    assert all(scale.low - 1e-9 <= tick <= scale.high + 1e-9 for tick in ticks)


def test_long_names_are_cut_to_their_room():
    assert shortened("Customer Focus", width=400) == "Customer Focus"
    assert shortened("Customer Focus" * 10, width=60).endswith("…")
