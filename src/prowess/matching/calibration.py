"""From measures of likeness to the chance that a statement calls for a competency.

Logistic regressions fitted on O*NET: statements of occupations against libraries made of work activities that were
described by a definition and a few tasks of other occupations, most of which do not fit (scripts/train_matching.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the measures, the constant, and the chance from which a statement counts as calling for it."""

    weights: NDArray[np.float32]
    constant: float
    threshold: float

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Calibration":
        """From the shipped file."""
        return cls(
            weights=np.array(content["weights"], np.float32),
            constant=float(content["constant"]),
            threshold=float(content["threshold"]),
        )

    def logits(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Logarithms of the odds, of the shape of the features without their last axis."""
        return np.asarray((features @ self.weights).astype(np.float64) + self.constant, np.float64)

    def probability(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Chances, of the shape of the features without their last axis."""
        return np.asarray(expit(self.logits(features)), np.float64)

    def mixed(self, other: "Calibration", *, share: float) -> "Calibration":
        """The calibration that lies between: ``share`` 0 gives this one, 1 the other one."""
        return Calibration(
            weights=((1 - share) * self.weights + share * other.weights).astype(np.float32),
            constant=(1 - share) * self.constant + share * other.constant,
            threshold=(1 - share) * self.threshold + share * other.threshold,
        )


def best_threshold(chances: NDArray[np.float64], *, fits: NDArray[np.bool_]) -> float:
    """The chance from which calling a pair fitting gives the best F1."""
    order = np.argsort(-chances)
    hits = np.cumsum(fits[order])
    scores = 2 * hits / (np.arange(1, len(hits) + 1) + fits.sum())
    return float(chances[order[int(scores.argmax())]])
