"""Estimating a design: marginal, joint, and with crossed random facets."""

from dataclasses import dataclass

import numpy as np

from prowess.measurement.blocks import Blocks, Point, Totals, cut_into_blocks
from prowess.measurement.crossed import maximise_crossed
from prowess.measurement.design import Design, Floats
from prowess.measurement.likelihood import Likelihood
from prowess.measurement.optimise import Optimum, Progress, maximise
from prowess.measurement.quadrature import nodes_needed
from prowess.measurement.standard_errors import Uncertainty, uncertainty

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
    row_information: Floats
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
    nodes = model.nodes or nodes_needed(ratings=int(design.start[-1]), ratees=rated)
    where = blocks if blocks is not None else cut_into_blocks(design, nodes=nodes)
    joint = (model.estimator or "").startswith("jml")
    drawn = [term for term in design.terms if term.random]
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
        notes = ()
    return _collect(likelihood, optimum, spread, notes)


def _collect(likelihood: Likelihood, optimum: Optimum, spread: Uncertainty, notes: tuple[str, ...]) -> Estimates:
    blocks = likelihood.blocks
    mean, deviation = blocks.posterior()
    ratee_information, row_information = blocks.information()
    log_likelihood = likelihood.log_likelihood(optimum.point, optimum.evaluation.totals)
    ridge = likelihood.ridge()
    if (ridge > 0).any():
        modes = optimum.point[: ridge.size]
        log_likelihood += -0.5 * float(ridge @ modes**2) + 0.5 * float(np.log(ridge[ridge > 0]).sum())
        log_likelihood -= 0.5 * spread.log_determinant
    return Estimates(
        design=likelihood.design,
        likelihood=likelihood,
        point=likelihood.point(optimum.point),
        totals=optimum.evaluation.totals,
        uncertainty=spread,
        posterior_mean=mean,
        posterior_sd=deviation,
        ratee_information=ratee_information,
        row_information=row_information,
        variances=dict(likelihood.variances),
        log_likelihood=log_likelihood,
        converged=optimum.converged,
        iterations=optimum.iterations,
        passes=blocks.passes,
        notes=notes,
    )
