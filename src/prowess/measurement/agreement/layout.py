"""Ratings as people keep them, in long or wide tables, brought into one shape.

Long: a row a rating, with columns for the ratee, the rater, perhaps the item, and the score. Wide: a row a ratee and
a column a rater (or a row a rater and a column a ratee), or a row for each ratee and rater and a column an item. What
the caller does not say is read from the names of the columns, and every such reading is noted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDataFrame

from prowess.framework.errors import InputError

GAPS = ("", "NA", "N/A", "NaN", "nan", "null", ".", "not observed")
RATEE_NAMES = {
    "ratee", "person", "subject", "target", "examinee", "candidate", "employee", "student", "idstud", "pid", "unit",
    "case", "id", "participant", "essay", "writer", "document", "object",
}  # fmt: skip
RATER_NAMES = {"rater", "judge", "observer", "coder", "assessor", "interviewer", "annotator", "reviewer", "marker"}
ITEM_NAMES = {"item", "trait", "criterion", "competency", "indicator", "question", "task", "topic", "dimension"}
SCORE_NAMES = {"score", "rating", "value", "level", "mark", "grade", "response"}
COUNTED = re.compile(r"^(.*?)[ _.-]?(\d+)$")


@dataclass(frozen=True)
class RatingColumns:
    """Ratings in long form: equally long lists of ratee, rater, item and score (None where missing).

    ``has_raters`` and ``has_items`` say whether the data name them. ``notes`` say how the table was read.
    """

    ratee: list[str]
    rater: list[str]
    item: list[str]
    score: list[object]
    has_raters: bool = True
    has_items: bool = False
    notes: list[str] = field(default_factory=list)


def read_table(path: Path) -> pl.DataFrame:
    """A CSV or Parquet file as text and numbers, with the usual words for a gap read as gaps.

    Raises `InputError` for a file that is missing, empty or no table.
    """
    if not path.exists():
        raise InputError("The file does not exist.", place=str(path), remedy="Check the path.")
    try:
        return _read(path)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it is empty"
        message = f"The file cannot be read as a table: {reason}."
        remedy = "Give a CSV file with a header, or a Parquet file."
        raise InputError(message, place=str(path), remedy=remedy) from error


def _read(path: Path) -> pl.DataFrame:
    if path.suffix.lower() in {".parquet", ".pq"}:
        return pl.read_parquet(path)
    with path.open("rb") as file:
        head = file.read(65_536)
    line = head.splitlines()[0] if head.strip() else b""
    separator = max((b",", b";", b"\t"), key=line.count).decode()
    return pl.read_csv(path, separator=separator, null_values=list(GAPS), infer_schema_length=None, encoding="utf8")


def arrange(
    frame: IntoDataFrame,
    *,
    ratee: str | None = None,
    rater: str | None = None,
    item: str | None = None,
    scores: Sequence[str] = (),
) -> RatingColumns:
    """The table's ratings in long form, by the columns named or, for those not named, by the names they have.

    ``frame`` is a pandas, Polars or Arrow table. Several ``scores`` are items. Raises `InputError` for unknown
    columns and tables without ratings.
    """
    table = nw.from_native(frame, eager_only=True).to_polars()
    _known(table, [name for name in (ratee, rater, item, *scores) if name])
    if table.is_empty():
        raise InputError("The table has no rows.", remedy="Give at least two rows of ratings.")
    ratee, rater, item, scores, notes = _guess(table, ratee=ratee, rater=rater, item=item, scores=scores)
    notes += [note for column in scores if (note := _mixed(table[column]))]
    if len(scores) == 1 and (ratee or rater):
        return _long(table, ratee=ratee, rater=rater, item=item, score=scores[0], notes=notes)
    if ratee and rater:
        return _by_item(table, ratee=ratee, rater=rater, scores=scores, notes=notes)
    return _wide(table, ratee=ratee, rater=rater, columns=scores, notes=notes)


def _guess(
    table: pl.DataFrame, *, ratee: str | None, rater: str | None, item: str | None, scores: Sequence[str]
) -> tuple[str | None, str | None, str | None, list[str], list[str]]:
    notes: list[str] = []
    taken = {name for name in (ratee, rater, item, *scores) if name}
    score = _named(table, SCORE_NAMES, taken) if not scores else None
    is_long = bool(scores) or bool(score and (rater or item or _named(table, RATER_NAMES, taken)))
    found_rater = rater or _named(table, RATER_NAMES, taken)
    found_ratee = ratee or _named(table, RATEE_NAMES, taken)
    if not is_long and not found_ratee and not found_rater:
        found_ratee = _first_labels(table, taken)
    found_item = item or (_named(table, ITEM_NAMES, taken) if is_long else None)
    if score and is_long:
        scores = [score]
    roles = {"ratee": (ratee, found_ratee), "rater": (rater, found_rater), "item": (item, found_item)}
    notes += [f"“{found}” was read as the {word}." for word, (given, found) in roles.items() if found and not given]
    if is_long and not found_ratee:
        message = f"No column is named as the ratee among {', '.join(table.columns)}."
        raise InputError(message, place="ratee", remedy="Name it with --ratee COLUMN.")
    used = {name for name in (found_ratee, found_rater, found_item) if name}
    rest = list(scores) or _score_columns(table, used, notes)
    return found_ratee, found_rater, found_item, rest, notes


def _named(table: pl.DataFrame, names: set[str], taken: set[str]) -> str | None:
    return next((column for column in table.columns if column.lower() in names and column not in taken), None)


def _first_labels(table: pl.DataFrame, taken: set[str]) -> str | None:
    """The first column, when it holds different words while the others hold numbers."""
    first, *rest = table.columns
    if first in taken or table[first].dtype != pl.String or table[first].n_unique() < table.height:
        return None
    return first if rest and all(table[column].dtype.is_numeric() for column in rest) else None


def _score_columns(table: pl.DataFrame, used: set[str], notes: list[str]) -> list[str]:
    columns = [column for column in table.columns if column not in used]
    families: dict[str, list[str]] = {}
    for column in columns:
        found = COUNTED.match(column)
        families.setdefault(found.group(1) if found else f"\x00{column}", []).append(column)
    largest = max(families.values(), key=len, default=[])
    if 2 * len(largest) > len(columns) > len(largest) > 1:
        left_out = [column for column in columns if column not in largest]
        notes.append(f"{', '.join(left_out)} left out: not named like {largest[0]} to {largest[-1]}.")
        return largest
    return columns


def _known(table: pl.DataFrame, names: Sequence[str]) -> None:
    unknown = next((name for name in names if name not in table.columns), None)
    if unknown is not None:
        message = f"There is no column “{unknown}”."
        raise InputError(message, place=unknown, remedy=f"The columns are {', '.join(table.columns)}.")
    repeated = next((name for name in names if list(names).count(name) > 1), None)
    if repeated is not None:
        message = f"The column “{repeated}” is named for two purposes."
        raise InputError(message, place=repeated, remedy="Name a different column for each.")


def _long(
    table: pl.DataFrame, *, ratee: str | None, rater: str | None, item: str | None, score: str, notes: list[str]
) -> RatingColumns:
    if ratee is None:
        remedy = "Name it with --ratee COLUMN."
        raise InputError("No column is named as the ratee.", place="ratee", remedy=remedy)
    ratees = _words(table, ratee)
    raters = _words(table, rater) if rater else _numbered(ratees, _words(table, item) if item else None)
    items = _words(table, item) if item else [""] * table.height
    scores = _scores(table[score])
    _refuse_repeats(ratees, raters, items, scores)
    return RatingColumns(ratees, raters, items, scores, bool(rater), bool(item), notes)


def _numbered(ratees: list[str], items: list[str] | None) -> list[str]:
    """Without a rater column: the first, second, … rating of the same ratee (and item)."""
    seen: dict[tuple[str, str], int] = {}
    numbers = []
    for place, ratee in enumerate(ratees):
        key = ratee, items[place] if items else ""
        seen[key] = seen.get(key, 0) + 1
        numbers.append(f"rating {seen[key]}")
    return numbers


def _by_item(table: pl.DataFrame, *, ratee: str, rater: str, scores: Sequence[str], notes: list[str]) -> RatingColumns:
    if not scores:
        raise InputError("No column is left for scores.", place="score", remedy="Name it with --score COLUMN.")
    ratees, raters = _words(table, ratee), _words(table, rater)
    notes = [*notes, f"{', '.join(scores)} were read as items."] if len(scores) > 1 else notes
    long = RatingColumns(
        ratee=ratees * len(scores),
        rater=raters * len(scores),
        item=[name for name in scores for _ in ratees],
        score=[value for name in scores for value in _scores(table[name])],
        has_items=len(scores) > 1,
        notes=notes,
    )
    _refuse_repeats(long.ratee, long.rater, long.item, long.score)
    return long


def _wide(
    table: pl.DataFrame, *, ratee: str | None, rater: str | None, columns: Sequence[str], notes: list[str]
) -> RatingColumns:
    if not columns or (len(columns) < 2 and not rater):
        message = f"The table has {len(columns)} column{'s' * (len(columns) != 1)} of ratings: nobody can be compared."
        raise InputError(message, remedy="Give a column for each rater, or name --ratee, --rater and --score.")
    label = ratee or rater
    rows = _words(table, label) if label else [f"row {place + 1}" for place in range(table.height)]
    repeated = next((name for name in rows if rows.count(name) > 1), None) if len(set(rows)) < len(rows) else None
    if repeated is not None:
        message = f"“{repeated}” stands in more than one row of “{label}”."
        raise InputError(message, place=label, remedy="Give each row its own name, or name --rater and --score.")
    column, row = ("ratee", "rater") if rater else ("rater", "ratee")
    notes = [*notes, f"Each of {len(columns)} columns was read as a {column}, each row as a {row}."]
    across, along = [name for name in columns for _ in rows], rows * len(columns)
    scores = [value for name in columns for value in _scores(table[name])]
    if rater:
        return RatingColumns(across, along, [""] * len(scores), scores, notes=notes)
    return RatingColumns(along, across, [""] * len(scores), scores, notes=notes)


def _words(table: pl.DataFrame, column: str) -> list[str]:
    values = table[column]
    empty = values.is_null()
    if empty.any():
        row = int(empty.arg_max() or 0) + 2
        message = f"Row {row} has no {column}."
        raise InputError(message, place=column, remedy="Fill it in or delete the row.")
    return [str(value) for value in values.to_list()]


def _scores(column: pl.Series) -> list[object]:
    """Numbers as they are; text that is a gap as None."""
    if column.dtype.is_float():
        return list(column.fill_nan(None).to_list())
    if column.dtype == pl.String:
        return [None if value is None or value.strip() in GAPS else value.strip() for value in column.to_list()]
    return list(column.to_list())


def _mixed(column: pl.Series) -> str | None:
    """A note where a column of numbers holds a word, which turns every score into a category."""
    if column.dtype != pl.String:
        return None
    words = column.drop_nulls().filter(~column.drop_nulls().is_in(GAPS))
    numbers = words.cast(pl.Float64, strict=False).is_not_null()
    if not numbers.any() or numbers.all():
        return None
    odd = words.filter(~numbers)
    row = int((column == odd[0]).arg_max() or 0) + 2
    return f"“{column.name}” holds numbers and words, such as “{odd[0]}” in row {row}: all were taken as words."


def _refuse_repeats(ratees: list[str], raters: list[str], items: list[str], scores: list[object]) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for place, key in enumerate(zip(ratees, raters, items, strict=True)):
        if scores[place] is None:
            continue
        if key in seen:
            ratee, rater, item = key
            about = f" on {item}" if item else ""
            message = f"{rater} rates {ratee}{about} in row {seen[key] + 2} and again in row {place + 2}."
            remedy = "Keep one of them, or name the column that tells them apart with --item."
            raise InputError(message, place=f"row {place + 2}", remedy=remedy)
        seen[key] = place
