"""Choosing the set of competencies that best covers a job: an integer program, solved exactly with HiGHS.

Let ``a[s, c]`` be how well competency c covers statement s, ``w[s]`` the weight of the statement (they add up to one),
``r[c]`` the score of the competency for the whole job, and x[c] whether it is chosen. The program maximises

    Σ_s w[s] · (best a[s, c] among the chosen + second · second best)  +  whole_job · Σ_c r[c] x[c]  −  cost · Σ_c x[c]

within the size, with core competencies in and at most one of each forbidden pair. A statement that two competencies
share is worth more than one of them alone, with a diminishing return; a competency that adds less than ``cost`` is
left out once the least size is reached.

This is the uncapacitated facility location problem with two slots for each client (Cornuéjols, Nemhauser & Wolsey
1990), whose linear relaxation is tight: it is solved at the root for libraries of thousands.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from prowess.framework.errors import Conflict
from prowess.matching.narrowing import Objective, possible_members

SECOND = 0.3
WHOLE_JOB = 0.03
COST = 0.02
_GRID = 1e-5
"""Objectives that differ by less are ties; ties go to the higher sum of scores, then to the earlier competencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of the objective, relative to a total statement weight of one."""

    second: float = SECOND
    whole_job: float = WHOLE_JOB
    cost: float = COST


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be chosen.

    ``coverage`` is statements × competencies, between 0 and 1, zero where a statement does not call for the
    competency; ``weights`` one a statement, ``scores`` one a competency. ``size`` is the least and the greatest
    number; ``core`` holds competencies that must be in, ``forbidden`` pairs of which at most one may be.
    """

    coverage: NDArray[np.float64]
    weights: NDArray[np.float64]
    scores: NDArray[np.float64]
    size: tuple[int, int]
    core: Collection[int] = ()
    forbidden: Sequence[tuple[int, int]] = ()
    terms: Terms = Terms()

    @property
    def competencies(self) -> int:
        """How many there are to choose from."""
        return int(self.scores.shape[0])


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen competencies in ascending order, and the value of the objective."""

    chosen: tuple[int, ...]
    value: float


def value_of(task: Task, chosen: Collection[int]) -> float:
    """The objective of a set, whether or not it is allowed."""
    columns = sorted(chosen)
    terms = task.terms
    whole = float(terms.whole_job * task.scores[columns].sum() - terms.cost * len(columns)) if columns else 0.0
    if not columns or not task.coverage.shape[0]:
        return whole
    ordered = np.sort(task.coverage[:, columns], axis=1)[:, ::-1]
    covered = ordered[:, 0] + (terms.second * ordered[:, 1] if len(columns) > 1 else 0.0)
    return whole + float(_shares(task.weights) @ covered)


def choose(task: Task) -> Selection:
    """The best allowed set.

    Where forbidden pairs leave no set of the least size, the largest allowed set size below it is taken.

    Raises:
        Conflict: the core holds a forbidden pair, or more than the greatest size.
    """
    _refuse_core(task)
    kept = np.flatnonzero(possible_members(_objective(task)))
    smaller = _restricted(task, kept)
    least, most = min(task.size[0], len(kept)), min(task.size[1], len(kept))
    for smallest in range(least, -1, -1):
        columns = _solve(smaller, least=smallest, most=most)
        if columns is not None:
            chosen = tuple(int(kept[column]) for column in columns)
            return Selection(chosen, value_of(task, chosen))
    raise Conflict("No set of competencies meets these conditions.", remedy="Allow more competencies.")


def _refuse_core(task: Task) -> None:
    core = set(task.core)
    if len(core) > task.size[1]:
        raise Conflict(
            f"{len(core)} core competencies do not fit into a profile of up to {task.size[1]}.",
            remedy="Allow more competencies, or name fewer as core.",
        )
    if any(first in core and second in core for first, second in task.forbidden):
        raise Conflict("Two core competencies must not stand in one profile.", remedy="Name one of them as core.")


def _objective(task: Task) -> Objective:
    apart: dict[int, set[int]] = {}
    for first, second in task.forbidden:
        apart.setdefault(first, set()).add(second)
        apart.setdefault(second, set()).add(first)
    core = np.zeros(task.competencies, dtype=bool)
    core[list(task.core)] = True
    return Objective(
        own=_own_value(task),
        gain=_shares(task.weights)[:, None] * task.coverage,
        second=task.terms.second,
        least=min(task.size[0], task.competencies),
        most=min(task.size[1], task.competencies),
        core=core,
        apart=apart,
    )


def _restricted(task: Task, kept: NDArray[np.intp]) -> Task:
    """The task with only these competencies."""
    place = {int(column): position for position, column in enumerate(kept)}
    return replace(
        task,
        coverage=task.coverage[:, kept],
        scores=task.scores[kept],
        core=[place[column] for column in task.core],
        forbidden=[(place[a], place[b]) for a, b in task.forbidden if a in place and b in place],
    )


def _shares(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    total = float(weights.sum())
    return weights / total if total > 0 else weights


def _solve(task: Task, *, least: int, most: int) -> tuple[int, ...] | None:
    """One solve; None where the conditions contradict each other."""
    statements, columns = np.nonzero(task.coverage > 0)
    count, arcs = task.competencies, len(statements)
    gain = _shares(task.weights)[statements] * task.coverage[statements, columns]
    objective = np.concatenate([_own_value(task), np.tile(gain, 2) * np.repeat([1.0, task.terms.second], arcs)])
    lower = np.zeros(len(objective))
    lower[sorted(set(task.core))] = 1
    result = milp(
        -objective / _GRID,
        integrality=np.concatenate([np.ones(count), np.zeros(2 * arcs)]),
        bounds=Bounds(lower, np.ones(len(objective))),
        constraints=_constraints(task, statements, columns, least=least, most=most),
        options={"mip_rel_gap": 0.0, "presolve": True},
    )
    if result.x is None:
        return None
    return tuple(int(column) for column in np.flatnonzero(np.round(result.x[:count]) > 0))


def _own_value(task: Task) -> NDArray[np.float64]:
    """What a competency is worth by itself, with a share below the grid that settles ties by score, then by place."""
    count = task.competencies
    order = np.lexsort((np.arange(count), -task.scores))
    place = np.empty(count)
    place[order] = np.arange(count)
    tie = 0.5 * _GRID * (1 - place / max(1, count)) / max(1, task.size[1])
    return np.asarray(task.terms.whole_job * task.scores - task.terms.cost + tie, dtype=np.float64)


def _constraints(
    task: Task, statements: NDArray[np.intp], columns: NDArray[np.intp], *, least: int, most: int
) -> list[LinearConstraint]:
    """Size; one competency for each slot of a statement; only chosen ones cover, and fill one slot; forbidden pairs."""
    count, arcs = task.competencies, len(statements)
    width = count + 2 * arcs
    size = coo_array((np.ones(count), (np.zeros(count, dtype=int), np.arange(count))), shape=(1, width))
    found = [LinearConstraint(size.tocsr(), least, most)]
    if arcs:
        slots, first, second = np.arange(arcs), count + np.arange(arcs), count + arcs + np.arange(arcs)
        rows = task.coverage.shape[0]
        once = coo_array(
            (np.ones(2 * arcs), (np.concatenate([statements, rows + statements]), np.concatenate([first, second]))),
            shape=(2 * rows, width),
        )
        only = coo_array(
            (np.repeat([1.0, 1.0, -1.0], arcs), (np.tile(slots, 3), np.concatenate([first, second, columns]))),
            shape=(arcs, width),
        )
        found += [LinearConstraint(once.tocsr(), -np.inf, 1), LinearConstraint(only.tocsr(), -np.inf, 0)]
    if task.forbidden:
        pairs = np.asarray(task.forbidden, dtype=int)
        number = np.arange(len(pairs))
        apart = coo_array((np.ones(2 * len(pairs)), (np.tile(number, 2), pairs.T.ravel())), shape=(len(pairs), width))
        found.append(LinearConstraint(apart.tocsr(), -np.inf, 1))
    return found
