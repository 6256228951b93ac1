"""Blocks of rating sheets: the fast way through large designs in which many ratings share a rater and a form."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from prowess.measurement.blocks import FIRST_ROUNDS, Point, Totals
from prowess.measurement.design import Design, Flags, Floats, Integers, Term
from prowess.measurement.quadrature import adaptive_rule

MOST_LINES = 2_000
MOST_FORMS = 64
FORMS_LOOKED_AT = 4_096
RARE = 32
WORTH_WHILE = 2.0
MARGIN = 4.0
LARGEST_REACH = 200.0
SAFE_EXPONENT = 280.0


@dataclass(frozen=True, kw_only=True)
class Forms:
    """Which lines each form has: form f those in ``line[first[f]:first[f + 1]]``.

    ``inner`` (terms × lines) are the effects of each line, ``group`` its set of steps.
    """

    first: npt.NDArray[np.int64]
    line: Integers
    inner: Integers
    group: Integers


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """All sheets of a design by ratee: bounds, effects (terms × sheets) and forms."""

    start: npt.NDArray[np.int64]
    outer: Integers
    form: Integers
    forms: Forms


@dataclass(kw_only=True)
class SheetBlock:
    """The sheets of consecutive ratees, and where the quadrature for each of them stands."""

    start: npt.NDArray[np.int64]
    outer: Integers
    form: Integers
    forms: Forms
    totals: Floats
    held: Flags
    centre: Floats
    spread: Floats
    shares: Floats
    row_information: npt.NDArray[np.float32]
    ratee_information: Floats
    settled: bool = False

    def evaluate(self, point: Point, *, nodes: int) -> Totals:
        """One pass over the block; the ratees' posterior means and deviations are kept for the next."""
        from prowess.measurement.kernels.sheets import sheet_pass  # noqa: PLC0415

        points, log_weights = adaptive_rule(nodes)
        totals = Totals.zeros(point.effects.size, *point.cumulated.shape)
        reach = self._reach(point, farthest=float(np.abs(points).max()))
        safe = self._is_safe(point, reach=reach)
        table = self._table(point, reach=reach, safe=safe)
        moments, form_schur = np.zeros(table.shape), np.zeros(table.shape[0])
        sheet_pass(
            self.start,
            self.outer,
            self.form,
            self.totals,
            self.held,
            point.effects,
            table,
            -reach,
            point.mean,
            point.sigma,
            points,
            log_weights,
            1 if self.settled else FIRST_ROUNDS,
            self.centre,
            self.spread,
            totals.expected,
            totals.information,
            totals.schur,
            moments,
            form_schur,
            self.row_information,
            self.ratee_information,
            totals.sums,
        )
        self.settled = True
        self._settle_lines(point, totals, reach=reach, safe=safe, moments=moments, form_schur=form_schur)
        own, precision = self.ratee_information, point.precision
        totals.mean_information = float(
            np.sum(np.where(self.held, 0.0, own * precision / np.maximum(own + precision, 1e-12)))
        )
        return totals

    def _reach(self, point: Point, *, farthest: float) -> float:
        """The largest logit that the pass can meet, with a margin."""
        reach = float(np.abs(self.centre).max(initial=0.0)) + farthest * float(self.spread.max(initial=0.0))
        for effects in self.outer:
            reach += float(np.abs(point.effects[effects]).max(initial=0.0))
        return min(float(np.ceil(reach + MARGIN)), LARGEST_REACH)

    def _is_safe(self, point: Point, *, reach: float) -> bool:
        """Whether powers of the exponential stay inside double precision."""
        steepest = float(np.abs(point.cumulated[np.isfinite(point.cumulated)]).max(initial=0.0))
        top = point.cumulated.shape[1] - 1
        return bool(top * (reach + float(np.abs(self._shift(point)).max(initial=0.0))) + steepest < SAFE_EXPONENT)

    def _table(self, point: Point, *, reach: float, safe: bool) -> Floats:
        """The forms' log normalisers over all logits that the pass can meet."""
        from prowess.measurement.kernels.sheets import COEFFICIENTS, SCALE, fill_forms, fill_lines  # noqa: PLC0415

        cells = int(2 * reach * SCALE)
        lines = np.empty((self.forms.group.size, cells + 1, 3))
        fill_lines(self._shift(point), self.forms.group, point.cumulated, -reach, safe, lines)
        table = np.empty((self.forms.first.size - 1, cells, COEFFICIENTS))
        fill_forms(self.forms.first, self.forms.line, lines, table)
        return table

    def _shift(self, point: Point) -> Floats:
        return np.asarray(point.effects[self.forms.inner].sum(axis=0))

    def _settle_lines(
        self, point: Point, totals: Totals, *, reach: float, safe: bool, moments: Floats, form_schur: Floats
    ) -> None:
        from prowess.measurement.kernels.sheets import settle_lines  # noqa: PLC0415

        settle_lines(
            self.forms.first,
            self.forms.line,
            self._shift(point),
            self.forms.group,
            self.forms.inner,
            point.cumulated,
            -reach,
            safe,
            moments,
            form_schur,
            self.shares,
            totals.expected,
            totals.information,
            totals.schur,
            totals.category_expected,
            totals.category_information,
        )

    def curvature(self, direction: Floats, mean_direction: float, precision: float) -> tuple[Floats, float]:
        """Information (ratees eliminated) × direction, on the effects and on the ratees' mean."""
        from prowess.measurement.kernels.sheet_information import sheet_curvature  # noqa: PLC0415

        product = np.zeros(direction.size)
        on_mean = sheet_curvature(
            *self._places(), self.ratee_information, self.held, precision, direction, mean_direction, product
        )
        return product, on_mean

    def borrowed(self, precision: float, variances: Floats) -> Floats:
        """Variance that each ratee's measure takes over from the effects' being estimates."""
        from prowess.measurement.kernels.sheet_information import sheet_borrowed  # noqa: PLC0415

        extra = np.zeros(self.start.size - 1)
        sheet_borrowed(*self._places(), self.ratee_information, precision, variances, extra)
        return extra

    def _places(self) -> tuple[Any, Any, Any, Any, Any, Any, Any, Any]:
        forms = self.forms
        return (
            self.start,
            self.outer,
            self.form,
            forms.first,
            forms.line,
            forms.inner,
            self.shares,
            self.row_information,
        )

    def fresh(self) -> "SheetBlock":
        """The same block with a state of its own."""
        return replace(
            self,
            centre=self.centre.copy(),
            spread=self.spread.copy(),
            shares=self.shares.copy(),
            row_information=self.row_information.copy(),
            ratee_information=self.ratee_information.copy(),
        )


