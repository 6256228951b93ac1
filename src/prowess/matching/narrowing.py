"""Which competencies an optimal profile can hold at all: bounds that spare the exact search nearly all of them.

A good set is found first (greedy steps, then exchanges). Then the rule that each statement is covered by one
competency a slot is priced instead of enforced (Lagrangian relaxation, with subgradient steps after Polyak 1969). For
any prices this gives an upper bound for every set that holds a given competency (Cornuéjols, Fisher & Nemhauser 1977,
"Location of bank accounts to optimize float"). A competency whose bound lies below the set that is known is in no
optimal set. Nothing that an optimal set holds is ever lost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = 80
FEW = 16
_LOOK_EVERY = 20
_SAFETY = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a set is worth: ``own`` of each member, and for each statement its best and second best ``gain``.

    ``gain`` is statements × competencies; the second best counts ``second``. Between ``least`` and ``most`` members,
    all of ``core`` (true for those), none of whose members are ``apart`` (competencies × competencies).
    """

    own: Floats
    gain: Floats
    second: float
    least: int
    most: int
    core: NDArray[np.bool_]
    apart: dict[int, set[int]]

    def worth(self, chosen: list[int]) -> float:
        """The worth of a set."""
        if not chosen:
            return 0.0
        ordered = np.sort(self.gain[:, chosen], axis=1)[:, ::-1]
        second = self.second * ordered[:, 1].sum() if len(chosen) > 1 else 0.0
        return float(self.own[chosen].sum() + ordered[:, 0].sum() + second)

    def worth_with_each(self, chosen: list[int]) -> Floats:
        """The worth of a set with each competency added in turn."""
        best, next_best = _two_best(self.gain[:, chosen], rows=self.gain.shape[0])
        first = np.maximum(self.gain, best[:, None])
        second = np.maximum(np.minimum(self.gain, best[:, None]), next_best[:, None])
        base = float(self.own[chosen].sum()) if chosen else 0.0
        return np.asarray(base + self.own + (first + self.second * second).sum(axis=0), dtype=np.float64)

    def closed_to(self, chosen: list[int]) -> list[int]:
        """Competencies that cannot be added: members, and those that must not stand beside one."""
        return [*chosen, *(other for member in chosen for other in self.apart.get(member, ()))]


def possible_members(objective: Objective) -> NDArray[np.bool_]:
    """True for each competency that may be in an optimal set; all of them where no allowed set is found quickly."""
    known = _good_set(objective)
    if known is None:
        return np.ones(len(objective.own), dtype=bool)
    floor = objective.worth(known)
    prices = _first_prices(objective, known)
    kept = np.ones(len(objective.own), dtype=bool)
    pace, lowest, since = 1.0, np.inf, 0
    for step in range(STEPS):
        bound, slope, with_each = _relaxed(objective, prices)
        kept &= with_each >= floor - _SAFETY
        since = 0 if bound < lowest - 1e-7 else since + 1
        lowest = min(lowest, bound)
        steepness = float((slope**2).sum())
        if steepness == 0 or bound - floor < _SAFETY or (step % _LOOK_EVERY == 0 and kept.sum() <= FEW):
            break
        pace = pace / 2 if since >= 8 else pace
        since = 0 if since >= 8 else since
        prices = np.maximum(0.0, prices - pace * (bound - floor) / steepness * slope)
    return np.asarray(kept | objective.core)


def _two_best(gain: Floats, *, rows: int) -> tuple[Floats, Floats]:
    """The best and second best of each statement; zero where there are fewer."""
    padded = np.concatenate([np.zeros((rows, 2)), gain], axis=1)
    ordered = np.partition(padded, padded.shape[1] - 2, axis=1)
    return ordered[:, -1], ordered[:, -2]


def _good_set(objective: Objective) -> list[int] | None:
    """Greedy steps from the core, then the best exchange until none is left; None where the least size is not met."""
    chosen = [int(n) for n in np.flatnonzero(objective.core)]
    while len(chosen) < objective.most:
        worths = objective.worth_with_each(chosen)
        worths[objective.closed_to(chosen)] = -np.inf
        best = int(worths.argmax())
        enough = len(chosen) >= objective.least
        if worths[best] == -np.inf or (enough and worths[best] <= objective.worth(chosen)):
            break
        chosen.append(best)
    if len(chosen) < objective.least:
        return None
    while (better := _best_exchange(objective, chosen)) is not None:
        chosen = better
    return chosen


def _best_exchange(objective: Objective, chosen: list[int]) -> list[int] | None:
    now, found = objective.worth(chosen) + _SAFETY, None
    for member in chosen:
        if objective.core[member]:
            continue
        others = [other for other in chosen if other != member]
        worths = objective.worth_with_each(others)
        worths[objective.closed_to(others)] = -np.inf
        best = int(worths.argmax())
        if worths[best] > now:
            now, found = float(worths[best]) + _SAFETY, [*others, best]
    return found


def _first_prices(objective: Objective, known: list[int]) -> Floats:
    """What each slot of each statement earns in the known set: shape (2, statements)."""
    best, next_best = _two_best(objective.gain[:, known], rows=objective.gain.shape[0])
    return np.stack([0.9 * best, 0.9 * objective.second * next_best])


def _relaxed(objective: Objective, prices: Floats) -> tuple[float, Floats, Floats]:
    """The bound at these prices, its slope, and the bound for the sets that hold each competency."""
    first = objective.gain - prices[0][:, None]
    second = objective.second * objective.gain - prices[1][:, None]
    value = objective.own + np.maximum(0.0, np.maximum(first, second)).sum(axis=0)
    free = np.where(objective.core, -np.inf, value)
    room = objective.most - int(objective.core.sum())
    order = np.argsort(-free, kind="stable")[: max(0, room)]
    needed = objective.least - int(objective.core.sum())
    taken = [int(n) for place, n in enumerate(order) if free[n] > -np.inf and (place < needed or free[n] > 0)]
    members = [*map(int, np.flatnonzero(objective.core)), *taken]
    bound = float(prices.sum() + value[members].sum())
    last = float(value[taken[-1]]) if taken else 0.0
    with_each = bound + value - (last if len(members) >= objective.most else min(0.0, last))
    with_each[members] = bound
    if room <= 0:
        with_each[~objective.core] = -np.inf
    here, there = first[:, members], second[:, members]
    uses_first = ((here > 0) & (here >= there)).sum(axis=1)
    uses_second = ((there > 0) & (there > here)).sum(axis=1)
    return bound, np.stack([1.0 - uses_first, 1.0 - uses_second]), with_each
