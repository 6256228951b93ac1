"""Ridge regression from the features of jobs to many outputs at once, solved over jobs and stored over features."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Block = NDArray[np.float32] | csr_matrix
BLOCK_SHARES = {"vectors": 1.0, "terms": 1.0, "activities": 1.0, "title_vector": 0.3, "title_terms": 0.3}


@dataclass(frozen=True, slots=True)
class FittedHeads:
    """``weights``: (width, outputs) by block; ``centres``: what the average job gives, (outputs,) by block."""

    weights: dict[str, NDArray[np.float64]]
    centres: dict[str, NDArray[np.float64]]
    constants: NDArray[np.float64]

    def predict(self, blocks: Mapping[str, Block]) -> NDArray[np.float64]:
        """Outputs of jobs, shape (jobs, outputs)."""
        added = [block @ self.weights[name] - self.centres[name] for name, block in blocks.items()]
        return np.asarray(self.constants + sum(added), np.float64)


def fit_heads(blocks: Mapping[str, Block], *, targets: NDArray[np.float64], ridges: NDArray[np.float64]) -> FittedHeads:
    """Fit all outputs; ``ridges``: one strength an output. Blocks are scaled to equal variance, then to their share."""
    centred = {name: _dense(block) - _dense(block).mean(axis=0) for name, block in blocks.items()}
    total = sum(BLOCK_SHARES[name] for name in blocks)
    factors = {
        name: BLOCK_SHARES[name] / total / float(np.square(block).sum(axis=1).mean()) for name, block in centred.items()
    }
    kernel = sum(factors[name] * (block @ block.T) for name, block in centred.items())
    constants = targets.mean(axis=0)
    dual = np.zeros_like(targets)
    for ridge in np.unique(ridges):
        like = ridges == ridge
        dual[:, like] = np.linalg.solve(kernel + ridge * np.eye(len(targets)), (targets - constants)[:, like])
    weights = {name: factors[name] * (block.T @ dual) for name, block in centred.items()}
    centres = {name: _dense(blocks[name]).mean(axis=0) @ weight for name, weight in weights.items()}
    return FittedHeads(weights, centres, constants)


def small_integers(heads: FittedHeads) -> dict[str, NDArray[np.generic]]:
    """The heads as they ship: signed 8-bit weights with one scale per output and block."""
    arrays: dict[str, NDArray[np.generic]] = {"constants": heads.constants.astype(np.float32)}
    for name, weight in heads.weights.items():
        scale = np.abs(weight).max(axis=0) / 127
        arrays[f"{name}__weights"] = np.round(weight / scale).astype(np.int8)
        arrays[f"{name}__scale"] = scale.astype(np.float32)
        arrays[f"{name}__centre"] = heads.centres[name].astype(np.float32)
    return arrays


def _dense(block: Block) -> NDArray[np.float64]:
    return np.asarray(block.todense() if isinstance(block, csr_matrix) else block, np.float64)
