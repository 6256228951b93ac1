"""What fixed facets with few ratings an element do to the scale, and how unsure that makes every measure.

Each fixed element is a parameter estimated beside the steps; with few ratings an element that stretches the logits
(Neyman and Scott 1948), and intervals around the stretched measures miss the truth. The estimates are left as maximum
likelihood gives them, which is what other software reports. But the modified profile likelihood (Barndorff-Nielsen
1983) is maximised too, and the distance between the two estimates counts as bias: the standard errors of the facets and
the steps are widened until intervals of ± 1.96 of them hold the truth as often as they promise.

The elements' effects are canonical parameters whose sufficient statistics, the sums of their ratings, do not depend on
the steps, so that the modification is + ½ log |H| with H the information on these effects, as for the approximate
conditional likelihood (Pace and Salvan 1997). The ratees' posterior is stretched in the same proportion as their
measures and stays as it is.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from prowess.measurement.crossed import random_curvature, update_tilt
from prowess.measurement.design import Floats, Term
from prowess.measurement.likelihood import Likelihood
from prowess.measurement.optimise import Optimum, maximise
from prowess.measurement.standard_errors import Uncertainty

FEW_RATINGS = 100.0
FEW_ELEMENTS = 10
FLAT = 25.0
QUANTILE = 1.96
COVERAGE = 0.95
BISECTIONS = 40
TOLERANCE = 1e-3
STRETCHED = 1.05


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The uncertainty with the bias in it, and sentences about it."""

    spread: Uncertainty
    notes: tuple[str, ...]


def with_bias(likelihood: Likelihood, optimum: Optimum, spread: Uncertainty) -> Stretch:
    """Add the bias that fixed facets with few ratings bring; nothing where there are none, or the set is large."""
    sparse = [term for term in likelihood.design.terms if _is_sparse(likelihood, term)]
    if not sparse or likelihood.joint or not spread.covariance.size:
        return Stretch(spread=spread, notes=())
    adjusted = _adjusted(likelihood, optimum, sparse)
    if adjusted is None:
        return Stretch(spread=spread, notes=())
    bias = optimum.point - adjusted
    for term in sparse:
        bias[term.stretch] *= _reliability(optimum.point[term.stretch], spread.effects[term.stretch])
    size = likelihood.design.effect_count
    of_steps = np.diff(bias[size:-2].reshape(likelihood.free_steps.shape), axis=1)
    wider = replace(
        spread, effects=_widened(spread.effects, bias[:size]), steps=_widened(spread.steps, np.abs(of_steps))
    )
    return Stretch(spread=wider, notes=_notes(likelihood, optimum.point, adjusted, sparse))


def _reliability(estimates: Floats, variances: Floats) -> float:
    """The share of true differences in the estimates: only these are stretched, chance is in the variances already."""
    observed = float(estimates.var())
    return max(1.0 - float(variances.mean()) / observed, 0.0) if observed > 0 else 0.0


def _widened(variance: Floats, bias: Floats) -> Floats:
    """The variance under which ± 1.96 standard errors around a biased estimate hold the truth 95 times in 100."""
    deviation = np.sqrt(np.maximum(variance, 0.0))
    known = deviation > 0
    shift = np.abs(np.divide(bias, deviation, out=np.zeros(deviation.shape), where=known))
    low, high = np.full(shift.shape, QUANTILE), shift + QUANTILE
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        short = ndtr(middle - shift) - ndtr(-middle - shift) < COVERAGE
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(np.where(known, (deviation * high / QUANTILE) ** 2, variance))


def _is_sparse(likelihood: Likelihood, term: Term) -> bool:
    if term.random or len(term.facets) > 1 or int(likelihood.design.free[term.stretch].sum()) < FEW_ELEMENTS:
        return False
    ratings = likelihood.design.effect_ratings[term.stretch]
    return bool(ratings.sum() < FEW_RATINGS * max(int((ratings > 0).sum()), 1))


def _adjusted(likelihood: Likelihood, optimum: Optimum, sparse: list[Term]) -> Floats | None:
    """The estimates under the modified profile likelihood, centred as they were; None when the search fails.

    The elements have a normal density so wide that it hardly tells them anything, which stands in for their constraint.
    """
    names = {term.name for term in sparse}
    design = likelihood.design
    inside = np.zeros(design.effect_count, dtype=bool)
    for term in sparse:
        inside[term.stretch] = True
    flat = replace(
        design,
        terms=tuple(replace(term, random=True) if term.name in names else term for term in design.terms),
        constraints=tuple(c for c in design.constraints if not inside[c.indices].any()),
    )
    other = Likelihood(design=flat, blocks=likelihood.blocks.copy(), joint=False, variances=dict.fromkeys(names, FLAT))
    found = maximise(other, start=optimum.point, tolerance=TOLERANCE, maximum_iterations=60)
    # The modification's slope at the maximum itself: followed further down it overcorrects where ratings are few.
    update_tilt(other, found, random_curvature(other, found), sign=1.0)
    found = maximise(other, start=found.point, tolerance=TOLERANCE, maximum_iterations=60)
    if not np.isfinite(found.point).all():
        return None
    vector = found.point.copy()
    vector[: design.effect_count] = likelihood.projection.settle(vector[: design.effect_count])
    vector[-2] = optimum.point[-2]
    return vector


def _notes(likelihood: Likelihood, vector: Floats, adjusted: Floats, sparse: list[Term]) -> tuple[str, ...]:
    size = likelihood.design.effect_count
    steps, better = vector[size:-2], adjusted[size:-2]
    stretch = float(steps @ better) / max(float(better @ better), 1e-12)
    if stretch < STRETCHED or not np.isfinite(stretch):
        return ()
    names = ", ".join(term.name for term in sparse)
    ratings = min(likelihood.design.effect_ratings[term.stretch].sum() / term.size for term in sparse)
    return (
        f"With about {ratings:.0f} ratings an element, taking {names} as fixed stretches the scale by about "
        f"{100 * (stretch - 1):.0f} %; standard errors allow for it. Making {names} random avoids it.",
    )
