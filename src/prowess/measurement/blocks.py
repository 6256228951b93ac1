"""Blocks of ratees and the sums over them: a pass over the data is a sum over blocks, here or on other machines."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from prowess.measurement.design import Design, Flags, Floats, Integers
from prowess.measurement.quadrature import LANES, adaptive_rule

T = TypeVar("T")
ROWS_PER_BLOCK = 60_000
SHEETS_PER_BLOCK = 15_000
MOST_BLOCKS = 64
FIRST_ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Point:
    """Values of all parameters: effects, cumulated steps (groups × categories), mean and deviation of the ratees.

    ``sigma`` 0 stands for no distribution of ratees (joint maximum likelihood).
    """

    effects: Floats
    cumulated: Floats
    mean: float
    sigma: float

    @property
    def precision(self) -> float:
        """One over the variance of the ratees."""
        return 1.0 / self.sigma**2 if self.sigma > 0 else 0.0


@dataclass(kw_only=True)
class Totals:
    """Sums over the ratings at one point; ``sums`` as `marginal_pass` describes them."""

    expected: Floats
    information: Floats
    schur: Floats
    category_expected: Floats
    category_information: Floats
    sums: Floats
    mean_information: float = 0.0

    @classmethod
    def zeros(cls, effects: int, groups: int, categories: int) -> "Totals":
        """Nothing summed yet."""
        return cls(
            expected=np.zeros(effects),
            information=np.zeros(effects),
            schur=np.zeros(effects),
            category_expected=np.zeros((groups, categories)),
            category_information=np.zeros((groups, categories, categories)),
            sums=np.zeros(5),
        )

    def add(self, other: "Totals") -> None:
        """Add another block's sums."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))


@dataclass(kw_only=True)
class Block:
    """The ratings of consecutive ratees, and where the quadrature for each of them stands."""

    start: npt.NDArray[np.int64]
    effects: Integers
    groups: Integers
    weights: Floats
    totals: Floats
    held: Flags
    centre: Floats
    spread: Floats
    row_information: npt.NDArray[np.float32]
    ratee_information: Floats
    settled: bool = False

    def evaluate(self, point: Point, *, nodes: int) -> Totals:
        """One pass over the block; the ratees' posterior means and deviations are kept for the next."""
        from prowess.measurement.kernels.marginal import marginal_pass  # noqa: PLC0415

        points, log_weights = adaptive_rule(nodes)
        totals = Totals.zeros(point.effects.size, *point.cumulated.shape)
        finite = np.abs(point.effects)
        reach = float(finite.max(initial=0.0)) * max(self.effects.shape[0], 1)
        rounds = 1 if self.settled else FIRST_ROUNDS
        marginal_pass(
            self.start,
            self.effects,
            self.groups,
            self.weights,
            self.totals,
            self.held,
            point.effects,
            point.cumulated,
            reach,
            point.mean,
            point.sigma,
            points,
            log_weights,
            rounds,
            self.centre,
            self.spread,
            totals.expected,
            totals.information,
            totals.schur,
            totals.category_expected,
            totals.category_information,
            self.row_information,
            self.ratee_information,
            totals.sums,
        )
        self.settled = True
        own, precision = self.ratee_information, point.precision
        totals.mean_information = float(
            np.sum(np.where(self.held, 0.0, own * precision / np.maximum(own + precision, 1e-12)))
        )
        return totals

    def curvature(self, direction: Floats, mean_direction: float, precision: float) -> tuple[Floats, float]:
        """Information (ratees eliminated) × direction, on the effects and on the ratees' mean."""
        from prowess.measurement.kernels.marginal import curvature_product  # noqa: PLC0415

        product = np.zeros(direction.size)
        on_mean = curvature_product(
            self.start,
            self.effects,
            self.row_information,
            self.ratee_information,
            self.held,
            precision,
            direction,
            mean_direction,
            product,
        )
        return product, on_mean

    def add_information(self, point: Point, *, nodes: int, matrix: Floats) -> None:
        """Add the block's observed information of all parameters."""
        from prowess.measurement.kernels.information import observed_information  # noqa: PLC0415

        points, log_weights = adaptive_rule(nodes)
        observed_information(
            self.start,
            self.effects,
            self.groups,
            self.weights,
            self.totals,
            self.held,
            point.effects,
            point.cumulated,
            point.mean,
            point.sigma,
            points,
            log_weights,
            self.centre,
            self.spread,
            matrix,
        )

    def borrowed(self, precision: float, variances: Floats) -> Floats:
        """Variance that each ratee's measure takes over from the effects' being estimates."""
        from prowess.measurement.kernels.ratees import borrowed_variance  # noqa: PLC0415

        extra = np.zeros(self.start.size - 1)
        borrowed_variance(
            self.start, self.effects, self.row_information, self.ratee_information, precision, variances, extra
        )
        return extra

    def fresh(self) -> "Block":
        """The same block with a state of its own."""
        return replace(
            self,
            centre=self.centre.copy(),
            spread=self.spread.copy(),
            row_information=self.row_information.copy(),
            ratee_information=self.ratee_information.copy(),
        )


class AnyBlock(Protocol):
    """Consecutive ratees, rating by rating or sheet by sheet."""

    centre: Floats
    spread: Floats
    ratee_information: Floats

    def evaluate(self, point: Point, *, nodes: int) -> Totals:
        """One pass over the block."""
        ...

    def curvature(self, direction: Floats, mean_direction: float, precision: float) -> tuple[Floats, float]:
        """Information (ratees eliminated) × direction."""
        ...

    def fresh(self) -> "AnyBlock":
        """The same block with a state of its own."""
        ...

    def borrowed(self, precision: float, variances: Floats) -> Floats:
        """Variance that each ratee's measure takes over from the effects' being estimates."""
        ...


