"""Everything about agreement that a set of ratings can answer, and for the rest, why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from prowess.framework.errors import InputError, ProwessError
from prowess.measurement.agreement.chance_corrected import brennan_prediger, percent_agreement
from prowess.measurement.agreement.concordance import kendall_w
from prowess.measurement.agreement.estimates import Estimate, check_confidence
from prowess.measurement.agreement.gwet import gwet_ac1, gwet_ac2
from prowess.measurement.agreement.incomplete import IncompleteIntraclass, incomplete_intraclass
from prowess.measurement.agreement.intraclass import IntraclassCorrelation, intraclass_correlations
from prowess.measurement.agreement.kappa import (
    CategoryKappa,
    PairwiseKappa,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    fleiss_kappa_by_category,
    light_kappa,
    pairwise_kappas,
)
from prowess.measurement.agreement.krippendorff import LEVELS, Level, krippendorff_alpha
from prowess.measurement.agreement.layout import RatingColumns
from prowess.measurement.agreement.matrix import RatingMatrix
from prowess.measurement.agreement.weights import Weighting
from prowess.measurement.agreement.within_group import Null, WithinGroupSummary, within_group_agreement
from prowess.measurement.generalizability import (
    Coefficient,
    Decision,
    Design,
    Need,
    Observations,
    VarianceComponents,
    coefficient_interval,
    decision_study,
    levels_needed,
    parse_design,
    variance_components,
)

MOST_ORDINAL_VALUES = 20
MOST_PAIRED_RATERS = 30
WANTED_RELIABILITY = 0.8
BOTH: tuple[Coefficient, ...] = ("generalizability", "dependability")

Result = TypeVar("Result")


@dataclass(frozen=True)
class Statistic:
    """One estimate with its key in files (``fleiss_kappa``), or the reason why it does not apply."""

    key: str
    label: str
    estimate: Estimate | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Generalizability:
    """Variance components of ratees, raters (and items), the procedure as it was, and how many raters are needed."""

    components: VarianceComponents
    decision: Decision
    interval: tuple[float, float] | None
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class AgreementStudy:
    """The statistics by family, with what was counted and how the data were understood."""

    ratings: int
    ratees: int
    raters: int | None
    items: int
    categories: tuple[str, ...]
    level: Level
    statistics: tuple[Statistic, ...]
    intraclass: tuple[IntraclassCorrelation, ...]
    intraclass_reason: str | None
    pairs: tuple[PairwiseKappa, ...]
    by_category: tuple[CategoryKappa, ...]
    incomplete: IncompleteIntraclass | None
    within_group: WithinGroupSummary | None
    within_group_reason: str | None
    generalizability: Generalizability | None
    generalizability_reason: str | None
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to compute. ``options`` is the number of response options of the scale, where it is known.

    ``design`` is in the notation of generalizability theory, with the facets ratee, rater and item; by default a facet
    is nested where its elements occur with one element of another only, and else crossed.
    """

    level: Level | None = None
    confidence: float = 0.95
    bootstrap: int = 1_000
    seed: int = 1
    options: int | None = None
    null: Null = "uniform"
    categories: Sequence[object] | None = None
    reliability: float = WANTED_RELIABILITY
    design: str | None = None


def agreement_study(columns: RatingColumns, *, options: Options | None = None) -> AgreementStudy:
    """Compute what applies to these ratings and say of the rest why it does not.

    With items, every ratee and item together are one unit of the agreement coefficients, and the intraclass
    correlations are of the ratee's mean over the items that a rater scored.
    """
    chosen = options or Options()
    check_confidence(chosen.confidence)
    units = _matrix(columns, by_item=True, categories=chosen.categories)
    level = _level(units, chosen)
    warnings: list[str] = []
    intraclass, intraclass_reason = _attempt(lambda: _intraclass(columns, units, chosen))
    incomplete, _ = _attempt(lambda: _incomplete(columns, units, chosen))
    within, within_reason = _attempt(lambda: _within_group(columns, units, chosen, warnings))
    general, general_reason = _attempt(lambda: _generalizability(columns, units, chosen))
    return AgreementStudy(
        ratings=units.ratings,
        ratees=len(set(columns.ratee)),
        raters=len(units.raters) if units.raters_known else None,
        items=len(set(columns.item)) if columns.has_items else 1,
        categories=units.categories if len(units.categories) <= MOST_ORDINAL_VALUES else (),
        level=level,
        statistics=tuple(_statistics(units, level, chosen)),
        intraclass=tuple(intraclass or ()),
        intraclass_reason=intraclass_reason,
        pairs=tuple(_pairs(units) or ()),
        by_category=tuple(_attempt(lambda: fleiss_kappa_by_category(units))[0] or ()),
        incomplete=incomplete,
        within_group=within,
        within_group_reason=within_reason,
        generalizability=general,
        generalizability_reason=general_reason,
        notes=tuple(columns.notes),
        warnings=(*warnings, *(general.components.warnings if general else ())),
    )


