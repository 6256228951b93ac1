"""A whole job seen from several sides, from which its likeness to the occupations of O*NET is measured."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from prowess.matching.job_blocks import Block, JobFeatures

View = Literal["vector", "peak", "reading", "each_reading", "general", "words", "title"]
Array = NDArray[np.float32]


def views_of(job: JobFeatures, *, general: NDArray[np.intp]) -> dict[View, Array]:
    """The views of a job; one is missing where the job has no statements, no title, or where there is no encoder.

    ``general``: the generalised activity of each intermediate one.
    """
    views: dict[View, Array] = {}
    if job.count:
        views |= views_of_statements(job.statements, weights=np.full(job.count, 1 / job.count), general=general)
    if job.titled and "title_vector" in job.title:
        views["title"] = _dense(job.title["title_vector"])[0]
    return views


def views_of_statements(
    blocks: Mapping[str, Block], *, weights: NDArray[np.floating], general: NDArray[np.intp]
) -> dict[View, Array]:
    """The views that come from statements. ``weights``: of each statement, summing up to one.

    Shares of activities and of words enter as square roots, so that what fills half of a job does not hide the rest.
    """
    read, terms = _dense(blocks["activities"]), blocks["terms"]
    share = np.asarray(weights @ read, np.float32)
    views: dict[View, Array] = {
        "reading": np.sqrt(share),
        "each_reading": np.asarray(weights @ np.sqrt(read), np.float32),
        "general": np.sqrt(np.bincount(general, weights=share)).astype(np.float32),
        "words": np.sqrt(np.asarray(terms.T @ weights, np.float32)),
    }
    if "vectors" in blocks:
        vectors = _dense(blocks["vectors"])
        views["vector"] = np.asarray(weights @ vectors, np.float32)
        views["peak"] = vectors.max(axis=0)
    return views


def _dense(block: Block) -> Array:
    return np.asarray(block.todense() if isinstance(block, csr_matrix) else block, np.float32)
