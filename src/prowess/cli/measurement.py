"""`prowess fit`, `prowess agreement` and `prowess simulate`: measurement from files to files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from prowess.measurement.agreement import AgreementStudy
    from prowess.measurement.result import FitResult

Ratings = Annotated[Path, typer.Argument(help="Ratings as CSV or Parquet.", metavar="RATINGS")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Directory for the results.", metavar="DIR")]
Report = Annotated[bool, typer.Option(help="Write plots (SVG) and report.html beside the tables.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same numbers.")]

simulate = typer.Typer(
    name="simulate",
    help="Make ratings with known truth, or try an adaptive form before using it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


def fit(
    ratings: Ratings,
    *,
    ratee: Annotated[str, typer.Option(help="Column of who is rated.", metavar="COLUMN")] = "ratee",
    rater: Annotated[str | None, typer.Option(help="Column of who rates.", metavar="COLUMN")] = None,
    item: Annotated[str | None, typer.Option(help="Column of what is rated.", metavar="COLUMN")] = None,
    score: Annotated[str, typer.Option(help="Column of the score, whole numbers.", metavar="COLUMN")] = "score",
    weight: Annotated[str | None, typer.Option(help="Column of weights.", metavar="COLUMN")] = None,
    facet: Annotated[list[str] | None, typer.Option(help="A further facet; repeat it.", metavar="COLUMN")] = None,
    steps: Annotated[
        str, typer.Option(help="`rating-scale`, or `partial-credit:FACET` for own steps.")
    ] = "rating-scale",
    random: Annotated[
        str | None, typer.Option(help="Facets with a normal distribution, separated by commas.", metavar="FACET,…")
    ] = None,
    dummy: Annotated[str | None, typer.Option(help="Facets without effect, by commas.", metavar="FACET,…")] = None,
    interaction: Annotated[
        list[str] | None, typer.Option(help="An interaction to model; repeat it.", metavar="FACET,FACET")
    ] = None,
    estimator: Annotated[str | None, typer.Option(help="`mml` (default), `jml`, `jml-corrected` or `crossed`.")] = None,
    anchors: Annotated[Path | None, typer.Option(help="Measures and steps to hold fixed.", metavar="FILE")] = None,
    output: Output = None,
    report: Report = True,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write report.pdf.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fair scores from ratings: many-facet Rasch measurement, with tables, plots and a report."""
    from prowess.measurement import ModelSpecification, RatingTable, read_anchors
    from prowess.measurement import fit as fit_model
    from prowess.measurement.anchors import Anchors

    _writable(output)
    with _progress("Reading and fitting", quiet=as_json) as advance:
        table = RatingTable.read(
            ratings, ratee=ratee, rater=rater, item=item, score=score, facets=tuple(facet or ()), weight=weight
        )
        model = ModelSpecification(
            steps=steps,
            random=_names(random),
            estimator=_estimator(estimator),
            interactions=tuple(_pair(text) for text in interaction or ()),
            anchors=read_anchors(anchors) if anchors else Anchors(),
            dummy=_names(dummy),
        )
        result = fit_model(table, model, progress=lambda count, change: advance(f"step {count}, change {change:.2g}"))
        if output is not None:
            advance("writing")
            _write_fit(result, output, report=report, pdf=pdf)
    if as_json:
        _print_json(result.summary())
    else:
        _show_fit(result, output)


