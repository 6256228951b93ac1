"""Reading ratings: what is accepted, refused and warned of."""

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement import RatingTable
from tests.measurement.simulation import simulate
from tests.shared_data import shared_path

ROLES = {"ratee": "person", "rater": "rater", "item": "item"}
ROWS = {"person": ["b", "b", "a", "a"], "rater": [1, 2, 1, 2], "item": ["x"] * 4, "score": [1, 2, 2, 3]}


def _frame(**columns: object) -> pl.DataFrame:
    return pl.DataFrame(ROWS | columns, strict=False)


@pytest.mark.parametrize("convert", [lambda f: f, lambda f: f.to_pandas(), lambda f: f.to_arrow()])
def test_polars_pandas_and_arrow_give_the_same_ratings(convert: object) -> None:
    table = RatingTable.read(convert(_frame()), **ROLES)  # type: ignore[operator]
    assert table.labels == {"person": ["a", "b"], "rater": ["1", "2"], "item": ["x"]}
    assert table.codes["person"].tolist() == [1, 1, 0, 0]
    assert table.scores.tolist() == [1, 2, 2, 3]
    assert table.categories == (1, 2, 3)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".tsv"])
def test_files_give_the_same_ratings(tmp_path, suffix: str) -> None:
    path = tmp_path / f"ratings{suffix}"
    frame = _frame()
    if suffix == ".parquet":
        frame.write_parquet(path)
    else:
        frame.write_csv(path, separator="\t" if suffix == ".tsv" else ",")
    table = RatingTable.read(path, **ROLES)
    assert (
        table.frame().sort("person", "rater").to_dicts()
        == RatingTable.read(frame, **ROLES).frame().sort("person", "rater").to_dicts()
    )


@pytest.mark.parametrize(
    ("columns", "place", "word"),
    [
        ({"score": ["1", "two", "2", "3"]}, "row 2, column score", "two"),
        ({"score": [1.0, 2.5, 2.0, 3.0]}, "row 2, column score", "2.5"),
        ({"score": [1.0, 2.0, float("inf"), 3.0]}, "row 3, column score", "finite"),
        ({"score": [1, 2, 10**12, 3]}, "row 3, column score", "1e+12"),
        ({"score": [None, None, None, None]}, "column score", "No row"),
        ({"score": [4, 4, 4, 4]}, "column score", "Every rating is 4"),
        ({"person": ["a", None, "b", "b"]}, "row 2, column person", "empty"),
        ({"person": ["a", " ", "b", "b"]}, "row 2, column person", "empty"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(columns: dict, place: str, word: str) -> None:
    with pytest.raises(InputError) as error:
        RatingTable.read(_frame(**columns), **ROLES)
    assert place in str(error.value)
    assert word in str(error.value)


def test_the_row_of_a_csv_file_counts_its_header(tmp_path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("person,rater,item,score\na,1,x,1\na,2,x,good\n")
    with pytest.raises(InputError, match=r"ratings.csv, row 3, column score"):
        RatingTable.read(path, **ROLES)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"rater": "judge"}, "judge"),
        ({"facets": ["person"]}, "two purposes"),
        ({"weight": "person"}, "two purposes"),
    ],
)
def test_wrong_columns_are_refused(arguments: dict, word: str) -> None:
    with pytest.raises(InputError, match=word):
        RatingTable.read(_frame(), **(ROLES | arguments))


