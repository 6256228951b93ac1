"""The information on the few parameters that all ratings share: steps, short facets, mean and deviation of the ratees.

Its columns are differences of the gradient of the marginal likelihood, one pass over the data each, so nothing is left
out: neither the uncertainty of the ratees nor that of the long facets, which is eliminated by a Schur complement.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prowess.measurement.blocks import Point, Totals
from prowess.measurement.constraints import constrained_inverse
from prowess.measurement.design import Flags, Floats
from prowess.measurement.likelihood import Likelihood

MOST_COLUMNS = 40
MANY_RATINGS = 100_000
STEP = 1e-3
PROBES = 2


@dataclass(frozen=True, kw_only=True)
class Structure:
    """``places`` in the vector of parameters, their ``covariance``, and how the other effects move with them."""

    places: npt.NDArray[np.int64]
    covariance: Floats
    moves: Floats

    def passed_on(self) -> Floats:
        """Variance that each effect takes over from the structural parameters."""
        return np.asarray(np.einsum("ep,pq,eq->e", self.moves, self.covariance, self.moves, optimize=True))


def structural_places(likelihood: Likelihood, point: Point) -> npt.NDArray[np.int64]:
    """The free steps, mean and deviation, and in smaller sets the effects of the shortest facets.

    Empty when there are too many steps.
    """
    size = likelihood.design.effect_count
    free = likelihood.free_parameters(point)
    places = np.flatnonzero(free[size:]) + size
    if places.size > MOST_COLUMNS:
        return np.empty(0, dtype=np.int64)
    if int(likelihood.design.start[-1]) > MANY_RATINGS:
        return places
    for term in sorted(likelihood.design.terms, key=lambda term: term.size):
        own = np.flatnonzero(free[term.stretch]) + term.first
        if places.size + own.size > MOST_COLUMNS:
            break
        places = np.concatenate([own, places])
    return np.sort(places)


def structure(
    likelihood: Likelihood,
    point: Point,
    totals: Totals,
    places: npt.NDArray[np.int64],
    *,
    solve: Callable[[Floats, Flags], Floats],
) -> Structure:
    """Covariance of the parameters at ``places``, the others eliminated; ``totals`` are the sums at the point.

    ``solve`` (vector, effects) multiplies by the inverse information of these effects.
    """
    size = likelihood.design.effect_count
    others = likelihood.design.free.copy()
    others[places[places < size]] = False
    columns = _columns(likelihood, point, totals, [_unit(place, size=_length(point)) for place in places])
    moves = np.zeros((size, places.size))
    inside = columns[places]
    if others.any():
        for p in range(places.size):
            moves[:, p] = solve(np.where(others, columns[:size, p], 0.0), others)
        inside = inside - columns[:size].T @ moves
    rows = likelihood.projection.orthonormal()[:, places[places < size]]
    rows = np.hstack([rows, np.zeros((rows.shape[0], places.size - rows.shape[1]))])
    rows = rows[np.abs(rows).max(axis=1, initial=0.0) > 0]
    covariance = constrained_inverse(0.5 * (inside + inside.T), rows)
    return Structure(places=places, covariance=covariance, moves=moves)


def step_covariances(likelihood: Likelihood, point: Point, totals: Totals) -> Floats:
    """Covariance of each set of cumulated steps (groups × categories × categories) where there are many sets.

    All sets are moved at once with random signs: what comes back to a set beside its own answer cancels on average
    (Bekas, Kokiopoulou and Saad 2007). The effect of the element that has the steps is moved with them.
    """
    groups, categories = likelihood.free_steps.shape
    size, length = likelihood.design.effect_count, _length(point)
    step_facet = likelihood.design.model.step_facet
    term = next(
        (t for t in likelihood.design.terms if step_facet and t.facets == (_name(likelihood, step_facet),)), None
    )
    width = categories + 1
    blocks = np.zeros((groups, width, width))
    generator = np.random.default_rng(20261101)
    for _ in range(PROBES):
        signs = generator.choice([-1.0, 1.0], size=groups)
        directions = []
        for k in range(width):
            direction = np.zeros(length)
            if k < categories:
                direction[size:-2].reshape(groups, categories)[:, k] = signs * likelihood.free_steps[:, k]
            elif term is not None:
                direction[term.stretch] = signs * likelihood.design.free[term.stretch]
            directions.append(direction)
        columns = _columns(likelihood, point, totals, directions)
        for k in range(width):
            blocks[:, :categories, k] += signs[:, None] * columns[size:-2, k].reshape(groups, categories)
            if term is not None:
                blocks[:, categories, k] += signs * columns[term.stretch, k]
    return _inverses(0.5 * (blocks + blocks.transpose(0, 2, 1)) / PROBES, likelihood, with_effect=term is not None)


def _inverses(blocks: Floats, likelihood: Likelihood, *, with_effect: bool) -> Floats:
    groups, categories = likelihood.free_steps.shape
    inverses = np.zeros((groups, categories, categories))
    for g in range(groups):
        used = np.flatnonzero(np.append(likelihood.free_steps[g], with_effect))
        inverse = np.zeros((categories + 1, categories + 1))
        inverse[np.ix_(used, used)] = constrained_inverse(blocks[g][np.ix_(used, used)], np.zeros((0, used.size)))
        inverses[g] = inverse[:categories, :categories]
    return inverses


def _name(likelihood: Likelihood, facet: str) -> str:
    return likelihood.design.table.facet(facet)


def _length(point: Point) -> int:
    return int(point.effects.size + point.cumulated.size + 2)


def _unit(place: int, *, size: int) -> Floats:
    unit = np.zeros(size)
    unit[place] = 1.0
    return unit


def _columns(likelihood: Likelihood, point: Point, totals: Totals, directions: list[Floats]) -> Floats:
    """Information × each direction; the blocks are left as they were at the point."""
    size = point.effects.size
    ridge = likelihood.ridge()
    base = _gradient(point, totals)
    columns = np.empty((base.size, len(directions)))
    for at, direction in enumerate(directions):
        moved = _moved(point, STEP * direction)
        columns[:, at] = (base - _gradient(moved, likelihood.blocks.evaluate(moved))) / STEP
        columns[:size, at] += ridge * direction[:size]
    likelihood.blocks.evaluate(point)
    return columns


def _moved(point: Point, change: Floats) -> Point:
    size = point.effects.size
    return Point(
        effects=point.effects + change[:size],
        cumulated=point.cumulated + change[size:-2].reshape(point.cumulated.shape),
        mean=point.mean + float(change[-2]),
        sigma=point.sigma * float(np.exp(change[-1])),
    )


def _gradient(point: Point, totals: Totals) -> Floats:
    """Slope of the log-likelihood but for a constant."""
    ends = [totals.sums[1] * point.precision, totals.sums[2] * point.precision - totals.sums[4]]
    return np.concatenate([totals.expected, totals.category_expected.ravel(), ends])
