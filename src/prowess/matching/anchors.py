"""Which of two behavioural anchors shows the higher level, for checking the order of a library's levels.

A logistic regression without a constant on the difference of the two texts' features, so exchanging them gives the
complement. Fitted on O*NET's level scale anchors (scripts/train_matching.py).
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder
from prowess.matching.lexical import words_of
from prowess.matching.model import shipped_model

CANNOT_TELL = 0.5


def ascending_probability(lower: str, *, upper: str, encoder: TextEncoder | None) -> float:
    """Chance that ``upper`` shows a higher level than ``lower``; .5 cannot tell, as always without an encoder."""
    return float(ascending_probabilities([(lower, upper)], encoder=encoder)[0])


def ascending_probabilities(pairs: Sequence[tuple[str, str]], *, encoder: TextEncoder | None) -> NDArray[np.float64]:
    """The chance for each pair (lower, upper), shape (pairs,)."""
    if encoder is None or not pairs or encoder.dimensions != len(shipped_model().anchor_weights) - 1:
        return np.full(len(pairs), CANNOT_TELL)
    texts = sorted({text for pair in pairs for text in pair})
    rows = dict(zip(texts, anchor_features(texts, encoder=encoder), strict=True))
    differences = np.array([rows[upper] - rows[lower] for lower, upper in pairs])
    return np.asarray(expit(differences @ shipped_model().anchor_weights), np.float64)


def anchor_features(texts: Sequence[str], *, encoder: TextEncoder) -> NDArray[np.float64]:
    """What the order is told from: the text's vector and the logarithm of its length in words."""
    lengths = [[0.3 * math.log1p(len(words_of(text)))] for text in texts]
    return np.hstack([cached_encode(texts, encoder=encoder), np.array(lengths)]).astype(np.float64)