@pytest.mark.parametrize("content", ["", "person,rater,item,score\n", "\x00\x01\x02"])
def test_a_file_without_ratings_is_refused(tmp_path, content: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(content)
    with pytest.raises(InputError, match=r"ratings.csv"):
        RatingTable.read(path, **ROLES)


def test_missing_scores_are_left_out_and_counted() -> None:
    for score in ([1, None, 2, 3], [1.0, float("nan"), 2.0, 3.0], ["1", "NA", "2", "3"]):
        table = RatingTable.read(_frame(score=score), **ROLES)
        assert len(table) == 3
        assert "1 of 4 rows have no score" in table.warnings[0]
        assert table.rows.tolist() == [1, 3, 4]


def test_skipped_categories_duplicates_single_and_extreme_elements_are_reported() -> None:
    frame = pl.DataFrame(
        {"person": [1, 1, 1, 2, 2], "rater": [1, 2, 2, 1, 2], "item": [1] * 5, "score": [1, 1, 1, 5, 4]}
    )
    words = " ".join(RatingTable.read(frame, **ROLES).warnings)
    assert "The scores skip 2, 3" in words
    assert "1 ratings repeat an earlier one" in words
    assert "row 3" in words
    assert "facet item has one element only" in words
    assert "1 of 2 elements of person have only the lowest" in words


def test_two_blocks_behind_shared_items_are_two_subsets() -> None:
    table = RatingTable.read(shared_path("data/measurement/sim_disconnected_2blocks.csv"), **ROLES)
    subsets = table.subsets()
    assert [set(s.elements["rater"]) for s in subsets] == [{"4", "5", "6", "7"}, {"0", "1", "2", "3"}]
    assert set(subsets[0].elements["item"]) == set(subsets[1].elements["item"])
    assert any("2 disjoint subsets" in warning for warning in table.warnings)


def test_the_subsets_of_facets_are_found() -> None:
    path = shared_path("data/measurement/facets_subsets_2components.csv")
    table = RatingTable.read(path, ratee="examinee", rater="judge", item="item")
    assert [s.elements["judge"] for s in table.subsets()] == [["3", "4"], ["1", "2"]]
    assert [s.elements["examinee"] for s in table.subsets()] == [["4", "5", "6", "7"], ["1", "2", "3"]]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_connectivity_is_the_rank_of_the_design(data: st.DataObject) -> None:
    sizes = data.draw(st.tuples(st.integers(2, 6), st.integers(1, 5), st.integers(1, 4)))
    count = data.draw(st.integers(2, 25))
    rows = [tuple(data.draw(st.integers(0, size - 1)) for size in sizes) for _ in range(count)]
    scores = [1, 2] + [1] * (count - 2)
    table = RatingTable.read(
        pl.DataFrame(rows, schema=["person", "rater", "item"], orient="row").with_columns(score=pl.Series(scores)),
        **ROLES,
    )
    columns = [np.eye(len(table.labels[name]))[table.codes[name]] for name in table.facets]
    design = np.hstack(columns)
    null_dimensions = design.shape[1] - np.linalg.matrix_rank(design)
    assert (len(table.subsets()) == 1) == (null_dimensions == len(table.facets) - 1)
    everyone = {label for subset in table.subsets() for label in subset.elements["person"]}
    assert everyone == set(table.labels["person"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=5)), min_size=1, max_size=8))
def test_any_scores_are_read_or_refused_with_a_sentence(scores: list) -> None:
    frame = pd.DataFrame(
        {"person": range(len(scores)), "rater": 1, "item": 1, "score": pd.Series(scores, dtype=object)}
    )
    try:
        table = RatingTable.read(frame, **ROLES)
    except InputError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017 - either outcome is right
    else:
        assert len(table) >= 2


def test_arrow_with_categories_and_a_weight_is_read() -> None:
    arrow = pa.table(ROWS | {"person": pa.array(ROWS["person"]).dictionary_encode(), "weight": [1.0, 0.0, 2.0, 1.0]})
    table = RatingTable.read(arrow, **ROLES, weight="weight")
    assert len(table) == 3
    assert table.weights is not None
    assert table.weights.tolist() == [1.0, 2.0, 1.0]


def test_a_simulated_design_is_connected() -> None:
    assert len(RatingTable.read(simulate(1).frame, **ROLES).subsets()) == 1


def test_semicolons_are_understood_where_the_header_has_no_comma(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("ratee;rater;score\nAnna;Bo;1\nAnna;Cy;2\n", encoding="utf-8")
    assert len(RatingTable.read(path, rater="rater")) == 2


@given(rows=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=60))
def test_repeats_are_counted_in_any_order(rows: list[tuple[int, int, int]]) -> None:
    scores = [k % 2 for k in range(len(rows))]
    columns = zip(*rows, strict=True)
    frame = pl.DataFrame(dict(zip(("ratee", "rater", "item"), columns, strict=True)) | {"score": scores})
    table = RatingTable.read(frame, rater="rater", item="item")
    repeats = len(rows) - len(set(rows))
    first = next((k for k, row in enumerate(rows) if row in rows[:k]), None)
    said = [note for note in table.notes if "repeat an earlier one" in note]
    assert len(said) == (repeats > 0)
    if said:
        assert said[0].startswith(f"{repeats} ratings")
        assert f"row {first + 1}:" in said[0]


def test_subsets_do_not_depend_on_how_many_rows_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(p, r, i, (p + r + i) % 3) for p in range(12) for r in range(4) for i in range(2) if (p < 6) == (r < 2)]
    frame = pl.DataFrame(rows, schema=["ratee", "rater", "item", "score"], orient="row")
    whole = RatingTable.read(frame, rater="rater", item="item").subsets()
    monkeypatch.setattr("prowess.measurement.connectivity.CHUNK", 7)
    assert RatingTable.read(frame, rater="rater", item="item").subsets() == whole
    assert len(whole) == 2
