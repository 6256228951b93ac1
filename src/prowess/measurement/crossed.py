"""Crossed random facets: ratees by quadrature, the others by Laplace's approximation, at a cost linear in the ratings.

The approximate marginal log-likelihood of the structural parameters psi (fixed effects, steps, mean and variances) is::

    L(psi) = l(b(psi), psi) - b'b / (2 s²) - J log s - ½ log |H(b(psi), psi)|

with l the likelihood with the ratees integrated out, b the random effects at their mode and H minus the Hessian there.
Maximising l in b and psi together would leave out the last term's slope and shrink steps and variances badly when
raters
rated few (Breslow and Lin 1995). Its slope is taken along the directions that change the scale of the logits, and added
to l as a linear tilt until it no longer changes: at that point psi maximises L.
"""

from dataclasses import dataclass

import numpy as np

from prowess.measurement.design import Floats
from prowess.measurement.likelihood import Likelihood
from prowess.measurement.optimise import Evaluation, Optimum, Progress, maximise
from prowess.measurement.profile import with_variances_estimated
from prowess.measurement.standard_errors import Uncertainty, fits, log_determinant, uncertainty

ROUNDS = 40
TOLERANCE = 2e-4
COARSE = 2e-3
DIFFERENCE = 0.05
MOST_DIRECTIONS = 24
SMALLEST_VARIANCE = 1e-6
LARGEST_VARIANCE = 400.0


@dataclass(frozen=True, kw_only=True)
class CrossedOptimum:
    """The end of the search: optimum, uncertainty, whether variances and tilt settled, and sentences about them."""

    optimum: Optimum
    spread: Uncertainty
    notes: tuple[str, ...]


def maximise_crossed(likelihood: Likelihood, *, progress: Progress | None) -> CrossedOptimum:
    """Alternate the mode with the variances and the tilt until none changes."""
    model = likelihood.design.model
    start = likelihood.start()
    iterations, tolerance, settled = 0, 1e-3, False
    history: dict[str, list[tuple[float, float]]] = {name: [] for name in likelihood.variances}
    tilt_change, variance_change = np.inf, np.inf
    for round_number in range(ROUNDS):
        optimum = maximise(
            likelihood, start=start, tolerance=tolerance, maximum_iterations=model.maximum_iterations, progress=progress
        )
        iterations += optimum.iterations
        start = optimum.point
        curvature = random_curvature(likelihood, optimum)
        # The tilt changes less than the variances do: it is renewed while it moves, and once they have settled.
        if round_number < 2 or tilt_change > COARSE or variance_change < TOLERANCE:
            tilt_change = update_tilt(likelihood, optimum, curvature)
        variance_change = _update_variances(likelihood, optimum, curvature, history)
        change = max(tilt_change, variance_change)
        tolerance = max(model.tolerance, min(1e-3, change * 1e-2))
        if variance_change < TOLERANCE and tilt_change < COARSE and round_number > 1:
            settled = True
            break
    optimum = maximise(
        likelihood,
        start=start,
        tolerance=model.tolerance,
        maximum_iterations=model.maximum_iterations,
        progress=progress,
    )
    spread = uncertainty(likelihood, likelihood.point(optimum.point), optimum.evaluation.totals)
    finished = Optimum(
        point=optimum.point,
        evaluation=optimum.evaluation,
        converged=optimum.converged and settled,
        iterations=iterations + optimum.iterations,
    )
    spread = with_variances_estimated(likelihood, optimum, spread)
    return CrossedOptimum(optimum=finished, spread=spread, notes=_notes(likelihood))


def _notes(likelihood: Likelihood) -> tuple[str, ...]:
    return tuple(
        f"The elements of {name} do not differ more than chance: their variance was estimated as zero."
        for name, variance in likelihood.variances.items()
        if variance < 1e-4
    )


def _update_variances(
    likelihood: Likelihood, optimum: Optimum, curvature: Floats, history: dict[str, list[tuple[float, float]]]
) -> float:
    """Move each variance to where the slope of L vanishes; return the largest change of a logarithm.

    The fixed point (sum of squared modes) / (J - sum of posterior variances / s²) is Harville's (1977) and Schall's
    (1991), with the slope of log |H| through the modes added; secant steps on the logarithm make it fast.
    """
    point = likelihood.point(optimum.point)
    spread = uncertainty(likelihood, point, optimum.evaluation.totals)
    largest = 0.0
    for term in likelihood.design.terms:
        if not term.random:
            continue
        old = likelihood.variances[term.name]
        modes = optimum.point[term.stretch]
        through = _slope_through_modes(likelihood, optimum, curvature, term.name)
        freedom = term.size - float(spread.effects[term.stretch].sum()) / old
        new = max(float(modes @ modes) + 2.0 * old * through, 1e-12) / max(freedom, 1e-3 * term.size)
        moved = _accelerated(np.log(old), np.log(max(new, SMALLEST_VARIANCE)), history[term.name])
        new = float(np.clip(np.exp(moved), max(old / 8.0, SMALLEST_VARIANCE), min(old * 8.0, LARGEST_VARIANCE)))
        likelihood.variances[term.name] = new
        if new > 1e-5:
            largest = max(largest, abs(float(np.log(new / old))))
    return largest


