"""Reading a bank from a file of one's own, or from what ``prowess fit`` wrote."""

from pathlib import Path

import numpy as np
import polars as pl

from prowess.framework.errors import InputError
from prowess.measurement.adaptive.bank import ItemBank

NAME_COLUMNS = ("item", "element", "name", "code")
MEASURE_COLUMNS = ("measure", "difficulty", "b", "location")
ITEM_FACETS = ("item", "trait", "criterion", "competency", "indicator", "question", "task", "topic", "dimension")
AREA_COLUMNS = ("area", "competency", "content", "cluster")


def read_bank(path: Path) -> ItemBank:
    """A bank from a CSV or Parquet file with columns item, measure, perhaps area, and step_1, step_2, ….

    ``path`` may also be the directory that ``prowess fit`` wrote with an item facet. Raises `InputError` naming the
    file and the column.
    """
    if path.is_dir():
        return _from_fit(path)
    if not path.exists():
        raise InputError("The file does not exist.", place=str(path), remedy="Check the path.")
    table = _read(path)
    steps = [column for column in table.columns if column.lower().startswith(("step", "threshold", "tau"))]
    if not steps:
        remedy = "Add the columns step_1, step_2, … with the thresholds in logits."
        raise InputError("The bank has no columns with steps.", place=str(path), remedy=remedy)
    rows = [[float(value) for value in row if value is not None] for row in table.select(steps).iter_rows()]
    return _bank(table, rows, path)


def _from_fit(directory: Path) -> ItemBank:
    items = next((directory / f"{name}.csv" for name in ITEM_FACETS if (directory / f"{name}.csv").exists()), None)
    steps = directory / "steps.csv"
    if items is None or not steps.exists():
        remedy = "Run prowess fit with --item and -o DIRECTORY, or give a CSV file."
        raise InputError("The directory holds no items with steps.", place=str(directory), remedy=remedy)
    table, step_table = _read(items), _read(steps)
    groups = step_table["group"].cast(pl.String).fill_null("").to_list() if "group" in step_table.columns else []
    by_group: dict[str, list[float]] = {}
    for group, step in zip(groups, step_table["step"].to_list(), strict=True):
        by_group.setdefault(group, []).append(float(step))
    shared = by_group.get("")
    names = [str(name) for name in table[_column(table, NAME_COLUMNS, items)].to_list()]
    missing = next((name for name in names if shared is None and name not in by_group), None)
    if missing is not None:
        message = f"There are no steps for the item “{missing}”."
        raise InputError(
            message, place=str(steps), remedy="Fit with rating-scale steps or partial-credit steps by item."
        )
    return _bank(table, [shared or by_group[name] for name in names], items)


def _bank(table: pl.DataFrame, steps: list[list[float]], path: Path) -> ItemBank:
    names, measures = _column(table, NAME_COLUMNS, path), _column(table, MEASURE_COLUMNS, path)
    area = next((column for column in table.columns if column.lower() in AREA_COLUMNS), None)
    try:
        difficulty = np.array(table[measures].cast(pl.Float64).to_list(), dtype=np.float64)
    except (pl.exceptions.PolarsError, TypeError) as error:
        raise InputError("A measure is no number.", place=f"{path}, column {measures}") from error
    return ItemBank.of(
        difficulty,
        steps=np.array([np.array(row) for row in steps] + [None], dtype=object)[:-1],
        names=[str(name) for name in table[names].to_list()],
        area=None if area is None else [str(name) for name in table[area].to_list()],
    )


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it is empty"
        remedy = "Give a CSV file with a header."
        raise InputError(f"The file cannot be read as a table: {reason}.", place=str(path), remedy=remedy) from error


def _column(table: pl.DataFrame, names: tuple[str, ...], path: Path) -> str:
    found = next((column for column in table.columns if column.lower() in names), None)
    if found is None:
        remedy = f"Name one of them {' or '.join(names)}. There are {', '.join(table.columns)}."
        raise InputError(f"The bank has no column “{names[0]}”.", place=str(path), remedy=remedy)
    return found
