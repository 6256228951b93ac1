"""Fair scores from ratings: many-facet Rasch measurement of any size, and what says whether it can be trusted.

``fit(RatingTable.read("ratings.csv", ratee="person", rater="rater", item="item", score="score"))`` is the whole of it.
Names are loaded when first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prowess.measurement.anchors import Anchors, read_anchors
    from prowess.measurement.connectivity import Subset
    from prowess.measurement.fitting import fit
    from prowess.measurement.ratings import RatingTable
    from prowess.measurement.result import FitResult
    from prowess.measurement.specification import ModelSpecification

_HOMES = {
    "Anchors": "anchors",
    "FitResult": "result",
    "ModelSpecification": "specification",
    "RatingTable": "ratings",
    "Subset": "connectivity",
    "fit": "fitting",
    "read_anchors": "anchors",
}

__all__ = ["Anchors", "FitResult", "ModelSpecification", "RatingTable", "Subset", "fit", "read_anchors"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
