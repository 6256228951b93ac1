"""Variance components of crossed and nested designs, balanced or not.

Two estimators. ``anova`` equates quadratic forms with their expectations (Henderson's method 1, which for balanced
data is the usual analysis of variance; Brennan 2001, chapters 3 and 7, and the program urGENOVA): one pass,
unbiased, any
size, and an estimate may come out below zero. ``reml`` is restricted maximum likelihood (as R's lme4): efficient for
unbalanced data, never below zero. For balanced data with positive estimates both agree.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.generalizability.design import Design, Effect
from prowess.measurement.generalizability.observations import Floats, Integers, Observations, infer_design, is_balanced
from prowess.measurement.generalizability.restricted_likelihood import (
    LARGEST_AUTOMATIC,
    LARGEST_REML,
    restricted_likelihood,
)

Method = Literal["auto", "anova", "reml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Variance of one effect. ``estimate`` may be negative (``anova``); ``variance`` is never, and is used further.

    ``levels`` counts the combinations of levels seen; ``share`` is of the total variance of a single score.
    """

    effect: Effect
    label: str
    estimate: float
    variance: float
    standard_error: float | None
    share: float
    levels: int
    degrees_of_freedom: float | None
    mean_square: float | None


@dataclass(frozen=True)
class VarianceComponents:
    """Every effect's variance; the last one is the residual, with which the highest interaction is confounded.

    ``covariance`` of the estimates is known for ``reml`` (NaN where a variance is zero).
    """

    design: Design
    components: tuple[Component, ...]
    method: str
    balanced: bool
    scores: int
    grand_mean: float
    observations: Observations
    covariance: Floats | None = None
    warnings: tuple[str, ...] = ()

    def __getitem__(self, label: str) -> Component:
        """The component with this label (``"ratee"``, ``"ratee x rater"``, ``"residual"`` for the last)."""
        for component in self.components:
            if label in {component.label, "residual" * (component is self.components[-1])}:
                return component
        raise KeyError(label)

    @property
    def total(self) -> float:
        """Variance of a single score, over all effects."""
        return sum(component.variance for component in self.components)


def variance_components(
    observations: Observations, *, design: Design | None = None, method: Method = "auto"
) -> VarianceComponents:
    """Estimate the variance of every effect of ``design`` (by default: inferred from the data).

    ``auto`` takes ``anova`` for balanced data and ``reml`` otherwise, or ``anova`` when the data are too large.
    Raises `InputError` when a facet has one level, the design does not fit the data, or nothing varies.

    >>> rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> table = Observations.from_columns(
    ...     np.ravel(rows), facets={"ratee": np.repeat(range(6), 4), "rater": np.tile(range(4), 6)})
    >>> [round(part.estimate, 3) for part in variance_components(table).components]  # Shrout and Fleiss (1979)
    [2.556, 5.244, 1.019]
    """
    chosen = design or infer_design(observations)
    _check(observations, chosen)
    effects, repeated = _effects(observations, chosen)
    balanced = is_balanced(observations, chosen)
    used = _method(method, observations, effects, balanced=balanced)
    estimates, errors, freedom, squares = _analysis_of_variance(observations, effects, balanced=balanced)
    covariance = None
    if used == "reml":
        estimates, covariance = restricted_likelihood(observations, effects, start=estimates)
        errors, freedom, squares = np.sqrt(np.diag(covariance)), None, None
    parts = _components(observations, chosen, effects, estimates, errors, freedom, squares, repeated=repeated)
    return VarianceComponents(
        design=chosen,
        components=parts,
        method=used,
        balanced=balanced,
        scores=observations.score.size,
        grand_mean=float(observations.score.mean()),
        observations=observations,
        covariance=covariance,
        warnings=_warnings(parts, method=method, used=used, balanced=balanced),
    )


RESIDUAL: Effect = frozenset({"\x00residual"})


def _check(observations: Observations, design: Design) -> None:
    for facet in design.facets:
        if facet not in observations.codes:
            known = ", ".join(observations.codes)
            raise InputError(f"“{facet}” is no facet of the data.", place="design", remedy=f"There are {known}.")
        if observations.count(frozenset({facet})) < 2:
            message = f"The facet {facet} has one level, so its variance cannot be estimated."
            raise InputError(message, place=facet, remedy="Leave it out, or collect more levels.")
    if np.ptp(observations.score) == 0:
        message = f"All {observations.score.size} scores are {observations.score[0]:g}: there is no variance to divide."
        raise InputError(message, place="score")


def _effects(observations: Observations, design: Design) -> tuple[tuple[Effect, ...], bool]:
    """The effects to estimate, residual last; with repeated scores in a cell the highest effect stands apart."""
    effects = design.effects
    repeated = observations.count(effects[-1]) < observations.score.size
    return (effects if repeated else effects[:-1]) + (RESIDUAL,), repeated


