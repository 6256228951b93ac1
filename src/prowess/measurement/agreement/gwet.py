"""Gwet's AC1 and AC2: chance-corrected agreement that does not collapse when one category is very common.

Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high agreement", *British
Journal of Mathematical and Statistical Psychology* 61, 29-48; AC2 is the weighted form (Gwet 2014, chapter 5).
"""

import numpy as np

from prowess.measurement.agreement.chance_corrected import ChanceAgreement, category_shares, chance_corrected
from prowess.measurement.agreement.estimates import Estimate, NotEstimable
from prowess.measurement.agreement.matrix import Floats, RatingMatrix
from prowess.measurement.agreement.weights import Weighting


def gwet_ac1(ratings: RatingMatrix, *, confidence: float = 0.95) -> Estimate:
    """Gwet's AC1, for categories without order."""
    return chance_corrected(ratings, name="Gwet's AC1", chance=_gwet_chance, weights="identity", confidence=confidence)


def gwet_ac2(ratings: RatingMatrix, *, weights: Weighting = "quadratic", confidence: float = 0.95) -> Estimate:
    """Gwet's AC2: AC1 with partial credit for near misses, by default quadratic."""
    name = f"Gwet's AC2, {weights} weights"
    return chance_corrected(ratings, name=name, chance=_gwet_chance, weights=weights, confidence=confidence)


def _gwet_chance(rated: RatingMatrix, weights: Floats) -> ChanceAgreement:
    categories = weights.shape[0]
    if categories < 2:
        rated.require_variation()
        message = "Only one category is known, so agreement by chance is undefined."
        raise NotEstimable(message, remedy="List every category that raters could choose.")
    by_unit, shares = category_shares(rated)
    scale = float(weights.sum()) / (categories * (categories - 1.0))
    share = scale * float(shares @ (1.0 - shares))
    gradient = scale * (1.0 - 2.0 * shares)
    return ChanceAgreement(share=share, influence=np.asarray((by_unit - shares) @ gradient))
