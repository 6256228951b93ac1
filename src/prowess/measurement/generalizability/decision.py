"""D-studies: how dependable are means over other numbers of raters, items or occasions, and how many are needed?

The universe score is the object's mean over all levels of the random facets and the given levels of the fixed ones.
*Relative* error matters for ranking, and gives the generalizability coefficient E rho²; *absolute* error, in which
severities count as well, matters for comparing with a standard, and gives the dependability index Phi (Brennan 2001,
chapters 1, 4 and 5; Cronbach, Gleser, Nanda and Rajaratnam 1972).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.generalizability.components import Component, VarianceComponents
from prowess.measurement.generalizability.design import Design, Effect
from prowess.measurement.generalizability.observations import Observations

Coefficient = Literal["generalizability", "dependability"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Dependability of one measurement procedure. Standard errors of measurement are in points of the scale."""

    object: str
    sizes: dict[str, float]
    fixed: tuple[str, ...]
    universe_variance: float
    relative_error: float
    absolute_error: float
    generalizability: float
    dependability: float
    relative_sem: float
    absolute_sem: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How many levels of a facet reach the wanted coefficient; ``needed`` is None when no number does.

    ``ceiling`` is the coefficient that endlessly many would approach while the other facets stay as they are.
    """

    facet: str
    coefficient: Coefficient
    wanted: float
    needed: int | None
    reached: float | None
    ceiling: float
    sizes: dict[str, float]


def decision_study(
    components: VarianceComponents,
    *,
    object: str,  # noqa: A002  # the field's word: the object of measurement
    sizes: Mapping[str, float] | None = None,
    fixed: Iterable[str] = (),
    design: Design | None = None,
) -> Decision:
    """Error variances and coefficients for means over ``sizes`` levels of each facet (default: as collected).

    ``fixed`` facets are not generalised over. ``design`` may nest facets that were crossed when collected (every
    ratee gets raters of their own); a facet that was nested cannot be crossed afterwards.

    >>> from prowess.measurement.generalizability import Observations, variance_components
    >>> rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> table = Observations.from_columns(
    ...     np.ravel(rows), facets={"ratee": np.repeat(range(6), 4), "rater": np.tile(range(4), 6)})
    >>> study = decision_study(variance_components(table), object="ratee")
    >>> round(study.generalizability, 2), round(study.dependability, 2)  # ICC(3,4) and ICC(2,4)
    (0.91, 0.62)
    """
    plan = _plan(components, object=object, sizes=sizes, fixed=fixed, design=design)
    return _decision(components, plan)


def levels_needed(
    components: VarianceComponents,
    *,
    object: str,  # noqa: A002  # the field's word: the object of measurement
    facet: str,
    reliability: float = 0.8,
    coefficient: Coefficient = "generalizability",
    sizes: Mapping[str, float] | None = None,
    fixed: Iterable[str] = (),
    design: Design | None = None,
) -> Need:
    """The smallest number of levels of ``facet`` (raters, say) whose mean reaches ``reliability``."""
    if not 0.0 < reliability < 1.0:
        message = f"The wanted reliability is {reliability:g}."
        raise InputError(message, place="reliability", remedy="Give a number between 0 and 1, such as 0.8.")
    if coefficient not in {"generalizability", "dependability"}:
        remedy = "Choose generalizability or dependability."
        raise InputError(f"“{coefficient}” is no known coefficient.", place="coefficient", remedy=remedy)
    plan = _plan(components, object=object, sizes=sizes, fixed=fixed, design=design)
    if facet not in plan.sizes or facet in plan.fixed:
        choices = ", ".join(name for name in plan.sizes if name not in plan.fixed)
        raise InputError(f"“{facet}” is no random facet of the study.", place="facet", remedy=f"There are {choices}.")
    ceiling = _coefficient(_decision(components, plan.resized(facet, float("inf"))), coefficient)
    needed = _smallest(components, plan, facet=facet, coefficient=coefficient, wanted=reliability, ceiling=ceiling)
    study = _decision(components, plan.resized(facet, needed)) if needed else None
    return Need(
        facet=facet,
        coefficient=coefficient,
        wanted=reliability,
        needed=needed,
        reached=None if study is None else _coefficient(study, coefficient),
        ceiling=ceiling,
        sizes={name: size for name, size in plan.sizes.items() if name != facet},
    )


def coefficient_interval(
    components: VarianceComponents,
    *,
    object: str,  # noqa: A002  # the field's word: the object of measurement
    coefficient: Coefficient = "generalizability",
    confidence: float = 0.95,
    draws: int = 4_000,
    seed: int = 1,
    sizes: Mapping[str, float] | None = None,
    fixed: Iterable[str] = (),
) -> tuple[float, float] | None:
    """An interval for the coefficient from balanced data, or None for unbalanced ones.

    The mean squares are redrawn as scaled chi-squares with their degrees of freedom (a generalised pivotal interval;
    Brennan 2001, section 6.2, discusses the kind), and the coefficient is computed from each draw.
    """
    if components.components[0].mean_square is None:
        return None
    plan = _plan(components, object=object, sizes=sizes, fixed=fixed, design=None)
    generator = np.random.default_rng(seed)
    squares = np.array([part.mean_square for part in components.components], dtype=np.float64)
    freedom = np.array([part.degrees_of_freedom for part in components.components], dtype=np.float64)
    drawn = squares * freedom / generator.chisquare(freedom, size=(draws, freedom.size))
    variances = np.maximum(drawn @ _mixing(components).T, 0.0)
    universe, relative, absolute = _weights(components, plan)
    error = relative if coefficient == "generalizability" else absolute
    below = variances @ (universe + error)
    values = np.divide(variances @ universe, below, out=np.zeros_like(below), where=below > 0)
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def observed_sizes(observations: Observations, design: Design, *, own: Effect) -> dict[str, float]:
    """How many levels of each facet an object's mean rests on, within the facets that it is nested in.

    With gaps this is the effective number: one over the mean sum of squared shares (Brennan 2001, section 7.1).
    """
    sizes: dict[str, float] = {}
    for facet in design.facets:
        if facet not in own:
            closure = design.closure([facet])
            outer = _effective(observations, own, closure - {facet})
            sizes[facet] = _effective(observations, own, closure) / outer
    return sizes


def _effective(observations: Observations, own: Effect, facets: Effect) -> float:
    if facets <= own:
        return 1.0
    objects, size = observations.levels(own), observations.sizes(own)
    _, first, count = np.unique(observations.levels(own | facets), return_index=True, return_counts=True)
    shares = np.bincount(objects[first], weights=(count / size[objects[first]]) ** 2, minlength=size.size)
    return 1.0 / float(shares.mean())


@dataclass(frozen=True, slots=True)
class _Plan:
    object: str
    own: Effect
    sizes: dict[str, float]
    fixed: frozenset[str]
    design: Design

    def resized(self, facet: str, size: float) -> "_Plan":
        return _Plan(self.object, self.own, {**self.sizes, facet: size}, self.fixed, self.design)


def _plan(
    components: VarianceComponents,
    *,
    object: str,  # noqa: A002  # the field's word: the object of measurement
    sizes: Mapping[str, float] | None,
    fixed: Iterable[str],
    design: Design | None,
) -> _Plan:
    study = _study_design(components.design, design)
    if object not in study.facets:
        remedy = f"There are {', '.join(study.facets)}."
        raise InputError(f"“{object}” is no facet of the design.", place="object", remedy=remedy)
    own = study.closure([object])
    chosen = observed_sizes(components.observations, study, own=own)
    for facet, size in (sizes or {}).items():
        if facet not in chosen or not size > 0:
            message = f"{size:g} levels of “{facet}” cannot be planned."
            remedy = f"Give a number above zero for one of {', '.join(chosen)}."
            raise InputError(message, place="sizes", remedy=remedy)
        chosen[facet] = float(size)
    unknown = sorted(set(fixed) - set(chosen))
    if unknown:
        remedy = f"Choose among {', '.join(chosen)}."
        raise InputError(f"“{unknown[0]}” cannot be a fixed facet.", place="fixed", remedy=remedy)
    return _Plan(object, own, chosen, frozenset(fixed), study)


def _study_design(collected: Design, planned: Design | None) -> Design:
    if planned is None:
        return collected
    if set(planned.facets) != set(collected.facets):
        remedy = f"Use exactly {', '.join(collected.facets)}."
        raise InputError("The planned design has other facets than the collected one.", place="design", remedy=remedy)
    for facet in collected.facets:
        lost = collected.closure([facet]) - planned.closure([facet])
        if lost:
            message = f"{facet} was nested in {', '.join(sorted(lost))} and cannot be crossed with it afterwards."
            raise InputError(message, place="design", remedy="Collect crossed ratings first.")
    return planned


def _weights(components: VarianceComponents, plan: _Plan) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each component counts for in the universe score, the relative and the absolute error variance."""
    universe, relative, absolute = (np.zeros(len(components.components)) for _ in range(3))
    for place, part in enumerate(components.components):
        share, kind = _role(part, plan)
        if kind == "universe":
            universe[place] = share
        elif kind != "constant":
            absolute[place] = share
            relative[place] = share if kind == "relative" else 0.0
    return universe, relative, absolute