def find_sheets(design: Design) -> Sheets | None:
    """The sheets of a design; None where looking at them would not be faster than at the ratings."""
    if design.weights.size or not design.terms:
        return None
    largest = max(design.terms, key=lambda term: term.size)
    for outside in ((), (largest,)):
        inside = tuple(term for term in design.terms if term not in outside)
        found = _sheets_of(design, inside, outside)
        if found is not None:
            return found
    return None


def _sheets_of(design: Design, inside: tuple[Term, ...], outside: tuple[Term, ...]) -> Sheets | None:
    from prowess.measurement.kernels.forms import count_sheets, find_forms, sheet_columns  # noqa: PLC0415

    coded = _lines(design, inside)
    if coded is None:
        return None
    row_line, inner, group = coded
    numbers = {term.name: f for f, term in enumerate(design.terms)}
    ratings = row_line.size
    place = numbers[outside[0].name] if outside else 0
    outer = design.effects[place : place + len(outside)]
    count = count_sheets(design.start, outer)
    if count * WORTH_WHILE > ratings:
        return None
    form, last_row = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    sample, uses = np.zeros(FORMS_LOOKED_AT, dtype=np.int64), np.zeros(FORMS_LOOKED_AT, dtype=np.int64)
    if find_forms(design.start, outer, row_line, FORMS_LOOKED_AT, form, last_row, sample, uses) < 0:
        return None
    kept = _kept_forms(uses)
    number = np.full(FORMS_LOOKED_AT, -1, dtype=np.int32)
    number[kept] = np.arange(kept.size, dtype=np.int32)
    lines_of = [row_line[(last_row[s - 1] if s else 0) : last_row[s]] for s in sample[kept]]
    length = np.diff(last_row, prepend=0)
    rare = number[form] < 0
    size = int((~rare).sum()) + int(length[rare].sum())
    if size * WORTH_WHILE > ratings:
        return None
    single = np.full(group.size, -1, dtype=np.int32)
    if rare.any():
        single[:] = kept.size + np.arange(group.size)
        lines_of += [np.array([c], dtype=np.int16) for c in range(group.size)]
    start = np.empty(design.start.size, dtype=np.int64)
    sheet_outer, sheet_form = np.empty((len(outside), size), dtype=np.int32), np.empty(size, dtype=np.int32)
    sheet_columns(design.start, outer, row_line, form, last_row, number, single, start, sheet_outer, sheet_form)
    forms = Forms(
        first=np.concatenate([[0], np.cumsum([part.size for part in lines_of])]).astype(np.int64),
        line=np.concatenate([np.sort(part) for part in lines_of]).astype(np.int32),
        inner=inner,
        group=group,
    )
    return Sheets(start=start, outer=sheet_outer, form=sheet_form, forms=forms)


