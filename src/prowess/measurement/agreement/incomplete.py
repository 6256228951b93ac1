"""Intraclass correlations when not every rater rated every ratee, from variance components.

Restricted maximum likelihood uses every rating, where the analysis of variance leaves incomplete ratees out (ten
Hove, Jorgensen and van der Ark 2022, "Updated guidelines on selecting an intraclass correlation coefficient", which
names the forms used here). Intervals are by the delta method on the logit scale.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from prowess.measurement.agreement.estimates import Estimate, NotEstimable, check_confidence
from prowess.measurement.agreement.matrix import Floats, RatingMatrix
from prowess.measurement.generalizability import Observations, VarianceComponents, crossed, variance_components


@dataclass(frozen=True, slots=True)
class IncompleteIntraclass:
    """ICC(A,1), ICC(C,1) and ICC(A,k) with ``raters`` = k, the harmonic mean number of raters of a ratee."""

    agreement: Estimate
    consistency: Estimate
    average: Estimate
    raters: float


def incomplete_intraclass(ratings: RatingMatrix, *, confidence: float = 0.95) -> IncompleteIntraclass:
    """Intraclass correlations from all ratings, gaps or not; raters are random and known by name.

    For complete data with positive variances these are McGraw and Wong's ICC(A,1), ICC(C,1) and ICC(A,k).
    """
    check_confidence(confidence)
    ratings.require_raters()
    if not ratings.numeric:
        raise NotEstimable("The scores are words, and an intraclass correlation needs numbers.")
    ratings.require_pairs()
    rated = ratings.paired(minimum=1)
    table = Observations.from_columns(rated.value, facets={"ratee": rated.unit, "rater": rated.rater})
    components = variance_components(table, design=crossed(["ratee", "rater"]), method="reml")
    raters = float(1.0 / np.mean(1.0 / rated.ratings_per_unit))
    count = len(rated.units)
    return IncompleteIntraclass(
        agreement=_share("ICC(A,1)", components, np.array([0.0, 1.0, 1.0]), confidence, units=count),
        consistency=_share("ICC(C,1)", components, np.array([0.0, 0.0, 1.0]), confidence, units=count),
        average=_share("ICC(A,k)", components, np.array([0.0, 1.0, 1.0]) / raters, confidence, units=count),
        raters=raters,
    )


def _share(name: str, components: VarianceComponents, error: Floats, confidence: float, *, units: int) -> Estimate:
    """The ratees' share in the variance of ratees and weighted error."""
    variances = np.array([part.variance for part in components.components])
    between, noise = float(variances[0]), float(error @ variances)
    value = between / (between + noise)
    spread = None if components.covariance is None else _logit_error(components.covariance, error, between, noise)
    low = high = None
    if spread is not None and 0.0 < value < 1.0:
        reach = float(stats.norm.ppf((1 + confidence) / 2)) * spread
        middle = float(np.log(value / (1.0 - value)))
        low, high = float(special.expit(middle - reach)), float(special.expit(middle + reach))
    return Estimate(
        name=name,
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        units=units,
        raters=components.components[1].levels,
        note="restricted maximum likelihood, every rating used",
    )


def _logit_error(covariance: Floats, error: Floats, between: float, noise: float) -> float | None:
    """Standard error of log(between / noise)."""
    if between <= 0 or noise <= 0:
        return None
    known = np.where(np.isnan(covariance), 0.0, covariance)
    gradient = -error / noise
    gradient[0] = 1.0 / between
    variance = float(gradient @ known @ gradient)
    return variance**0.5 if variance > 0 else None
