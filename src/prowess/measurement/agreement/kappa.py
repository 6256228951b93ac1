"""The kappas: Cohen's for two raters, Conger's and Light's for the same few raters, Fleiss' for any raters.

Cohen (1960, 1968); Fleiss (1971), "Measuring nominal scale agreement among many raters"; Conger (1980); Light
(1971). Large-sample errors: Fleiss, Cohen and Everitt (1969) for two raters, Fleiss, Nee and Landis (1979) for the
test of Fleiss' kappa, and linearisation (see `chance_corrected`) elsewhere.
"""

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy import stats

from prowess.measurement.agreement.chance_corrected import ChanceAgreement, category_shares, chance_corrected
from prowess.measurement.agreement.estimates import Estimate, NotEstimable, check_confidence
from prowess.measurement.agreement.matrix import Floats, RatingMatrix
from prowess.measurement.agreement.weights import Weighting, agreement_weights

MOST_PAIRS = 2_000


def fleiss_kappa(ratings: RatingMatrix, *, weights: Weighting = "identity", confidence: float = 0.95) -> Estimate:
    """Fleiss' kappa, for units rated by any (also different, also unequally many) raters; weighted if asked.

    ``statistic`` and ``p_value`` test "no agreement beyond chance" where every unit has equally many ratings and
    the weights are identity; the interval does not assume that.
    """
    name = "Fleiss' kappa" if weights == "identity" else f"Fleiss' kappa, {weights} weights"
    estimate = chance_corrected(ratings, name=name, chance=_shared_chance, weights=weights, confidence=confidence)
    z = _fleiss_z(ratings.paired(minimum=1), estimate.value) if weights == "identity" else None
    return estimate if z is None else replace(estimate, statistic=z, p_value=float(2 * stats.norm.sf(abs(z))))


def conger_kappa(ratings: RatingMatrix, *, weights: Weighting = "identity", confidence: float = 0.95) -> Estimate:
    """Conger's (1980) kappa: chance from each rater's own use of the categories. Two raters: Cohen's kappa."""
    ratings.require_raters()
    _require_loaded_raters(ratings)
    name = "Conger's kappa" if weights == "identity" else f"Conger's kappa, {weights} weights"
    return chance_corrected(ratings, name=name, chance=_own_chance, weights=weights, confidence=confidence)


def cohen_kappa(ratings: RatingMatrix, *, weights: Weighting = "identity", confidence: float = 0.95) -> Estimate:
    """Cohen's kappa of exactly two raters, over the units that both rated; weighted if asked.

    ``standard_error`` and the interval are Fleiss, Cohen and Everitt's; ``statistic`` is z under no agreement.
    """
    check_confidence(confidence)
    ratings.require_raters()
    table, values = _joint_table(ratings)
    if weights != "identity" and not ratings.ordered:
        message = "The scores are words without a known order, so near misses cannot be weighted."
        raise NotEstimable(message, place="weights", remedy="List the categories from lowest to highest.")
    name = "Cohen's kappa" if weights == "identity" else f"Cohen's kappa, {weights} weights"
    return _cohen(table, agreement_weights(weights, values=values), name=name, confidence=confidence)


def light_kappa(ratings: RatingMatrix, *, weights: Weighting = "identity") -> Estimate:
    """Light's kappa: the mean of Cohen's kappa over all pairs of raters (without an interval)."""
    ratings.require_raters()
    pairs = pairwise_kappas(ratings, weights=weights)
    values = [pair.value for pair in pairs if pair.value is not None]
    if not values:
        raise NotEstimable("No two raters share enough units with varied ratings for a kappa.")
    name = "Light's kappa" if weights == "identity" else f"Light's kappa, {weights} weights"
    note = None if len(values) == len(pairs) else f"{len(pairs) - len(values)} of {len(pairs)} pairs have no kappa"
    return Estimate(name=name, value=float(np.mean(values)), raters=len(ratings.raters), note=note)


@dataclass(frozen=True, slots=True)
class PairwiseKappa:
    """Cohen's kappa of two named raters over the ``units`` that both rated; None where it is undefined."""

    first: str
    second: str
    units: int
    value: float | None


def pairwise_kappas(ratings: RatingMatrix, *, weights: Weighting = "identity") -> list[PairwiseKappa]:
    """Cohen's kappa of every pair of raters."""
    raters = len(ratings.raters)
    if raters * (raters - 1) // 2 > MOST_PAIRS:
        message = f"{raters} raters make {raters * (raters - 1) // 2:,} pairs, too many to list."
        raise NotEstimable(message, remedy="Use Fleiss' kappa or Krippendorff's alpha.")
    matrix = agreement_weights(weights, values=ratings.category_values)
    dense = ratings.dense
    return [_pair(ratings, dense, matrix, first, second) for first, second in combinations(range(raters), 2)]


def _pair(ratings: RatingMatrix, dense: Floats, weights: Floats, first: int, second: int) -> PairwiseKappa:
    both = ~np.isnan(dense[:, [first, second]]).any(axis=1)
    table = _cross_table(dense[both, first], dense[both, second], ratings.category_values)
    try:
        value = _cohen(table, weights, name="", confidence=0.95).value
    except NotEstimable:
        value = None
    return PairwiseKappa(ratings.raters[first], ratings.raters[second], int(both.sum()), value)


@dataclass(frozen=True, slots=True)
class CategoryKappa:
    """Fleiss' kappa of one category against all others, with the z test of no agreement."""

    category: str
    value: float
    z: float
    p_value: float


