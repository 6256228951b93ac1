"""The same fit over Parquet partitions on a Dask cluster: a pass over the data is a sum over partitions.

The workers run the kernels of the single process; only sums, directions and parameters travel. A worker that dies takes
nothing along: Dask recomputes its partitions from the files and the parameters. Needs the extra ``distributed``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from prowess.framework.errors import InputError
from prowess.measurement.blocks import Block, Point, Totals, cut_block
from prowess.measurement.design import Design, Floats, random_facets
from prowess.measurement.estimation import Estimates, estimate
from prowess.measurement.layout import lay_out
from prowess.measurement.quadrature import LANES, nodes_needed
from prowess.measurement.ratings import RatingTable
from prowess.measurement.reading import natural_order
from prowess.measurement.specification import ModelSpecification

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Names of the columns in every partition."""

    ratee: str
    rater: str | None = None
    item: str | None = None
    score: str = "score"
    facets: tuple[str, ...] = ()
    weight: str | None = None

    def read(self, path: str) -> RatingTable:
        """One partition as ratings, coded by its own elements."""
        return RatingTable.read(
            path,
            ratee=self.ratee,
            rater=self.rater,
            item=self.item,
            score=self.score,
            facets=self.facets,
            weight=self.weight,
        )


@dataclass(frozen=True, kw_only=True)
class DistributedFit:
    """A fit whose ratings stayed where they are; ``ratees`` in the order of the partitions."""

    estimates: Estimates
    ratees: list[str]

    @property
    def log_likelihood(self) -> float:
        """Marginal log-likelihood."""
        return self.estimates.log_likelihood

    @property
    def converged(self) -> bool:
        """Whether the search ended at a maximum."""
        return self.estimates.converged

    @property
    def steps(self) -> Floats:
        """Step difficulties (groups × steps)."""
        return np.diff(self.estimates.point.cumulated, axis=1)

    def facet_table(self, name: str) -> "pl.DataFrame":
        """Element, measure and standard error of a facet; for ratees the posterior mean and deviation."""
        import polars as pl  # noqa: PLC0415

        if name in {"ratee", self.estimates.design.table.ratee}:
            columns = {"measure": self.estimates.posterior_mean, "se": self.estimates.posterior_sd}
            return pl.DataFrame({"element": self.ratees, **columns})
        facet = self.estimates.design.table.facet(name)
        term = next((t for t in self.estimates.design.terms if t.name == facet), None)
        if term is None:
            raise InputError(f"The facet {facet} has no effect in this model.", remedy="Name another facet.")
        error = np.sqrt(self.estimates.uncertainty.effects[term.stretch])
        measure = self.estimates.point.effects[term.stretch]
        return pl.DataFrame({"element": term.labels, "measure": measure, "se": error})


@dataclass(frozen=True, kw_only=True)
class _Inventory:
    """What a partition holds, in a few numbers."""

    labels: dict[str, list[str]]
    categories: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class _Sums:
    """Sufficient statistics of a partition."""

    effect_totals: Floats
    effect_counts: Floats
    category_counts: Floats
    ratee_totals: Floats
    ratee_counts: Floats
    ratings: npt.NDArray[np.int64]
    held: npt.NDArray[np.bool_]
    anchor: Floats


@dataclass(frozen=True, kw_only=True)
class _SummedDesign(Design):
    """A design without rows, whose statistics were summed elsewhere."""

    sums: _Sums

    @property
    def effect_totals(self) -> Floats:
        """Sum of the categories of each effect's ratings."""
        return self.sums.effect_totals

    @property
    def ratee_totals(self) -> Floats:
        """Sum of the categories of each ratee's ratings."""
        return self.sums.ratee_totals

    @property
    def category_counts(self) -> Floats:
        """Ratings in each category by group."""
        return self.sums.category_counts

    @property
    def effect_ratings(self) -> Floats:
        """Number (or weight) of the ratings of each effect."""
        return self.sums.effect_counts

    @property
    def ratee_ratings(self) -> Floats:
        """Number (or weight) of the ratings of each ratee."""
        return self.sums.ratee_counts


