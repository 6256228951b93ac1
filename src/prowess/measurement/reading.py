"""Ratings from files and data frames into plain columns, with an error that names the row and the column."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from prowess.framework.errors import InputError

if TYPE_CHECKING:
    import polars as pl

Numbers = npt.NDArray[Any]

LARGEST_SCORE = 32_000
MOST_CATEGORIES = 127
MISSING_WORDS = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", ".")


def read_frame(source: object) -> tuple["pl.DataFrame", str, int]:
    """The table, what to call it in messages, and the number that its first data row carries there."""
    import polars as pl  # noqa: PLC0415 - importing the package stays light

    if isinstance(source, str | Path):
        return _read_file(Path(source))
    if isinstance(source, pl.DataFrame):
        return source, "the table of ratings", 1
    import narwhals as nw  # noqa: PLC0415

    try:
        frame = nw.from_native(_plain_objects(source), eager_only=True).to_polars()  # type: ignore[call-overload]
    except TypeError as error:
        raise InputError(
            f"Ratings cannot be read from a {type(source).__name__}.",
            remedy="Give the path of a CSV or Parquet file, or a pandas, Polars or Arrow table.",
        ) from error
    return frame, "the table of ratings", 1


def _plain_objects(source: object) -> object:
    """A pandas table whose columns of mixed Python objects are texts (missing ones stay missing)."""
    kinds = getattr(source, "dtypes", None)
    if type(source).__module__.split(".")[0] != "pandas" or kinds is None:
        return source
    mixed = [name for name, kind in kinds.items() if str(kind) == "object"]
    texts = {name: [None if v is None or v != v else str(v) for v in source[name]] for name in mixed}  # type: ignore[index] # noqa: PLR0124
    return source.assign(**{str(name): values for name, values in texts.items()}) if texts else source  # type: ignore[attr-defined]


def _read_file(path: Path) -> tuple["pl.DataFrame", str, int]:
    import polars as pl  # noqa: PLC0415

    if not path.is_file():
        raise InputError("There is no such file.", place=str(path), remedy="Give a CSV or Parquet file of ratings.")
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path), path.name, 1
        separator = _separator(path)
        # Everything as text: an identifier such as 007 keeps its noughts, and a wrong score can be quoted.
        frame = pl.read_csv(path, infer_schema=False, separator=separator)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        reason = " ".join(str(error).split())[:160]
        raise InputError(
            f"The file cannot be read as a table: {reason}.",
            place=path.name,
            remedy="Save it as CSV (comma-separated, UTF-8, one header row) or as Parquet.",
        ) from error
    return frame.rename({name: name.strip().lstrip("\ufeff") for name in frame.columns}), path.name, 2


def _separator(path: Path) -> str:
    """Tabs in a .tsv; semicolons where the header row has them and no comma, as many spreadsheets write."""
    if ".tsv" in path.suffixes:
        return "\t"
    if path.suffix == ".csv":
        with path.open("rb") as file:
            header = file.readline(10_000)
        if b";" in header and b"," not in header:
            return ";"
    return ","


def require_columns(frame: "pl.DataFrame", *, wanted: list[str], place: str) -> None:
    """Refuse a column that the table does not have, or one that is asked for twice."""
    for name in wanted:
        if name not in frame.columns:
            raise InputError(
                f"There is no column {name!r}.", place=place, remedy=f"The columns are: {', '.join(frame.columns)}."
            )
        if wanted.count(name) > 1:
            raise InputError(
                f"The column {name!r} is named for two purposes.", place=place, remedy="Name each column once."
            )
    if frame.height == 0:
        raise InputError("There are no ratings.", place=place, remedy="Give one row for each rating.")


def read_numbers(series: "pl.Series", *, place: str, first_row: int) -> npt.NDArray[np.float64]:
    """A column of numbers; missing values become NaN, anything else is refused with its row."""
    import polars as pl  # noqa: PLC0415

    if series.dtype in {pl.String, pl.Categorical, pl.Object}:
        text = series.cast(pl.String).str.strip_chars()
        missing = text.is_null() | text.is_in(list(MISSING_WORDS))
        numbers = text.cast(pl.Float64, strict=False)
        wrong = (numbers.is_null() & ~missing).arg_true()
        if wrong.len():
            row = int(wrong[0])
            raise InputError(
                f"{text[row]!r} is not a number.",
                place=f"{place}, row {row + first_row}, column {series.name}",
                remedy="Scores are whole numbers; leave the cell empty where there is no rating.",
            )
        return np.where(missing.to_numpy(), np.nan, numbers.fill_null(np.nan).to_numpy())
    if series.dtype.is_numeric() or series.dtype in {pl.Boolean, pl.Null}:
        return np.asarray(series.cast(pl.Float64).fill_null(np.nan).to_numpy(), dtype=np.float64)
    raise InputError(
        f"The column holds {series.dtype}, not numbers.", place=f"{place}, column {series.name}", remedy="Give numbers."
    )


def read_scores(series: "pl.Series", *, place: str, first_row: int) -> Numbers:
    """A column of scores; whole numbers without gaps stay whole numbers, everything else as `read_numbers` does."""
    if series.dtype.is_integer() and series.null_count() == 0:
        return series.to_numpy()
    return read_numbers(series, place=place, first_row=first_row)


def present_scores(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Which scores are there at all."""
    return ~np.isnan(numbers) if np.issubdtype(numbers.dtype, np.floating) else np.ones(numbers.size, dtype=bool)


