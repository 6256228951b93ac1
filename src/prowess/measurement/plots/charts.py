"""The plots of a many-facet analysis: Wright map, caterpillar of severities, category curves, fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prowess.framework.errors import InputError
from prowess.measurement.plots.svg import ACCENT, GRID, INK, MARK, QUIET, SERIES, WARN, Canvas, Plot, Scale, padded
from prowess.measurement.plots.svg import shortened as cut

if TYPE_CHECKING:
    from prowess.measurement.result import FitResult

MOST_LABELLED = 60
FEW_RATEES = 25
MOST_DOTS = 2_000
HISTOGRAM_BINS = 40
FIT_LOW, FIT_HIGH = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a facet as the plots need it; figures are None where they could not be estimated."""

    name: str
    measure: float
    error: float | None
    infit: float | None
    outfit: float | None
    infit_z: float | None


def elements_of(result: "FitResult", facet: str) -> list[Element]:
    """The facet's elements that have a measure, in the order of the table."""
    columns = ("element", "measure", "se", "infit", "outfit", "infit_z")
    return [Element(*row) for row in result.facet_table(facet).select(columns).iter_rows() if row[1] is not None]


def wright_map(result: "FitResult") -> Plot:
    """All facets on one logit scale: many elements as a histogram, few by name, and the steps."""
    facets = {name: elements_of(result, name) for name in result.facets}
    steps = [(str(category), step) for group, category, step in _steps(result) if group == ""]
    values = [element.measure for elements in facets.values() for element in elements] + [step for _, step in steps]
    low, high = padded(values)
    columns = len(facets) + bool(steps)
    canvas = Canvas(width=90 + 190 * columns, height=560)
    scale = Scale(low, high, 510, 50)
    canvas.axis_left(scale, 60, label="logits", right=canvas.width - 20)
    rows: list[tuple[str, str, str]] = []
    for place, (name, elements) in enumerate(facets.items()):
        left = 70.0 + 190 * place
        canvas.text(left + 85, 30, cut(name, width=170, size=13), size=13, anchor="middle", bold=True)
        canvas.line((left + 180, 45), (left + 180, 515), colour=QUIET)
        if len(elements) > (FEW_RATEES if place == 0 else MOST_LABELLED):
            _histogram(canvas, scale, [element.measure for element in elements], left=left)
        else:
            _names(canvas, scale, [(element.measure, element.name) for element in elements], left=left)
        rows += [(name, element.name, f"{element.measure:.2f}") for element in _shown(elements)]
    if steps:
        left = 70.0 + 190 * len(facets)
        canvas.text(left + 85, 30, "steps", size=13, anchor="middle", bold=True)
        _names(canvas, scale, [(step, f"into {category}") for category, step in steps], left=left)
        rows += [("steps", f"into {category}", f"{step:.2f}") for category, step in steps]
    first = result.facets[0]
    description = (
        f"{len(facets[first]):,} elements of {first}, higher is more; the other facets beside them on"
        f" the same scale, higher is more severe or harder."
        f" Measures run from {min(values):.2f} to {max(values):.2f} logits."
    )
    headings = ("facet", "element", "measure")
    return canvas.finish(name="wright-map", title="Wright map", description=description, headings=headings, rows=rows)


