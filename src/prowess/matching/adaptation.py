"""Fits the shipped calibration to a library by trying the library on itself.

Two calibrations ship: one for competencies that are outside of O*NET's activities, one for competencies that follow
them. The job activities of the library are split in two: half of them stay, the other half are asked as statements. The
mixture of the two calibrations under which they find their own competency best is taken, and its weights are then
moved towards those that suit the library (logistic regression with a Gaussian prior around the mixture); so is the
chance from which a statement fits. A library with few job activities keeps the first calibration.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from prowess.matching.calibration import Calibration, best_threshold
from prowess.matching.parts import CompetencyParts, Part

MIXTURES = (0.0, 0.25, 0.5, 0.75, 1.0)
FEWEST_QUESTIONS = 20
MOST_QUESTIONS = 300
MOST_COMPETENCIES = 120
HIGHEST_THRESHOLD = 0.4
PRIOR = 10.0
"""Precision of the prior on each standardised weight; larger keeps the shipped calibration more closely."""

Array = NDArray[np.float32]


def split_in_two(
    competencies: Sequence[CompetencyParts],
) -> tuple[list[CompetencyParts], list[str], NDArray[np.intp]]:
    """A library with every second job activity removed, the removed texts, and the competency of each.

    Large libraries are thinned to 120 competencies and 300 texts, evenly.
    """
    step = max(1, -(-len(competencies) // MOST_COMPETENCIES))
    halves = [_halved(competency) for competency in competencies[::step]]
    asked = [(text, place) for place, (_, texts) in enumerate(halves) for text in texts]
    asked = asked[:: max(1, -(-len(asked) // MOST_QUESTIONS))]
    owners = np.array([place for _, place in asked], np.intp)
    return [kept for kept, _ in halves], [text for text, _ in asked], owners


def adapted(features: Array, *, owners: NDArray[np.intp], outside: Calibration, aligned: Calibration) -> Calibration:
    """The calibration that suits the library, from its own texts: (texts, competencies, features) and their owners."""
    if len(owners) < FEWEST_QUESTIONS:
        return outside
    share = best_mixture(features, owners=owners, outside=outside, aligned=aligned)
    return _moved(outside.mixed(aligned, share=share), features, owners=owners)


def _moved(start: Calibration, features: Array, *, owners: NDArray[np.intp]) -> Calibration:
    """Maximum a posteriori weights and constant; the prior is centred on the start, in standardised measures."""
    rows = features.reshape(-1, features.shape[2]).astype(np.float64)
    spread = np.maximum(rows.std(axis=0), 1e-6)
    rows = np.column_stack([rows / spread, np.ones(len(rows))])
    belongs = (owners[:, None] == np.arange(features.shape[1])).ravel()
    centre = np.append(start.weights * spread, start.constant)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = rows @ point
        value = np.logaddexp(0, logits).sum() - logits[belongs].sum() + PRIOR / 2 * np.square(point - centre).sum()
        return float(value), rows.T @ (expit(logits) - belongs) + PRIOR * (point - centre)

    found = minimize(loss, centre, jac=True, method="L-BFGS-B").x
    threshold = best_threshold(expit(rows @ found), fits=belongs)
    return Calibration(
        weights=(found[:-1] / spread).astype(np.float32),
        constant=float(found[-1]),
        threshold=float(np.clip(threshold, start.threshold, HIGHEST_THRESHOLD)),
    )


def best_mixture(features: Array, *, owners: NDArray[np.intp], outside: Calibration, aligned: Calibration) -> float:
    """The share of ``aligned`` under which the texts find their own competency best.

    ``features``: (texts, competencies, features). Best is the greatest mean logarithm of the own competency's share.
    """
    own = np.arange(len(owners)), owners
    logits = outside.logits(features), aligned.logits(features)
    return max(MIXTURES, key=lambda share: _mean_log_share((1 - share) * logits[0] + share * logits[1], own))


def _mean_log_share(logits: NDArray[np.float64], own: tuple[NDArray[np.intp], NDArray[np.intp]]) -> float:
    top = logits.max(axis=1, keepdims=True)
    totals = top[:, 0] + np.log(np.exp(logits - top).sum(axis=1))
    return float((logits[own] - totals).mean())


def _halved(competency: CompetencyParts) -> tuple[CompetencyParts, list[str]]:
    activities = competency.texts("job_activity")
    asked = set(activities[1::2])
    kept: tuple[Part, ...] = tuple(
        part for part in competency.parts if part.kind != "job_activity" or part.text not in asked
    )
    return (CompetencyParts(competency.code, kept), activities[1::2]) if kept else (competency, [])