class DaskBlocks:
    """Partitions on the workers of a Dask client, summed in the order of the files."""

    def __init__(self, client: Any, blocks: Sequence[Any], *, nodes: int) -> None:
        self._client = client
        self._blocks = list(blocks)
        self._nodes = nodes
        self.passes = 0
        self.whole_information = True

    def _sum_of(self, function: Any, *arguments: Any) -> list[Any]:
        tasks = [self._client.submit(function, block, *arguments, pure=False) for block in self._blocks]
        return list(self._client.gather(tasks))

    def evaluate(self, point: Point) -> Totals:
        """Sums over all ratings at a point; the new state of each partition stays on its worker."""
        self.passes += 1
        pairs = [self._client.submit(_evaluate, block, point, self._nodes, pure=False) for block in self._blocks]
        self._blocks = [self._client.submit(_first, pair, pure=False) for pair in pairs]
        parts = self._client.gather([self._client.submit(_second, pair, pure=False) for pair in pairs])
        totals: Totals = parts[0]
        for part in parts[1:]:
            totals.add(part)
        return totals

    def curvature(self, direction: Floats, mean_direction: float, precision: float) -> tuple[Floats, float]:
        """Information × direction at the last point evaluated."""
        parts = self._sum_of(Block.curvature, direction, mean_direction, precision)
        return sum((p for p, _ in parts[1:]), parts[0][0].copy()), float(sum(m for _, m in parts))

    def observed_information(self, point: Point) -> Floats:
        """The information matrix of all parameters."""
        parts = self._sum_of(_information, point, min(self._nodes, LANES))
        return np.asarray(sum(parts[1:], parts[0]))

    def posterior(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each ratee."""
        parts = self._sum_of(_posterior)
        return np.concatenate([mean for mean, _ in parts]), np.concatenate([sd for _, sd in parts])

    def information(self) -> Floats:
        """Information on each ratee."""
        return np.concatenate(self._sum_of(_ratee_information))

    def copy(self) -> "DaskBlocks":
        """The same ratings with a state of their own: what the workers hold is never changed, only replaced."""
        return DaskBlocks(self._client, self._blocks, nodes=self._nodes)

    def borrowed(self, precision: float, variances: Floats) -> Floats:
        """Variance that each ratee's measure takes over from the effects' being estimates."""
        return np.concatenate(self._sum_of(_borrowed, precision, variances))


def _first(pair: tuple[Block, Totals]) -> Block:
    return pair[0]


def _second(pair: tuple[Block, Totals]) -> Totals:
    return pair[1]


def _evaluate(block: Block, point: Point, nodes: int) -> tuple[Block, Totals]:
    # A task may run again after a worker's death: what it was given must stay as it was.
    fresh = block.fresh()
    return fresh, fresh.evaluate(point, nodes=nodes)


def _borrowed(block: Block, precision: float, variances: Floats) -> Floats:
    return block.borrowed(precision, variances)


def _information(block: Block, point: Point, nodes: int) -> Floats:
    size = point.effects.size + point.cumulated.size + 2
    matrix = np.zeros((size, size))
    block.add_information(point, nodes=nodes, matrix=matrix)
    return matrix


def _posterior(block: Block) -> tuple[Floats, Floats]:
    return block.centre, block.spread


def _ratee_information(block: Block) -> Floats:
    return block.ratee_information


def _take_inventory(path: str, columns: Columns) -> _Inventory:
    table = columns.read(path)
    return _Inventory(labels=table.labels, categories=table.categories)


def _recoded(path: str, columns: Columns, labels: dict[str, list[str]], categories: tuple[int, ...]) -> RatingTable:
    """A partition with the codes of the whole; its ratees keep their own."""
    table = columns.read(path)
    codes, names = dict(table.codes), dict(table.labels)
    for facet in table.facets[1:]:
        position = {label: e for e, label in enumerate(labels[facet])}
        of_own = np.array([position[label] for label in table.labels[facet]], dtype=np.int32)
        codes[facet], names[facet] = of_own[table.codes[facet]], labels[facet]
    return replace(table, codes=codes, labels=names, categories=categories)


def _load(
    path: str,
    columns: Columns,
    model: ModelSpecification,
    labels: dict[str, list[str]],
    categories: tuple[int, ...],
) -> tuple[Block, _Sums]:
    table = _recoded(path, columns, labels, categories)
    design = lay_out(table, model, random=random_facets(table, model), leave_out_extremes=False)
    sums = _Sums(
        effect_totals=design.effect_totals,
        effect_counts=design.effect_ratings,
        category_counts=design.category_counts,
        ratee_totals=design.ratee_totals,
        ratee_counts=design.ratee_ratings,
        ratings=np.diff(design.start),
        held=design.held,
        anchor=design.ratee_anchor,
    )
    return cut_block(design, 0, design.start.size - 1), sums


def fit_partitions(
    paths: Sequence[str | Path], *, client: Any, columns: Columns, model: ModelSpecification | None = None
) -> DistributedFit:
    """Fit the ratings of Parquet (or CSV) files, each a partition that holds all ratings of its ratees.

    ``client`` is a ``dask.distributed.Client`` whose workers can read the files. Estimates equal those of `fit` on the
    whole to rounding. Raises ``InputError`` when a ratee occurs in two partitions, or when a fixed element has only the
    lowest or only the highest ratings (make that facet random, or leave the element out).
    """
    chosen = model or ModelSpecification()
    files = [str(path) for path in paths]
    if not files:
        raise InputError("There are no partitions.", remedy="Name at least one Parquet file.")
    inventories = client.gather(client.map(_take_inventory, files, columns=columns, pure=False))
    labels, ratees = _merge(inventories, columns, files)
    categories = tuple(sorted({c for inventory in inventories for c in inventory.categories}))
    loaded = [client.submit(_load, file, columns, chosen, labels, categories, pure=False) for file in files]
    sums = _add_sums(client.gather([client.submit(_second, pair, pure=False) for pair in loaded]))
    blocks = [client.submit(_first, pair, pure=False) for pair in loaded]
    design = _summed_design(columns, chosen, labels, ratees, categories, sums)
    nodes = chosen.nodes or nodes_needed(ratings=int(sums.ratings.sum()), ratees=int((sums.ratings > 0).sum()))
    estimates = estimate(design, blocks=DaskBlocks(client, blocks, nodes=nodes))
    return DistributedFit(estimates=estimates, ratees=ratees)


def _merge(
    inventories: Sequence[_Inventory], columns: Columns, files: Sequence[str]
) -> tuple[dict[str, list[str]], list[str]]:
    ratees: list[str] = []
    seen: set[str] = set()
    others: dict[str, set[str]] = {}
    for file, inventory in zip(files, inventories, strict=True):
        own = inventory.labels[columns.ratee]
        twice = seen.intersection(own)
        if twice:
            raise InputError(
                f"The ratee {min(twice)} occurs in more than one partition.",
                place=Path(file).name,
                remedy="Write the partitions so that each holds all ratings of its ratees.",
            )
        seen.update(own)
        ratees += own
        for facet, names in inventory.labels.items():
            if facet != columns.ratee:
                others.setdefault(facet, set()).update(names)
    return {facet: sorted(names, key=natural_order) for facet, names in others.items()}, ratees


def _add_sums(parts: Sequence[_Sums]) -> _Sums:
    return _Sums(
        effect_totals=np.asarray(sum((p.effect_totals for p in parts[1:]), parts[0].effect_totals)),
        effect_counts=np.asarray(sum((p.effect_counts for p in parts[1:]), parts[0].effect_counts)),
        category_counts=np.asarray(sum((p.category_counts for p in parts[1:]), parts[0].category_counts)),
        ratee_totals=np.concatenate([p.ratee_totals for p in parts]),
        ratee_counts=np.concatenate([p.ratee_counts for p in parts]),
        ratings=np.concatenate([p.ratings for p in parts]),
        held=np.concatenate([p.held for p in parts]),
        anchor=np.concatenate([p.anchor for p in parts]),
    )


def _summed_design(
    columns: Columns,
    model: ModelSpecification,
    labels: dict[str, list[str]],
    ratees: list[str],
    categories: tuple[int, ...],
    sums: _Sums,
) -> _SummedDesign:
    """The design of the whole, laid out from one made-up rating for each element and completed by the sums."""
    names = [columns.ratee, *[n for n in (columns.rater, columns.item) if n], *columns.facets]
    size = max(len(those) for those in labels.values())
    codes = {name: np.arange(size, dtype=np.int32) % len(labels[name]) for name in names[1:]}
    table = RatingTable(
        facets=tuple(names),
        codes=codes | {columns.ratee: np.zeros(size, dtype=np.int32)},
        labels=labels | {columns.ratee: ratees[:1]},
        scores=np.full(size, categories[0], dtype=np.int32),
        categories=categories,
        rows=np.arange(size, dtype=np.int32),
        rater=columns.rater,
        item=columns.item,
        score_name=columns.score,
    )
    frame = lay_out(table, model, random=random_facets(table, model), leave_out_extremes=False)
    _refuse_extremes(frame, sums, len(categories) - 1)
    fields = {name: getattr(frame, name) for name in Design.__dataclass_fields__}
    fields |= {
        "start": np.concatenate([[0], np.cumsum(sums.ratings)]),
        "categories_seen": sums.category_counts > 0,
        "held": sums.held,
        "ratee_anchor": sums.anchor,
    }
    return _SummedDesign(**fields, sums=sums)


def _refuse_extremes(design: Design, sums: _Sums, top: int) -> None:
    for term in design.terms:
        if term.random or not design.free[term.stretch].any():
            continue
        total, count = sums.effect_totals[term.stretch], sums.effect_counts[term.stretch]
        extreme = np.flatnonzero((count > 0) & ((total == 0) | (total == top * count)))
        if extreme.size:
            raise InputError(
                f"{term.labels[extreme[0]]} of {term.name} has only the lowest or only the highest ratings, so its "
                f""
                "measure is infinite.",
                remedy=f"Make {term.name} random, or leave these ratings out.",
            )
