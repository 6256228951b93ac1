import io
from functools import lru_cache

import pytest
from lxml import html
from pypdf import PdfReader

from prowess.measurement import RatingTable, fit
from prowess.measurement.report import report_content, report_html, report_pdf, write_report
from prowess.measurement.simulation import SimulationPlan, simulate_ratings


@lru_cache(maxsize=1)
def small_fit():
    made = simulate_ratings(SimulationPlan(ratees=40, raters=8, items=4, raters_per_ratee=3, seed=3))
    return fit(RatingTable.read(made.ratings, ratee="ratee", rater="rater", item="item", score="score"))


@lru_cache(maxsize=1)
def page():
    return html.fromstring(report_html(report_content(small_fit())))


def test_the_report_has_the_tables_that_users_of_facets_know():
    captions = [caption.text for caption in page().iter("caption")]
    for expected in (
        "Facets",
        "Measures of ratee",
        "Measures of rater",
        "Measures of item",
        "Use of the categories",
        "Effects by rater",
        "Residual components",
    ):
        assert expected in captions
    headings = [heading.text for heading in page().iter("h2")]
    assert headings[:2] == ["Summary", "All facets on one scale"]
    assert "Unexpected ratings" in headings


def test_measures_in_the_report_are_those_of_the_fit():
    tables = page().xpath("//div[@class='wide']/table")
    table = next(table for table in tables if table.findtext("caption") == "Measures of rater")
    rows = [[cell.text or "" for cell in row.iter("td")] for row in table.find("tbody").iter("tr")]
    expected = small_fit().facet_table("rater")
    assert [row[0] for row in rows] == expected["element"].to_list()
    assert [float(row[1]) for row in rows] == pytest.approx(expected["measure"].to_list(), abs=0.006)


def test_the_report_says_what_the_correction_did_for_these_ratees():
    section = next(s for s in report_content(small_fit()).sections if s.heading == "What the correction did here")
    frame = small_fit().facet_table("ratee")
    largest = (frame["fair_average"] - frame["raw_mean"]).abs().max()
    assert f"{largest:.2f} at most" in section.sentences[0]
    assert abs(float(section.tables[0].rows[0][-1])) == pytest.approx(largest, abs=0.006)


def test_every_plot_has_its_data_beside_it_and_ids_are_unique():
    figures = list(page().iter("figure"))
    assert len(figures) >= 6
    assert all(figure.find(".//details//table") is not None for figure in figures)
    ids = [element.get("id") for element in page().iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_needs_nothing_else_and_runs_no_script():
    text = report_html(report_content(small_fit()))
    assert "<script" not in text
    assert 'src="' not in text
    assert "@import" not in text


def test_names_from_the_data_cannot_become_markup():
    made = simulate_ratings(SimulationPlan(ratees=30, raters=4, items=3)).ratings
    made = made.with_columns(rater="<img src=x onerror=alert(1)>" + made["rater"])
    result = fit(RatingTable.read(made, ratee="ratee", rater="rater", item="item", score="score"))
    parsed = html.fromstring(report_html(report_content(result)))
    assert not list(parsed.iter("img"))


def test_without_raters_the_report_says_nothing_about_raters():
    made = simulate_ratings(SimulationPlan(ratees=60, raters=1, items=6, raters_per_ratee=1)).ratings
    result = fit(RatingTable.read(made, ratee="ratee", item="item", score="score"))
    headings = [heading.text for heading in html.fromstring(report_html(report_content(result))).iter("h2")]
    assert "Raters" not in headings


def test_everything_is_written_where_it_belongs(tmp_path):
    written = write_report(small_fit(), tmp_path)
    assert (tmp_path / "report.html").exists()
    assert {path.name for path in (tmp_path / "plots").iterdir()} >= {"wright-map.svg", "measures-of-rater.svg"}
    assert all(path.exists() for path in written)
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.slow
def test_the_pdf_is_tagged_and_holds_the_report():
    reader = PdfReader(io.BytesIO(report_pdf(report_content(small_fit()))))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Many-facet analysis" in text
    assert "Measures of rater" in text
    assert reader.root_object["/MarkInfo"]["/Marked"]
