"""Tables of steps and categories: difficulty, order, use."""

from typing import TYPE_CHECKING

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.design import Floats
from prowess.measurement.measures import probabilities
from prowess.measurement.result import FitResult

if TYPE_CHECKING:
    import polars as pl


def step_table(result: FitResult) -> "pl.DataFrame":
    """One row a step: the group it belongs to, the category it leads to, difficulty, error, whether above the last."""
    import polars as pl  # noqa: PLC0415

    steps, errors = _steps_and_errors(result)
    categories = result.table.categories
    rows = []
    for g, group in enumerate(result.estimates.design.group_labels):
        previous = -np.inf
        for k, category in enumerate(categories[1:]):
            step = float(steps[g, k])
            rows.append(
                (group, category, step, float(errors[g, k]), bool(step > previous) if np.isfinite(step) else None)
            )
            previous = step if np.isfinite(step) else previous
    schema = {"group": pl.String, "category": pl.Int64, "step": pl.Float64, "se": pl.Float64, "ordered": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("step", "se").map_batches(lambda s: s.replace([np.inf, -np.inf, np.nan], [None, None, None]))
    )


def _steps_and_errors(result: FitResult) -> tuple[Floats, Floats]:
    with np.errstate(invalid="ignore"):
        steps = np.diff(result.cumulated, axis=1)
    steps[~np.isfinite(steps)] = np.nan
    errors = np.sqrt(result.estimates.uncertainty.steps)
    return steps, np.where(np.isfinite(steps) & (errors > 0), errors, np.nan)


def category_table(result: FitResult) -> "pl.DataFrame":
    """One row a category: count, percent, average measure observed and expected, outfit, step into it."""
    import polars as pl  # noqa: PLC0415

    from prowess.measurement.kernels.residuals import category_sums  # noqa: PLC0415

    design, point = result.estimates.design, result.estimates.point
    sums = np.zeros((*design.categories_seen.shape, 6))
    category_sums(
        design.start,
        design.effects,
        design.groups,
        design.weights,
        design.steps,
        result.theta,
        point.effects,
        point.cumulated,
        sums,
    )
    steps, errors = _steps_and_errors(result)
    before = np.full((steps.shape[0], 1), np.nan)
    groups, categories = design.categories_seen.shape
    with np.errstate(invalid="ignore", divide="ignore"):
        columns = {
            "group": np.repeat(design.group_labels, categories),
            "category": np.tile(result.table.categories, groups),
            "count": sums[:, :, 0].ravel(),
            "percent": (100.0 * sums[:, :, 0] / sums[:, :, 0].sum(axis=1, keepdims=True)).ravel(),
            "average_measure": (sums[:, :, 1] / sums[:, :, 0]).ravel(),
            "expected_measure": (sums[:, :, 3] / sums[:, :, 2]).ravel(),
            "outfit": (sums[:, :, 4] / sums[:, :, 5]).ravel(),
            "step": np.hstack([before, steps]).ravel(),
            "step_se": np.hstack([before, errors]).ravel(),
        }
    return pl.DataFrame(columns, nan_to_null=True)


def category_curves(result: FitResult, *, group: str = "", points: int = 201) -> "pl.DataFrame":
    """Probability of each category for logits from below the first step to above the last."""
    import polars as pl  # noqa: PLC0415

    labels = result.estimates.design.group_labels
    if group not in labels:
        raise InputError(
            f"There are no steps of {group!r}.", remedy=f"Steps exist for: {', '.join(map(repr, labels))}."
        )
    line = result.cumulated[labels.index(group)]
    with np.errstate(invalid="ignore"):
        steps = np.diff(line)
    far = float(np.nanmax(np.abs(np.where(np.isfinite(steps), steps, 0.0)), initial=0.0)) + 3.0
    logits = np.linspace(-far, far, points)
    chances = probabilities(logits, np.broadcast_to(line, (points, line.size)))
    return pl.DataFrame(
        {
            "logit": np.repeat(logits, line.size),
            "category": np.tile(result.table.categories, points),
            "probability": chances.ravel(),
        }
    )
