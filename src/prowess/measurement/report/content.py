"""What a report says: the tables that users of FACETS know, each with a sentence on how to read it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from prowess.framework.errors import ProwessError
from prowess.measurement.plots import Plot, category_curves, caterpillar, fit_plot, wright_map

if TYPE_CHECKING:
    from prowess.measurement.result import FitResult

MOST_ROWS = 200
MOST_GROUPS = 12
UNEXPECTED_ROWS = 40
MOST_MOVED = 5


@dataclass(frozen=True)
class TablePart:
    """A table with a caption; ``figures`` says which columns hold numbers; ``left_out`` counts rows not printed."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Section:
    """A heading, sentences, plots and tables."""

    heading: str
    sentences: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    tables: tuple[TablePart, ...] = ()


@dataclass(frozen=True)
class ReportContent:
    """The whole report in order."""

    title: str
    subtitle: str
    sections: tuple[Section, ...] = field(default=())


def report_content(result: "FitResult", *, title: str = "Many-facet analysis") -> ReportContent:
    """Everything the report shows of a fit. Sections whose statistics do not apply say why in a sentence."""
    summary = result.summary()
    sections = [
        _summary(summary),
        _measures_together(result),
        _correction(result),
        *(_facet(result, name, summary) for name in result.facets),
        _categories(result),
        _raters(result),
        _unexpected(result),
        _dimensions(result),
    ]
    subtitle = f"{summary['ratings']:,} ratings; {summary['model']}; estimator {summary['estimator']}"
    return ReportContent(title, subtitle, tuple(section for section in sections if section is not None))


def _summary(summary: dict[str, Any]) -> Section:
    ended = "The estimates converged" if summary["converged"] else "The estimates did not converge"
    sentences = [
        f"{ended} after {summary['iterations']} iterations; the log likelihood is {_cell(summary['log_likelihood'])}.",
        "Separation says how many times larger the true spread is than the error; strata, how many levels can be told"
        " apart; reliability, which share of the variance of the measures is not error.",
        "High reliability is wanted for ratees. For raters it means that they differ in severity.",
    ]
    if len(summary["subsets"]) > 1:
        sentences.append(
            f"The ratings fall into {len(summary['subsets'])} subsets that share no elements: measures in different"
            " subsets cannot be compared."
        )
    sentences += [str(warning) for warning in summary["warnings"]]
    headings = ("facet", "elements", "sd", "separation", "strata", "reliability")
    rows = [[name, *(part.get(key) for key in headings[1:])] for name, part in summary["facets"].items()]
    return Section("Summary", tuple(sentences), tables=(_table("Facets", headings, rows),))


def _measures_together(result: "FitResult") -> Section:
    sentence = (
        "Everything stands on one scale of logits. A ratee at the height of an item, with a rater of average severity,"
        " has an even chance on either side of the middle step."
    )
    return Section("All facets on one scale", (sentence,), plots=_plots([lambda: wright_map(result)]))


def _correction(result: "FitResult") -> Section | None:
    """What fair averages changed against plain means, for these ratees; no promise for others."""
    frame = result.facet_table(result.facets[0]).drop_nulls(["raw_mean", "fair_average"])
    if len(result.facets) < 2 or frame.height < MOST_MOVED:
        return None
    moved = (frame["fair_average"] - frame["raw_mean"]).alias("change")
    sizes = moved.abs().to_numpy()
    ranks = frame.select(pl.corr("raw_mean", "fair_average", method="spearman")).item()
    sentences = (
        f"Against the plain mean the fair average moved a ratee by {sizes.mean():.2f} points on average and by"
        f" {sizes.max():.2f} at most; {int((sizes >= 0.5).sum()):,} of {frame.height:,} moved by half a point or"
        f" more. The order of the two agrees with a rank correlation of {_cell(ranks)}.",
        "It moves much where raters differ much and ratees had different raters; with the same raters for everybody it"
        " hardly changes the order.",
    )
    order = moved.abs().arg_sort(descending=True)[:MOST_MOVED]
    table = frame.with_columns(moved).select("element", "ratings", "raw_mean", "fair_average", "change")[order]
    part = _frame_table("Ratees that the correction moved most", table)
    return Section("What the correction did here", sentences, tables=(part,))


