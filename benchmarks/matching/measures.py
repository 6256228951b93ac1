"""The measures of the protocol."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

Scores = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Ranked:
    """``accuracy``: share whose first answer is right; ``mrr``: mean reciprocal rank of the first right answer."""

    accuracy: float
    mrr: float


def ranked(scores: Scores, *, right: NDArray[np.bool_]) -> Ranked:
    """Scores and right answers, each (cases, classes); any of a case's right answers counts."""
    best = np.where(right, scores, -np.inf).max(axis=1, keepdims=True)
    rank = 1 + (scores > best).sum(axis=1) + ((scores == best) & ~right).sum(axis=1)
    return Ranked(float((rank == 1).mean()), float((1 / rank).mean()))


def pearson(predicted: Scores, *, true: Scores) -> NDArray[np.float64]:
    """Correlation across occupations for each element (column)."""
    return np.array([np.corrcoef(predicted[:, one], true[:, one])[0, 1] for one in range(true.shape[1])])


def spearman(predicted: Scores, *, true: Scores) -> float:
    """Mean over occupations (rows) of the rank correlation across elements."""
    return float(np.mean([spearmanr(left, right).statistic for left, right in zip(predicted, true, strict=True)]))
