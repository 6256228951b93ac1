"""Do the 95 % intervals hold the truth 95 times in 100? Bias and coverage over simulated data sets.

    python benchmarks/measurement/interval_coverage.py [--sets 1000] [--designs 1,4] [--processes 2]

Each set has ratings on five categories with known truth: 3 raters a person throughout; 5 or more ratings a rater.
Goal: between 93 and 97 %. Raters with the lowest or the highest score only have no estimate, and no interval that could
hold the truth; they are left out where raters are fixed.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from prowess.measurement import ModelSpecification, RatingTable, fit

STEPS = np.array([-1.5, -0.5, 0.5, 1.5])
RATERS_A_PERSON = 3
QUANTILE = 1.96
GOAL = (0.93, 0.97)


@dataclass(frozen=True)
class Design:
    """How many persons, raters and items, and whether raters are random."""

    name: str
    persons: int
    raters: int
    items: int
    random: bool


DESIGNS = (
    Design("random raters, 5 ratings each, 50 persons", 50, 30, 1, random=True),
    Design("random raters, 5 ratings each, 100 persons", 100, 60, 1, random=True),
    Design("random raters, 20 ratings each", 100, 60, 4, random=True),
    Design("fixed raters, 5 ratings each, 50 persons", 50, 30, 1, random=False),
    Design("fixed raters, 5 ratings each, 100 persons", 100, 60, 1, random=False),
    Design("fixed raters, 20 ratings each", 100, 60, 4, random=False),
    Design("fixed raters, 60 ratings each", 100, 20, 4, random=False),
)


def assignment(design: Design, generator: np.random.Generator) -> np.ndarray:
    """Different raters for each person, every rater equally often: shuffled until no person has one twice."""
    cards = np.resize(np.arange(design.raters), design.persons * RATERS_A_PERSON)
    while True:
        generator.shuffle(cards)
        raters = cards.reshape(design.persons, RATERS_A_PERSON).copy()
        for _ in range(1000):
            repeated = [person for person, row in enumerate(raters) if len(set(row)) < RATERS_A_PERSON]
            if not repeated:
                return raters
            for person in repeated:
                other = generator.integers(design.persons)
                a, b = generator.integers(RATERS_A_PERSON, size=2)
                raters[person, a], raters[other, b] = raters[other, b], raters[person, a]


def simulated(design: Design, seed: int) -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    """One set of ratings with the true measures of persons and raters."""
    generator = np.random.default_rng(seed)
    persons, raters = generator.normal(0, 1.2, design.persons), generator.normal(0, 0.6, design.raters)
    items = np.linspace(-1, 1, design.items) if design.items > 1 else np.zeros(1)
    rated = assignment(design, generator)
    person = np.repeat(np.arange(design.persons), RATERS_A_PERSON * design.items)
    rater = np.repeat(rated.ravel(), design.items)
    item = np.tile(np.arange(design.items), design.persons * RATERS_A_PERSON)
    location = persons[person] - raters[rater] - items[item]
    logits = location[:, None] * np.arange(5) - np.concatenate([[0], np.cumsum(STEPS)])
    chances = np.exp(logits - logits.max(1, keepdims=True)).cumsum(1)
    score = (generator.random(len(location))[:, None] > chances / chances[:, -1:]).sum(1)
    return pl.DataFrame({"person": person, "rater": rater, "item": item, "score": score}), persons, raters


def item_difficulties(design: Design) -> np.ndarray:
    """True difficulties, centred."""
    return np.linspace(-1, 1, design.items) if design.items > 1 else np.zeros(1)


def one_set(task: tuple[Design, int]) -> tuple[float, float, float, float, bool]:
    """Bias of the persons and shares of intervals that hold the truth (persons, raters, items) in one set."""
    design, seed = task
    frame, persons, raters = simulated(design, seed)
    model = ModelSpecification(random=("rater",) if design.random else ())
    result = fit(RatingTable.read(frame, ratee="person", rater="rater", item="item"), model)
    truth = {
        "person": persons,
        "rater": raters if design.random else raters - raters.mean(),
        "item": item_difficulties(design),
    }
    held = []
    for facet, true in truth.items():
        found = result.measures[facet]
        measured = np.isfinite(found.error) & ~found.extreme
        inside = np.abs(found.measure - true) < QUANTILE * found.error
        held.append(float(inside[measured].mean()) if measured.any() else np.nan)
    bias = float(np.nanmean(result.measures["person"].measure - persons))
    return bias, *held, result.converged


def main() -> None:
    """Print, for each design, bias of the person measures and coverage for persons, raters and items."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--designs", default=",".join(str(d) for d in range(1, len(DESIGNS) + 1)))
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    print(f"{'design':45}{'bias':>8}{'persons':>10}{'raters':>10}{'items':>10}{'not converged':>15}{'93-97 %':>9}")
    with ProcessPoolExecutor(options.processes) as pool:
        for number in options.designs.split(","):
            design = DESIGNS[int(number) - 1]
            tasks = [(design, seed) for seed in range(options.sets)]
            rows = np.array(list(pool.map(one_set, tasks, chunksize=10)), dtype=float)
            known = [np.nanmean(column) if np.isfinite(column).any() else np.nan for column in rows[:, 1:4].T]
            good = all(GOAL[0] <= share <= GOAL[1] for share in known if np.isfinite(share))
            shares = "".join(f"{share:10.1%}" if np.isfinite(share) else f"{'':>10}" for share in known)
            stuck = int(options.sets - rows[:, 4].sum())
            print(
                f"{design.name:45}{rows[:, 0].mean():8.3f}{shares}{stuck:15d}{'yes' if good else 'NO':>9}", flush=True
            )


if __name__ == "__main__":
    main()
