"""Linear constraints on the effects (centred facets, group anchors), kept by projection."""

from collections.abc import Sequence

import numpy as np

from prowess.measurement.design import Constraint, Flags, Floats


class Projection:
    """Projection of vectors of effects on the directions that the constraints and anchors leave free."""

    def __init__(self, constraints: Sequence[Constraint], *, free: Flags) -> None:
        self._free = free
        usable = [(c, c.indices[free[c.indices]]) for c in constraints]
        self._parts = [(c, indices) for c, indices in usable if indices.size]
        together = np.concatenate([i for _, i in self._parts]) if self._parts else np.empty(0, dtype=np.int64)
        self._apart = np.unique(together).size == together.size
        self._rows: Floats = np.empty((0, free.size))
        if not self._apart:
            self._rows = self._orthonormal_rows()

    def _orthonormal_rows(self) -> Floats:
        rows = np.zeros((len(self._parts), self._free.size))
        for r, (_, indices) in enumerate(self._parts):
            rows[r, indices] = 1.0
        _, sizes, right = np.linalg.svd(rows, full_matrices=False)
        return np.asarray(right[sizes > 1e-9 * sizes[0]])

    def orthonormal(self) -> Floats:
        """Orthonormal rows that span the constrained directions (constraints × effects)."""
        if not self._apart:
            return self._rows
        rows = np.zeros((len(self._parts), self._free.size))
        for r, (_, indices) in enumerate(self._parts):
            rows[r, indices] = 1.0 / np.sqrt(indices.size)
        return rows

    def direction(self, vector: Floats) -> Floats:
        """The part of a vector that moves along the constraints."""
        moved = np.where(self._free, vector, 0.0)
        if not self._apart:
            return np.asarray(moved - self._rows.T @ (self._rows @ moved))
        for _, indices in self._parts:
            moved[indices] -= moved[indices].mean()
        return moved

    def settle(self, effects: Floats) -> Floats:
        """The effects, moved the least so that the constraints hold."""
        settled = effects.copy()
        for _ in range(1 if self._apart else 500):
            worst = 0.0
            for constraint, indices in self._parts:
                gap = constraint.value - float(settled[constraint.indices].mean())
                settled[indices] += gap * constraint.indices.size / indices.size
                worst = max(worst, abs(gap))
            if worst < 1e-14:
                break
        return settled


def constrained_inverse(matrix: Floats, rows: Floats) -> Floats:
    """Inverse of a symmetric matrix on the directions orthogonal to the orthonormal ``rows``, zero elsewhere."""
    if not np.isfinite(matrix).all():
        return np.zeros(matrix.shape)
    scale = float(np.trace(matrix)) / max(matrix.shape[0], 1) or 1.0
    across = rows @ matrix
    inside = matrix - rows.T @ across - across.T @ rows + rows.T @ (across @ rows.T) @ rows
    blocked = inside + scale * rows.T @ rows
    try:
        inverse = np.linalg.inv(blocked)
        if not np.isfinite(inverse).all() or (np.diag(inverse) <= 0).any():
            raise np.linalg.LinAlgError
    except np.linalg.LinAlgError:
        inverse = np.linalg.pinv(blocked, hermitian=True)
    return np.asarray(inverse - rows.T @ rows / scale)