def _kept_forms(uses: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The forms that deserve a table of their own, the most used first."""
    ranked = np.argsort(-uses, kind="stable")[:MOST_FORMS]
    return np.asarray(ranked[uses[ranked] >= RARE])


def _lines(design: Design, inside: tuple[Term, ...]) -> tuple[npt.NDArray[np.int16], Integers, Integers] | None:
    """The line of each rating, and the effects (terms × lines) and set of steps of each line."""
    from prowess.measurement.kernels.sums import mark_elements, translate  # noqa: PLC0415

    ratings = int(design.start[-1])
    numbers = {term.name: f for f, term in enumerate(design.terms)}
    columns = [(design.effects[numbers[term.name]], term.first, term.size) for term in inside]
    if design.groups.size:
        columns.append((design.groups, 0, len(design.group_labels)))
    possible = float(np.prod([float(size) for _, _, size in columns])) if columns else 1.0
    if possible > 50 * MOST_LINES:
        return None
    code = np.zeros(ratings, dtype=np.int32)
    for column, first, size in columns:
        code *= np.int32(size)
        code += column
        code -= np.int32(first)
    seen = np.zeros(int(possible), dtype=bool)
    mark_elements(code, seen)
    used = np.flatnonzero(seen)
    if used.size > MOST_LINES:
        return None
    number = np.zeros(int(possible), dtype=np.int16)
    number[used] = np.arange(used.size, dtype=np.int16)
    parts, rest = [], used.copy()
    for _, first, size in reversed(columns):
        parts.append((rest % size + first).astype(np.int32))
        rest = rest // size
    parts.reverse()
    group = parts.pop() if design.groups.size else np.zeros(used.size, dtype=np.int32)
    inner = np.stack(parts) if parts else np.empty((0, used.size), dtype=np.int32)
    of_rows = np.empty(ratings, dtype=np.int16)
    translate(code, number, of_rows)
    return of_rows, inner, group


def cut_sheets(design: Design, sheets: Sheets, first: int, last: int) -> SheetBlock:
    """The sheets of the ratees ``first`` … ``last`` - 1."""
    part = slice(int(sheets.start[first]), int(sheets.start[last]))
    held = design.held[first:last]
    return SheetBlock(
        start=sheets.start[first : last + 1] - sheets.start[first],
        outer=np.ascontiguousarray(sheets.outer[:, part]),
        form=sheets.form[part],
        forms=sheets.forms,
        totals=design.ratee_totals[first:last],
        held=held,
        centre=np.where(held, design.ratee_anchor[first:last], design.rough_ratees[0][first:last]),
        spread=np.where(held, 0.0, design.rough_ratees[1][first:last]),
        shares=np.zeros(sheets.forms.line.size),
        row_information=np.zeros(part.stop - part.start, dtype=np.float32),
        ratee_information=np.zeros(last - first),
    )