def _role(part: Component, plan: _Plan) -> tuple[float, str]:
    facets = plan.design.closure(part.effect)
    levels = float(np.prod([plan.sizes[facet] for facet in facets - plan.own]))
    touches, open_facets = bool(facets & plan.own), facets - plan.own - plan.fixed
    if not open_facets:
        return 1.0 / levels, "universe" if touches else "constant"
    return (0.0 if np.isinf(levels) else 1.0 / levels), "relative" if touches else "absolute"


def _decision(components: VarianceComponents, plan: _Plan) -> Decision:
    variances = np.array([part.variance for part in components.components])
    universe, relative, absolute = (float(weights @ variances) for weights in _weights(components, plan))
    return Decision(
        object=plan.object,
        sizes=dict(plan.sizes),
        fixed=tuple(sorted(plan.fixed)),
        universe_variance=universe,
        relative_error=relative,
        absolute_error=absolute,
        generalizability=universe / (universe + relative) if universe + relative > 0 else 0.0,
        dependability=universe / (universe + absolute) if universe + absolute > 0 else 0.0,
        relative_sem=relative**0.5,
        absolute_sem=absolute**0.5,
    )


def _coefficient(study: Decision, coefficient: Coefficient) -> float:
    return study.generalizability if coefficient == "generalizability" else study.dependability