def caterpillar(result: "FitResult", *, facet: str) -> Plot:
    """The measures of a facet in order, each with its 95 % interval; of many, the two ends."""
    everything = sorted(elements_of(result, facet), key=lambda element: (element.measure, element.name))
    if not everything:
        raise InputError(f"No element of {facet} has a measure.", place=facet)
    elements = _shown(everything)
    reach = [(e, 1.96 * (e.error or 0.0)) for e in elements]
    low, high = padded([e.measure - r for e, r in reach] + [e.measure + r for e, r in reach])
    row_height = 20.0
    canvas = Canvas(width=720, height=90 + row_height * len(elements))
    bottom = 40 + row_height * len(elements)
    scale = Scale(low, high, 190, 700)
    canvas.axis_below(scale, bottom, label="measure in logits, with its 95 % interval", top=30)
    if low < 0 < high:
        canvas.line((scale(0), 30), (scale(0), bottom), colour=QUIET, dash="4 3")
    for place, (element, width) in enumerate(reach):
        y = 40 + row_height * (place + 0.5)
        clear = element.error is not None and abs(element.measure) > width
        colour = ACCENT if clear else MARK
        canvas.text(180, y + 4, cut(element.name, width=170), anchor="end")
        canvas.line((scale(element.measure - width), y), (scale(element.measure + width), y), colour=colour, width=2)
        canvas.dot(scale(element.measure), y, colour=colour, tip=f"{element.name}: {element.measure:.2f} logits")
    title = f"Measures of {facet}"
    description = f"{_count(everything, elements)} of {facet} from lowest to highest measure with 95 % intervals."
    rows = [
        (e.name, f"{e.measure:.2f}", _two(e.error), f"{e.measure - r:.2f}", f"{e.measure + r:.2f}") for e, r in reach
    ]
    headings = ("element", "measure", "standard error", "low", "high")
    return canvas.finish(
        name=f"caterpillar-{_id(facet)}", title=title, description=description, headings=headings, rows=rows
    )


def category_curves(result: "FitResult", *, group: str = "") -> Plot:
    """Probability of every category along the scale; a category that is never the most probable is named."""
    frame = result.category_curves(group=group)
    categories = sorted(frame["category"].unique().to_list())
    logits = sorted(frame["logit"].unique().to_list())
    canvas = Canvas(width=720, height=400)
    across, up = Scale(logits[0], logits[-1], 70, 700), Scale(0.0, 1.0, 340, 40)
    canvas.axis_below(across, 340, label="ratee minus everything that lowers ratings, in logits", top=40)
    canvas.axis_left(up, 70, label="probability", right=700)
    tops: list[tuple[str, str, str]] = []
    curves = {
        category: frame.filter(frame["category"] == category).sort("logit")["probability"].to_list()
        for category in categories
    }
    for place, (category, chances) in enumerate(curves.items()):
        colour, dash = SERIES[place % len(SERIES)], "" if place < len(SERIES) else "5 3"
        canvas.path([(across(x), up(y)) for x, y in zip(logits, chances, strict=True)], colour=colour, dash=dash)
        peak = max(range(len(chances)), key=chances.__getitem__)
        canvas.text(
            across(logits[peak]), up(chances[peak]) - 5, str(category), anchor="middle", colour=colour, bold=True
        )
        tops.append((str(category), f"{logits[peak]:.2f}", f"{chances[peak]:.2f}"))
    never = [str(c) for c in categories if not _ever_first(c, curves)]
    hidden = f" Never the most probable: {', '.join(never)}." if never else " Each is the most probable somewhere."
    title = f"Category probabilities{f', {group}' if group else ''}"
    description = f"One curve for each of {len(categories)} categories.{hidden}"
    headings = ("category", "peak at logit", "highest probability")
    name = f"categories{'-' + _id(group) if group else ''}"
    return canvas.finish(name=name, title=title, description=description, headings=headings, rows=tops)


