"""Anchors: elements and steps held at the values of an earlier calibration."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prowess.framework.errors import InputError

STEPS = "steps"
LARGEST_ANCHOR = 30.0


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """Values in logits: ``elements[facet][element]``, and ``steps[group]`` as the list of step difficulties.

    The group of rating-scale steps is the empty text, of partial-credit steps the element that they belong to.
    """

    elements: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    steps: Mapping[str, Sequence[float]] = field(default_factory=dict)


def read_anchors(path: str | Path) -> Anchors:
    """Read a CSV file with the columns ``facet``, ``element`` and ``measure``.

    Steps are rows of the facet ``steps``, in order, whose element is the group (empty for a rating scale).
    """
    import polars as pl  # noqa: PLC0415

    from prowess.measurement.reading import read_frame, require_columns  # noqa: PLC0415

    frame, place, first_row = read_frame(path)
    require_columns(frame, wanted=["facet", "element", "measure"], place=place)
    elements: dict[str, dict[str, float]] = {}
    steps: dict[str, list[float]] = {}
    text = frame.select(pl.col("facet", "element").cast(pl.String).fill_null("").str.strip_chars(), pl.col("measure"))
    for row, (facet, element, measure) in enumerate(text.iter_rows()):
        value = _measure(measure, place=f"{place}, row {row + first_row}, column measure")
        if facet == STEPS:
            steps.setdefault(element, []).append(value)
        elif element in elements.setdefault(facet, {}):
            raise InputError(
                f"{facet} {element} is anchored twice.", place=f"{place}, row {row + first_row}", remedy="Keep one row."
            )
        else:
            elements[facet][element] = value
    return Anchors(elements=elements, steps=steps)


def _measure(measure: object, *, place: str) -> float:
    try:
        value = float(str(measure))
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST_ANCHOR:
        raise InputError(
            f"{measure!r} is not a measure.", place=place, remedy=f"Give logits between ±{LARGEST_ANCHOR:g}."
        )
    return value
