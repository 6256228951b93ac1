"""Do the ratings fit the model: mean squares and their standardised values, by element."""

from dataclasses import dataclass

import numpy as np

from prowess.measurement.design import Floats, Integers
from prowess.measurement.estimation import Estimates

LARGEST_Z = 9.9


@dataclass(frozen=True, kw_only=True)
class ElementFit:
    """Fit of each element of a facet, NaN where there is none.

    ``infit``: sum of squared residuals / sum of variances; ``outfit``: mean squared standardised residual; ``…_z``:
    both as approximately standard normal deviates (Wilson and Hilferty's cube root; Wright and Masters 1982, p. 100).
    ``point_measure``: correlation of the ratings with their logits, ``expected_point_measure``: what the model expects.
    """

    ratings: Floats
    score: Floats
    infit: Floats
    infit_z: Floats
    outfit: Floats
    outfit_z: Floats
    point_measure: Floats
    expected_point_measure: Floats


def element_fit(estimates: Estimates, name: str, *, theta: Floats) -> ElementFit:
    """Fit of the elements of the facet ``name``, the ratees being at ``theta``."""
    return _statistics(_sums(estimates, name, theta=theta))


def _sums(estimates: Estimates, name: str, *, theta: Floats) -> Floats:
    from prowess.measurement.kernels.residuals import SUMS, residual_sums  # noqa: PLC0415

    design = estimates.design
    table = design.table
    by_ratee = name == table.ratee
    member: Integers = np.empty(0, dtype=np.int32) if by_ratee else table.codes[name][design.rows]
    sums = np.zeros((len(table.labels[name]), SUMS))
    residual_sums(
        design.start,
        design.effects,
        design.groups,
        design.weights,
        design.steps,
        theta,
        estimates.point.effects,
        estimates.point.cumulated,
        member,
        np.asarray(table.categories, dtype=np.float64),
        by_ratee,
        sums,
    )
    return sums


def _statistics(sums: Floats) -> ElementFit:
    from prowess.measurement.kernels import residuals as r  # noqa: PLC0415

    with np.errstate(invalid="ignore", divide="ignore"):
        count = np.where(sums[:, r.COUNT] > 0, sums[:, r.COUNT], np.nan)
        variance = sums[:, r.VARIANCE]
        infit = sums[:, r.SQUARE] / np.where(count > 0, variance, np.nan)
        outfit = sums[:, r.STANDARD_SQUARE] / count
        infit_z = standardise(infit, np.sqrt(sums[:, r.KURTOSIS]) / variance)
        outfit_z = standardise(outfit, np.sqrt(sums[:, r.STANDARD_KURTOSIS]) / count)
        mean_logit = sums[:, r.LOGIT] / count
        logit_variance = sums[:, r.LOGIT_SQUARE] / count - mean_logit**2
        mean = sums[:, r.SCORE] / count
        spread = sums[:, r.SCORE_SQUARE] / count - mean**2
        together = sums[:, r.PRODUCT] / count - mean * mean_logit
        expected_mean = sums[:, r.EXPECTED] / count
        expected_spread = sums[:, r.EXPECTED_SQUARE] / count - expected_mean**2
        expected_together = sums[:, r.EXPECTED_PRODUCT] / count - expected_mean * mean_logit
        flat = (logit_variance < 1e-12) | (spread < 1e-12)
        observed = np.where(flat, np.nan, together / np.sqrt(logit_variance * spread))
        expected = np.where(
            logit_variance < 1e-12, np.nan, expected_together / np.sqrt(logit_variance * expected_spread)
        )
    return ElementFit(
        ratings=sums[:, r.COUNT],
        score=sums[:, r.SCORE],
        infit=infit,
        infit_z=infit_z,
        outfit=outfit,
        outfit_z=outfit_z,
        point_measure=observed,
        expected_point_measure=expected,
    )


def standardise(mean_square: Floats, deviation: Floats) -> Floats:
    """A mean square with this standard deviation as an approximately standard normal deviate, within ±9.9."""
    with np.errstate(invalid="ignore", divide="ignore"):
        q = np.minimum(deviation, np.sqrt(2.0))
        z = (np.cbrt(mean_square) - 1.0) * 3.0 / q + q / 3.0
    return np.asarray(np.clip(np.where(deviation > 1e-9, z, np.nan), -LARGEST_Z, LARGEST_Z))
