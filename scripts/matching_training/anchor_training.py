"""Fits the order of behavioural anchors on O*NET's level scale anchors."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from prowess.matching.anchors import anchor_features
from prowess.matching.encoder import TextEncoder

Anchor = tuple[str, float, str]
STRENGTH = 3.0


def anchor_pairs(anchors: list[Anchor]) -> list[tuple[str, str, str]]:
    """(element, lower text, higher text) for every two anchors of an element whose values differ."""
    pairs = []
    for first, second in combinations(sorted(anchors), 2):
        if first[0] == second[0] and first[1] < second[1]:
            pairs.append((first[0], first[2], second[2]))
    return pairs


def fit_order(pairs: list[tuple[str, str, str]], *, encoder: TextEncoder) -> NDArray[np.float64]:
    """Weights of the anchor features."""
    differences = pair_differences(pairs, encoder=encoder)
    both = np.vstack([differences, -differences])
    ascends = np.repeat([True, False], len(differences))
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000).fit(both, ascends)
    return np.asarray(model.coef_[0], np.float64)


def pair_differences(pairs: list[tuple[str, str, str]], *, encoder: TextEncoder) -> NDArray[np.float64]:
    """Features of the higher text less those of the lower one, shape (pairs, features)."""
    lower = anchor_features([pair[1] for pair in pairs], encoder=encoder)
    return anchor_features([pair[2] for pair in pairs], encoder=encoder) - lower