def _method(method: Method, observations: Observations, effects: tuple[Effect, ...], *, balanced: bool) -> str:
    if method not in {"auto", "anova", "reml"}:
        raise InputError(f"“{method}” is no known method.", place="method", remedy="Choose auto, anova or reml.")
    size = sum(observations.count(effect) for effect in effects[:-1])
    if method == "auto":
        return "anova" if balanced or size > LARGEST_AUTOMATIC else "reml"
    if method == "reml" and size > LARGEST_REML:
        message = f"Restricted likelihood would need {size:,} random effects; {LARGEST_REML:,} is the limit."
        raise InputError(message, place="method", remedy="Use anova, which is linear in the number of scores.")
    return method


def _analysis_of_variance(
    observations: Observations, effects: tuple[Effect, ...], *, balanced: bool
) -> tuple[Floats, Floats | None, Floats | None, Floats | None]:
    """Henderson's method 1: T(effect) = sum of group totals squared / group size, minus that of the mean."""
    centred = observations.score - observations.score.mean()
    groups = [_groups(observations, effect) for effect in effects]
    sums = np.array([_quadratic(group, centred) for group in groups])
    nothing = np.zeros(centred.size, dtype=np.int64)
    expected = np.array([[_coefficient(own, other) for other in groups] for own in groups])
    expected -= np.array([_coefficient(nothing, other) for other in groups])
    try:
        estimates = np.linalg.solve(expected, sums)
    except np.linalg.LinAlgError as error:
        message = "The design's effects cannot be told apart with these data."
        raise InputError(message, place="design", remedy="Leave a facet out, or collect more overlap.") from error
    if not balanced:
        return estimates, None, None, None
    return estimates, *_balanced_errors(effects, groups, sums, expected)


def _groups(observations: Observations, effect: Effect) -> Integers:
    return np.arange(observations.score.size) if effect == RESIDUAL else observations.levels(effect)


def _quadratic(group: Integers, centred: Floats) -> float:
    total = np.bincount(group, weights=centred)
    return float((total**2 / np.bincount(group)).sum())


def _coefficient(own: Integers, other: Integers) -> float:
    """Sum over groups a of ``own`` and b of ``other`` of n(a,b) squared / n(a)."""
    size = np.bincount(own).astype(np.float64)
    cells, count = np.unique(own * (int(other.max()) + 1) + other, return_counts=True)
    return float((count.astype(np.float64) ** 2 / size[cells // (int(other.max()) + 1)]).sum())


def _balanced_errors(
    effects: tuple[Effect, ...],
    groups: list[Integers],
    sums: Floats,
    expected: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Standard errors from independent mean squares (Brennan 2001, equation 6.1), degrees of freedom, mean squares."""
    everything: Effect = frozenset().union(*effects)
    full = [everything if effect == RESIDUAL else effect for effect in effects]
    below = np.array([[float(other <= own) for other in full] for own in full])
    if full[-1] in full[:-1]:
        below[:-1, -1] = 0.0
    levels = np.array([float(group.max()) + 1.0 for group in groups])
    freedom = np.linalg.solve(below, levels - 1.0)
    squares = np.linalg.solve(below, sums) / freedom
    mixing = np.linalg.solve(expected, below * freedom)
    errors = np.sqrt((mixing**2) @ (2.0 * squares**2 / (freedom + 2.0)))
    return errors, freedom, squares


def _components(
    observations: Observations,
    design: Design,
    effects: tuple[Effect, ...],
    estimates: Floats,
    errors: Floats | None,
    freedom: Floats | None,
    squares: Floats | None,
    *,
    repeated: bool,
) -> tuple[Component, ...]:
    total = float(np.maximum(estimates, 0.0).sum()) or 1.0
    everything: Effect = frozenset(design.facets)
    parts = []
    for place, effect in enumerate(effects):
        label = "residual" if repeated and effect == RESIDUAL else design.label(everything)
        variance = max(float(estimates[place]), 0.0)
        parts.append(
            Component(
                effect=everything if effect == RESIDUAL else effect,
                label=label if effect == RESIDUAL else design.label(effect),
                estimate=float(estimates[place]),
                variance=variance,
                standard_error=_at(errors, place),
                share=variance / total,
                levels=observations.score.size if effect == RESIDUAL else observations.count(effect),
                degrees_of_freedom=_at(freedom, place),
                mean_square=_at(squares, place),
            )
        )
    return tuple(parts)


def _at(values: Floats | None, place: int) -> float | None:
    return None if values is None or not np.isfinite(values[place]) else float(values[place])


def _warnings(parts: tuple[Component, ...], *, method: Method, used: str, balanced: bool) -> tuple[str, ...]:
    found = []
    negative = [part.label for part in parts if part.estimate < 0]
    if negative:
        found.append(f"The variance of {', '.join(negative)} was estimated below zero and is taken as zero.")
    if not balanced and used == "anova" and method == "auto":
        found.append("The data are too large for restricted likelihood; analogous analysis of variance was used.")
    return tuple(found)
