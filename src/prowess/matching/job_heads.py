"""Linear heads over the features of a job, shipped as small integers with one scale per output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from prowess.matching.job_blocks import Block, JobFeatures


@dataclass(frozen=True, slots=True)
class JobHeads:
    """``weights``: (width, outputs) by block; ``centres``: what an average job gives, (outputs,) by block."""

    names: tuple[str, ...]
    weights: dict[str, NDArray[np.float32]]
    centres: dict[str, NDArray[np.float32]]
    constants: NDArray[np.float32]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], *, names: tuple[str, ...]) -> "JobHeads":
        """From the shipped small integers."""
        blocks = [key.removesuffix("__scale") for key in arrays if key.endswith("__scale")]
        weights = {block: arrays[f"{block}__weights"] * arrays[f"{block}__scale"] for block in blocks}
        return cls(
            names=names,
            weights={block: value.astype(np.float32) for block, value in weights.items()},
            centres={block: arrays[f"{block}__centre"].astype(np.float32) for block in blocks},
            constants=arrays["constants"].astype(np.float32),
        )

    def predict(self, job: JobFeatures) -> NDArray[np.float64]:
        """Every output for this job, shape (outputs,)."""
        return self.total(self.by_statement(job), job=job)

    def total(self, by_statement: NDArray[np.float64], *, job: JobFeatures) -> NDArray[np.float64]:
        """The same where `by_statement` was computed already."""
        return np.asarray(self.constants + by_statement.sum(axis=0) + self._by_title(job), np.float64)

    def by_statement(self, job: JobFeatures) -> NDArray[np.float64]:
        """What each statement adds to each output against the average statement, shape (statements, outputs)."""
        added = np.zeros((job.count, len(self.names)))
        for name, block in job.statements.items():
            added += np.asarray(block @ self.weights[name]) - self.centres[name]
        return added / max(1, job.count)

    def _by_title(self, job: JobFeatures) -> NDArray[np.float64]:
        added = np.zeros(len(self.names))
        for name, block in job.title.items():
            if np.abs(_values(block)).sum() > 0:  # a job without a title is an average one in that respect
                added += np.asarray(block @ self.weights[name])[0] - self.centres[name]
        return added


def _values(block: Block) -> NDArray[np.float32]:
    return np.asarray(block.data if isinstance(block, csr_matrix) else block, np.float32)
