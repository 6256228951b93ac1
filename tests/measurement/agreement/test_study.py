import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.agreement import (
    Options,
    agreement_study,
    arrange,
    in_words,
    not_applicable,
    read_table,
    study_as_dict,
)
from tests.measurement.agreement.published import KRIPPENDORFF_2011, SHROUT_FLEISS_1979
from tests.shared_data import shared_path

QUICK = Options(bootstrap=0)


def wide(rows, **columns):
    return pl.DataFrame({**columns, **{f"judge {i + 1}": [row[i] for row in rows] for i in range(len(rows[0]))}})


def long(rows):
    cells = [(f"p{i}", f"r{j}", score) for i, row in enumerate(rows) for j, score in enumerate(row)]
    return pl.DataFrame(cells, schema=["ratee", "rater", "score"], orient="row")


def test_wide_long_and_turned_tables_say_the_same():
    tables = [
        arrange(wide(SHROUT_FLEISS_1979)),
        arrange(wide(SHROUT_FLEISS_1979, target=[f"S{i}" for i in range(6)])),
        arrange(long(SHROUT_FLEISS_1979)),
        arrange(wide(np.array(SHROUT_FLEISS_1979).T.tolist(), observer=list("abcd"))),
    ]
    answers = [study_as_dict(agreement_study(table, options=QUICK)) for table in tables]
    for answer in answers[1:]:
        assert answer["icc"] == answers[0]["icc"]
        assert answer["statistics"] == answers[0]["statistics"]


def test_the_study_holds_what_was_published_about_shrout_and_fleiss():
    answer = study_as_dict(agreement_study(arrange(wide(SHROUT_FLEISS_1979)), options=QUICK))
    assert {form: round(entry["value"], 2) for form, entry in answer["icc"].items()} == {
        "ICC(1,1)": 0.17, "ICC(2,1)": 0.29, "ICC(3,1)": 0.71, "ICC(1,k)": 0.44, "ICC(2,k)": 0.62, "ICC(3,k)": 0.91,
    }  # fmt: skip
    assert [need["needed"] for need in answer["generalizability"]["raters_needed"]] == [2, 10]
    json.dumps(answer, allow_nan=False)


def test_ratings_by_one_rater_are_answered_with_the_reason():
    table = pl.DataFrame({"ratee": ["p", "q"], "rater": ["a", "a"], "score": [1, 2]})
    study = agreement_study(arrange(table), options=QUICK)
    assert in_words(study) == [
        "1 rater gave 2 ratings of 2 ratees; the scores were taken as ordinal.",
        "The raters cannot be compared. No unit has ratings from two raters, so there is nothing to compare."
        " Have at least some units rated by two or more raters.",
    ]
    assert not study.warnings


def test_each_pair_of_raters_and_each_category_can_be_looked_at():
    answer = study_as_dict(agreement_study(arrange(wide(SHROUT_FLEISS_1979)), options=QUICK))
    assert len(answer["pairs_of_raters"]) == 6
    assert {"first", "second", "units", "value"} == set(answer["pairs_of_raters"][0])
    assert [entry["category"] for entry in answer["fleiss_kappa_by_category"]] == [*"123456789", "10"]


def test_gaps_bring_the_forms_that_use_every_rating():
    answer = study_as_dict(agreement_study(arrange(wide(KRIPPENDORFF_2011)), options=QUICK))
    assert answer["statistics"]["krippendorff_alpha_nominal"]["value"] == pytest.approx(0.743, abs=5e-4)
    assert answer["icc"]["ICC(1,1)"]["units"] == 8
    assert answer["icc_incomplete"]["ICC(A,1)"]["units"] == 12


def test_items_make_units_of_the_coefficients_and_a_facet_of_the_design():
    path = shared_path("data/measurement/guilford1954_creativity_long.csv")
    study = agreement_study(arrange(read_table(path)), options=QUICK)
    assert (study.ratees, study.raters, study.items, study.ratings) == (7, 3, 5, 105)
    assert str(study.generalizability.components.design) == "ratee x rater x item"
    assert study.within_group.items == 5


def test_pandas_arrow_and_polars_tables_say_the_same():
    table = long(SHROUT_FLEISS_1979)
    answers = [arrange(frame) for frame in (table, table.to_pandas(), table.to_arrow())]
    assert answers[0] == answers[1] == answers[2]


def test_a_column_for_each_item_is_read_as_items():
    table = pl.DataFrame({"pid": [1, 1, 2, 2], "rater": ["a", "b"] * 2, "k1": [1, 2, 3, 3], "k2": [2, 2, 4, 3]})
    columns = arrange(table)
    assert columns.has_items
    assert "k1, k2 were read as items." in columns.notes


def test_a_column_that_is_no_rater_is_left_out_and_said():
    table = pl.DataFrame({"student": [1, 2, 3], "age": [20, 30, 40], **{f"rater_{i}": [1, 2, 3] for i in range(1, 5)}})
    columns = arrange(table)
    assert set(columns.rater) == {f"rater_{i}" for i in range(1, 5)}
    assert any("age left out" in note for note in columns.notes)