def check_scores(numbers: Numbers, *, name: str, place: str, first_row: int) -> None:
    """Refuse a score that is infinite, not whole or far too large."""
    whole = not np.issubdtype(numbers.dtype, np.floating)
    if whole and numbers.size and int(numbers.min()) >= -LARGEST_SCORE and int(numbers.max()) <= LARGEST_SCORE:
        return
    numbers = np.asarray(numbers, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        infinite = np.isinf(numbers)
        broken = ~infinite & ~np.isnan(numbers) & (numbers != np.floor(numbers))
        huge = ~infinite & (np.abs(numbers) > LARGEST_SCORE)
    for wrong, sentence in (
        (infinite, "is not a finite number"),
        (broken, "is not a whole number"),
        (huge, f"is larger than any rating scale (the limit is {LARGEST_SCORE:,})"),
    ):
        if wrong.any():
            row = int(np.argmax(wrong))
            raise InputError(
                f"The score {numbers[row]:g} {sentence}.",
                place=f"{place}, row {row + first_row}, column {name}",
                remedy="Scores are whole numbers, one for each category of the scale.",
            )


def encode_elements(series: "pl.Series", *, place: str, first_row: int) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Codes 0 … n-1 and the elements' names in natural order (2 before 10), never in order of appearance."""
    import polars as pl  # noqa: PLC0415

    if series.dtype.is_float() and bool((series.drop_nulls().drop_nans() % 1 == 0).all()):
        series = series.fill_nan(None).cast(pl.Int64)
    if not series.dtype.is_integer():
        series = series.cast(pl.String).str.strip_chars()
    missing = (
        series.is_null() | (series.cast(pl.String).is_in([""]) if series.dtype == pl.String else False)
    ).arg_true()
    if missing.len():
        raise InputError(
            "The cell is empty.",
            place=f"{place}, row {int(missing[0]) + first_row}, column {series.name}",
            remedy=f"Every rating needs its {series.name}.",
        )
    if series.dtype.is_integer():
        return _encode_integers(series.to_numpy())
    distinct = sorted(series.unique().to_list(), key=natural_order)
    return series.cast(pl.Enum(distinct)).to_physical().to_numpy().astype(np.int32), distinct


def _encode_integers(values: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int32], list[str]]:
    low, high = int(values.min()), int(values.max())
    if high - low <= 4 * values.size + 1000:
        present = np.zeros(high - low + 1, dtype=bool)
        present[values - low] = True
        distinct = np.flatnonzero(present) + low
        place_of = np.cumsum(present, dtype=np.int32) - np.int32(1)
        return place_of[values - low], [str(v) for v in distinct.tolist()]
    distinct, codes = np.unique(values, return_inverse=True)
    return codes.astype(np.int32), [str(v) for v in distinct.tolist()]


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which ``item2`` comes before ``item10``."""
    if name.isascii() and name.isdigit():
        return ((0, int(name), ""),)
    parts: list[tuple[int, int, str]] = []
    word = ""
    number = ""
    for character in name:
        if character.isascii() and character.isdigit():
            if word:
                parts.append((1, 0, word))
                word = ""
            number += character
        else:
            if number:
                parts.append((0, int(number), ""))
                number = ""
            word += character
    parts.append((0, int(number), "") if number else (1, 0, word))
    return (*parts, (2, 0, name))
