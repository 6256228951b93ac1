"""Measurement results as tables and sentences for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:  # what one command does not need is not loaded for it
    from prowess.measurement.adaptive import AdaptiveStudy
    from prowess.measurement.agreement import AgreementStudy, Estimate
    from prowess.measurement.generalizability import VarianceComponents
    from prowess.measurement.result import FitResult

MOST_ROWS = 25


def fit_tables(result: "FitResult") -> Iterator[RenderableType]:
    """Summary, one table a facet (its first elements), and the warnings."""
    summary = result.summary()
    yield f"{escape(summary['model'])}; estimated by {summary['estimator']} from {summary['ratings']:,} ratings."
    ended = "converged" if summary["converged"] else "did not converge"
    height = summary["log_likelihood"]
    known = "unknown" if height is None else f"{height:.2f}"
    yield f"Log likelihood {known}; {ended} in {summary['iterations']} iterations."
    yield _facets(summary["facets"])
    for name in result.facets:
        yield _elements(result, name)
    for warning in summary["warnings"]:
        yield f"[yellow]Note:[/yellow] {escape(str(warning))}"


def _facets(facets: dict[str, dict[str, float | None]]) -> Table:
    table = Table(title="Facets")
    for heading in ("facet", "elements", "sd", "separation", "strata", "reliability"):
        table.add_column(heading, justify="left" if heading == "facet" else "right")
    for name, row in facets.items():
        values = [_figure(row.get(key)) for key in ("sd", "separation", "strata", "reliability")]
        table.add_row(escape(name), str(row["elements"]), *values)
    return table


def _elements(result: "FitResult", name: str) -> Table:
    frame = result.facet_table(name)
    shown = min(frame.height, MOST_ROWS)
    title = name if shown == frame.height else f"{name}: the first {shown} of {frame.height:,}"
    table = Table(title=escape(title))
    columns = ("element", "measure", "se", "ratings", "raw_mean", "fair_average", "infit", "outfit")
    for heading in columns:
        table.add_column(heading.replace("_", " "), justify="left" if heading == "element" else "right")
    for row in frame.head(shown).select(columns).iter_rows():
        table.add_row(escape(str(row[0])), *[_figure(value) for value in row[1:]])
    return table


def agreement_tables(study: "AgreementStudy") -> Iterator[RenderableType]:
    """The answer in words, the coefficients, the variance components, and what does not apply."""
    from prowess.measurement.agreement import in_words

    yield from (f"[dim]{escape(note)}[/dim]" for note in study.notes)
    yield from (escape(sentence) for sentence in in_words(study))
    if any(entry.estimate for entry in study.statistics):
        yield _coefficients(study)
    if study.intraclass or study.incomplete:
        yield _intraclass(study)
    if study.within_group is not None:
        group = study.within_group
        name = "r_wg" if group.items == 1 else f"r_wg({group.items})"
        yield (
            f"Within ratees: mean {name} {_figure(group.mean_r_wg)}, {group.share_at_least_70:.0%} of ratees at .70 or"
            f" more; mean average deviation {_figure(group.mean_average_deviation)} points"
            f" (acceptable up to {group.acceptable_deviation:.2f})."
        )
    if study.generalizability is not None:
        yield _components(study.generalizability.components)
    yield from (f"[yellow]Note:[/yellow] {escape(warning)}" for warning in study.warnings)
    yield from (f"[dim]{name}: does not apply. {escape(reason)}[/dim]" for name, reason in _reasons(study))


def _reasons(study: "AgreementStudy") -> Iterator[tuple[str, str]]:
    """Each reason once, with all the statistics that it keeps away."""
    from prowess.measurement.agreement import not_applicable

    by_reason: dict[str, list[str]] = {}
    for key, reason in not_applicable(study).items():
        by_reason.setdefault(reason, []).append(key.replace("_", " "))
    for reason, names in by_reason.items():
        yield ", ".join(names), reason


def _coefficients(study: "AgreementStudy") -> Table:
    table = _estimates_table("Agreement")
    for entry in study.statistics:
        if entry.estimate is not None:
            _add(table, entry.label, entry.estimate)
    return table


def _intraclass(study: "AgreementStudy") -> Table:
    table = _estimates_table("Intraclass correlations")
    for form in study.intraclass:
        _add(table, f"{form.form} = {form.mcgraw_wong}", form.estimate)
    if study.incomplete is not None:
        some = study.incomplete
        for estimate in (some.agreement, some.consistency, some.average):
            _add(table, f"{estimate.name} from all ratings", estimate)
    return table


def _estimates_table(title: str) -> Table:
    table = Table(title=title)
    for heading in ("coefficient", "value", "low", "high", "p", "units"):
        table.add_column(heading, justify="left" if heading == "coefficient" else "right")
    return table


def _add(table: Table, label: str, estimate: "Estimate") -> None:
    p_value = "" if estimate.p_value is None else ("<.001" if estimate.p_value < 0.001 else f"{estimate.p_value:.3f}")
    units = "" if estimate.units is None else f"{estimate.units:,}"
    table.add_row(label, _figure(estimate.value, 3), _figure(estimate.low), _figure(estimate.high), p_value, units)


def _components(components: "VarianceComponents") -> Table:
    table = Table(title=escape(f"Variance components, {components.design} ({components.method})"))
    for heading in ("effect", "estimate", "standard error", "share", "levels"):
        table.add_column(heading, justify="left" if heading == "effect" else "right")
    for part in components.components:
        error = _figure(part.standard_error, 3)
        table.add_row(escape(part.label), _figure(part.estimate, 3), error, f"{part.share:.0%}", f"{part.levels:,}")
    return table


def adaptive_tables(study: "AdaptiveStudy") -> Iterator[RenderableType]:
    """The strategies side by side, and what was saved."""
    bank = f"{study.items} items in {study.areas} areas"
    yield f"{study.ratees:,} forms from {bank}, to a standard error of {study.standard_error:g}."
    table = Table(title="Questions against precision")
    headings = ("strategy", "questions", "RMSE", "SE", "coverage", "reached", "most used", "unused")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "strategy" else "right")
    for row in study.strategies:
        table.add_row(
            row.strategy,
            f"{row.questions:.1f}",
            _figure(row.root_mean_square_error, 3),
            _figure(row.mean_standard_error, 3),
            *[f"{share:.0%}" for share in (row.coverage, row.reached, row.largest_exposure, row.unused)],
        )
    yield table
    yield _savings(study)
    for other, share in study.saved.items():
        order = {"fixed": "the best fixed order", "random": "items at random"}.get(other, other)
        verb = "saves" if share >= 0 else "costs"
        yield f"Choosing adaptively {verb} {abs(share):.0%} of the questions against {order}."


def _savings(study: "AdaptiveStudy") -> Table:
    table = Table(title="Questions until a standard error is reached")
    for heading in ("standard error", "adaptive", "fixed", "random", "saved: fixed", "saved: random", "reached"):
        table.add_column(heading, justify="right")
    for point in study.savings:
        questions = [f"{count:.1f}" for count in (point.adaptive, point.fixed, point.random)]
        shares = [f"{s:.0%}" for s in (point.saved_against_fixed, point.saved_against_random, point.reached)]
        table.add_row(f"{point.standard_error:g}", *questions, *shares)
    return table


def _figure(value: float | int | None, digits: int = 2) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:.{digits}f}"