def _matrix(columns: RatingColumns, *, by_item: bool, categories: Sequence[object] | None) -> RatingMatrix:
    kept = [place for place, score in enumerate(columns.score) if score is not None]
    if not kept:
        raise InputError("There is no rating: every score is missing.", remedy="Give at least some scores.")
    names = (
        [f"{ratee} · {item}" for ratee, item in zip(columns.ratee, columns.item, strict=True)]
        if by_item and columns.has_items
        else columns.ratee
    )
    units, raters = _distinct(names), _distinct(columns.rater)
    return RatingMatrix.from_ratings(
        unit=[units[names[place]] for place in kept],
        rater=[raters[columns.rater[place]] for place in kept],
        score=[columns.score[place] for place in kept],
        units=tuple(units),
        raters=tuple(raters),
        categories=categories,
        raters_known=columns.has_raters,
    )


def _distinct(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def _level(units: RatingMatrix, options: Options) -> Level:
    if options.level is not None:
        if options.level not in LEVELS:
            remedy = f"Choose one of {', '.join(LEVELS)}."
            raise InputError(f"“{options.level}” is no level of measurement.", place="level", remedy=remedy)
        return options.level
    if not units.ordered:
        return "nominal"
    whole = bool(np.all(units.value == np.round(units.value)))
    return "ordinal" if whole and len(units.categories) <= MOST_ORDINAL_VALUES else "interval"


def _attempt(compute: Callable[[], Result]) -> tuple[Result | None, str | None]:
    try:
        return compute(), None
    except ProwessError as error:
        return None, _sentence(error)


def _sentence(error: ProwessError) -> str:
    return f"{error.message} {error.remedy}" if error.remedy else error.message


def _statistics(units: RatingMatrix, level: Level, options: Options) -> list[Statistic]:
    confidence = options.confidence
    weights = "identity" if level == "nominal" else "quadratic"
    plan: list[tuple[str, str, Callable[[], Estimate]]] = [
        ("percent_agreement", "Agreement of pairs", lambda: percent_agreement(units, confidence=confidence)),
        ("fleiss_kappa", "Fleiss' kappa", lambda: fleiss_kappa(units, confidence=confidence)),
        ("conger_kappa", "Conger's kappa", lambda: conger_kappa(units, confidence=confidence)),
        ("light_kappa", "Light's kappa", lambda: light_kappa(units)),
        ("cohen_kappa", "Cohen's kappa", lambda: cohen_kappa(units, confidence=confidence)),
        ("brennan_prediger", "Brennan–Prediger kappa", lambda: brennan_prediger(units, confidence=confidence)),
        ("gwet_ac1", "Gwet's AC1", lambda: gwet_ac1(units, confidence=confidence)),
        ("kendall_w", "Kendall's W", lambda: kendall_w(units)),
    ]
    if weights != "identity":
        plan += [
            ("fleiss_kappa_quadratic", "Fleiss' kappa, quadratic weights",
             lambda: fleiss_kappa(units, weights="quadratic", confidence=confidence)),
            ("cohen_kappa_linear", "Cohen's kappa, linear weights",
             lambda: cohen_kappa(units, weights="linear", confidence=confidence)),
            ("cohen_kappa_quadratic", "Cohen's kappa, quadratic weights",
             lambda: cohen_kappa(units, weights="quadratic", confidence=confidence)),
            ("gwet_ac2", "Gwet's AC2, quadratic weights", lambda: gwet_ac2(units, confidence=confidence)),
        ]  # fmt: skip
    return [*_alphas(units, level, options), *(_statistic(*entry) for entry in plan)]


def _alphas(units: RatingMatrix, level: Level, options: Options) -> list[Statistic]:
    def alpha(kind: Level) -> Callable[[], Estimate]:
        return lambda: krippendorff_alpha(
            units,
            level=kind,
            confidence=options.confidence,
            bootstrap=options.bootstrap if kind == level else 0,
            seed=options.seed,
        )

    order = [level, *(kind for kind in LEVELS if kind != level)]
    return [_statistic(f"krippendorff_alpha_{kind}", f"Krippendorff's alpha, {kind}", alpha(kind)) for kind in order]


def _statistic(key: str, label: str, compute: Callable[[], Estimate]) -> Statistic:
    estimate, reason = _attempt(compute)
    return Statistic(key, label, estimate, reason)


def _intraclass(columns: RatingColumns, units: RatingMatrix, options: Options) -> list[IntraclassCorrelation]:
    return intraclass_correlations(_item_means(columns, units), confidence=options.confidence)


def _incomplete(columns: RatingColumns, units: RatingMatrix, options: Options) -> IncompleteIntraclass | None:
    ratings = _item_means(columns, units)
    if len(ratings.complete()) == len(ratings.units):
        return None
    return incomplete_intraclass(ratings, confidence=options.confidence)


def _pairs(units: RatingMatrix) -> list[PairwiseKappa] | None:
    """Cohen's kappa of each two raters, quadratic where scores have an order, while the raters are few."""
    if len(units.raters) > MOST_PAIRED_RATERS or not units.raters_known:
        return None
    weights: Weighting = "quadratic" if units.ordered else "identity"
    return _attempt(lambda: pairwise_kappas(units, weights=weights))[0]


def _item_means(columns: RatingColumns, units: RatingMatrix) -> RatingMatrix:
    """Each rater's mean over the items of each ratee scored completely; without items, the scores."""
    if not columns.has_items or not units.numeric:
        return units
    items = len(set(columns.item))
    sums: dict[tuple[str, str], list[float]] = {}
    for ratee, rater, score in zip(columns.ratee, columns.rater, columns.score, strict=True):
        if isinstance(score, (int, float)):
            sums.setdefault((ratee, rater), []).append(float(score))
    complete = {key: float(np.mean(scores)) for key, scores in sums.items() if len(scores) == items}
    ratees, raters = _distinct([key[0] for key in complete]), _distinct([key[1] for key in complete])
    return RatingMatrix.from_ratings(
        unit=[ratees[ratee] for ratee, _ in complete],
        rater=[raters[rater] for _, rater in complete],
        score=list(complete.values()),
        units=tuple(ratees),
        raters=tuple(raters),
        raters_known=columns.has_raters,
    )


def _within_group(
    columns: RatingColumns, units: RatingMatrix, options: Options, warnings: list[str]
) -> WithinGroupSummary:
    count = options.options or _scale_width(units)
    matrices = [units] if not columns.has_items else _by_item(columns)
    summary = within_group_agreement(matrices, options=count, null=options.null)
    if options.options is None:
        warnings.append(
            f"r_wg takes the scale to have {count} options, the lowest to the highest score seen;"
            " say how many there are if raters had more to choose from."
        )
    return summary


def _scale_width(units: RatingMatrix) -> int:
    low, high = float(units.category_values[0]), float(units.category_values[-1])
    return round(high - low) + 1


def _by_item(columns: RatingColumns) -> list[RatingMatrix]:
    ratees, raters = _distinct(columns.ratee), _distinct(columns.rater)
    matrices = []
    for item in dict.fromkeys(columns.item):
        kept = [p for p, name in enumerate(columns.item) if name == item and columns.score[p] is not None]
        matrices.append(
            RatingMatrix.from_ratings(
                unit=[ratees[columns.ratee[p]] for p in kept],
                rater=[raters[columns.rater[p]] for p in kept],
                score=[columns.score[p] for p in kept],
                units=tuple(ratees),
                raters=tuple(raters),
            )
        )
    return matrices


def _generalizability(columns: RatingColumns, units: RatingMatrix, options: Options) -> Generalizability:
    if not units.numeric:
        raise InputError("The scores are words, and variance components need numbers.")
    facets: dict[str, list[str]] = {"ratee": columns.ratee, "rater": columns.rater}
    if columns.has_items:
        facets["item"] = columns.item
    units.require_raters()
    design = parse_design(options.design) if options.design else None
    scores = [np.nan if score is None else float(str(score)) for score in columns.score]
    observations = Observations.from_columns(scores, facets=_own_codes(facets, design))
    components = variance_components(observations, design=design)
    needs = tuple(
        levels_needed(
            components, object="ratee", facet="rater", reliability=options.reliability, coefficient=coefficient
        )
        for coefficient in BOTH
    )
    return Generalizability(
        components=components,
        decision=decision_study(components, object="ratee"),
        interval=coefficient_interval(components, object="ratee", confidence=options.confidence, seed=options.seed),
        needs=needs,
    )


def _own_codes(facets: dict[str, list[str]], design: Design | None) -> dict[str, list[str]]:
    """Elements of a facet that the design nests are told apart by those that they are nested in."""
    if design is None:
        return facets
    result = dict(facets)
    for facet, above in design.nested_in.items():
        if facet in facets and above <= set(facets):
            columns = [facets[name] for name in sorted(above)] + [facets[facet]]
            result[facet] = [" · ".join(parts) for parts in zip(*columns, strict=True)]
    return result