def test_every_statistic_is_there_or_says_why_not():
    words = pl.DataFrame({"id": ["p1", "p2", "p3"], "ann": ["yes", "no", "no"], "bo": ["yes", "yes", "no"]})
    study = agreement_study(arrange(words), options=QUICK)
    reasons = not_applicable(study)
    assert study.level == "nominal"
    assert "words" in reasons["icc"]
    assert "words" in reasons["krippendorff_alpha_interval"]
    for entry in study.statistics:
        assert (entry.estimate is None) != (entry.reason is None)


def test_words_with_an_order_have_the_ordinal_statistics():
    words = pl.DataFrame({"id": ["p1", "p2", "p3"], "ann": ["low", "mid", "high"], "bo": ["low", "high", "high"]})
    study = agreement_study(arrange(words), options=Options(bootstrap=0, categories=["low", "mid", "high"]))
    assert study.level == "ordinal"
    assert {entry.key for entry in study.statistics if entry.estimate} >= {
        "gwet_ac2",
        "cohen_kappa_quadratic",
        "kendall_w",
    }


def test_without_rater_names_only_what_needs_none_is_computed():
    table = pl.DataFrame({"ratee": ["p1", "p1", "p2", "p2", "p3", "p3"], "score": [1, 2, 4, 4, 2, 2]})
    study = agreement_study(arrange(table, ratee="ratee", scores=["score"]), options=QUICK)
    assert study.raters is None
    assert {form.form for form in study.intraclass} == {"ICC(1,1)", "ICC(1,k)"}
    assert "who rated" in not_applicable(study)["conger_kappa"]


def test_the_words_give_counts_a_verdict_and_the_number_of_raters():
    words = " ".join(in_words(agreement_study(arrange(wide(SHROUT_FLEISS_1979)), options=QUICK)))
    assert "4 raters gave 24 ratings of 6 ratees" in words
    assert "too low to rely on single ratings" in words
    assert "10 raters for each ratee reach a reliability of 0.8 for comparing with a standard" in words


@pytest.mark.parametrize(
    ("table", "arguments", "message"),
    [
        ({"a": [1, 2]}, {}, "1 column of ratings: nobody can be compared"),
        ({"a": [1, 2], "b": [1, 2]}, {"ratee": "c"}, "no column “c”"),
        ({"ratee": ["p", "p"], "rater": ["a", "a"], "score": [1, 2]}, {}, "in row 2 and again in row 3"),
        ({"ratee": ["p", "p"], "rater": ["a", None], "score": [1, 2]}, {}, "Row 3 has no rater"),
        ({"target": ["p", "p"], "a": [1, 2], "b": [1, 2]}, {}, "stands in more than one row"),
        ({"a": [], "b": []}, {}, "no rows"),
        ({"x": ["p", "q"], "score": [1, 2]}, {"rater": "x"}, "No column is named as the ratee"),
    ],
)
def test_a_table_that_cannot_be_arranged_says_where_and_why(table, arguments, message):
    with pytest.raises(InputError) as caught:
        arrange(pl.DataFrame(table), **arguments)
    assert message in str(caught.value)


def test_a_word_among_numbers_is_pointed_out():
    table = pl.DataFrame({"ratee": ["p", "p", "q", "q"], "rater": ["a", "b"] * 2, "score": ["1", "two", "3", "3"]})
    assert any("“two” in row 3" in note for note in arrange(table).notes)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "cannot be read"),
        ("b.csv", b"a,b\n1,2,3\n", "cannot be read"),
        ("c.parquet", b"xx", "cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_table(path)
    assert caught.value.place == str(path)


def test_semicolons_gaps_and_parquet_are_read(tmp_path):
    (tmp_path / "a.csv").write_text("id;j1;j2\np;1;NA\nq;2;2\n")
    table = read_table(tmp_path / "a.csv")
    table.write_parquet(tmp_path / "a.parquet")
    assert table["j2"].to_list() == [None, 2]
    assert read_table(tmp_path / "a.parquet").equals(table)
    with pytest.raises(InputError, match="does not exist"):
        read_table(tmp_path / "none.csv")


SMALL = st.integers(1, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.sampled_from([None, 1, 2, 3]), min_size=raters, max_size=raters), min_size=1, max_size=5
    )
)


@given(rows=SMALL)
@settings(max_examples=25, deadline=None)
def test_no_small_table_is_ever_more_than_an_answer_or_a_sentence(rows):
    cells = [(f"p{i}", f"r{j}", score) for i, row in enumerate(rows) for j, score in enumerate(row)]
    table = pl.DataFrame(cells, schema={"ratee": pl.String, "rater": pl.String, "score": pl.Int64}, orient="row")
    if all(score is None for _, _, score in cells):
        with pytest.raises(InputError, match="every score is missing"):
            agreement_study(arrange(table), options=QUICK)
        return
    answer = study_as_dict(agreement_study(arrange(table), options=QUICK))
    json.dumps(answer, allow_nan=False)
