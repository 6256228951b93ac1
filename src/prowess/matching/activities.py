"""Reads statements as work: how likely each describes each of O*NET's 332 intermediate work activities.

A linear softmax over the 2,087 detailed activities, whose chances are summed up to the intermediate ones; its input is
the statement's vector and a learned bag of its terms. It stands between a job's words and a library's: both are read as
work, so they meet although they share neither words nor phrasing. Trained by scripts/matching_training.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

_ROWS_AT_ONCE = 1024

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ActivityReader:
    """``term_vectors`` (terms, k); ``vector_weights`` (dimensions, detailed); ``term_weights`` (k, detailed).

    ``direct_weights`` (terms, 41): what each term adds to each generalised activity; ``general``: the generalised
    activity of each detailed one; ``starts``: first detailed activity of each intermediate one; ``centroids``: mean
    vector of the tasks of each intermediate activity, (332, dimensions); ``middle``: mean vector of all tasks.
    """

    term_vectors: Array
    vector_weights: Array
    term_weights: Array
    direct_weights: Array
    constants: Array
    general: NDArray[np.intp]
    starts: NDArray[np.intp]
    centroids: Array
    middle: Array

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "ActivityReader":
        """From the shipped small integers with one scale per column."""
        scaled = {
            name: (arrays[name].astype(np.float32) * arrays[f"{name}_scale"]).astype(np.float32)
            for name in ("term_vectors", "vector_weights", "term_weights", "direct_weights")
        }
        return cls(
            **scaled,
            constants=arrays["constants"].astype(np.float32),
            general=arrays["general"].astype(np.intp),
            starts=arrays["starts"].astype(np.intp),
            centroids=arrays["centroids"].astype(np.float32),
            middle=arrays["middle"].astype(np.float32),
        )

    @property
    def general_of_intermediate(self) -> NDArray[np.intp]:
        """The generalised activity of each intermediate one."""
        return self.general[self.starts]

    def detailed(self, *, vectors: Array, terms: csr_matrix) -> Array:
        """Chances of the detailed activities, shape (texts, 2087).

        ``terms``: rows of `known_terms`. Vectors of another width than those of training are left aside.
        """
        scores = np.asarray((terms @ self.term_vectors) @ self.term_weights + self.constants, np.float32)
        scores += (terms @ self.direct_weights)[:, self.general]
        if vectors.shape[1] == self.vector_weights.shape[0]:
            scores += vectors @ self.vector_weights
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), np.float32)

    def intermediate(self, *, vectors: Array, terms: csr_matrix) -> Array:
        """Chances of the intermediate activities, shape (texts, 332)."""
        sums = [
            np.add.reduceat(
                self.detailed(
                    vectors=vectors[start : start + _ROWS_AT_ONCE], terms=terms[start : start + _ROWS_AT_ONCE]
                ),
                self.starts,
                axis=1,
            )
            for start in range(0, terms.shape[0], _ROWS_AT_ONCE)
        ]
        return np.vstack(sums) if sums else np.zeros((0, len(self.starts)), np.float32)
