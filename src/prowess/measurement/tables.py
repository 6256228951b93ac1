"""The tables of a result: summary, one table a facet, scores of persons."""

from typing import TYPE_CHECKING, Any

import numpy as np

from prowess.measurement.design import Floats
from prowess.measurement.measures import bias_correction
from prowess.measurement.result import NAMED_IN_SUMMARY, FitResult

if TYPE_CHECKING:
    import polars as pl

NORMAL_95 = 1.959963984540054


def summarise(result: FitResult) -> dict[str, Any]:
    """``summary.json``: model, estimator, likelihood, steps, separation of each facet, subsets, warnings."""
    return {
        "model": describe_model(result),
        "estimator": result.estimator,
        "ratings": len(result.table),
        "log_likelihood": number(result.log_likelihood),
        "converged": result.converged,
        "iterations": result.iterations,
        "seconds": round(result.seconds, 4),
        "steps": _steps(result),
        "ratee_mean": result.ratee_mean,
        "ratee_sd": number(result.ratee_sd),
        "facets": {name: _facet_summary(result, name) for name in result.facets},
        "subsets": [_names(subset.elements) for subset in result.table.subsets()],
        "warnings": result.warnings,
    }


def describe_model(result: FitResult) -> str:
    """The model in one line, for instance ``ratee + rater (random) - rating-scale``."""
    parts = [f"{result.table.ratee} ({'fixed' if result.estimates.likelihood.joint else 'random'})"]
    parts += [f"{term.name} ({'random' if term.random else 'fixed'})" for term in result.estimates.design.terms]
    return f"{' + '.join(parts)}, steps {result.model.steps}"


def number(value: float) -> float | None:
    """A number that JSON can hold: null for NaN and infinity."""
    return float(value) if np.isfinite(value) else None


def _steps(result: FitResult) -> list[Any]:
    with np.errstate(invalid="ignore"):
        steps = [[number(s) for s in np.diff(line)] for line in result.cumulated]
    labels = result.estimates.design.group_labels
    if labels == [""]:
        return list(steps[0])
    return [{"group": group, "steps": line} for group, line in zip(labels, steps, strict=True)]


def _facet_summary(result: FitResult, name: str) -> dict[str, float | int | None]:
    separation = result.separation(name)
    return {
        "elements": separation.elements,
        "sd": number(separation.sd),
        "separation": number(separation.separation),
        "strata": number(separation.strata),
        "reliability": number(separation.reliability),
    }


def _names(elements: dict[str, list[str]]) -> list[str]:
    names = [f"{facet}: {element}" for facet, those in elements.items() for element in those[: NAMED_IN_SUMMARY + 1]]
    total = sum(len(those) for those in elements.values())
    return names if total <= NAMED_IN_SUMMARY else [*names[:NAMED_IN_SUMMARY], f"… {total - NAMED_IN_SUMMARY} more"]


def facet_table(result: FitResult, name: str) -> "pl.DataFrame":
    """The table of one facet with the columns that the command line writes."""
    import polars as pl  # noqa: PLC0415

    measures = result.measures[name]
    fit = result.element_fit(name)
    ratings, raw_mean = raw_means(result, name)
    fair = fair_averages(result, name, measures.measure)
    low = fair_averages(result, name, measures.measure - NORMAL_95 * measures.error)
    high = fair_averages(result, name, measures.measure + NORMAL_95 * measures.error)
    columns = {
        "measure": measures.measure,
        "se": measures.error,
        "ratings": ratings,
        "raw_mean": raw_mean,
        "fair_average": fair,
        "fair_low": np.minimum(low, high),
        "fair_high": np.maximum(low, high),
        "infit": fit.infit,
        "infit_z": fit.infit_z,
        "outfit": fit.outfit,
        "outfit_z": fit.outfit_z,
    }
    frame = pl.DataFrame({"element": measures.labels, **columns}, nan_to_null=True)
    whole = result.table.weights is None
    return frame.with_columns(pl.col("ratings").cast(pl.Int64)) if whole else frame


