"""Ratings with known truth, for tests and benchmarks."""

from dataclasses import dataclass

import numpy as np
import polars as pl

STEPS = np.array([-1.5, -0.5, 0.5, 1.5])


@dataclass(frozen=True)
class Simulated:
    frame: pl.DataFrame
    ratees: np.ndarray
    raters: np.ndarray
    items: np.ndarray


def assign_raters(generator: np.random.Generator, *, ratees: int, raters: int, each: int) -> np.ndarray:
    """Raters of each ratee (ratees × each), all different, loads equal to within one."""
    deck = np.resize(np.arange(raters), ratees * each)
    generator.shuffle(deck)
    assigned = deck.reshape(ratees, each)
    for _ in range(100_000):
        ordered = np.sort(assigned, axis=1)
        wrong = np.flatnonzero((np.diff(ordered, axis=1) == 0).any(axis=1))
        if not wrong.size:
            return assigned
        for ratee in wrong:
            other, a, b = generator.integers(ratees), generator.integers(each), generator.integers(each)
            assigned[ratee, a], assigned[other, b] = assigned[other, b], assigned[ratee, a]
    raise AssertionError("no assignment found")


def simulate(
    seed: int,
    *,
    ratees: int = 100,
    raters: int = 20,
    each: int = 3,
    items: int = 4,
    ratee_sd: float = 1.2,
    rater_sd: float = 0.6,
    steps: np.ndarray = STEPS,
) -> Simulated:
    """Rating-scale ratings: each ratee rated on all items by ``each`` raters."""
    generator = np.random.default_rng(seed)
    theta = generator.normal(0.0, ratee_sd, ratees)
    rho = generator.normal(0.0, rater_sd, raters)
    beta = np.linspace(-1.0, 1.0, items) if items > 1 else np.zeros(1)
    assigned = assign_raters(generator, ratees=ratees, raters=raters, each=each)
    person = np.repeat(np.arange(ratees), each * items)
    rater = np.repeat(assigned.ravel(), items)
    item = np.tile(np.arange(items), ratees * each)
    logits = theta[person] - rho[rater] - beta[item]
    heights = logits[:, None] * np.arange(steps.size + 1) - np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(heights - heights.max(axis=1, keepdims=True))
    below = np.cumsum(chances, axis=1) / chances.sum(axis=1, keepdims=True)
    score = (generator.random(person.size)[:, None] > below[:, :-1]).sum(axis=1)
    frame = pl.DataFrame({"person": person, "rater": rater, "item": item, "score": score})
    return Simulated(frame=frame, ratees=theta, raters=rho, items=beta)
