"""One adaptive form: what is known after the answers so far, which item comes next, and when it is enough.

The posterior of the ratee's level is held on a grid (expected a posteriori; Bock and Mislevy 1982) under a normal
prior. The next item has the largest information about the level, averaged over that posterior (van der Linden 1998)
or at its mean. Content areas are kept at their target shares (the modified constrained method of Kingsbury and
Zara 1989); exposure is limited by choosing at random among the best few, the fewer the further the form has come
(Revuelta and Ponsoda 1998), and by setting aside items that are used up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.adaptive.bank import Floats, Integers, ItemBank

Criterion = Literal["posterior-information", "information", "random", "fixed"]
GRID = np.linspace(-6.0, 6.0, 121)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is known of the ratee before the first answer: a normal distribution in logits."""

    mean: float = 0.0
    sd: float = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """When to stop: precise enough, decided, no more to learn, or long enough.

    ``standard_error`` is the wanted precision in logits; ``cut`` with ``certainty`` stops once the level is above or
    below the cut with that probability; ``least_gain`` stops when no item lowers the standard error by that much.
    """

    standard_error: float | None = 0.4
    minimum: int = 3
    maximum: int = 30
    cut: float | None = None
    certainty: float = 0.95
    least_gain: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """How the next item is chosen. ``shares`` are the wanted shares of the content areas (default: the bank's own)."""

    criterion: Criterion = "posterior-information"
    shares: Mapping[str, float] | None = None
    balance: bool = True
    choose_among: int = 1
    largest_exposure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The level so far: posterior mean and standard deviation in logits, and a 95 % interval."""

    measure: float
    standard_error: float
    low: float
    high: float


@dataclass
class AdaptiveSession:
    """The state of one form. ``answer`` records, ``next_item`` proposes, ``stop_reason`` says when to end.

    ``severity`` is the rater's measure where it is known. ``exposure`` counts how often each item was used in
    ``forms`` earlier forms. The seed makes random choices repeatable.
    """

    bank: ItemBank
    prior: Prior = field(default_factory=Prior)
    stopping: Stopping = field(default_factory=Stopping)
    selection: Selection = field(default_factory=Selection)
    severity: float = 0.0
    exposure: Integers | None = None
    forms: int = 0
    seed: int = 1
    answered: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.prior.sd <= 0 or self.stopping.maximum < 1 or self.selection.choose_among < 1:
            message = "The prior's standard deviation, the longest form and the number to choose among are above zero."
            raise InputError(message, place="session", remedy="Give positive numbers.")
        self._generator = np.random.default_rng(self.seed)
        self._log_chance, self._information = self.bank.on_grid(GRID, severity=self.severity)
        self._log_posterior = -0.5 * ((GRID - self.prior.mean) / self.prior.sd) ** 2
        self._shares = _target_shares(self.bank, self.selection.shares)
        for item, score in list(self.answered):
            self._log_posterior = self._log_posterior + self._log_chance[item, :, score]

    @property
    def posterior(self) -> Floats:
        """Probability of each level of `GRID` after the answers so far."""
        weight = np.exp(self._log_posterior - self._log_posterior.max())
        return np.asarray(weight / weight.sum())

    def estimate(self) -> Estimate:
        """The level so far with its standard error and interval."""
        weight = self.posterior
        mean = float(weight @ GRID)
        below = np.cumsum(weight)
        low, high = np.interp([0.025, 0.975], below, GRID)
        error = float(np.sqrt(weight @ (GRID - mean) ** 2))
        return Estimate(measure=mean, standard_error=error, low=float(low), high=float(high))

    def answer(self, item: str | int, score: int) -> Estimate:
        """Record the category (from zero) chosen for an item, and return the level so far.

        Raises `InputError` for an unknown item, one answered before, or a category that it does not have.
        """
        place = self.bank.place(item) if isinstance(item, str) else item
        if any(place == given for given, _ in self.answered):
            raise InputError(f"“{self.bank.names[place]}” was answered before.", place="item")
        if not 0 <= score < self.bank.categories[place]:
            message = (
                f"“{self.bank.names[place]}” has the categories 0 to {self.bank.categories[place] - 1}, not {score}."
            )
            raise InputError(message, place="score", remedy="Count categories from zero.")
        self.answered.append((place, score))
        self._log_posterior = self._log_posterior + self._log_chance[place, :, score]
        return self.estimate()

    def next_item(self) -> str | None:
        """The name of the item to ask next, or None when the form is over."""
        place = self.next_place()
        return None if place is None else self.bank.names[place]

    def next_place(self) -> int | None:
        """The position of the item to ask next, or None when the form is over."""
        return None if self.stop_reason() else self._choose(self._open_items())

    def stop_reason(self) -> str | None:
        """Why the form is over, in a sentence, or None while it goes on."""
        rules, count = self.stopping, len(self.answered)
        if count >= rules.maximum:
            return f"The longest form of {rules.maximum} items is reached."
        if not self._open_items().size:
            return "Every item that may be used is answered."
        return self._enough_known() if count >= rules.minimum else None

    def _enough_known(self) -> str | None:
        rules, now = self.stopping, self.estimate()
        if rules.standard_error is not None and now.standard_error <= rules.standard_error:
            return f"The standard error {now.standard_error:.2f} is at most {rules.standard_error:g}."
        if rules.cut is not None and self._decided(rules.cut, rules.certainty):
            return f"The level is {'above' if now.measure > rules.cut else 'below'} {rules.cut:g} with certainty."
        if rules.least_gain > 0 and self._best_gain(now) < rules.least_gain:
            return f"No item would lower the standard error by {rules.least_gain:g}."
        return None

    def expected_information(self) -> Floats:
        """What each item would tell at the level so far: the criterion by which the next is chosen."""
        if self.selection.criterion == "information":
            nearest = int(np.argmin(np.abs(GRID - self.estimate().measure)))
            return np.asarray(self._information[:, nearest])
        return np.asarray(self._information @ self.posterior)

    def _open_items(self) -> Integers:
        open_items = np.ones(len(self.bank), dtype=bool)
        open_items[[place for place, _ in self.answered]] = False
        limit = self.selection.largest_exposure
        if self.exposure is not None and limit < 1.0:
            free = self.exposure < limit * (self.forms + 1)
            if (open_items & free).any():
                open_items &= free
        return np.flatnonzero(open_items)

    def _choose(self, places: Integers) -> int:
        if self.selection.balance and len(self.bank.areas) > 1:
            places = self._in_neediest_area(places)
        if self.selection.criterion == "fixed":
            return int(places[0])
        if self.selection.criterion == "random":
            return int(self._generator.choice(places))
        worth = self.expected_information()[places]
        best = places[np.lexsort((places, -worth))]
        among = max(1, self.selection.choose_among - len(self.answered))
        return int(best[0] if among == 1 else self._generator.choice(best[:among]))

    def _in_neediest_area(self, places: Integers) -> Integers:
        """The items of the open area that is furthest behind its share."""
        given = np.bincount([self.bank.area_code[item] for item, _ in self.answered], minlength=self._shares.size)
        behind = self._shares - given / max(len(self.answered), 1)
        open_areas = np.unique(self.bank.area_code[places])
        neediest = open_areas[np.argmax(behind[open_areas])]
        return np.asarray(places[self.bank.area_code[places] == neediest])

    def _decided(self, cut: float, certainty: float) -> bool:
        above = float(self.posterior[cut < GRID].sum())
        return max(above, 1.0 - above) >= certainty

    def _best_gain(self, now: Estimate) -> float:
        best = float(self.expected_information()[self._open_items()].max())
        return now.standard_error - float((now.standard_error**-2 + best) ** -0.5)


def _target_shares(bank: ItemBank, shares: Mapping[str, float] | None) -> Floats:
    if shares is None:
        counts = np.bincount(bank.area_code, minlength=len(bank.areas)).astype(np.float64)
        return np.asarray(counts / counts.sum())
    unknown = sorted(set(shares) - set(bank.areas))
    if unknown or not shares or min(shares.values()) < 0 or sum(shares.values()) <= 0:
        named = f"“{unknown[0]}” is no area of the bank" if unknown else "The shares of the areas are not all positive"
        raise InputError(f"{named}.", place="shares", remedy=f"The areas are {', '.join(bank.areas)}.")
    wanted = np.array([float(shares.get(name, 0.0)) for name in bank.areas])
    return np.asarray(wanted / wanted.sum())