def fleiss_kappa_by_category(ratings: RatingMatrix) -> list[CategoryKappa]:
    """Fleiss' (1971) kappa of each category; needs equally many ratings of every unit."""
    rated = ratings.require_pairs()
    size = int(rated.ratings_per_unit[0])
    if (rated.ratings_per_unit != size).any():
        raise NotEstimable("Kappa by category needs equally many ratings of every unit.")
    counts, units = rated.counts, len(rated.units)
    shares = counts.sum(axis=0) / (units * size)
    spread = units * size * (size - 1.0) * shares * (1.0 - shares)
    used = spread > 0
    values = 1.0 - np.divide((counts * (size - counts)).sum(axis=0), spread, out=np.ones_like(spread), where=used)
    z = values / np.sqrt(2.0 / (units * size * (size - 1.0)))
    return [
        CategoryKappa(label, float(value), float(score), float(2 * stats.norm.sf(abs(score))))
        for label, value, score, kept in zip(rated.categories, values, z, used, strict=True)
        if kept
    ]


def _shared_chance(rated: RatingMatrix, weights: Floats) -> ChanceAgreement:
    by_unit, shares = category_shares(rated)
    gradient = weights @ shares
    return ChanceAgreement(share=float(shares @ gradient), influence=2.0 * (by_unit - shares) @ gradient)


def _own_chance(rated: RatingMatrix, weights: Floats) -> ChanceAgreement:
    raters, units = len(rated.raters), len(rated.units)
    by_rater = np.zeros((raters, len(rated.categories)))
    np.add.at(by_rater, (rated.rater, rated.category), 1.0)
    load = by_rater.sum(axis=1)
    shares = by_rater / load[:, None]
    others = (shares.sum(axis=0) - shares) @ weights
    pairs = raters * (raters - 1.0)
    share = float((shares * others).sum() / pairs)
    credit = others[rated.rater, rated.category] - (shares * others).sum(axis=1)[rated.rater]
    influence = np.bincount(rated.unit, weights=credit * units / load[rated.rater], minlength=units)
    return ChanceAgreement(share=share, influence=np.asarray(2.0 * influence / pairs))


def _require_loaded_raters(ratings: RatingMatrix) -> None:
    load = np.bincount(ratings.rater, minlength=len(ratings.raters))
    if len(ratings.raters) < 2 or (load == 0).any():
        idle = "only one rater" if len(ratings.raters) < 2 else f"no rating by {ratings.raters[int(np.argmin(load))]}"
        raise NotEstimable(f"There is {idle}.", remedy="Give ratings by two or more raters.")


def _joint_table(ratings: RatingMatrix) -> tuple[Floats, Floats]:
    if len(ratings.raters) != 2:
        count = len(ratings.raters)
        message = f"Cohen's kappa compares two raters; there {'is' if count == 1 else 'are'} {count}."
        raise NotEstimable(message, remedy="Use Fleiss', Conger's or Light's kappa.")
    _ = ratings.counts.shape
    complete = ratings.complete()
    if not len(complete):
        raise NotEstimable("No unit was rated by both raters.", remedy="Let both raters rate some of the same units.")
    return _cross_table(complete[:, 0], complete[:, 1], ratings.category_values), ratings.category_values


def _cross_table(first: Floats, second: Floats, values: Floats) -> Floats:
    table = np.zeros((values.size, values.size))
    np.add.at(table, (np.searchsorted(values, first), np.searchsorted(values, second)), 1.0)
    return table


def _cohen(table: Floats, weights: Floats, *, name: str, confidence: float) -> Estimate:
    units = table.sum()
    if units < 1:
        raise NotEstimable("The two raters share no unit.")
    shares = table / units
    first, second = shares.sum(axis=1), shares.sum(axis=0)
    observed, chance = float((weights * shares).sum()), float(first @ weights @ second)
    if chance > 1.0 - 1e-12:
        raise NotEstimable("Both raters gave every unit the same score, so agreement by chance is certain.")
    value = (observed - chance) / (1.0 - chance)
    credit = (weights @ second)[:, None] + (first @ weights)[None, :]
    error = _everitt_error(shares, weights - credit * (1.0 - value), value - chance * (1.0 - value), chance, units)
    null_error = _everitt_error(np.outer(first, second), weights - credit, -chance, chance, units)
    z = value / null_error if null_error > 0 else None
    reach = float(stats.norm.ppf((1 + confidence) / 2)) * error
    return Estimate(
        name=name,
        value=value,
        low=max(-1.0, value - reach),
        high=min(1.0, value + reach),
        confidence=confidence,
        standard_error=error,
        statistic=z,
        p_value=None if z is None else float(2 * stats.norm.sf(abs(z))),
        units=int(units),
        raters=2,
    )


def _everitt_error(shares: Floats, terms: Floats, centre: float, chance: float, units: float) -> float:
    """Fleiss, Cohen and Everitt (1969), equations 8 and 9."""
    variance = (float((shares * terms**2).sum()) - centre**2) / (units * (1.0 - chance) ** 2)
    return float(np.sqrt(max(variance, 0.0)))


def _fleiss_z(rated: RatingMatrix, value: float) -> float | None:
    size = rated.ratings_per_unit
    if (size != size[0]).any():
        return None
    raters, units = float(size[0]), float(size.size)
    shares = rated.counts.sum(axis=0) / (raters * units)
    spread = shares * (1.0 - shares)
    inner = spread.sum() ** 2 - float((spread * (1.0 - 2.0 * shares)).sum())
    if inner <= 0 or spread.sum() <= 0:
        return None
    error = np.sqrt(2.0 * inner) / (spread.sum() * np.sqrt(units * raters * (raters - 1.0)))
    return float(value / error)
