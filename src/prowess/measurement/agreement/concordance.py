"""Kendall's coefficient of concordance W: do the raters put the units into the same order?

Kendall and Babington Smith (1939); corrected for ties (Kendall 1970, *Rank Correlation Methods*, chapter 6). The
chi-square test has units minus one degrees of freedom.
"""

import numpy as np
from scipy import stats

from prowess.measurement.agreement.estimates import Estimate, NotEstimable
from prowess.measurement.agreement.matrix import Floats, RatingMatrix


def kendall_w(ratings: RatingMatrix, *, ties: bool = True) -> Estimate:
    """Kendall's W over the units that every rater rated: 0 no common order, 1 the same order for all.

    ``ties`` corrects for equal scores by one rater. ``statistic`` is chi-square. Raises `NotEstimable` with fewer
    than two raters or complete units, unordered words as scores, or no rater who tells units apart.
    """
    table = _rankable(ratings)
    units, raters = table.shape
    ranks = stats.rankdata(table, axis=0)
    totals = ranks.sum(axis=1)
    spread = float(((totals - totals.mean()) ** 2).sum())
    most = (raters**2 * (units**3 - units) - raters * _tie_loss(ranks) * ties) / 12.0
    if most <= 0:
        raise NotEstimable("Every rater gave all units the same score, so there is no order to compare.")
    value = spread / most
    chi_square = raters * (units - 1) * value
    left_out = len(ratings.units) - units
    return Estimate(
        name="Kendall's W" if ties else "Kendall's W, ties not corrected",
        value=value,
        statistic=chi_square,
        degrees_of_freedom=(units - 1.0,),
        p_value=float(stats.chi2.sf(chi_square, units - 1)),
        units=units,
        raters=raters,
        note=f"{left_out} of {len(ratings.units)} units with gaps are left out" if left_out else None,
    )


def _rankable(ratings: RatingMatrix) -> Floats:
    ratings.require_raters()
    if not ratings.ordered:
        message = "The scores are words without a known order, so they cannot be ranked."
        raise NotEstimable(message, remedy="List the categories from lowest to highest.")
    table = ratings.complete()
    if table.shape[1] < 2 or table.shape[0] < 2:
        message = f"There are {table.shape[1]} raters and {table.shape[0]} units that all of them rated."
        raise NotEstimable(message, remedy="Kendall's W needs two raters and two units that both rated.")
    return table


def _tie_loss(ranks: Floats) -> float:
    loss = 0.0
    for column in ranks.T:
        _, count = np.unique(column, return_counts=True)
        loss += float((count.astype(np.float64) ** 3 - count).sum())
    return loss