def fit_plot(result: "FitResult", *, facet: str) -> Plot:
    """Infit against measure: above 1.5 noisier than the model expects, below .5 suspiciously predictable."""
    elements = [element for element in elements_of(result, facet) if element.infit is not None]
    if not elements:
        raise InputError(f"No element of {facet} has fit statistics.", place=facet)
    canvas = Canvas(width=720, height=420)
    across = Scale(*padded([element.measure for element in elements]), 70, 700)
    highest = max(2.0, *(element.infit or 0.0 for element in elements)) * 1.05
    up = Scale(0.0, highest, 360, 30)
    canvas.box((70, up(FIT_HIGH)), (630, up(FIT_LOW) - up(FIT_HIGH)), colour=GRID, opacity=0.45)
    canvas.axis_below(across, 360, label="measure in logits", top=30)
    canvas.axis_left(up, 70, label="infit mean square", right=700)
    canvas.line((70, up(1.0)), (700, up(1.0)), colour=QUIET, dash="4 3")
    outside = [e for e in elements if not FIT_LOW <= (e.infit or 0.0) <= FIT_HIGH]
    for element in _thinned(elements, outside):
        x, y = across(element.measure), up(element.infit or 0.0)
        colour = WARN if element in outside else MARK
        canvas.dot(x, y, colour=colour, tip=f"{element.name}: infit {element.infit:.2f}")
    for element in sorted(outside, key=lambda e: -abs((e.infit or 1.0) - 1.0))[:15]:
        x, y = across(element.measure) + 6, up(element.infit or 0.0) + 4
        canvas.text(x, y, cut(element.name, width=110), colour=WARN)
    description = (
        f"{len(elements):,} elements of {facet}; {len(outside)} outside {FIT_LOW} to {FIT_HIGH}, the grey band"
        " in which ratings are productive for measurement."
    )
    if len(elements) > MOST_DOTS:
        description += f" An even sample and the most deviant are drawn, {MOST_DOTS:,} at most."
    chosen = sorted(elements, key=lambda e: -abs((e.infit or 1.0) - 1.0))[:MOST_LABELLED]
    rows = [(e.name, f"{e.measure:.2f}", _two(e.infit), _two(e.infit_z), _two(e.outfit)) for e in chosen]
    headings = ("element", "measure", "infit", "infit z", "outfit")
    title = f"Fit of {facet}"
    return canvas.finish(name=f"fit-{_id(facet)}", title=title, description=description, headings=headings, rows=rows)


def _steps(result: "FitResult") -> list[tuple[str, int, float]]:
    frame = result.step_table().select("group", "category", "step")
    return [(group or "", category, step) for group, category, step in frame.iter_rows() if step is not None]


def _histogram(canvas: Canvas, scale: Scale, values: Sequence[float], *, left: float) -> None:
    width = (scale.high - scale.low) / HISTOGRAM_BINS
    counts = [0] * HISTOGRAM_BINS
    for value in values:
        counts[min(int((value - scale.low) / width), HISTOGRAM_BINS - 1)] += 1
    most = max(counts, default=1) or 1
    for place, count in enumerate(counts):
        low = scale.low + place * width
        corner, height = (left, scale(low + width)), scale(low) - scale(low + width) - 1
        if count:
            tip = f"{count} between {low:.2f} and {low + width:.2f}"
            canvas.box(corner, (165 * count / most, height), colour=MARK, opacity=0.75, tip=tip)


def _names(canvas: Canvas, scale: Scale, named: Sequence[tuple[float, str]], *, left: float) -> None:
    """Names at their measures, pushed apart where they would overlap."""
    below = float("inf")
    for value, name in sorted(named):
        y = min(scale(value), below - 12)
        below = y
        canvas.line((left, scale(value)), (left + 12, y), colour=INK)
        canvas.text(left + 16, y + 4, cut(name, width=150))


def _thinned(elements: Sequence[Element], outside: Sequence[Element]) -> list[Element]:
    """All of few; of many, an even sample with the most deviant outside the band."""
    if len(elements) <= MOST_DOTS:
        return list(elements)
    worst = sorted(outside, key=lambda element: -abs((element.infit or 1.0) - 1.0))[: MOST_DOTS // 2]
    stride = -(-len(elements) // (MOST_DOTS // 2))
    return [*elements[::stride], *worst]


def _shown(elements: Sequence[Element]) -> list[Element]:
    """All of few; the lowest and highest of many."""
    if len(elements) <= MOST_LABELLED:
        return list(elements)
    ordered = sorted(elements, key=lambda element: (element.measure, element.name))
    return ordered[: MOST_LABELLED // 2] + ordered[-MOST_LABELLED // 2 :]


def _count(everything: Sequence[Element], shown: Sequence[Element]) -> str:
    if len(everything) == len(shown):
        return f"{len(shown)} elements"
    return f"The {len(shown) // 2} lowest and {len(shown) // 2} highest of {len(everything):,} elements"


def _ever_first(category: int, curves: dict[int, list[float]]) -> bool:
    others = [chances for other, chances in curves.items() if other != category]
    return any(all(chance >= other[place] for other in others) for place, chance in enumerate(curves[category]))


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _id(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower())
