"""What raters do beside being severe: halo, central tendency, range restriction, erratic or muted rating."""

from typing import TYPE_CHECKING

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.design import Floats
from prowess.measurement.measures import group_steps, probabilities
from prowess.measurement.residual_tables import RowResiduals, row_residuals
from prowess.measurement.result import FitResult

if TYPE_CHECKING:
    import polars as pl

NOTABLE = 2.0
ERRATIC, MUTED = 1.5, 0.5
RESTRICTED = 0.8


def rater_effects(result: FitResult) -> "pl.DataFrame":
    """One row a rater.

    ``severity``, ``severity_se``, ``severity_z`` (measure over error); ``infit``, ``outfit``; ``spread``: standard
    deviation
    of the ratings over what the model expects (below 1: restricted range); ``middle``: share of ratings in the
    categories
    that are neither lowest nor highest, less its expectation, with ``middle_z`` (high: central tendency); ``halo``:
    mean
    product of standardised residuals of different items given to the same ratee, less the mean of all raters, with
    ``halo_z`` (high: the items were not told apart); ``flags``: words for what is notable, after Myford and Wolfe
    (2004).
    """
    import polars as pl  # noqa: PLC0415

    facet = result.table.rater
    if facet is None:
        raise InputError("The table names no raters.", remedy="Read it with the column of raters as rater=….")
    measures, fit = result.measures[facet], result.element_fit(facet)
    residuals = row_residuals(result)
    spread = _spread(result, facet, residuals)
    middle, middle_z = _middle(result, facet, residuals)
    halo, halo_z = _halo(result, facet, residuals)
    with np.errstate(invalid="ignore", divide="ignore"):
        severity_z = measures.measure / measures.error
    columns = {
        "severity": measures.measure,
        "severity_se": measures.error,
        "severity_z": severity_z,
        "infit": fit.infit,
        "outfit": fit.outfit,
        "spread": spread,
        "middle": middle,
        "middle_z": middle_z,
        "halo": halo,
        "halo_z": halo_z,
    }
    frame = pl.DataFrame({"rater": measures.labels, "ratings": fit.ratings, **columns}, nan_to_null=True)
    flags = {
        "severe": severity_z > NOTABLE,
        "lenient": severity_z < -NOTABLE,
        "erratic": (fit.infit > ERRATIC) & (fit.infit_z > NOTABLE),
        "muted": (fit.infit < MUTED) & (fit.infit_z < -NOTABLE),
        "central tendency": middle_z > NOTABLE,
        "range restriction": (spread < RESTRICTED) & (fit.infit_z < -NOTABLE),
        "halo": halo_z > NOTABLE,
    }
    words = [", ".join(word for word, flag in flags.items() if flag[e]) for e in range(frame.height)]
    return frame.with_columns(pl.Series("flags", words, dtype=pl.String))


def _spread(result: FitResult, facet: str, residuals: RowResiduals) -> Floats:
    codes = result.table.codes[facet][residuals.rows]
    size = len(result.table.labels[facet])
    observed = result.table.steps[residuals.rows].astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        count = np.bincount(codes, minlength=size).astype(np.float64)
        mean = np.bincount(codes, weights=observed, minlength=size) / count
        square = np.bincount(codes, weights=observed**2, minlength=size) / count
        expected_mean = np.bincount(codes, weights=residuals.expected, minlength=size) / count
        expected_square = np.bincount(codes, weights=residuals.expected**2 + residuals.variance, minlength=size) / count
        ratio = (square - mean**2) / (expected_square - expected_mean**2)
    return np.sqrt(np.where(count > 1, ratio, np.nan))


def _middle(result: FitResult, facet: str, residuals: RowResiduals) -> tuple[Floats, Floats]:
    codes = result.table.codes[facet][residuals.rows]
    size = len(result.table.labels[facet])
    top = len(result.table.categories) - 1
    if top < 2:
        return np.full(size, np.nan), np.full(size, np.nan)
    steps = result.table.steps[residuals.rows]
    inside = (steps > 0) & (steps < top)
    chance = np.empty(steps.size)
    for first in range(0, steps.size, 200_000):
        part = slice(first, first + 200_000)
        chances = probabilities(residuals.logit[part], group_steps(result.estimates, residuals.rows[part]))
        chance[part] = chances[:, 1:-1].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        count = np.bincount(codes, minlength=size).astype(np.float64)
        surplus = np.bincount(codes, weights=inside - chance, minlength=size)
        deviation = np.sqrt(np.bincount(codes, weights=chance * (1.0 - chance), minlength=size))
        return surplus / count, surplus / deviation


def _halo(result: FitResult, facet: str, residuals: RowResiduals) -> tuple[Floats, Floats]:
    """Mean product of residuals within the cells of rater and ratee; pairs of raters' own ratings are the same
    ratee's."""
    table = result.table
    rater = table.codes[facet][residuals.rows]
    size = len(table.labels[facet])
    z = np.clip(residuals.standardised, -4.0, 4.0)
    wide = len(table.labels[table.ratee])
    cells, cell = np.unique(
        rater.astype(np.int64) * wide + table.codes[table.ratee][residuals.rows], return_inverse=True
    )
    total = np.bincount(cell, weights=z)
    square = np.bincount(cell, weights=z**2)
    count = np.bincount(cell).astype(np.float64)
    owner = (cells // wide).astype(np.int64)
    products = np.bincount(owner, weights=total**2 - square, minlength=size)
    pairs = np.bincount(owner, weights=count * (count - 1.0), minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = float(products.sum() / pairs.sum()) if pairs.sum() > 0 else np.nan
        halo = np.where(pairs > 0, products / pairs - usual, np.nan)
        return halo, halo * np.sqrt(pairs / 2.0)
