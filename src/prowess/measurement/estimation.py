"""Estimating a design: marginal, joint, and with crossed random facets."""

from dataclasses import dataclass

import numpy as np

from prowess.measurement.blocks import Blocks, Point, Totals, cut_into_blocks
from prowess.measurement.crossed import maximise_crossed
from prowess.measurement.design import Design, Floats
from prowess.measurement.likelihood import FEW_RATINGS, Likelihood
from prowess.measurement.optimise import Optimum, Progress, maximise
from prowess.measurement.profile import laplace_height
from prowess.measurement.quadrature import nodes_needed
from prowess.measurement.sparse_facets import with_bias
from prowess.measurement.standard_errors import Uncertainty, is_small, uncertainty

FIRST_VARIANCE = 0.25


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """The fitted parameters of a design and how uncertain they are.

    ``posterior_mean`` and ``posterior_sd``: of each ratee given the effects (for joint maximum likelihood: the estimate
    and one over the root of its information).
    """

    design: Design
    likelihood: Likelihood
    point: Point
    totals: Totals
    uncertainty: Uncertainty
    posterior_mean: Floats
    posterior_sd: Floats
    ratee_information: Floats
    variances: dict[str, float]
    log_likelihood: float
    converged: bool
    iterations: int
    passes: int
    notes: tuple[str, ...]


def estimate(design: Design, *, blocks: Blocks | None = None, progress: Progress | None = None) -> Estimates:
    """Fit a design; ``blocks`` says where its ratings are (in this process unless given)."""
    model = design.model
    rated = int((np.diff(design.start) > 0).sum())
    ratings = int(design.start[-1])
    nodes = model.nodes or nodes_needed(ratings=ratings, ratees=rated)
    joint = (model.estimator or "").startswith("jml")
    drawn = [term for term in design.terms if term.random]
    where = blocks
    if where is None:
        small = ratings <= FEW_RATINGS or (bool(drawn) and is_small(design))
        where = cut_into_blocks(design, nodes=nodes, whole_information=small or joint)
    likelihood = Likelihood(
        design=design, blocks=where, joint=joint, variances={term.name: FIRST_VARIANCE for term in drawn}
    )
    if drawn:
        crossed = maximise_crossed(likelihood, progress=progress)
        optimum, spread, notes = crossed.optimum, crossed.spread, crossed.notes
    else:
        optimum = maximise(
            likelihood,
            start=likelihood.start(),
            tolerance=model.tolerance,
            maximum_iterations=model.maximum_iterations,
            progress=progress,
        )
        spread = uncertainty(likelihood, likelihood.point(optimum.point), optimum.evaluation.totals)
        stretch = with_bias(likelihood, optimum, spread)
        spread, notes = stretch.spread, stretch.notes
    return _collect(likelihood, optimum, spread, notes)


def _collect(likelihood: Likelihood, optimum: Optimum, spread: Uncertainty, notes: tuple[str, ...]) -> Estimates:
    blocks = likelihood.blocks
    mean, deviation = blocks.posterior()
    return Estimates(
        design=likelihood.design,
        likelihood=likelihood,
        point=likelihood.point(optimum.point),
        totals=optimum.evaluation.totals,
        uncertainty=spread,
        posterior_mean=mean,
        posterior_sd=deviation,
        ratee_information=blocks.information(),
        variances=dict(likelihood.variances),
        log_likelihood=laplace_height(likelihood, optimum, spread),
        converged=optimum.converged,
        iterations=optimum.iterations,
        passes=blocks.passes,
        notes=notes,
    )
