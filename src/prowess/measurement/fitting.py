"""`fit`: from a table of ratings and a model to a result."""

import time

import numpy as np

from prowess.measurement.blocks import Blocks
from prowess.measurement.design import build_design
from prowess.measurement.estimation import Estimates, estimate
from prowess.measurement.measures import measure_facets
from prowess.measurement.optimise import Progress
from prowess.measurement.ratings import RatingTable
from prowess.measurement.result import FitResult
from prowess.measurement.specification import ModelSpecification

SEPARATED = 12.0
ENDLESS = 8.0


def fit(table: RatingTable, model: ModelSpecification | None = None, *, progress: Progress | None = None) -> FitResult:
    """Fit a many-facet Rasch model to ratings.

    ``progress`` is called with the number of the iteration and the largest change in logits. Raises ``InputError`` when
    the ratings cannot be measured under the model; doubtful results carry ``warnings`` and ``converged`` False.

    Example (Guilford 1954; R mfrmr 0.2.2 gives E2 0.6008)::

        table = RatingTable.read("creativity.csv", ratee="examinee", rater="judge", item="trait", score="score")
        fit(table, ModelSpecification(estimator="jml")).facet_table("ratee")
    """
    return fit_where(table, model, blocks=None, progress=progress)


def fit_where(
    table: RatingTable,
    model: ModelSpecification | None,
    *,
    blocks: Blocks | None,
    progress: Progress | None = None,
) -> FitResult:
    """`fit`, with the passes over the ratings made by ``blocks`` (in this process when None)."""
    began = time.perf_counter()
    chosen = model or ModelSpecification()
    design = build_design(table, chosen)
    estimates = estimate(design, blocks=blocks, progress=progress)
    return FitResult(
        table=table,
        model=chosen,
        estimates=estimates,
        measures=measure_facets(estimates),
        seconds=time.perf_counter() - began,
        notes=(*estimates.notes, *_doubts(estimates)),
    )


def _doubts(estimates: Estimates) -> list[str]:
    """Sentences about estimates that should not be trusted."""
    doubts = []
    if not estimates.converged:
        doubts.append(
            f"The estimation did not converge within {estimates.iterations} iterations; do not use these measures."
        )
    far = [
        t.name for t in estimates.design.terms if float(np.abs(estimates.point.effects[t.stretch]).max()) > SEPARATED
    ]
    if far:
        doubts.append(
            f"Some measures of {', '.join(far)} are infinite in truth: the ratings separate these elements completely."
        )
    spreads = {estimates.design.table.ratee: estimates.point.sigma}
    spreads |= {name: float(np.sqrt(variance)) for name, variance in estimates.variances.items()}
    wide = [name for name, spread in spreads.items() if spread > ENDLESS]
    if wide:
        doubts.append(
            f"The spread of {', '.join(wide)} is infinite in truth: the ratings separate the elements completely, so "
            "only their order means anything."
        )
    if not estimates.likelihood.joint and estimates.point.sigma <= 0.011 and estimates.likelihood.free_mean:
        doubts.append("The ratees do not differ more than chance: their variance was estimated as zero.")
    empty = [
        n
        for n, seen in zip(estimates.design.group_labels, estimates.design.categories_seen, strict=True)
        if not seen.all()
    ]
    if empty:
        where = f" of {', '.join(empty[:5])}{' …' if len(empty) > 5 else ''}" if empty != [""] else ""
        doubts.append(f"Some categories were never used{where}: steps there are missing, not estimated.")
    return doubts
