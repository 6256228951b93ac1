"""Several competencies at once: which competency, and which of its items, to ask about next.

Levels of a person's competencies are correlated, so an answer on one also tells about the others (multidimensional
adaptive testing; Segall 1996). The prior is a normal distribution with a covariance matrix; after each answer its
mode and curvature are updated (a Laplace approximation). The next item lowers the total (weighted) posterior
variance most (A-optimality; Mulder and van der Linden 2009).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from prowess.framework.errors import InputError
from prowess.measurement.adaptive.bank import Floats, ItemBank
from prowess.measurement.adaptive.session import Stopping

NEWTON_STEPS = 50
LARGEST_STEP = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyEstimate:
    """One competency's level so far, in logits, and how many of its items were answered."""

    competency: str
    measure: float
    standard_error: float
    answered: int


@dataclass
class ProfileSession:
    """An adaptive form over the competencies (areas) of a bank.

    ``covariance`` of the levels is in the order of ``bank.areas`` (default: variance 1.44, correlations .6).
    ``weights`` say how much each competency's precision matters. Stopping by standard error asks it of every
    competency with a positive weight.
    """

    bank: ItemBank
    covariance: ArrayLike | None = None
    weights: Sequence[float] | None = None
    stopping: Stopping = field(default_factory=lambda: Stopping(standard_error=0.5, minimum=3, maximum=60))
    severity: float = 0.0
    answered: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = len(self.bank.areas)
        prior = 1.44 * (0.4 * np.eye(size) + 0.6) if self.covariance is None else np.asarray(self.covariance, float)
        self._weights = np.ones(size) if self.weights is None else np.asarray(self.weights, dtype=np.float64)
        if prior.shape != (size, size) or self._weights.shape != (size,) or np.linalg.eigvalsh(prior).min() <= 0:
            message = f"The covariance or the weights do not fit {size} competencies."
            remedy = "Give a positive definite matrix and one weight for each competency, in the bank's order."
            raise InputError(message, place="covariance", remedy=remedy)
        self._precision = np.linalg.inv(prior)
        self._points = np.arange(self.bank.steps.shape[1] + 1, dtype=np.float64)
        self._mode: Floats = np.zeros(size)
        self._update()

    def answer(self, item: str, score: int) -> list[CompetencyEstimate]:
        """Record the category (from zero) chosen for an item; returns every competency's level so far."""
        place = self.bank.place(item)
        if any(place == given for given, _ in self.answered):
            raise InputError(f"“{item}” was answered before.", place="item")
        if not 0 <= score < self.bank.categories[place]:
            message = f"“{item}” has the categories 0 to {self.bank.categories[place] - 1}, not {score}."
            raise InputError(message, place="score", remedy="Count categories from zero.")
        self.answered.append((place, score))
        self._update()
        return self.estimates()

    def estimates(self) -> list[CompetencyEstimate]:
        """Every competency's level so far."""
        counts = [sum(self.bank.area[place] == name for place, _ in self.answered) for name in self.bank.areas]
        errors = np.sqrt(np.diag(self._posterior))
        return [
            CompetencyEstimate(competency=name, measure=float(mean), standard_error=float(error), answered=count)
            for name, mean, error, count in zip(self.bank.areas, self._mode, errors, counts, strict=True)
        ]

    def next_item(self) -> str | None:
        """The item that lowers the weighted sum of posterior variances most, or None when the form is over."""
        if self.stop_reason():
            return None
        gain = self._gains()
        gain[[place for place, _ in self.answered]] = -np.inf
        return self.bank.names[int(np.argmax(gain))]

    def next_competency(self) -> str | None:
        """The competency that the next item is about, or None when the form is over."""
        item = self.next_item()
        return None if item is None else self.bank.area[self.bank.place(item)]

    def stop_reason(self) -> str | None:
        """Why the form is over, in a sentence, or None while it goes on."""
        count, wanted = len(self.answered), self.stopping.standard_error
        if count >= min(self.stopping.maximum, len(self.bank)):
            return f"{count} items are answered, as many as may be asked."
        errors = np.sqrt(np.diag(self._posterior))[self._weights > 0]
        if count >= self.stopping.minimum and wanted is not None and (errors <= wanted).all():
            return f"Every competency has a standard error of at most {wanted:g}."
        return None

    def _gains(self) -> Floats:
        """Fall of the weighted variances by each item: one rank-one update of the posterior for each."""
        areas, information = self.bank.area_code, self._item_information()
        column = self._posterior[:, areas]
        own = self._posterior[areas, areas]
        fall = information / (1.0 + information * own)
        return np.asarray(fall * (self._weights @ column**2))

    def _item_information(self) -> Floats:
        chance = self._chances(np.arange(len(self.bank)))
        mean = chance @ self._points
        return np.asarray(chance @ self._points**2 - mean**2)

    def _chances(self, places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
        location = self._mode[self.bank.area_code[places]] - self.bank.difficulty[places] - self.severity
        passed = np.concatenate([np.zeros((places.size, 1)), np.cumsum(self.bank.steps[places], axis=1)], axis=1)
        exponent = location[:, None] * self._points - passed
        weight = np.exp(exponent - exponent.max(axis=1, keepdims=True))
        return np.asarray(weight / weight.sum(axis=1, keepdims=True))

    def _update(self) -> None:
        """Newton's method for the mode; the curvature there is the posterior's precision."""
        size = len(self.bank.areas)
        places = np.array([place for place, _ in self.answered], dtype=np.int64)
        scores = np.array([score for _, score in self.answered], dtype=np.float64)
        for _ in range(NEWTON_STEPS):
            slope, bend = -self._precision @ self._mode, self._precision.copy()
            if places.size:
                chance, area = self._chances(places), self.bank.area_code[places]
                mean = chance @ self._points
                slope = slope + np.bincount(area, weights=scores - mean, minlength=size)
                bend[np.arange(size), np.arange(size)] += np.bincount(
                    area, weights=chance @ self._points**2 - mean**2, minlength=size
                )
            step = np.linalg.solve(bend, slope)
            self._mode = self._mode + np.clip(step, -LARGEST_STEP, LARGEST_STEP)
            if np.abs(step).max() < 1e-10:
                break
        self._posterior = np.linalg.inv(bend)
