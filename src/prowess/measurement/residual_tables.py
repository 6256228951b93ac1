"""Rating by rating: expected, unexpected, and what the residuals have in common."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from prowess.framework.errors import InputError
from prowess.measurement.design import Floats
from prowess.measurement.result import FitResult

if TYPE_CHECKING:
    import polars as pl

PERMUTATIONS = 40


@dataclass(frozen=True, kw_only=True)
class RowResiduals:
    """For each rating of the design: position in the table, logit, expected category, variance, observed less
    expected."""

    rows: npt.NDArray[np.int32]
    logit: Floats
    expected: Floats
    variance: Floats
    residual: Floats
    chance: Floats

    @property
    def standardised(self) -> Floats:
        """Residuals over their standard deviations."""
        return np.asarray(self.residual / np.sqrt(np.maximum(self.variance, 1e-12)))


def row_residuals(result: FitResult) -> RowResiduals:
    """Residuals in categories (0 … K-1), ratings of extreme elements left out."""
    from prowess.measurement.kernels.residuals import residual_rows  # noqa: PLC0415

    design, point = result.estimates.design, result.estimates.point
    arrays = [np.empty(design.rows.size) for _ in range(4)]
    residual_rows(
        design.start,
        design.effects,
        design.groups,
        design.steps,
        result.theta,
        point.effects,
        point.cumulated,
        *arrays,
    )
    logit, expected, variance, chance = arrays
    residual = design.steps - expected
    return RowResiduals(
        rows=design.rows, logit=logit, expected=expected, variance=variance, residual=residual, chance=chance
    )


def expected_ratings(result: FitResult) -> "pl.DataFrame":
    """Each rating with its row in the source, elements, score, and the model's expectation on the original scale."""
    import polars as pl  # noqa: PLC0415

    residuals = row_residuals(result)
    table = result.table
    scale = np.asarray(table.categories, dtype=np.float64)
    positions = np.arange(scale.size)
    # Where nobody skipped a category the two scales differ by a shift only.
    expected = np.interp(residuals.expected, positions, scale)
    score = table.scores[residuals.rows]
    columns = {
        name: pl.Series(name, table.labels[name]).gather(table.codes[name][residuals.rows]) for name in table.facets
    }
    frame = pl.DataFrame(
        {
            "row": table.rows[residuals.rows],
            **columns,
            "score": score,
            "expected": expected,
            "variance": residuals.variance,
            "residual": score - expected,
            "standardised_residual": residuals.standardised,
        }
    )
    return frame.sort("row")


def unexpected_ratings(result: FitResult, *, threshold: float) -> "pl.DataFrame":
    """The ratings that surprise most, first the largest standardised residuals."""
    import polars as pl  # noqa: PLC0415

    frame = expected_ratings(result)
    size = pl.col("standardised_residual").abs()
    return frame.filter(size >= threshold).sort([size, pl.col("row")], descending=[True, False])


def residual_components(result: FitResult, *, components: int) -> "pl.DataFrame":
    """Eigenvalues of the correlations between the items' residuals, beside those of independent residuals.

    The residuals of a ratee on an item are averaged over raters. ``chance_95`` is the 95th percentile of the same
    eigenvalue when residuals are shuffled within items (Horn 1965): a first eigenvalue above it speaks for a second
    dimension. Columns ``loading_ITEM`` give the component's weights.
    """
    import polars as pl  # noqa: PLC0415

    facet = result.table.item or result.table.facets[-1]
    matrix = _residual_matrix(result, facet)
    if matrix.shape[1] < 3 or matrix.shape[0] < 3:
        raise InputError(
            f"Residual components need at least three elements of {facet} and three ratees.",
            remedy="With fewer, look at the interaction bias instead.",
        )
    values, vectors = _eigen(matrix)
    generator = np.random.default_rng(20261101)
    by_chance = np.array([_eigen(_shuffled(matrix, generator))[0] for _ in range(PERMUTATIONS)])
    count = min(components, values.size)
    columns = {
        "component": np.arange(1, count + 1),
        "eigenvalue": values[:count],
        "percent": 100.0 * values[:count] / values.sum(),
        "chance_95": np.quantile(by_chance, 0.95, axis=0)[:count],
    }
    labels = result.table.labels[facet]
    return pl.DataFrame(columns | {f"loading_{label}": vectors[i, :count] for i, label in enumerate(labels)})


def _residual_matrix(result: FitResult, facet: str) -> Floats:
    residuals = row_residuals(result)
    table = result.table
    ratees, items = len(table.labels[table.ratee]), len(table.labels[facet])
    cell = table.codes[table.ratee][residuals.rows].astype(np.int64) * items + table.codes[facet][residuals.rows]
    count = np.bincount(cell, minlength=ratees * items)
    total = np.bincount(cell, weights=residuals.standardised, minlength=ratees * items)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (total / count).reshape(ratees, items)
    return np.asarray(mean[np.isfinite(mean).sum(axis=1) >= 2])


def _eigen(matrix: Floats) -> tuple[Floats, Floats]:
    known = np.isfinite(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = np.where(known, matrix - np.nanmean(matrix, axis=0), 0.0)
        pairs = known.T.astype(float) @ known
        covariance = centred.T @ centred / np.maximum(pairs, 1.0)
        deviation = np.sqrt(np.maximum(np.diag(covariance), 1e-12))
    values, vectors = np.linalg.eigh(covariance / np.outer(deviation, deviation))
    order = np.argsort(-values, kind="stable")
    vectors = vectors[:, order]
    return values[order], vectors * np.where(
        vectors[np.abs(vectors).argmax(axis=0), np.arange(order.size)] < 0, -1.0, 1.0
    )


def _shuffled(matrix: Floats, generator: np.random.Generator) -> Floats:
    shuffled = matrix.copy()
    for column in range(matrix.shape[1]):
        known = np.flatnonzero(np.isfinite(matrix[:, column]))
        shuffled[known, column] = matrix[generator.permutation(known), column]
    return shuffled
