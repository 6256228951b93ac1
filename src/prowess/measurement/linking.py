"""From round to round: anchoring on an earlier calibration, drift of raters and items, change of persons."""

from typing import TYPE_CHECKING

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.anchors import Anchors
from prowess.measurement.design import Floats
from prowess.measurement.result import FitResult

if TYPE_CHECKING:
    import polars as pl

FLAGGED = 2.576


def anchors_of(result: FitResult, facets: tuple[str, ...] = ()) -> Anchors:
    """Measures of the named facets (all but the ratee when none is named) and the steps, for a later round.

    Elements that were extreme are left free, and so are steps with categories that nobody used.
    """
    names = [result.table.facet(name) for name in facets] or list(result.facets[1:])
    elements: dict[str, dict[str, float]] = {}
    for name in names:
        measures = result.measures[name]
        keep = measures.usable & ~measures.extreme
        elements[name] = {measures.labels[e]: float(measures.measure[e]) for e in np.flatnonzero(keep)}
    steps = {}
    for group, line in zip(result.estimates.design.group_labels, result.cumulated, strict=True):
        if np.isfinite(line).all():
            steps[group] = [float(step) for step in np.diff(line)]
    return Anchors(elements=elements, steps=steps)


def drift(earlier: FitResult, later: FitResult, facet: str) -> "pl.DataFrame":
    """How far elements that both rounds share have moved, the common shift taken out.

    The common shift is the mean difference weighted by precision, found without the elements that turn out to drift.
    ``z`` is the remaining difference over its standard error; ``drifted`` where it is beyond 2.576 (1 % two-sided).
    """
    import polars as pl  # noqa: PLC0415

    frame = _shared(earlier, later, facet)
    difference = frame["later"].to_numpy() - frame["earlier"].to_numpy()
    variance = frame["earlier_se"].to_numpy() ** 2 + frame["later_se"].to_numpy() ** 2
    stable = np.ones(difference.size, dtype=bool)
    for _ in range(difference.size):
        shift = float(np.average(difference[stable], weights=1.0 / variance[stable]))
        z = (difference - shift) / np.sqrt(variance)
        worst = int(np.argmax(np.where(stable, np.abs(z), -1.0)))
        if abs(float(z[worst])) <= FLAGGED or stable.sum() <= 2:
            break
        stable[worst] = False
    moved = difference - shift
    z = moved / np.sqrt(variance)
    return frame.with_columns(
        pl.Series("shift", np.full(moved.size, shift)),
        pl.Series("drift", moved),
        pl.Series("se", np.sqrt(variance)),
        pl.Series("z", z),
        pl.Series("drifted", np.abs(z) > FLAGGED),
    )


def change(earlier: FitResult, later: FitResult, *, linking_error: float = 0.0) -> "pl.DataFrame":
    """Each ratee's change between two rounds on one scale, with its standard error and 95 % interval.

    The rounds must be on one scale: fit the later with ``ModelSpecification(anchors=earlier.anchors())``. Measures of a
    marginal fit are drawn towards their round's mean; weighted likelihood scores are not, and are compared here.
    ``linking_error`` is the standard error of the link in logits, added to every ratee's.
    """
    import polars as pl  # noqa: PLC0415

    one, other = (result.person_scores().select("element", "wle", "wle_se") for result in (earlier, later))
    frame = one.join(other, on="element", suffix="_later", maintain_order="left").drop_nulls()
    if frame.height == 0:
        raise InputError("No ratee was measured in both rounds.", remedy="Use the same identifiers in both.")
    moved = frame["wle_later"].to_numpy() - frame["wle"].to_numpy()
    error = np.sqrt(frame["wle_se"].to_numpy() ** 2 + frame["wle_se_later"].to_numpy() ** 2 + linking_error**2)
    return pl.DataFrame(
        {
            "element": frame["element"],
            "earlier": frame["wle"],
            "later": frame["wle_later"],
            "change": moved,
            "se": error,
            "low": moved - 1.96 * error,
            "high": moved + 1.96 * error,
            "z": moved / error,
        }
    )


def _shared(earlier: FitResult, later: FitResult, facet: str) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415

    frames = []
    for name, result in (("earlier", earlier), ("later", later)):
        measures = result.measures[result.table.facet(facet)]
        error: Floats = measures.error
        frames.append(
            pl.DataFrame({"element": measures.labels, name: measures.measure, f"{name}_se": error}, nan_to_null=True)
        )
    frame = frames[0].join(frames[1], on="element", maintain_order="left").drop_nulls()
    if frame.height == 0:
        raise InputError(
            f"The rounds share no element of {facet}.",
            remedy="Rounds are linked by raters or items that serve in both.",
        )
    return frame
