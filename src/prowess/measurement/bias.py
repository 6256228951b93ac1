"""Interaction bias and differential functioning: pairs of elements that work together otherwise than they do alone."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from prowess.measurement.design import Floats
from prowess.measurement.measures import group_steps, moments
from prowess.measurement.residual_tables import row_residuals
from prowess.measurement.result import FitResult

if TYPE_CHECKING:
    import polars as pl

ROUNDS = 25
ROWS_AT_ONCE = 200_000


def interaction_bias(result: FitResult, one: str, other: str) -> "pl.DataFrame":
    """Bias of each observed pair of elements of two facets, all other estimates held (Linacre 1989, chapter 8).

    ``bias`` in logits is positive where ratings are higher than expected; ``t`` = bias / ``se``, with ratings - 1
    degrees
    of freedom; ``p_adjusted`` controls the false discovery rate (Benjamini and Hochberg 1995). Pairs with only the
    lowest
    or highest ratings are estimated from a score moved by 0.3 into the scale.
    """
    import polars as pl  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    table = result.table
    residuals = row_residuals(result)
    wide = len(table.labels[other])
    cells, cell = np.unique(
        table.codes[one][residuals.rows].astype(np.int64) * wide + table.codes[other][residuals.rows],
        return_inverse=True,
    )
    weights = np.ones(cell.size) if table.weights is None else table.weights[residuals.rows]
    bias, error = _estimate(result, residuals.rows, residuals.logit, cell, weights, cells.size)
    count = np.bincount(cell, weights=weights)
    observed = np.bincount(cell, weights=weights * table.scores[residuals.rows]) / count
    scale = np.asarray(table.categories, dtype=np.float64)
    expected_rows = np.interp(residuals.expected, np.arange(scale.size), scale)
    expected = np.bincount(cell, weights=weights * expected_rows) / count
    t = bias / error
    p = 2.0 * stats.t.sf(np.abs(t), np.maximum(count - 1.0, 1.0))
    return pl.DataFrame(
        {
            one: [table.labels[one][c // wide] for c in cells.tolist()],
            other if other != one else f"{other}_2": [table.labels[other][c % wide] for c in cells.tolist()],
            "ratings": count,
            "observed": observed,
            "expected": expected,
            "bias": bias,
            "se": error,
            "t": t,
            "p": p,
            "p_adjusted": stats.false_discovery_control(p) if p.size else p,
        }
    )


def _estimate(
    result: FitResult,
    rows: npt.NDArray[np.signedinteger[Any]],
    logit: Floats,
    cell: npt.NDArray[np.signedinteger[Any]],
    weights: Floats,
    size: int,
) -> tuple[Floats, Floats]:
    steps = result.table.steps[rows]
    top = len(result.table.categories) - 1
    total = np.bincount(cell, weights=weights * steps, minlength=size)
    most = top * np.bincount(cell, weights=weights, minlength=size)
    total = np.clip(total, np.minimum(0.3, most / 4), np.maximum(most - 0.3, most * 3 / 4))
    bias = np.zeros(size)
    information = np.ones(size)
    for _ in range(ROUNDS):
        expected, information = np.zeros(size), np.zeros(size)
        for first in range(0, rows.size, ROWS_AT_ONCE):
            part = slice(first, first + ROWS_AT_ONCE)
            e, v = moments(logit[part] + bias[cell[part]], group_steps(result.estimates, rows[part]))
            expected += np.bincount(cell[part], weights=weights[part] * e, minlength=size)
            information += np.bincount(cell[part], weights=weights[part] * v, minlength=size)
        change = np.clip((total - expected) / np.maximum(information, 1e-9), -1.0, 1.0)
        bias += change
        if float(np.abs(change).max(initial=0.0)) < 1e-8:
            break
    return bias, 1.0 / np.sqrt(np.maximum(information, 1e-9))


def differential_functioning(result: FitResult, facet: str, *, by: str) -> "pl.DataFrame":
    """Contrast of each element of ``facet`` between each two elements (groups) of the facet ``by``.

    ``contrast``: how much more the element has (a ratee) or how much harder or more severe it is (others) in
    ``group_1``
    than in ``group_2``, in logits; Welch's t with its degrees of freedom; ``p_adjusted`` over the table.
    """
    import polars as pl  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    sign = 1.0 if facet == result.table.ratee else -1.0
    cells = interaction_bias(result, facet, by)
    first = cells.select(facet, pl.col(by).alias("group_1"), n1="ratings", b1="bias", s1="se").with_row_index("order")
    second = cells.select(facet, pl.col(by).alias("group_2"), n2="ratings", b2="bias", s2="se")
    order = {label: e for e, label in enumerate(result.table.labels[by])}
    pairs = first.join(second, on=facet, maintain_order="left_right").filter(
        pl.col("group_1").replace_strict(order) < pl.col("group_2").replace_strict(order)
    )
    variance_1, variance_2 = pairs["s1"].to_numpy() ** 2, pairs["s2"].to_numpy() ** 2
    error = np.sqrt(variance_1 + variance_2)
    contrast = sign * (pairs["b1"].to_numpy() - pairs["b2"].to_numpy())
    freedom = (variance_1 + variance_2) ** 2 / (
        variance_1**2 / np.maximum(pairs["n1"].to_numpy() - 1.0, 1.0)
        + variance_2**2 / np.maximum(pairs["n2"].to_numpy() - 1.0, 1.0)
    )
    t = contrast / error
    p = 2.0 * stats.t.sf(np.abs(t), freedom)
    return pairs.select(facet, "group_1", "group_2", ratings_1="n1", ratings_2="n2").with_columns(
        pl.Series("contrast", contrast),
        pl.Series("se", error),
        pl.Series("t", t),
        pl.Series("df", freedom),
        pl.Series("p", p),
        pl.Series("p_adjusted", stats.false_discovery_control(p) if p.size else p),
    )


def bias_test(cells: "pl.DataFrame") -> tuple[float, int, float]:
    """Chi-square that all biases of an `interaction_bias` table are zero: statistic, degrees of freedom, p."""
    from scipy import stats  # noqa: PLC0415

    statistic = float((cells["t"].to_numpy() ** 2).sum())
    return statistic, cells.height, float(stats.chi2.sf(statistic, cells.height))
