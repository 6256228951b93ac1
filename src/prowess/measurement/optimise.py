"""Maximisation by limited-memory quasi-Newton steps on top of a good approximate Newton step."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from prowess.measurement.blocks import Totals
from prowess.measurement.design import Floats

MEMORY = 10
LONGEST_STEP = 2.0
NEAR = 1e-2


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Height and gradient of the function at a point, and the approximate Newton step for a gradient there."""

    value: float
    gradient: Floats
    newton: Callable[[Floats], Floats]
    totals: Totals


@dataclass(frozen=True, kw_only=True)
class Optimum:
    """Where the search ended."""

    point: Floats
    evaluation: Evaluation
    converged: bool
    iterations: int


Progress = Callable[[int, float], None]


def maximise(
    function: Callable[[Floats], Evaluation],
    *,
    start: Floats,
    tolerance: float,
    maximum_iterations: int,
    progress: Progress | None = None,
) -> Optimum:
    """Climb from ``start`` until the step is shorter than ``tolerance`` in every coordinate.

    L-BFGS (Nocedal and Wright 2006, algorithm 7.4) whose initial matrix is the problem's own approximate inverse
    information, so that few passes over the data are needed even where that approximation leaves couplings out.
    """
    point, here = start, function(start)
    memory: deque[tuple[Floats, Floats]] = deque(maxlen=MEMORY)
    previous = np.inf
    for iteration in range(1, maximum_iterations + 1):
        step = _direction(here, memory)
        longest = float(np.abs(step).max(initial=0.0))
        if not np.isfinite(longest):
            return Optimum(point=point, evaluation=here, converged=False, iterations=iteration)
        if progress is not None:
            progress(iteration, longest)
        if longest < tolerance:
            return Optimum(point=point, evaluation=here, converged=True, iterations=iteration)
        if longest < NEAR and longest * (longest / previous) < 0.1 * tolerance:
            # The steps shrink so fast that the next would be below the tolerance: this one is the last.
            return Optimum(point=point + step, evaluation=function(point + step), converged=True, iterations=iteration)
        previous = longest
        step = step * min(1.0, LONGEST_STEP / longest)
        moved = _search(function, point, here, step)
        if moved is None:
            if memory:
                memory.clear()
                continue
            return Optimum(point=point, evaluation=here, converged=longest < 1e3 * tolerance, iterations=iteration)
        new_point, there = moved
        change, bend = new_point - point, here.gradient - there.gradient
        if float(change @ bend) > 1e-12 * float(np.linalg.norm(change) * np.linalg.norm(bend)):
            memory.append((change, bend))
        point, here = new_point, there
    return Optimum(point=point, evaluation=here, converged=False, iterations=maximum_iterations)


def _direction(here: Evaluation, memory: deque[tuple[Floats, Floats]]) -> Floats:
    remaining = here.gradient.copy()
    shares = []
    for change, bend in reversed(memory):
        share = float(change @ remaining) / float(change @ bend)
        remaining -= share * bend
        shares.append(share)
    step = here.newton(remaining)
    for (change, bend), share in zip(memory, reversed(shares), strict=True):
        step += (share - float(bend @ step) / float(change @ bend)) * change
    return step if float(step @ here.gradient) > 0 else here.newton(here.gradient)


def _search(
    function: Callable[[Floats], Evaluation], point: Floats, here: Evaluation, step: Floats
) -> tuple[Floats, Evaluation] | None:
    slack = 1e-10 * abs(here.value) + 1e-9
    rise = float(step @ here.gradient)
    length = 1.0
    for _ in range(6):
        candidate = point + length * step
        there = function(candidate)
        if np.isfinite(there.value) and there.value >= here.value + 1e-4 * length * rise - slack:
            return candidate, there
        length *= 0.3
    return None
