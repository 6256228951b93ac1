"""Do the 95 % intervals hold the truth 95 times in 100? Bias and coverage over simulated data sets.

    python benchmarks/measurement/interval_coverage.py [--sets 1000]

Each set has ratings on five categories with known truth: 3 raters a person throughout; 5 or more ratings a rater.
Goal: between 93 and 97 %.
"""

import argparse
from dataclasses import dataclass

import numpy as np
import polars as pl

from prowess.measurement import ModelSpecification, RatingTable, fit

STEPS = np.array([-1.5, -0.5, 0.5, 1.5])
RATERS_A_PERSON = 3


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
    Design("fixed raters, 60 ratings each", 100, 20, 4, random=False),
    Design("fixed raters, 20 ratings each", 100, 60, 4, random=False),
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


def main() -> None:
    """Print, for each design, bias of person measures and coverage for persons and raters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=1000)
    sets = parser.parse_args().sets
    print(f"{'design':45}{'bias':>8}{'persons':>10}{'raters':>10}{'not converged':>15}")
    for design in DESIGNS:
        model = ModelSpecification(random=("rater",) if design.random else ())
        bias, held_persons, held_raters, stuck = [], [], [], 0
        for seed in range(sets):
            frame, persons, raters = simulated(design, seed)
            result = fit(RatingTable.read(frame, ratee="person", rater="rater", item="item"), model)
            stuck += not result.converged
            found = result.measures["person"]
            bias.append(np.nanmean(found.measure - persons))
            held_persons.append(np.nanmean(np.abs(found.measure - persons) < 1.96 * found.error))
            found = result.measures["rater"]
            truth = raters if design.random else raters - raters.mean()
            held_raters.append(np.mean((np.abs(found.measure - truth) < 1.96 * found.error)[~found.extreme]))
        shares = f"{np.mean(bias):8.3f}{np.mean(held_persons):10.1%}{np.nanmean(held_raters):10.1%}"
        print(f"{design.name:45}{shares}{stuck:15d}", flush=True)


if __name__ == "__main__":
    main()