def agreement(
    ratings: Ratings,
    *,
    ratee: Annotated[str | None, typer.Option(help="Column of who is rated.", metavar="COLUMN")] = None,
    rater: Annotated[str | None, typer.Option(help="Column of who rates.", metavar="COLUMN")] = None,
    item: Annotated[str | None, typer.Option(help="Column of what is rated.", metavar="COLUMN")] = None,
    score: Annotated[
        list[str] | None, typer.Option(help="Column of the score; repeat it for a column an item.", metavar="COLUMN")
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="`nominal`, `ordinal`, `interval` or `ratio`.", metavar="LEVEL")
    ] = None,
    categories: Annotated[
        str | None, typer.Option(help="All categories from low to high, by commas, or `1-5`.", metavar="A,B,…")
    ] = None,
    design: Annotated[
        str | None, typer.Option(help='How facets cross and nest, such as "ratee x (rater : item)".', metavar="DESIGN")
    ] = None,
    reliability: Annotated[float, typer.Option(help="Say how many raters reach this reliability.")] = 0.8,
    confidence: Annotated[float, typer.Option(help="Probability of the intervals.")] = 0.95,
    bootstrap: Annotated[int, typer.Option(help="Resamples for Krippendorff's alpha; 0 for none.", min=0)] = 1000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Do the raters agree? Every coefficient that applies, and for the others, why they do not.

    Long tables need `--ratee`, `--rater` and `--score`; a table with a row a ratee and a column a rater needs nothing.
    """
    from prowess.measurement.agreement import Options, agreement_study, arrange, read_table, study_as_dict

    columns = arrange(read_table(ratings), ratee=ratee, rater=rater, item=item, scores=tuple(score or ()))
    listed = _categories(categories)
    options = Options(
        level=_level(level),
        confidence=confidence,
        bootstrap=bootstrap,
        seed=seed,
        options=len(listed) if listed else None,
        categories=listed,
        reliability=_share(reliability, "reliability"),
        design=design,
    )
    with _progress("Comparing raters", quiet=as_json):
        study = agreement_study(columns, options=options)
    if as_json:
        _print_json(study_as_dict(study))
    else:
        _show_agreement(study)


@simulate.command("ratings")
def simulate_ratings_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV or Parquet file to write.", metavar="FILE")],
    *,
    ratees: Annotated[int, typer.Option(help="How many are rated.")] = 500,
    raters: Annotated[int, typer.Option(help="How many rate.")] = 20,
    items: Annotated[int, typer.Option(help="On how many items.")] = 8,
    raters_per_ratee: Annotated[int, typer.Option(help="How many different raters rate each ratee.")] = 3,
    categories: Annotated[int, typer.Option(help="How many categories the scale has.")] = 5,
    ratee_sd: Annotated[float, typer.Option(help="Spread of the ratees, in logits.")] = 1.2,
    rater_sd: Annotated[float, typer.Option(help="Spread of the raters' severity, in logits.")] = 0.6,
    missing: Annotated[float, typer.Option(help="Share of ratings left out at random.")] = 0.0,
    truth: Annotated[Path | None, typer.Option(help="JSON file for the true measures.", metavar="FILE")] = None,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Ratings on a rating scale with known truth, to try an analysis on."""
    import json

    from prowess.framework.files import write_text
    from prowess.measurement.simulation import SimulationPlan, simulate_ratings

    plan = SimulationPlan(
        ratees=ratees,
        raters=raters,
        items=items,
        raters_per_ratee=raters_per_ratee,
        categories=categories,
        ratee_sd=ratee_sd,
        rater_sd=rater_sd,
        missing=missing,
        seed=seed,
    )
    made = simulate_ratings(plan)
    _write_frame(made.ratings, output)
    if truth is not None:
        write_text(truth, json.dumps(made.truth(), indent=1))
    counted = {"ratings": made.ratings.height, "ratees": ratees, "raters": raters, "items": items, "file": str(output)}
    if as_json:
        _print_json(counted)
    else:
        typer.echo(f"{made.ratings.height:,} ratings of {ratees:,} ratees by {raters:,} raters are in {output}.")


