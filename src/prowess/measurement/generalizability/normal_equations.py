"""The random effects' normal equations and their solution, with the facet of most levels eliminated in blocks.

Every effect that contains one facet (persons, say) is block diagonal by that facet's levels. Those small blocks are
inverted together, and what is left (raters, items, raters by items) is factored as one dense matrix.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.linalg import splu

from prowess.measurement.generalizability.design import Effect
from prowess.measurement.generalizability.observations import Floats, Integers, Observations

MOST_DENSE = 2_500
LARGEST_BLOCK = 120


@dataclass(frozen=True)
class NormalEquations:
    """Cross-products of the effects' indicators with each other, with the mean and with the centred scores.

    ``effect`` says which effect each random level belongs to; ``group`` the level of the eliminated facet, or -1.
    """

    crossed: sparse.csr_matrix
    ones: Floats
    scores: Floats
    effect: Integers
    group: Integers
    count: int
    squares: float
    total: float

    @classmethod
    def of(cls, observations: Observations, effects: tuple[Effect, ...]) -> "NormalEquations":
        """The equations of ``effects`` without the residual."""
        centred = observations.score - observations.score.mean()
        levels = [observations.levels(effect) for effect in effects]
        rows = np.arange(centred.size)
        indicators = [sparse.csc_matrix((np.ones(centred.size), (rows, level))) for level in levels]
        joined = sparse.csr_matrix(sparse.hstack(indicators))
        return cls(
            crossed=sparse.csr_matrix(joined.T @ joined),
            ones=np.concatenate([observations.sizes(effect) for effect in effects]),
            scores=np.asarray(joined.T @ centred).ravel(),
            effect=np.repeat(np.arange(len(effects)), [int(level.max()) + 1 for level in levels]),
            group=_groups(observations, effects),
            count=centred.size,
            squares=float(centred @ centred),
            total=float(centred.sum()),
        )

    def solve(self, scale: Floats, right: Floats) -> tuple[float, Floats]:
        """Log determinant of identity + scale · crossed · scale, and that matrix's solutions for ``right``."""
        if not self._blocks_fit:
            return self._solve_whole(scale, right)
        inverse, log_determinant = self._inverted_blocks(scale)
        outer, inner = self._outer, self._inner
        across = sparse.csr_matrix(sparse.diags(scale[outer]) @ self._across @ sparse.diags(scale[inner]))
        weighted = sparse.csr_matrix(inverse @ across)
        own = self._own * scale[inner][:, None] * scale[inner][None, :]
        left = own + np.eye(inner.size) - (across.T @ weighted).toarray()
        factor = linalg.cho_factor(left, lower=True, check_finite=False)
        solved = np.empty_like(right)
        solved[inner] = linalg.cho_solve(factor, right[inner] - weighted.T @ right[outer], check_finite=False)
        solved[outer] = inverse @ right[outer] - weighted @ solved[inner]
        return log_determinant + 2.0 * float(np.log(np.diag(factor[0])).sum()), solved

    def _solve_whole(self, scale: Floats, right: Floats) -> tuple[float, Floats]:
        scaled = sparse.diags(scale) @ self.crossed @ sparse.diags(scale)
        system = sparse.csc_matrix(scaled + sparse.identity(scale.size))
        factor = splu(system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
        return float(np.log(np.abs(factor.U.diagonal())).sum()), factor.solve(right)

    def _inverted_blocks(self, scale: Floats) -> tuple[sparse.csr_matrix, float]:
        block, row, column = self._cells
        size = int(self._place.max()) + 1
        filled = np.zeros((int(self.group.max()) + 1, size, size))
        filled[:, np.arange(size), np.arange(size)] = 1.0
        entries = self._within
        scaled = entries.data * scale[self._outer][entries.row] * scale[self._outer][entries.col]
        np.add.at(filled, (self._blocks[entries.row], self._place[entries.row], self._place[entries.col]), scaled)
        log_determinant = 2.0 * float(np.log(np.diagonal(np.linalg.cholesky(filled), axis1=1, axis2=2)).sum())
        values = np.linalg.inv(filled)[block, self._place[row], self._place[column]]
        inverse = sparse.csr_matrix((values, (row, column)), shape=(self._outer.size, self._outer.size))
        return inverse, log_determinant

    @cached_property
    def _outer(self) -> Integers:
        return np.flatnonzero(self.group >= 0)

    @cached_property
    def _inner(self) -> Integers:
        return np.flatnonzero(self.group < 0)

    @cached_property
    def _blocks(self) -> Integers:
        return self.group[self._outer]

    @cached_property
    def _place(self) -> Integers:
        """The position of each eliminated level within its block."""
        order = np.argsort(self._blocks, kind="stable")
        size = np.bincount(self._blocks)
        start = np.concatenate([[0], np.cumsum(size)[:-1]])
        place = np.empty_like(self._blocks)
        place[order] = np.arange(order.size) - start[self._blocks[order]]
        return place

    @cached_property
    def _blocks_fit(self) -> bool:
        return self._inner.size <= MOST_DENSE and int(np.bincount(self._blocks).max()) <= LARGEST_BLOCK

    @cached_property
    def _within(self) -> sparse.coo_matrix:
        return sparse.coo_matrix(self.crossed[self._outer][:, self._outer])

    @cached_property
    def _across(self) -> sparse.csr_matrix:
        return sparse.csr_matrix(self.crossed[self._outer][:, self._inner])

    @cached_property
    def _own(self) -> Floats:
        return np.asarray(self.crossed[self._inner][:, self._inner].toarray())

    @cached_property
    def _cells(self) -> tuple[Integers, Integers, Integers]:
        """Block, row and column of every cell of every block."""
        size = np.bincount(self._blocks)
        order = np.argsort(self._blocks, kind="stable")
        start = np.concatenate([[0], np.cumsum(size)[:-1]])
        row = np.repeat(order, size[self._blocks[order]])
        offset = np.arange(row.size) - np.repeat(np.cumsum(size**2) - size**2, size**2)
        block = self._blocks[row]
        column = order[start[block] + offset % size[block]]
        return block, row, column


def _groups(observations: Observations, effects: tuple[Effect, ...]) -> Integers:
    """For every level of every effect, the level of the facet to eliminate; -1 where the effect lacks the facet."""
    facets = sorted(set().union(*effects))
    held = {f: sum(observations.count(effect) for effect in effects if f in effect) for f in facets}
    facet = max(facets, key=lambda name: held[name])
    parts = []
    for effect in effects:
        level, first = np.unique(observations.levels(effect), return_index=True)
        inside = facet in effect
        parts.append(observations.codes[facet][first] if inside else np.full(level.size, -1, dtype=np.int64))
    return np.concatenate(parts)
