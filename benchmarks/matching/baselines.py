"""Simpler ways of doing the same, on the same split."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import Ridge

_SATURATION, _LENGTH = 1.5, 0.75


def bm25(queries: Sequence[str], *, documents: Sequence[str]) -> NDArray[np.float64]:
    """Okapi BM25 (Robertson and Zaragoza, 2009), shape (queries, documents)."""
    counter = CountVectorizer(stop_words="english")
    counts = csr_matrix(counter.fit_transform(documents), dtype=np.float64)
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log(1 + (len(documents) - seen + 0.5) / (seen + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    damping = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / lengths.mean())
    weights = counts.tocoo()
    weights.data = weights.data * (_SATURATION + 1) / (weights.data + damping[weights.row])
    asked = csr_matrix(counter.transform(queries) > 0, dtype=np.float64)
    return np.asarray((asked @ diags_array(rarity) @ weights.tocsr().T).todense())


def tfidf_ridge(texts: Sequence[str], *, labels: NDArray[np.bool_], queries: Sequence[str]) -> NDArray[np.float64]:
    """One ridge head a class over tf-idf of words and pairs of words."""
    weigher = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2, stop_words="english")
    rows = weigher.fit_transform(texts)
    return np.asarray(
        Ridge(alpha=1.0, solver="sparse_cg").fit(rows, labels.astype(float)).predict(weigher.transform(queries))
    )


def nearest(similarity: NDArray[np.floating], *, labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Score of a class: similarity of its nearest example; ``similarity`` is (queries, examples)."""
    scores = np.full((similarity.shape[0], labels.shape[1]), -np.inf)
    for label in np.flatnonzero(labels.any(axis=0)):
        scores[:, label] = similarity[:, labels[:, label]].max(axis=1)
    return scores
