"""A calibrated bank of items: difficulties, steps, content areas, and what an item costs to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prowess.framework.errors import InputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class ItemBank:
    """Items with measures in logits and their own or shared steps.

    ``names`` (items), ``difficulty`` (items), ``steps`` (items by categories minus one; for a rating scale every row
    is the same; shorter scales are padded with infinity), ``area`` (the content area or competency of each item).
    """

    names: tuple[str, ...]
    difficulty: Floats
    steps: Floats
    area: tuple[str, ...]

    @classmethod
    def of(
        cls,
        difficulty: ArrayLike,
        *,
        steps: ArrayLike | Sequence[ArrayLike],
        names: Sequence[str] | None = None,
        area: Sequence[str] | None = None,
    ) -> "ItemBank":
        """A bank from difficulties and either one set of steps for all items or a row of steps for each.

        Raises `InputError` for lengths that do not fit or numbers that are not finite.
        """
        measures = np.atleast_1d(np.asarray(difficulty, dtype=np.float64))
        table = _step_table(steps, items=measures.size)
        labels = tuple(names) if names is not None else tuple(f"item {place + 1}" for place in range(measures.size))
        areas = tuple(area) if area is not None else ("",) * measures.size
        _check(labels, measures, areas)
        return cls(labels, measures, table, areas)

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def categories(self) -> Integers:
        """How many categories each item has."""
        return np.asarray(np.isfinite(self.steps).sum(axis=1) + 1, dtype=np.int64)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The content areas in order of appearance."""
        return tuple(dict.fromkeys(self.area))

    @cached_property
    def area_code(self) -> Integers:
        """The place of each item's area in ``areas``."""
        return np.array([self.areas.index(name) for name in self.area], dtype=np.int64)

    def place(self, name: str) -> int:
        """The position of an item, or an `InputError` that names it."""
        if name not in self._places:
            raise InputError(f"There is no item “{name}” in the bank.", place="item", remedy="Use a name of the bank.")
        return self._places[name]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def probabilities(self, theta: Floats, *, severity: float = 0.0) -> Floats:
        """Probability of each category: items by ``theta`` by categories (zero beyond an item's last category)."""
        location = theta[None, :] - self.difficulty[:, None] - severity
        passed = np.concatenate([np.zeros((len(self), 1)), np.cumsum(self.steps, axis=1)], axis=1)
        exponent = location[:, :, None] * np.arange(passed.shape[1]) - passed[:, None, :]
        weight = np.exp(exponent - exponent.max(axis=2, keepdims=True))
        return np.asarray(weight / weight.sum(axis=2, keepdims=True))

    def information(self, theta: Floats, *, severity: float = 0.0) -> Floats:
        """Fisher information (the variance of the score): items by ``theta``."""
        chance = self.probabilities(theta, severity=severity)
        points = np.arange(chance.shape[2])
        mean = chance @ points
        return np.asarray(chance @ points**2 - mean**2)

    def on_grid(self, grid: Floats, *, severity: float = 0.0) -> tuple[Floats, Floats]:
        """Log probabilities and information over a grid of levels, kept for the next form with this rater."""
        if severity not in self._grids:
            log_chance = np.log(np.maximum(self.probabilities(grid, severity=severity), 1e-300))
            self._grids[severity] = log_chance, self.information(grid, severity=severity)
        return self._grids[severity]

    @cached_property
    def _grids(self) -> dict[float, tuple[Floats, Floats]]:
        return {}


def simulated_bank(
    *,
    items: int = 60,
    areas: int = 5,
    categories: int = 5,
    spread: float = 1.5,
    step_spacing: float = 1.0,
    seed: int = 1,
) -> ItemBank:
    """A bank of normal difficulties with evenly spaced steps; items take their areas in turn."""
    if items < 2 or areas < 1 or categories < 2:
        message = f"A bank of {items} items in {areas} areas with {categories} categories cannot be simulated."
        raise InputError(message, remedy="Give two items or more, one area or more, and two categories or more.")
    generator = np.random.default_rng(seed)
    places = np.arange(categories - 1, dtype=np.float64)
    width = len(str(items))
    return ItemBank.of(
        generator.normal(0.0, spread, items),
        steps=step_spacing * (places - places.mean()),
        names=[f"I{place + 1:0{width}d}" for place in range(items)],
        area=[f"area {place % areas + 1}" for place in range(items)],
    )


def _step_table(steps: ArrayLike | Sequence[ArrayLike], *, items: int) -> Floats:
    rows = [np.asarray(row, dtype=np.float64).ravel() for row in np.atleast_1d(np.asarray(steps, dtype=object))]
    if all(row.size == 1 for row in rows):
        rows = [np.concatenate(rows)] * items
    if len(rows) != items:
        message = f"There are steps for {len(rows)} items and {items} difficulties."
        raise InputError(message, place="steps", remedy="Give one set of steps for all items, or one for each.")
    widest = max(row.size for row in rows)
    if min(row.size for row in rows) < 1 or not all(np.isfinite(row).all() for row in rows):
        raise InputError("An item has no steps, or a step is no number.", place="steps", remedy="Give finite steps.")
    return np.array([np.concatenate([row, np.full(widest - row.size, np.inf)]) for row in rows])


def _check(names: tuple[str, ...], difficulty: Floats, area: tuple[str, ...]) -> None:
    if not difficulty.size or not np.isfinite(difficulty).all():
        raise InputError("A difficulty is missing or no number.", place="measure", remedy="Calibrate every item.")
    if len(names) != difficulty.size or len(area) != difficulty.size:
        message = f"There are {len(names)} names and {len(area)} areas for {difficulty.size} items."
        raise InputError(message, place="bank", remedy="Give one of each for every item.")
    repeated = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if repeated is not None:
        raise InputError(f"The item “{repeated}” stands twice in the bank.", place="item", remedy="Keep one of them.")