def _facet(result: "FitResult", name: str, summary: dict[str, Any]) -> Section:
    frame = result.facet_table(name)
    first = name == result.facets[0]
    meaning = "higher means more of what was rated" if first else "higher means more severe or harder"
    sentences = [
        f"Measures of {name} in logits: {meaning}. The fair average is what the element would get on the rating scale"
        " from average raters on average items.",
        "Infit and outfit near 1 mean ratings as the model expects; above 1.5 erratic, below 0.5 too predictable.",
    ]
    reliability = summary["facets"][name]["reliability"]
    if reliability is not None:
        sentences.append(f"The reliability of these measures is {reliability:.2f}.")
    charts: list[Callable[[], Plot]] = [lambda: fit_plot(result, facet=name)]
    if not first:
        charts.insert(0, lambda: caterpillar(result, facet=name))
    return Section(name, tuple(sentences), _plots(charts), (_frame_table(f"Measures of {name}", frame),))


def _categories(result: "FitResult") -> Section:
    frame = result.category_table()
    groups = [str(group or "") for group in frame["group"].unique(maintain_order=True).to_list()][:MOST_GROUPS]
    sentences = (
        "Each step should be higher than the one before, and the average measure should rise with the category.",
        "A category that few chose, or that is never the most probable, may be merged with a neighbour.",
    )
    charts: list[Callable[[], Plot]] = [_curve(result, group) for group in groups]
    return Section("Rating scale", sentences, _plots(charts), (_frame_table("Use of the categories", frame),))


def _curve(result: "FitResult", group: str) -> Callable[[], Plot]:
    return lambda: category_curves(result, group=group)


def _raters(result: "FitResult") -> Section | None:
    if result.table.rater is None:
        return None
    sentences = (
        "Severity shifts every rating of a rater. Halo means telling a ratee's items apart too little, central tendency"
        " avoiding the ends of the scale, range restriction using little of it.",
        "These figures can betray who a rater is: they are for the analyst only.",
    )
    return _attempt("Raters", sentences, lambda: [_frame_table("Effects by rater", result.rater_effects())])


def _unexpected(result: "FitResult") -> Section:
    sentences = ("Ratings far from what the model expects, the most surprising first. Look whether they are mistakes.",)

    def tables() -> list[TablePart]:
        frame = result.unexpected_ratings().head(UNEXPECTED_ROWS)
        return [_frame_table("Unexpected ratings", frame)] if frame.height else []

    section = _attempt("Unexpected ratings", sentences, tables)
    if not section.tables and len(section.sentences) == 1:
        return Section(section.heading, ("No rating is surprising.",))
    return section


def _dimensions(result: "FitResult") -> Section:
    sentences = (
        "If one thing was rated, what the model leaves over is noise. A component of the residuals clearly larger than"
        " chance (the 95 % limit of simulated noise) hints at a second thing.",
    )
    return _attempt(
        "One dimension?", sentences, lambda: [_frame_table("Residual components", result.residual_components())]
    )


def _attempt(heading: str, sentences: Iterable[str], tables: Callable[[], list[TablePart]]) -> Section:
    try:
        return Section(heading, tuple(sentences), tables=tuple(tables()))
    except ProwessError as error:
        return Section(heading, (*sentences, f"It does not apply here: {error.message}"))


def _plots(charts: Iterable[Callable[[], Plot]]) -> tuple[Plot, ...]:
    drawn = []
    for chart in charts:
        try:
            drawn.append(chart())
        except ProwessError:
            continue
    return tuple(drawn)


def _frame_table(caption: str, frame: pl.DataFrame) -> TablePart:
    shown = frame.head(MOST_ROWS)
    return _table(caption, tuple(frame.columns), shown.iter_rows(), left_out=frame.height - shown.height)


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]], *, left_out: int = 0) -> TablePart:
    values = [tuple(row) for row in rows]
    figures = tuple(
        any(isinstance(row[place], (int, float)) and not isinstance(row[place], bool) for row in values)
        for place in range(len(headings))
    )
    return TablePart(
        caption=caption,
        headings=tuple(heading.replace("_", " ") for heading in headings),
        rows=tuple(tuple(_cell(value) for value in row) for row in values),
        figures=figures,
        left_out=left_out,
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) and abs(value) >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
