"""Trains the head for responsibility on O*NET's occupations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scripts.matching_training.head_training import Block, FittedHeads, fit_heads
from scripts.matching_training.onet import Onet
from scripts.matching_training.texts import TermRows, Vectors

DESCRIPTION_COUNTS_AS = 3.0
RIDGE = 0.4
Blocks = dict[str, Block]
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Jobs:
    """Rated occupations. ``blocks``: as `job_features` gives them, statements averaged; ``targets``: last column is
    responsibility, those before it are the importance of the elements."""

    rows: NDArray[np.intp]
    blocks: Blocks
    targets: NDArray[np.float64]

    def take(self, chosen: NDArray[np.bool_]) -> "Jobs":
        """Some of them."""
        return Jobs(
            self.rows[chosen], {name: block[chosen] for name, block in self.blocks.items()}, self.targets[chosen]
        )


def rated_jobs(
    onet: Onet, *, vectors: Vectors, terms: TermRows, task_readings: Array, description_readings: Array
) -> Jobs:
    """Every occupation with ratings, its description counted as three of its statements.

    ``task_readings``, ``description_readings``: chances of the intermediate activities from a reader that was not
    trained on the same occupation.
    """
    complete = ~np.isnan(onet.ratings).any(axis=1) & ~np.isnan(onet.responsibility)
    rows = np.flatnonzero(complete & (np.bincount(onet.owners, minlength=len(onet.codes)) > 0))
    mean = _averaging(onet, rows)
    shares = DESCRIPTION_COUNTS_AS / (np.bincount(onet.owners, minlength=len(onet.codes))[rows] + DESCRIPTION_COUNTS_AS)
    blocks: Blocks = {
        "vectors": _mixed(mean @ vectors.tasks, vectors.descriptions[rows], shares),
        "terms": _mixed((mean @ terms.tasks).toarray(), terms.descriptions[rows].toarray(), shares),
        "activities": _mixed(mean @ task_readings, description_readings[rows], shares),
        "title_vector": vectors.titles[rows],
        "title_terms": terms.titles[rows],
    }
    return Jobs(rows, blocks, np.column_stack([onet.ratings[rows], onet.responsibility[rows]]))


def words_only(blocks: Blocks) -> Blocks:
    """The blocks that exist without an encoder."""
    return {name: block for name, block in blocks.items() if "vector" not in name}


def train_heads(jobs: Jobs, *, blocks: Blocks | None = None) -> FittedHeads:
    """The head for responsibility."""
    return fit_heads(blocks or jobs.blocks, targets=jobs.targets[:, -1:], ridges=np.array([RIDGE]))


def _averaging(onet: Onet, rows: NDArray[np.intp]) -> csr_matrix:
    place = np.full(len(onet.codes), -1)
    place[rows] = np.arange(len(rows))
    tasks = np.flatnonzero(place[onet.owners] >= 0)
    owners = place[onet.owners[tasks]]
    weights = (1 / np.bincount(owners))[owners].astype(np.float32)
    return csr_matrix((weights, (owners, tasks)), shape=(len(rows), len(onet.tasks)))


def _mixed(first: Array, second: Array, share: NDArray[np.float64]) -> Array:
    return np.asarray((1 - share)[:, None] * first + share[:, None] * second, np.float32)
