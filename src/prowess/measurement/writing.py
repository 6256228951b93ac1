"""A result as files: summary.json and tables as CSV, JSON or Parquet."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from prowess.framework.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from prowess.measurement.result import FitResult

FORMATS = ("json", "csv", "parquet")
RESERVED = ("summary", "steps", "categories", "persons")
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def write_result(result: "FitResult", directory: Path, *, formats: Iterable[str]) -> list[Path]:
    """Write the summary and the tables into a directory, which is made when missing; return the files."""
    wanted = tuple(formats)
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise InputError(f"There is no format {unknown[0]!r}.", remedy=f"The formats are {', '.join(FORMATS)}.")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        summary = directory / "summary.json"
        summary.write_text(json.dumps(result.summary(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written = [summary]
        for name, table in result_tables(result).items():
            written += [
                _write_table(table, directory / f"{name}.{kind}", kind=kind) for kind in FORMATS if kind in wanted
            ]
    except OSError as error:
        raise InputError(
            f"The results cannot be written: {error.strerror}.", place=str(directory), remedy="Name another directory."
        ) from error
    return written


def result_tables(result: "FitResult") -> dict[str, "pl.DataFrame"]:
    """The tables by the names of their files: one a facet, and steps, categories, persons."""
    tables: dict[str, pl.DataFrame] = {}
    for facet in result.facets:
        name = re.sub(r"[^\w.-]+", "_", facet).strip(".") or "facet"
        while name in RESERVED or name in tables:
            name = f"{name}_facet"
        tables[name] = result.facet_table(facet)
    return tables | {
        "steps": result.step_table(),
        "categories": result.category_table(),
        "persons": result.person_scores(),
    }


def _write_table(table: "pl.DataFrame", path: Path, *, kind: str) -> Path:
    if kind == "csv":
        harmless(table).write_csv(path)
    elif kind == "json":
        table.write_json(path)
    else:
        table.write_parquet(path)
    return path


def harmless(table: "pl.DataFrame") -> "pl.DataFrame":
    """Texts that a spreadsheet would run as a formula, quoted with an apostrophe; numbers such as -5 stay."""
    import polars as pl  # noqa: PLC0415

    columns = []
    for name, kind in table.schema.items():
        if kind != pl.String:
            continue
        column = pl.col(name)
        dangerous = pl.any_horizontal(*[column.str.starts_with(start) for start in FORMULA_START])
        number = column.cast(pl.Float64, strict=False).is_not_null()
        columns.append(pl.when(dangerous & ~number).then(pl.lit("'") + column).otherwise(column).alias(name))
    return table.with_columns(columns)