def raw_means(result: FitResult, name: str) -> tuple[Floats, Floats]:
    """Number (or total weight) of the ratings of each element, and their plain mean."""
    table = result.table
    size = len(table.labels[name])
    weights = table.weights
    ratings = np.bincount(table.codes[name], weights=weights, minlength=size).astype(np.float64)
    scores = table.scores if weights is None else table.scores * weights
    total = np.bincount(table.codes[name], weights=scores, minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return ratings, total / ratings


def fair_averages(result: FitResult, name: str, measures: Floats) -> Floats:
    """Expected rating, on the original scale, of elements with these measures when all others are average.

    For a ratee: rated by raters and on items of difficulty zero; for other facets: of a ratee of average measure. With
    partial-credit steps the average is over the groups, or the element's own group.
    """
    logits = measures if name == result.table.ratee else result.ratee_mean - measures
    scale = np.asarray(result.table.categories, dtype=np.float64)
    labels = result.estimates.design.group_labels
    if len(labels) > 1 and result.model.step_facet and result.table.facet(result.model.step_facet) == name:
        return _expected_points(logits, result.cumulated, scale)
    total = np.zeros(logits.size)
    for line in result.cumulated:
        total += _expected_points(logits, np.broadcast_to(line, (logits.size, line.size)), scale)
    return total / len(labels)


def _expected_points(logits: Floats, cumulated: Floats, scale: Floats) -> Floats:
    from prowess.measurement.measures import probabilities  # noqa: PLC0415

    known = np.isfinite(logits) & np.isfinite(cumulated).any(axis=1)
    points = np.full(logits.size, np.nan)
    points[known] = probabilities(logits[known], np.asarray(cumulated)[known]) @ scale
    return points


def element_statistics(result: FitResult, name: str) -> "pl.DataFrame":
    """Point-measure correlations and flags of each element."""
    import polars as pl  # noqa: PLC0415

    fit = result.element_fit(name)
    measures = result.measures[name]
    subset_of = np.zeros(len(measures.labels), dtype=np.int64)
    subsets = result.table.subsets()
    if len(subsets) > 1:
        position = {label: e for e, label in enumerate(measures.labels)}
        seen: dict[int, set[int]] = {}
        for s, subset in enumerate(subsets, start=1):
            for label in subset.elements.get(name, ()):
                seen.setdefault(position[label], set()).add(s)
        for element, numbers in seen.items():
            subset_of[element] = min(numbers) if len(numbers) == 1 else 0
    words = np.array(["", "highest", "lowest"])[result.table.extremes(name)]
    return pl.DataFrame(
        {
            "element": measures.labels,
            "point_measure": fit.point_measure,
            "expected_point_measure": fit.expected_point_measure,
            "extreme": words.tolist(),
            "anchored": measures.anchored,
            "subset": subset_of if len(subsets) > 1 else subset_of + 1,
        },
        nan_to_null=True,
    )


def person_scores(result: FitResult) -> "pl.DataFrame":
    """EAP, WLE and MLE of each ratee with errors conditional on the other facets."""
    import polars as pl  # noqa: PLC0415

    from prowess.measurement.kernels.ratees import likelihood_scores  # noqa: PLC0415

    estimates = result.estimates
    design = estimates.design
    columns: dict[str, Floats] = {}
    seen = np.diff(design.start) > 0
    blank = np.full(seen.size, np.nan)
    joint = estimates.likelihood.joint
    columns["eap"] = np.where(seen, blank if joint else estimates.posterior_mean, np.nan)
    columns["eap_se"] = np.where(seen, blank if joint else estimates.posterior_sd, np.nan)
    for name, weighted in (("wle", True), ("mle", False)):
        score, deviation = blank.copy(), blank.copy()
        likelihood_scores(
            design.start,
            design.effects,
            design.groups,
            design.weights,
            design.ratee_totals,
            estimates.point.effects,
            estimates.point.cumulated,
            estimates.posterior_mean,
            weighted,
            score,
            deviation,
        )
        columns[name], columns[f"{name}_se"] = score * bias_correction(estimates), deviation
    return pl.DataFrame({"element": design.table.labels[design.table.ratee], **columns}, nan_to_null=True)