def _accelerated(old: float, proposed: float, history: list[tuple[float, float]]) -> float:
    """A secant step towards the fixed point of the map old → proposed."""
    history.append((old, proposed - old))
    if len(history) < 2:
        return proposed
    (earlier, earlier_gap), (_, gap) = history[-2:]
    if abs(earlier_gap - gap) < 1e-9 or abs(old - earlier) < 1e-9:
        return proposed
    rate = (gap - earlier_gap) / (old - earlier)
    if rate >= -0.05:
        return old + 2.0 * gap
    return old - gap / rate


def _determinant_along(likelihood: Likelihood, optimum: Optimum, curvature: Floats, direction: Floats) -> float:
    """½ log |H| after a small move of psi along a direction, the random effects following to their new mode."""
    vector = optimum.point + direction
    vector = vector + _modes_follow(likelihood, likelihood(vector), curvature)
    totals = likelihood(vector).totals
    return 0.5 * log_determinant(likelihood, likelihood.point(vector), totals)


def random_curvature(likelihood: Likelihood, optimum: Optimum) -> Floats:
    """Inverse information of the random effects at the optimum (its diagonal where the whole is large)."""
    ridge = likelihood.ridge()
    drawn = np.flatnonzero(ridge > 0)
    if fits(likelihood):
        information = likelihood.information(likelihood.point(optimum.point))[np.ix_(drawn, drawn)]
        return np.asarray(np.linalg.inv(information))
    totals = optimum.evaluation.totals
    return np.asarray(1.0 / np.maximum(totals.information - totals.schur + ridge, 1e-9)[drawn])


def _modes_follow(likelihood: Likelihood, moved: Evaluation, curvature: Floats) -> Floats:
    """Step of the random effects alone towards their mode after psi has moved a little."""
    drawn = np.flatnonzero(likelihood.ridge() > 0)
    gradient = moved.gradient[drawn] - (likelihood.tilt[drawn] if likelihood.tilt.size else 0.0)
    step = np.zeros(moved.gradient.size)
    step[drawn] = curvature @ gradient if curvature.ndim > 1 else curvature * gradient
    return step


def _slope_through_modes(likelihood: Likelihood, optimum: Optimum, curvature: Floats, name: str) -> float:
    """Slope of -½ log |H| in the logarithm of a variance that comes through the modes, the prior's own part left
    out."""
    if likelihood.variances[name] < 1e-4:
        return 0.0
    values = []
    for sign in (-1.0, 1.0):
        factor = float(np.exp(sign * DIFFERENCE))
        kept = dict(likelihood.variances)
        likelihood.variances[name] *= factor
        moved = likelihood(optimum.point)
        step = _modes_follow(likelihood, moved, curvature)
        likelihood.variances.update(kept)
        vector = optimum.point + step
        values.append(0.5 * log_determinant(likelihood, likelihood.point(vector), likelihood(vector).totals))
    slope = -(values[1] - values[0]) / (2.0 * DIFFERENCE)
    return slope if np.isfinite(slope) else 0.0


def update_tilt(likelihood: Likelihood, optimum: Optimum, curvature: Floats, *, sign: float = -1.0) -> float:
    """Set the tilt to the slope of ``sign`` × ½ log |H| at the optimum; return how far it would move the parameters."""
    tilt = np.zeros(optimum.point.size)
    for direction in scale_directions(likelihood, optimum.point):
        length = float(np.linalg.norm(direction))
        step = direction * (DIFFERENCE / length)
        above = _determinant_along(likelihood, optimum, curvature, step)
        rise = above - _determinant_along(likelihood, optimum, curvature, -step)
        # Where the information is not positive (hardly any data) there is nothing to correct by.
        if np.isfinite(rise):
            tilt += sign * (rise / (2.0 * DIFFERENCE)) * direction / length
    old = likelihood.tilt if likelihood.tilt.size else np.zeros(tilt.size)
    likelihood.tilt = tilt
    likelihood(optimum.point)
    return float(np.abs(optimum.evaluation.newton(tilt - old)).max(initial=0.0))


def scale_directions(likelihood: Likelihood, vector: Floats) -> list[Floats]:
    """Orthogonal directions that stretch or shrink the logits: steps, spread of fixed terms, deviation of ratees."""
    size = likelihood.design.effect_count
    directions = []
    free = np.flatnonzero(likelihood.free_steps.ravel()) + size
    if free.size <= MOST_DIRECTIONS:
        for place in free:
            unit = np.zeros(vector.size)
            unit[place] = 1.0
            directions.append(unit)
    else:
        stretch = np.zeros(vector.size)
        stretch[free] = vector[free]
        directions.append(stretch)
    for term in likelihood.design.terms:
        spread = np.zeros(vector.size)
        spread[term.stretch] = np.where(likelihood.design.free[term.stretch], vector[term.stretch], 0.0)
        if not term.random and float(np.abs(spread).max(initial=0.0)) > 1e-3:
            directions.append(spread)
    if likelihood.free_mean:
        unit = np.zeros(vector.size)
        unit[-1] = 1.0
        directions.append(unit)
    return directions
