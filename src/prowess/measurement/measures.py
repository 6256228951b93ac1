"""From estimates to the measures of every element of every facet, the extreme ones included."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from prowess.measurement.design import Flags, Floats, Term
from prowess.measurement.estimation import Estimates

EXTREME_ADJUSTMENT = 0.3


@dataclass(frozen=True, kw_only=True)
class FacetMeasures:
    """Measures of one facet's elements in logits, in the order of ``labels``.

    ``error``: standard error, the uncertainty of the other facets included; ``shrunken``: posterior means rather than
    maximum likelihood estimates; ``extreme``: measured afterwards from a score moved by 0.3 into the scale;
    ``own_error``: for ratees beside fixed facets, the error given those facets, which is what reliability compares.
    """

    name: str
    labels: list[str]
    measure: Floats
    error: Floats
    anchored: Flags
    extreme: Flags
    shrunken: bool
    own_error: Floats | None = None

    @property
    def usable(self) -> Flags:
        """Elements that have a measure and an error."""
        return np.isfinite(self.measure) & np.isfinite(self.error)


def bias_correction(estimates: Estimates) -> float:
    """(L - 1) / L for L ratings a ratee (Wright and Douglas 1977) when the joint estimates are to be corrected, else
    1."""
    if estimates.design.model.estimator != "jml-corrected":
        return 1.0
    rows = np.diff(estimates.design.start)
    ratings = float(rows[rows > 0].mean())
    return (ratings - 1.0) / ratings if ratings > 1.0 else 1.0


def measure_facets(estimates: Estimates) -> dict[str, FacetMeasures]:
    """The measures of each facet of the table, by name."""
    design = estimates.design
    table = design.table
    terms = {term.name: term for term in design.terms if len(term.facets) == 1}
    measured = {table.ratee: _measure_ratees(estimates)}
    for name in table.facets[1:]:
        measured[name] = _measure_term(estimates, name, terms.get(name))
    for name, facet in measured.items():
        _measure_extremes(estimates, facet, left_out=design.left_out.get(name), measured=measured)
    return _corrected(measured, bias_correction(estimates))


def _measure_ratees(estimates: Estimates) -> FacetMeasures:
    design = estimates.design
    seen = np.diff(design.start) > 0
    joint = estimates.likelihood.joint
    own = np.maximum(estimates.ratee_information, 1e-12)
    variance = np.where(design.held | joint, 1.0 / own, estimates.posterior_sd**2)
    own_error = None
    if not joint:
        if not estimates.variances:
            own_error = np.where(seen, np.sqrt(variance), np.nan)
        variance = variance + np.where(design.held, 0.0, _borrowed(estimates))
    blank = np.full(seen.size, np.nan)
    return FacetMeasures(
        name=design.table.ratee,
        labels=design.table.labels[design.table.ratee],
        measure=np.where(seen | design.held, estimates.posterior_mean, blank),
        error=np.where(seen, np.sqrt(variance), blank),
        anchored=design.held,
        extreme=np.zeros(seen.size, dtype=bool),
        shrunken=not joint,
        own_error=own_error,
    )


def _borrowed(estimates: Estimates) -> Floats:
    """Variance of the ratees' measures that comes from the other parameters' being estimates."""
    from prowess.measurement.kernels.ratees import borrowed_from_all  # noqa: PLC0415

    design, point, spread = estimates.design, estimates.point, estimates.uncertainty
    extra = np.zeros(design.start.size - 1)
    if spread.covariance.size:
        borrowed_from_all(
            design.start,
            design.effects,
            design.groups,
            design.weights,
            point.effects,
            point.cumulated,
            point.mean,
            point.sigma,
            estimates.posterior_mean,
            estimates.posterior_sd,
            spread.covariance,
            extra,
        )
    else:
        extra = estimates.likelihood.blocks.borrowed(point.precision, spread.effects)
    return extra


def _measure_term(estimates: Estimates, name: str, term: Term | None) -> FacetMeasures:
    design = estimates.design
    labels = design.table.labels[name]
    if term is None:
        return FacetMeasures(
            name=name,
            labels=labels,
            measure=np.zeros(len(labels)),
            error=np.full(len(labels), np.nan),
            anchored=np.ones(len(labels), dtype=bool),
            extreme=np.zeros(len(labels), dtype=bool),
            shrunken=False,
        )
    anchored = ~design.free[term.stretch]
    information = np.maximum(estimates.totals.information[term.stretch], 1e-12)
    conditional = 1.0 / np.sqrt(information)
    if estimates.likelihood.joint:
        error = conditional
    else:
        variance = estimates.uncertainty.effects[term.stretch]
        # Where the maximum is at infinity the curvature says nothing.
        known = np.sqrt(np.where(variance > 0, variance, np.nan))
        error = np.where(anchored, conditional, known)
    gone = design.left_out.get(name, np.zeros(term.size, dtype=bool))
    return FacetMeasures(
        name=name,
        labels=labels,
        measure=np.where(gone, np.nan, estimates.point.effects[term.stretch]),
        error=np.where(gone, np.nan, error),
        anchored=anchored,
        extreme=gone.copy(),
        shrunken=term.random,
    )


def _measure_extremes(
    estimates: Estimates, facet: FacetMeasures, *, left_out: Flags | None, measured: dict[str, FacetMeasures]
) -> None:
    """Measure the elements that were left out, given all others, from a score moved by 0.3 into the scale."""
    if left_out is None or not left_out.any():
        return
    table = estimates.design.table
    sign = 1.0 if facet.name == table.ratee else -1.0
    order = np.argsort(table.codes[facet.name], kind="stable")
    bounds = np.searchsorted(table.codes[facet.name][order], np.arange(left_out.size + 1))
    for element in np.flatnonzero(left_out):
        rows = order[bounds[element] : bounds[element + 1]]
        others = np.zeros(rows.size)
        for name, other in measured.items():
            if name != facet.name:
                value = np.nan_to_num(other.measure[table.codes[name][rows]])
                others += value if name == table.ratee else -value
        measure, error = _adjusted(estimates, rows, others, sign=sign)
        facet.measure[element], facet.error[element] = measure, error
        facet.extreme[element] = True


def _adjusted(
    estimates: Estimates, rows: npt.NDArray[np.signedinteger[Any]], others: Floats, *, sign: float
) -> tuple[float, float]:
    design = estimates.design
    cumulated = group_steps(estimates, rows)
    informative = np.isfinite(cumulated).sum(axis=1) > 1
    rows, others, cumulated = rows[informative], others[informative], cumulated[informative]
    if not rows.size:
        return np.nan, np.nan
    used = [np.flatnonzero(np.isfinite(line)) for line in cumulated]
    low = sum(float(u[0]) for u in used)
    high = sum(float(u[-1]) for u in used)
    score = float(design.table.steps[rows].sum())
    adjustment = min(EXTREME_ADJUSTMENT, (high - low) / 4.0)
    target = float(np.clip(score, low + adjustment, high - adjustment))
    bottom, top = -40.0, 40.0
    measure, information = 0.0, 0.0
    for _ in range(200):
        measure = 0.5 * (bottom + top)
        expected, variance = moments(others + sign * measure, cumulated)
        information = float(variance.sum())
        too_high = (float(expected.sum()) - target) * sign > 0
        bottom, top = (bottom, measure) if too_high else (measure, top)
        if top - bottom < 1e-10:
            break
    return measure, 1.0 / np.sqrt(max(information, 1e-9))


def group_steps(estimates: Estimates, rows: npt.NDArray[np.signedinteger[Any]]) -> Floats:
    """Cumulated steps that apply to rows of the table (rows × categories)."""
    step_facet = estimates.design.model.step_facet
    cumulated = estimates.point.cumulated
    if step_facet is None or cumulated.shape[0] == 1:
        return np.asarray(np.broadcast_to(cumulated[0], (rows.size, cumulated.shape[1])))
    table = estimates.design.table
    return np.asarray(cumulated[table.codes[table.facet(step_facet)][rows]])


def moments(logits: Floats, cumulated: Floats) -> tuple[Floats, Floats]:
    """Expected category and its variance at each logit; ``cumulated`` is (logits × categories)."""
    probability = probabilities(logits, cumulated)
    categories = np.arange(probability.shape[1])
    expected = probability @ categories
    return expected, probability @ categories**2 - expected**2


def probabilities(logits: Floats, cumulated: Floats) -> Floats:
    """Probability of each category at each logit (logits × categories)."""
    heights = logits[:, None] * np.arange(cumulated.shape[-1]) - cumulated
    heights = np.exp(heights - heights.max(axis=1, keepdims=True))
    return np.asarray(heights / heights.sum(axis=1, keepdims=True))


def _corrected(measured: dict[str, FacetMeasures], factor: float) -> dict[str, FacetMeasures]:
    if factor != 1.0:
        for facet in measured.values():
            facet.measure[~facet.anchored] *= factor
            facet.error[~facet.anchored] *= factor
    return measured