@simulate.command("adaptive")
def simulate_adaptive_command(
    bank: Annotated[
        Path | None,
        typer.Argument(help="A bank (CSV) or the directory of a fit; without it a bank is made.", metavar="BANK"),
    ] = None,
    *,
    items: Annotated[int, typer.Option(help="Items of the bank that is made.")] = 60,
    areas: Annotated[int, typer.Option(help="Content areas of the bank that is made.")] = 5,
    categories: Annotated[int, typer.Option(help="Categories of the bank that is made.")] = 5,
    ratees: Annotated[int, typer.Option(help="How many forms to simulate.")] = 500,
    ratee_sd: Annotated[float, typer.Option(help="Spread of the ratees, in logits.")] = 1.2,
    standard_error: Annotated[float, typer.Option(help="Stop at this standard error, in logits.")] = 0.4,
    minimum: Annotated[int, typer.Option(help="Fewest questions of a form.")] = 3,
    maximum: Annotated[int, typer.Option(help="Most questions of a form.")] = 30,
    balance: Annotated[bool, typer.Option(help="Keep the content areas at their shares.")] = True,
    choose_among: Annotated[int, typer.Option(help="Draw the first questions from this many best ones.")] = 1,
    largest_exposure: Annotated[float, typer.Option(help="An item stands in at most this share of forms.")] = 1.0,
    seed: Seed = 1,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="JSON file to write.", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """How many questions an adaptive form saves at the same precision, against a fixed and a random order."""
    from prowess.measurement.adaptive import Prior, Selection, Stopping, read_bank, simulate_adaptive, simulated_bank

    chosen = read_bank(bank) if bank else simulated_bank(items=items, areas=areas, categories=categories, seed=seed)
    with _progress("Simulating forms", quiet=as_json) as advance:
        study = simulate_adaptive(
            chosen,
            ratees=ratees,
            stopping=Stopping(standard_error=standard_error, minimum=minimum, maximum=maximum),
            selection=Selection(balance=balance, choose_among=choose_among, largest_exposure=largest_exposure),
            prior=Prior(sd=ratee_sd),
            seed=seed,
            progress=lambda done, total: advance(f"{done} of {total}"),
        )
    if output is not None:
        import json

        from prowess.framework.files import write_text

        write_text(output, json.dumps(study.to_dict(), indent=1))
    if as_json:
        _print_json(study.to_dict())
    else:
        _show_adaptive(study)


@contextmanager
def _progress(title: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A spinner on the terminal's error stream, with a note of how far it is; nothing when output is for machines."""
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _note: None
        return
    with console.status(title) as status:
        yield lambda note: status.update(f"{title}: {note}")


def _print_json(content: dict[str, Any]) -> None:
    import json

    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _pair(text: str) -> tuple[str, str]:
    from prowess.framework.errors import InputError

    names = _names(text)
    if len(names) != 2:
        message = f"An interaction is of two facets, not “{text}”."
        raise InputError(message, place="--interaction", remedy="Write for instance rater,item.")
    return names[0], names[1]


def _estimator(name: str | None) -> Any:  # one of the specification's literal names
    return _one_of(name, ("mml", "jml", "jml-corrected", "crossed"), place="--estimator")


def _level(name: str | None) -> Any:  # one of the agreement levels' literal names
    return _one_of(name, ("nominal", "ordinal", "interval", "ratio"), place="--level")


def _one_of(name: str | None, known: tuple[str, ...], *, place: str) -> str | None:
    from prowess.framework.errors import InputError

    if name is not None and name not in known:
        raise InputError(f"“{name}” is not known here.", place=place, remedy=f"Choose one of {', '.join(known)}.")
    return name


def _share(value: float, name: str) -> float:
    from prowess.framework.errors import InputError

    if not 0.0 < value < 1.0:
        raise InputError(f"{value:g} is not between 0 and 1.", place=f"--{name}", remedy="Give a number such as 0.8.")
    return value


def _categories(text: str | None) -> list[object] | None:
    """``1-5`` and ``1,2,3`` as numbers, ``poor,fair,good`` as words; None when nothing is given."""
    if text is None:
        return None
    ends = text.split("-")
    if len(ends) == 2 and all(end.strip().isdigit() for end in ends):
        return list(range(int(ends[0]), int(ends[1]) + 1))
    words = list(_names(text))
    try:
        return [float(word) for word in words]
    except ValueError:
        return list(words)


def _writable(directory: Path | None) -> None:
    from prowess.framework.errors import InputError

    if directory is not None and directory.exists() and not directory.is_dir():
        raise InputError("This is a file, not a directory.", place=str(directory), remedy="Give another place with -o.")


def _write_fit(result: "FitResult", directory: Path, *, report: bool, pdf: bool) -> None:
    from prowess.framework.errors import InputError

    try:
        directory.mkdir(parents=True, exist_ok=True)
        result.write(directory)
        if report or pdf:
            from prowess.measurement.report import write_report

            write_report(result, directory, pdf=pdf)
    except OSError as error:
        message = f"The results cannot be written: {error.strerror or error}."
        raise InputError(message, place=str(directory), remedy="Give another place with -o.") from error


def _write_frame(frame: Any, path: Path) -> None:  # a Polars frame, not imported here
    from prowess.framework.errors import InputError
    from prowess.framework.files import write_text

    try:
        if path.suffix == ".parquet":
            frame.write_parquet(path)
        else:
            write_text(path, frame.write_csv())
    except OSError as error:
        message = f"The ratings cannot be written: {error.strerror or error}."
        raise InputError(message, place=str(path), remedy="Give another place with -o.") from error


def _show_fit(result: "FitResult", output: Path | None) -> None:
    from rich.console import Console

    from prowess.cli.measurement_tables import fit_tables

    console = Console()
    for part in fit_tables(result):
        console.print(part)
    if output is not None:
        console.print(f"Everything is in {output}.", markup=False, highlight=False)


def _show_agreement(study: "AgreementStudy") -> None:
    from rich.console import Console

    from prowess.cli.measurement_tables import agreement_tables

    console = Console()
    for part in agreement_tables(study):
        console.print(part)


def _show_adaptive(study: Any) -> None:  # an AdaptiveStudy, not imported here
    from rich.console import Console

    from prowess.cli.measurement_tables import adaptive_tables

    console = Console()
    for part in adaptive_tables(study):
        console.print(part)