class Blocks(Protocol):
    """What an estimator asks of the data, wherever they are.

    ``whole_information`` says whether `observed_information` can be asked for.
    """

    passes: int
    whole_information: bool

    def evaluate(self, point: Point) -> Totals:
        """Sums over all ratings at a point."""
        ...

    def curvature(self, direction: Floats, mean_direction: float, precision: float) -> tuple[Floats, float]:
        """Information × direction at the last point evaluated."""
        ...

    def observed_information(self, point: Point) -> Floats:
        """The information matrix of all parameters."""
        ...

    def posterior(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each ratee."""
        ...

    def information(self) -> Floats:
        """Information on each ratee."""
        ...

    def copy(self) -> "Blocks":
        """The same ratings with a state of their own."""
        ...

    def borrowed(self, precision: float, variances: Floats) -> Floats:
        """Variance that each ratee's measure takes over from the effects' being estimates."""
        ...


class LocalBlocks:
    """Blocks in this process, on as many threads as it may use; the same sums whatever their number."""

    def __init__(self, blocks: Sequence[AnyBlock], *, nodes: int) -> None:
        self.blocks = list(blocks)
        self.nodes = nodes
        self.passes = 0
        self.whole_information = all(isinstance(block, Block) for block in self.blocks)
        self._threads = min(len(self.blocks), available_cores())
        self._pool: ThreadPoolExecutor | None = None

    def _each(self, work: Callable[[AnyBlock], T]) -> list[T]:
        if self._threads < 2:
            return [work(block) for block in self.blocks]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads)
        return list(self._pool.map(work, self.blocks))

    def evaluate(self, point: Point) -> Totals:
        """Sums over all ratings at a point."""
        self.passes += 1
        parts = self._each(lambda block: block.evaluate(point, nodes=self.nodes))
        totals = parts[0]
        for part in parts[1:]:
            totals.add(part)
        return totals

    def curvature(self, direction: Floats, mean_direction: float, precision: float) -> tuple[Floats, float]:
        """Information × direction at the last point evaluated."""
        parts = self._each(lambda block: block.curvature(direction, mean_direction, precision))
        product, on_mean = parts[0]
        for other, other_mean in parts[1:]:
            product = product + other
            on_mean += other_mean
        return product, on_mean

    def observed_information(self, point: Point) -> Floats:
        """The information matrix of all parameters."""
        size = point.effects.size + point.cumulated.size + 2
        matrix = np.zeros((size, size))
        for block in self.blocks:
            if not isinstance(block, Block):
                raise TypeError("sheets have no whole information: ask whole_information first")
            block.add_information(point, nodes=min(self.nodes, LANES), matrix=matrix)
        return matrix

    def posterior(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each ratee."""
        return (
            np.concatenate([block.centre for block in self.blocks]),
            np.concatenate([block.spread for block in self.blocks]),
        )

    def information(self) -> Floats:
        """Information on each ratee."""
        return np.concatenate([block.ratee_information for block in self.blocks])

    def copy(self) -> "LocalBlocks":
        """The same ratings with a state of their own."""
        return LocalBlocks([block.fresh() for block in self.blocks], nodes=self.nodes)

    def borrowed(self, precision: float, variances: Floats) -> Floats:
        """Variance that each ratee's measure takes over from the effects' being estimates."""
        return np.concatenate(self._each(lambda block: block.borrowed(precision, variances)))


def available_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def cut_into_blocks(design: Design, *, nodes: int, whole_information: bool) -> LocalBlocks:
    """The design in blocks of whole ratees with about the same number of ratings (or of sheets, where it has any).

    ``whole_information``: the information matrix of all parameters will be asked for.
    """
    from prowess.measurement.sheets import cut_sheets, find_sheets  # noqa: PLC0415

    sheets = None if whole_information else find_sheets(design)
    if sheets is not None:
        bounds = _even_parts(sheets.start, size=SHEETS_PER_BLOCK)
        return LocalBlocks([cut_sheets(design, sheets, a, b) for a, b in pairwise(bounds)], nodes=nodes)
    bounds = _even_parts(design.start, size=ROWS_PER_BLOCK)
    return LocalBlocks([cut_block(design, a, b) for a, b in pairwise(bounds)], nodes=nodes)


def _even_parts(start: npt.NDArray[np.int64], *, size: int) -> list[int]:
    """Bounds of parts of whole ratees with about ``size`` places each, but not too many parts."""
    ratees, places = start.size - 1, int(start[-1])
    count = max(1, min(MOST_BLOCKS, places // size, ratees))
    ends = np.searchsorted(start, np.linspace(0, places, count + 1)[1:-1])
    return [int(bound) for bound in np.unique(np.concatenate([[0], ends, [ratees]]))]


def cut_block(design: Design, first: int, last: int) -> Block:
    """The ratings of the ratees ``first`` … ``last`` - 1."""
    rows = slice(int(design.start[first]), int(design.start[last]))
    size = rows.stop - rows.start
    held = design.held[first:last]
    return Block(
        start=design.start[first : last + 1] - design.start[first],
        effects=np.ascontiguousarray(design.effects[:, rows]),
        groups=design.groups[rows],
        weights=design.weights[rows],
        totals=design.ratee_totals[first:last],
        held=held,
        centre=np.where(held, design.ratee_anchor[first:last], design.rough_ratees[0][first:last]),
        spread=np.where(held, 0.0, design.rough_ratees[1][first:last]),
        row_information=np.zeros(size, dtype=np.float32),
        ratee_information=np.zeros(last - first),
    )
