"""Ties a library's competencies to O*NET's intermediate work activities, so that statements read as work can find them.

A tie is strong where the competency's texts read as that activity, and where the activity's tasks lie near the
competency's texts. This is how a competency with nothing but a definition profits from tasks that nobody wrote for it.
"""

import numpy as np
from numpy.typing import NDArray

from prowess.matching.activities import ActivityReader
from prowess.matching.lexical import Vocabulary, known_terms
from prowess.matching.library_index import LibraryIndex
from prowess.matching.parts import PartKind

_PART_WEIGHTS: dict[PartKind, float] = {
    "title": 1.0,
    "alias": 0.5,
    "definition": 3.0,
    "key_action": 1.0,
    "job_activity": 1.0,
    "indicator": 0.5,
}
_SHARPNESS = 1.5
_FLOOR = 3e-4

Array = NDArray[np.float32]


def work_ties(index: LibraryIndex, *, reader: ActivityReader, vocabulary: Vocabulary) -> Array:
    """Strength of each tie, positive, shape (332 activities, competencies)."""
    read = reader.intermediate(vectors=index.vectors, terms=known_terms(index.texts, vocabulary=vocabulary))
    strength = _standardised(np.log(_mean_of_parts(index, read) + _FLOOR).T)
    if index.vectors.shape[1] == reader.centroids.shape[1]:
        strength = strength + _nearness(index, reader)
    return np.asarray(np.exp(_SHARPNESS * (strength - strength.max(axis=0))), np.float32)


def read_against(read: Array, *, ties: Array) -> Array:
    """How well statements read as work meet the ties: a logarithm, shape (statements, competencies)."""
    return np.asarray(np.log(read @ ties + _FLOOR), np.float32)


def _nearness(index: LibraryIndex, reader: ActivityReader) -> Array:
    """Nearness of activities and competencies: of their centres, and of the nearest parts; standardised."""
    activities = _unit(reader.centroids - reader.middle)
    centres = _unit(_mean_of_parts(index, index.vectors) - reader.middle)
    parts = index.soft_strongest(_unit(reader.centroids) @ index.vectors.T)
    return _standardised(_standardised(activities @ centres.T) + _standardised(parts))


def _mean_of_parts(index: LibraryIndex, values: Array) -> Array:
    weights = np.array([_PART_WEIGHTS[part.kind] for one in index.competencies for part in one.parts], np.float32)
    totals = np.add.reduceat(weights, index.starts)
    sums = np.add.reduceat(values * weights[:, None], index.starts, axis=0)
    return np.asarray(sums / totals[:, None], np.float32)


def _standardised(values: Array) -> Array:
    """Each competency's column with mean zero and standard deviation one over the activities."""
    return np.asarray((values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1e-6), np.float32)


def _unit(rows: Array) -> Array:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
