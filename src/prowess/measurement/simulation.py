"""Rating-scale ratings with known truth, to try analyses on before trusting them with real ratings.

A rating of ratee n by rater j on item i falls into category k with probability proportional to
exp(sum over h up to k of (theta_n - beta_i - rho_j - tau_h)): the many-facet rating scale model (Linacre 1989).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from prowess.framework.errors import InputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CHUNK = 1_000_000
STEP_SPACING = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationPlan:
    """What to simulate. Standard deviations are in logits; items are spread evenly over ± ``item_spread``.

    ``raters_per_ratee`` different raters rate each ratee on every item; the raters' loads are level. ``missing`` is
    the share of ratings left out at random. ``steps`` are the thresholds between neighbouring categories; by default
    one logit apart around zero.
    """

    ratees: int = 500
    raters: int = 20
    items: int = 8
    raters_per_ratee: int = 3
    categories: int = 5
    lowest: int = 1
    ratee_sd: float = 1.2
    rater_sd: float = 0.6
    item_spread: float = 1.2
    missing: float = 0.0
    steps: tuple[float, ...] | None = None
    seed: int = 1


@dataclass(frozen=True)
class SimulatedRatings:
    """The ratings (columns ratee, rater, item, score) and the measures they were made from."""

    ratings: pl.DataFrame
    ratees: Floats
    severities: Floats
    difficulties: Floats
    steps: Floats

    def truth(self) -> dict[str, object]:
        """The true measures by element name, for a JSON file."""
        return {
            "ratee": dict(zip(_names("P", self.ratees.size), self.ratees.tolist(), strict=True)),
            "rater": dict(zip(_names("R", self.severities.size), self.severities.tolist(), strict=True)),
            "item": dict(zip(_names("I", self.difficulties.size), self.difficulties.tolist(), strict=True)),
            "steps": self.steps.tolist(),
        }


def simulate_ratings(plan: SimulationPlan | None = None) -> SimulatedRatings:
    """Ratings after ``plan``; the same plan gives the same ratings.

    Raises `InputError` for numbers that make no design.
    """
    chosen = plan or SimulationPlan()
    _check(chosen)
    generator = np.random.default_rng(chosen.seed)
    ratees = generator.normal(0.0, chosen.ratee_sd, chosen.ratees)
    severities = _centred(generator.normal(0.0, chosen.rater_sd, chosen.raters))
    difficulties = (
        np.linspace(-chosen.item_spread, chosen.item_spread, chosen.items) if chosen.items > 1 else np.zeros(1)
    )
    steps = np.array(chosen.steps) if chosen.steps is not None else _even_steps(chosen.categories)
    panels = assign_raters(chosen.ratees, raters=chosen.raters, each=chosen.raters_per_ratee, generator=generator)
    person = np.repeat(np.arange(chosen.ratees), chosen.raters_per_ratee * chosen.items)
    rater = np.repeat(panels.ravel(), chosen.items)
    item = np.tile(np.arange(chosen.items), chosen.ratees * chosen.raters_per_ratee)
    kept = generator.random(person.size) >= chosen.missing
    person, rater, item = person[kept], rater[kept], item[kept]
    score = draw_scores(ratees[person] - severities[rater] - difficulties[item], steps=steps, generator=generator)
    return SimulatedRatings(
        ratings=_frame(chosen, person, rater, item, score + chosen.lowest),
        ratees=ratees,
        severities=severities,
        difficulties=difficulties,
        steps=steps,
    )


def assign_raters(ratees: int, *, raters: int, each: int, generator: np.random.Generator) -> Integers:
    """``each`` different raters for every ratee (ratees by each), every rater with about the same load."""
    deck = np.resize(np.arange(raters), ratees * each)
    generator.shuffle(deck)
    panels: Integers = deck.reshape(ratees, each).astype(np.int64)
    while True:
        ordered = np.sort(panels, axis=1)
        twice = (np.diff(ordered, axis=1) == 0).any(axis=1)
        if not twice.any():
            return panels
        panels[twice] = generator.integers(0, raters, (int(twice.sum()), each))


def draw_scores(location: Floats, *, steps: Floats, generator: np.random.Generator) -> Integers:
    """A category from zero for every location (ratee minus everything that lowers ratings), in logits."""
    categories = np.arange(steps.size + 1)
    passed = np.concatenate([[0.0], np.cumsum(steps)])
    scores = np.empty(location.size, dtype=np.int64)
    for start in range(0, location.size, CHUNK):
        part = slice(start, start + CHUNK)
        exponent = location[part].reshape(-1, 1) * categories - passed
        weight = np.exp(exponent - exponent.max(axis=1, keepdims=True))
        below = np.cumsum(weight, axis=1)
        drawn = generator.random((below.shape[0], 1)) * below[:, -1:]
        scores[part] = (drawn > below).sum(axis=1)
    return scores


def _frame(plan: SimulationPlan, person: Integers, rater: Integers, item: Integers, score: Integers) -> pl.DataFrame:
    columns = {
        "ratee": _series("P", person, count=plan.ratees),
        "rater": _series("R", rater, count=plan.raters),
        "item": _series("I", item, count=plan.items),
        "score": pl.Series(score),
    }
    return pl.DataFrame(columns)


def _series(letter: str, codes: Integers, *, count: int) -> pl.Series:
    return pl.Series(_names(letter, count)).gather(pl.Series(codes))


def _names(letter: str, count: int) -> list[str]:
    width = len(str(count))
    return [f"{letter}{place + 1:0{width}d}" for place in range(count)]


def _centred(values: Floats) -> Floats:
    return np.asarray(values - values.mean())


def _even_steps(categories: int) -> Floats:
    places = np.arange(categories - 1, dtype=np.float64)
    return np.asarray(STEP_SPACING * (places - places.mean()))


def _check(plan: SimulationPlan) -> None:
    for name in ("ratees", "raters", "items", "raters_per_ratee"):
        if getattr(plan, name) < 1:
            raise InputError(f"{name} is {getattr(plan, name)}.", place=name, remedy="Give a number from 1 up.")
    if plan.raters_per_ratee > plan.raters:
        message = f"{plan.raters_per_ratee} different raters for each ratee cannot come from {plan.raters} raters."
        raise InputError(message, place="raters_per_ratee", remedy="Give more raters, or fewer for each ratee.")
    if plan.categories < 2 or (plan.steps is not None and len(plan.steps) != plan.categories - 1):
        given = "" if plan.steps is None else f" and {len(plan.steps)} steps"
        message = f"There are {plan.categories} categories{given}."
        raise InputError(message, place="categories", remedy="A scale has two categories or more, and one step fewer.")
    if not 0.0 <= plan.missing < 1.0 or min(plan.ratee_sd, plan.rater_sd) < 0:
        message = "The share of missing ratings is no share, or a standard deviation is negative."
        raise InputError(message, remedy="Give a share from 0 to below 1 and standard deviations of zero or more.")