def _smallest(
    components: VarianceComponents,
    plan: _Plan,
    *,
    facet: str,
    coefficient: Coefficient,
    wanted: float,
    ceiling: float,
) -> int | None:
    """The error is a + b / n, so n = b / (universe (1 - wanted) / wanted - a), rounded up."""

    def error(levels: float) -> float:
        study = _decision(components, plan.resized(facet, levels))
        return study.relative_error if coefficient == "generalizability" else study.absolute_error

    universe = _decision(components, plan).universe_variance
    if ceiling <= wanted or universe <= 0:
        return 1 if universe > 0 and error(1.0) == error(float("inf")) and ceiling >= wanted else None
    constant = error(float("inf"))
    room = universe * (1.0 - wanted) / wanted - constant
    return max(1, int(np.ceil(round((error(1.0) - constant) / room, 9))))


def _mixing(components: VarianceComponents) -> np.ndarray:
    """The estimates as linear combinations of the mean squares, found by solving the expected mean squares."""
    parts, full = components.components, frozenset(components.design.facets)
    observations: Observations = components.observations
    expected = np.zeros((len(parts), len(parts)))
    for column, part in enumerate(parts):
        residual = column == len(parts) - 1
        size = 1.0 if residual else observations.score.size / part.levels
        for row, other in enumerate(parts):
            inside = residual or (other.effect <= part.effect and not (row == len(parts) - 1 and part.effect == full))
            expected[row, column] = size if inside else 0.0
    return np.asarray(np.linalg.inv(expected))
