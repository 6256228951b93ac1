"""The frame that percent agreement, the kappas and Gwet's coefficients share: (agreement - chance) / (1 - chance).

Agreement is the weighted share of agreeing pairs of ratings within a unit. Standard errors come from the linearised
influence of each unit on the coefficient (Gwet 2014, *Handbook of Inter-Rater Reliability*, chapter 5; 2021,
"Large-sample variance of Fleiss generalized kappa"), so units with gaps and unequal numbers of raters are welcome.
Intervals use Student's t with units minus one degrees of freedom.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from prowess.measurement.agreement.estimates import Estimate, NotEstimable, check_confidence
from prowess.measurement.agreement.matrix import Floats, RatingMatrix
from prowess.measurement.agreement.weights import Weighting, agreement_weights


@dataclass(frozen=True)
class ObservedAgreement:
    """Weighted agreement of the pairs of ratings within each unit (only units with two or more ratings)."""

    share: float
    influence: Floats  # of each unit on the share, around the share
    weight: Floats  # units / paired units for a unit with a pair, else zero


@dataclass(frozen=True)
class ChanceAgreement:
    """Agreement expected by chance, and each unit's influence on it (sums to zero)."""

    share: float
    influence: Floats


Chance = Callable[[RatingMatrix, Floats], ChanceAgreement]


def chance_corrected(
    ratings: RatingMatrix, *, name: str, chance: Chance, weights: Weighting, confidence: float
) -> Estimate:
    """The coefficient (agreement - chance) / (1 - chance) with its standard error and interval.

    Every unit with at least one rating informs the chance agreement; only units with two or more inform the
    agreement. Raises `NotEstimable` when chance agreement is certain or no unit was rated twice.
    """
    check_confidence(confidence)
    ratings.require_pairs()
    rated = ratings.paired(minimum=1)
    matrix = agreement_weights(weights, values=_category_scale(rated, weights))
    observed, by_chance = observed_agreement(rated, matrix), chance(rated, matrix)
    if by_chance.share > 1.0 - 1e-12:
        rated.require_variation()
        raise NotEstimable("Agreement by chance is certain, so nothing can exceed it.")
    value = (observed.share - by_chance.share) / (1.0 - by_chance.share)
    influence = (observed.influence - (1.0 - value) * by_chance.influence) / (1.0 - by_chance.share)
    influence += value * (observed.weight - 1.0)
    return _estimate(name, value, influence, ratings=rated, confidence=confidence)


def observed_agreement(rated: RatingMatrix, weights: Floats) -> ObservedAgreement:
    """Share of agreeing pairs, averaged over the units with two or more ratings (Gwet 2014, equation 5.2)."""
    counts, size = rated.counts, rated.ratings_per_unit.astype(np.float64)
    pairs = size * (size - 1.0)
    agreeing = (counts * (counts @ weights - 1.0)).sum(axis=1)
    paired = size >= 2
    within = np.divide(agreeing, pairs, out=np.zeros_like(pairs), where=paired)
    share = float(within[paired].mean())
    weight = np.where(paired, size.size / paired.sum(), 0.0)
    return ObservedAgreement(share=share, influence=(within - share) * weight, weight=weight)


def category_shares(rated: RatingMatrix) -> tuple[Floats, Floats]:
    """Each unit's shares of the categories (rows sum to one), and their mean over units."""
    by_unit = rated.counts / rated.ratings_per_unit[:, None]
    return by_unit, by_unit.mean(axis=0)


def percent_agreement(ratings: RatingMatrix, *, weights: Weighting = "identity", confidence: float = 0.95) -> Estimate:
    """The (weighted) share of pairs of ratings that agree, uncorrected for chance."""
    check_confidence(confidence)
    ratings.require_pairs()
    rated = ratings.paired(minimum=1)
    matrix = agreement_weights(weights, values=_category_scale(rated, weights))
    observed = observed_agreement(rated, matrix)
    influence = observed.influence + observed.share * (observed.weight - 1.0)
    estimate = _estimate("Agreement", observed.share, influence, ratings=rated, confidence=confidence)
    return estimate if estimate.low is None else replace(estimate, low=max(0.0, estimate.low), p_value=None)


def brennan_prediger(ratings: RatingMatrix, *, weights: Weighting = "identity", confidence: float = 0.95) -> Estimate:
    """Brennan and Prediger's (1981) kappa: chance is choosing among the categories with equal probability."""
    return chance_corrected(
        ratings, name="Brennan–Prediger", chance=_uniform_chance, weights=weights, confidence=confidence
    )


def _uniform_chance(rated: RatingMatrix, weights: Floats) -> ChanceAgreement:
    return ChanceAgreement(share=float(weights.mean()), influence=np.zeros(len(rated.units)))


def _category_scale(rated: RatingMatrix, weights: Weighting) -> Floats:
    if weights != "identity" and not rated.ordered:
        message = "The scores are words without a known order, so near misses cannot be weighted."
        raise NotEstimable(message, place="weights", remedy="List the categories from lowest to highest.")
    return rated.category_values


def _estimate(name: str, value: float, influence: Floats, *, ratings: RatingMatrix, confidence: float) -> Estimate:
    units = influence.size
    error = low = high = p_value = None
    if units > 1:
        error = float(np.sqrt(influence @ influence / (units * (units - 1.0))))
        reach = float(stats.t.ppf((1 + confidence) / 2, units - 1)) * error
        low, high = value - reach, min(1.0, value + reach)
        p_value = float(2 * stats.t.sf(abs(value) / error, units - 1)) if error > 0 else None
    return Estimate(
        name=name,
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        standard_error=error,
        p_value=p_value,
        units=units,
        raters=float(ratings.ratings_per_unit.mean()),
    )
