"""From O*NET's tasks to the shipped reading of work activities."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge

from prowess.matching.activities import ActivityReader
from scripts.matching_training.activity_training import (
    Examples,
    Settings,
    TrainedActivities,
    Tree,
    titles_as_examples,
    train_activities,
)
from scripts.matching_training.onet import Onet
from scripts.matching_training.texts import TermRows, Vectors

Arrays = dict[str, NDArray[np.generic]]
DIRECT_SHARE = 4.0
DIRECT_RIDGE = 1.0
_TITLE_COUNTS_AS = 2.0


def activity_arrays(
    onet: Onet, *, vectors: Vectors, terms: TermRows, tasks: NDArray[np.intp], settings: Settings | None = None
) -> Arrays:
    """Train on these tasks and give the arrays of ``activities.npz``."""
    settings = settings or Settings()
    tree = Tree.of(parents=(onet.intermediate_of, onet.generalised_of))
    learnt = Examples(vectors.tasks[tasks], terms.tasks[tasks], onet.labels[tasks])
    titles = titles_as_examples(vectors.detailed, terms=terms.detailed)
    trained = train_activities(Examples.joined(learnt, titles), tree=tree, settings=settings)
    weights = _scaled(trained, settings=settings, width=vectors.tasks.shape[1])
    weights["direct_weights"] = DIRECT_SHARE * _direct_weights(onet, terms=terms.tasks[tasks], tasks=tasks)
    return _small(weights) | {
        "constants": trained.constants.astype(np.float32),
        "general": onet.generalised_of.astype(np.int16),
        "starts": tree.starts[0].astype(np.int32),
        "centroids": _centroids(onet, vectors=vectors, tasks=tasks).astype(np.float16),
        "middle": vectors.tasks[tasks].mean(axis=0).astype(np.float16),
    }


def reader_of(arrays: Arrays) -> ActivityReader:
    """The reader that these arrays make."""
    return ActivityReader.from_arrays(arrays)


def _scaled(trained: TrainedActivities, *, settings: Settings, width: int) -> dict[str, NDArray[np.float32]]:
    return {
        "term_vectors": trained.term_vectors,
        "vector_weights": settings.vector_scale * trained.weights[:width],
        "term_weights": settings.term_scale * trained.weights[width:],
    }


def _direct_weights(onet: Onet, *, terms: csr_matrix, tasks: NDArray[np.intp]) -> NDArray[np.float32]:
    """Ridge regression of the generalised activities on the terms alone, shape (terms, 41).

    The softmax squeezes the terms through few dimensions; this says what each single term means.
    """
    labels = onet.labels_at(onet.generalised_of, count=len(onet.generalised))[tasks].astype(np.float32)
    fitted = Ridge(alpha=DIRECT_RIDGE, solver="sparse_cg").fit(terms, labels)
    return np.asarray(fitted.coef_.T, np.float32)


def _small(weights: dict[str, NDArray[np.float32]]) -> Arrays:
    """Signed 8-bit integers with one scale per column."""
    arrays: Arrays = {}
    for name, values in weights.items():
        scale = np.maximum(np.abs(values).max(axis=0), 1e-12) / 127
        arrays[name] = np.round(values / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
    return arrays


def _centroids(onet: Onet, *, vectors: Vectors, tasks: NDArray[np.intp]) -> NDArray[np.float32]:
    """Mean vector of each intermediate activity's tasks and titles; a title counts as two tasks."""
    labels = onet.labels[tasks]
    sums = np.asarray(labels.T @ vectors.tasks[tasks]) + _TITLE_COUNTS_AS * vectors.detailed
    counts = np.asarray(labels.sum(axis=0)).ravel() + _TITLE_COUNTS_AS
    starts = np.flatnonzero(np.diff(onet.intermediate_of, prepend=-1))
    totals = np.add.reduceat(sums, starts, axis=0) + _TITLE_COUNTS_AS * vectors.intermediate
    return np.asarray(totals / (np.add.reduceat(counts, starts) + _TITLE_COUNTS_AS)[:, None], np.float32)
