"""Reference data of other software, read once for the tests."""

import json
from functools import lru_cache
from typing import Any

import polars as pl

from prowess.measurement import RatingTable
from tests.shared_data import shared_path

FOLDER = "data/measurement"


@lru_cache(maxsize=16)
def reference(name: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(shared_path(f"{FOLDER}/{name}.json").read_text())
    return result


def long_table(name: str, *, ratee: str, others: list[str], **roles: Any) -> RatingTable:
    """A wide file (one column an item) as ratings."""
    frame = pl.read_csv(shared_path(f"{FOLDER}/{name}"), null_values=["NA"])
    long = frame.unpivot(index=[ratee, *others], variable_name="item", value_name="score")
    return RatingTable.read(long, ratee=ratee, item="item", **roles)


def guilford() -> RatingTable:
    """Seven scientists rated by three judges on five traits (Guilford 1954, p. 282)."""
    path = shared_path(f"{FOLDER}/guilford1954_creativity_long.csv")
    return RatingTable.read(path, ratee="examinee", rater="judge", item="trait")
