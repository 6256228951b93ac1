"""Laying out a design: terms, anchors, constraints, steps, and the rows that can be used."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from prowess.framework.errors import InputError
from prowess.measurement.design import Constraint, Design, Flags, Floats, Integers, Term
from prowess.measurement.ratings import RatingTable
from prowess.measurement.specification import ModelSpecification


@dataclass(kw_only=True)
class _Plan:
    """The terms while they are collected; ``columns``: the element of each rating within its term."""

    terms: list[Term] = field(default_factory=list)
    columns: list[Integers] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    anchors: dict[int, float] = field(default_factory=dict)
    size: int = 0

    def add(self, name: str, *, facets: tuple[str, ...], codes: Integers, labels: list[str], random: bool) -> Term:
        term = Term(name=name, facets=facets, first=self.size, size=len(labels), random=random, labels=labels)
        self.terms.append(term)
        self.columns.append(codes)
        self.size += len(labels)
        return term


def lay_out(
    table: RatingTable, model: ModelSpecification, *, random: tuple[str, ...], leave_out_extremes: bool = True
) -> Design:
    """The design of a table under a model whose names have been checked."""
    plan = _plan_terms(table, model, random=random)
    groups, group_labels = _step_groups(table, model)
    joint = (model.estimator or "").startswith("jml")
    usable = np.ones(len(table), dtype=bool)
    left_out: dict[str, Flags] = {}
    if leave_out_extremes:
        usable, left_out = _usable_rows(table, plan, joint=joint)
    rows, in_order = _rows_by_ratee(table, usable, plan)
    pick = slice(None) if in_order else rows
    held, ratee_anchor = _ratee_anchors(table, model)
    start = _bounds(table.codes[table.ratee], len(table.labels[table.ratee]), usable)
    _refuse_single_ratings(table, start, held)
    effects = np.empty((len(plan.columns), rows.size), dtype=np.int32)
    for f, (column, term) in enumerate(zip(plan.columns, plan.terms, strict=True)):
        np.add(column[pick], np.int32(term.first), out=effects[f])
    row_groups = groups[pick] if groups.size else groups
    steps = table.steps[pick]
    weights = np.empty(0) if table.weights is None else table.weights[pick]
    seen = _categories_seen(row_groups, steps, len(group_labels), len(table.categories))
    present = _present(effects, plan.size)
    initial, free = _initial(plan, present=present)
    constraints = [Constraint(indices=c.indices[present[c.indices]], value=c.value) for c in plan.constraints]
    return Design(
        table=table,
        model=model,
        terms=tuple(plan.terms),
        constraints=tuple(c for c in constraints if c.indices.size),
        rows=rows,
        start=start,
        effects=effects,
        groups=row_groups,
        group_labels=group_labels,
        steps=steps,
        weights=weights,
        categories_seen=seen,
        anchored_steps=_anchored_steps(model, group_labels, len(table.categories)),
        initial=initial,
        free=free,
        held=held,
        ratee_anchor=ratee_anchor,
        left_out=left_out,
    )


def _plan_terms(table: RatingTable, model: ModelSpecification, *, random: tuple[str, ...]) -> _Plan:
    plan = _Plan()
    dummies = {table.facet(name) for name in model.dummy}
    anchors = {table.facet(name): values for name, values in model.anchors.elements.items()}
    grouped = {table.facet(name): groups for name, groups in model.group_anchors.items()}
    pinned = table.ratee in anchors
    for name in table.facets[1:]:
        labels = table.labels[name]
        if name in dummies or (len(labels) == 1 and name not in anchors):
            continue
        term = plan.add(name, facets=(name,), codes=table.codes[name], labels=labels, random=name in random)
        position = {label: term.first + e for e, label in enumerate(labels)}
        plan.anchors |= {position[e]: v for e, v in anchors.get(name, {}).items() if e in position}
        for elements, mean in grouped.get(name, ()):
            indices = np.array([position[e] for e in elements if e in position], dtype=np.int64)
            plan.constraints.append(Constraint(indices=indices, value=mean))
        if pinned and not term.random:
            pinned = False  # anchored ratees fix the origin: one facet must be free to float
        elif name not in anchors and name not in grouped and not term.random:
            plan.constraints.append(Constraint(indices=np.arange(term.first, term.first + term.size), value=0.0))
    for one, other in model.interactions:
        _add_interaction(plan, table, table.facet(one), table.facet(other), random=random)
    return plan


def _add_interaction(plan: _Plan, table: RatingTable, one: str, other: str, *, random: tuple[str, ...]) -> None:
    if table.ratee in (one, other):
        raise InputError(
            f"The interaction {one} by {other} contains the ratee.",
            remedy="Use the bias analysis of the result for single ratees; models take interactions of other facets.",
        )
    wide = len(table.labels[other])
    cells, codes = np.unique(table.codes[one].astype(np.int64) * wide + table.codes[other], return_inverse=True)
    labels = [f"{table.labels[one][c // wide]} × {table.labels[other][c % wide]}" for c in cells]
    drawn = one in random or other in random
    term = plan.add(f"{one} × {other}", facets=(one, other), codes=codes.astype(np.int32), labels=labels, random=drawn)
    if not drawn:
        for side in (cells // wide, cells % wide):
            for element in np.unique(side):
                indices = term.first + np.flatnonzero(side == element)
                plan.constraints.append(Constraint(indices=indices, value=0.0))


def _step_groups(table: RatingTable, model: ModelSpecification) -> tuple[Integers, list[str]]:
    if model.step_facet is None:
        return np.empty(0, dtype=np.int32), [""]
    facet = table.facet(model.step_facet)
    if facet == table.ratee:
        raise InputError("Steps cannot differ by ratee.", remedy="Use partial-credit with another facet.")
    if len(table.labels[facet]) == 1:
        return np.empty(0, dtype=np.int32), table.labels[facet]
    return table.codes[facet], table.labels[facet]


def _usable_rows(table: RatingTable, plan: _Plan, *, joint: bool) -> tuple[Flags, dict[str, Flags]]:
    """Rows left when fixed elements with only extreme ratings (whose estimates are infinite) are taken out,
    repeatedly."""
    usable = np.ones(len(table), dtype=bool)
    columns = {
        t.name: (c, t) for c, t in zip(plan.columns, plan.terms, strict=True) if not t.random and len(t.facets) == 1
    }
    gone = {name: np.zeros(t.size, dtype=bool) for name, (_, t) in columns.items()}
    gone[table.ratee] = np.zeros(len(table.labels[table.ratee]), dtype=bool)
    steps = table.steps
    changed = True
    while changed:
        changed = False
        low, high = (int(steps[usable].min()), int(steps[usable].max())) if usable.any() else (0, 0)
        if low == high:
            raise InputError(
                "After leaving out raters, items and ratees with only the lowest or only the highest ratings, nothing "
                "is left to compare.",
                place=table.source,
                remedy="Collect ratings that differ, or treat the raters as random (estimator crossed).",
            )
        for name, flags in gone.items():
            if name == table.ratee and not joint:
                continue
            codes = table.codes[table.ratee] if name == table.ratee else columns[name][0]
            extreme = _extreme(codes, steps, usable, flags.size, low=low, high=high) & ~flags
            if name != table.ratee:
                first = columns[name][1].first
                extreme &= (
                    np.array([first + e not in plan.anchors for e in range(flags.size)]) if plan.anchors else True
                )
            if extreme.any():
                gone[name] = flags | extreme
                usable &= ~extreme[codes]
                changed = True
                break
    return usable, gone


def _extreme(codes: Integers, steps: npt.NDArray[np.int8], usable: Flags, size: int, *, low: int, high: int) -> Flags:
    from prowess.measurement.kernels.sums import add_by_element  # noqa: PLC0415

    ratings, total = np.zeros(size), np.zeros(size)
    add_by_element(codes, steps, np.empty(0), usable, ratings, total)
    return np.asarray((ratings > 0) & ((total == low * ratings) | (total == high * ratings)))


def _rows_by_ratee(table: RatingTable, usable: Flags, plan: _Plan) -> tuple[Integers, bool]:
    """The usable rows by ratee, and by the longest facet within each; whether that is all rows in their own order."""
    from prowess.measurement.kernels.forms import is_in_runs, order_by_two  # noqa: PLC0415

    codes, size = table.codes[table.ratee], len(table.labels[table.ratee])
    longest = max(range(len(plan.terms)), key=lambda f: plan.terms[f].size, default=None)
    second = codes if longest is None else plan.columns[longest]
    second_size = size if longest is None else plan.terms[longest].size
    if is_in_runs(codes, second, second_size):
        whole = bool(usable.all())
        return (np.arange(codes.size, dtype=np.int32) if whole else np.flatnonzero(usable).astype(np.int32)), whole
    order = order_by_two(codes, size, second, second_size)
    return order[usable[order]], False


def _refuse_single_ratings(table: RatingTable, start: npt.NDArray[np.int64], held: Flags) -> None:
    ratings = np.diff(start)
    if held.any() or table.weights is not None or int(ratings.max(initial=0)) > 1:
        return
    raise InputError(
        f"No {table.ratee} has more than one rating, so {table.ratee} and chance cannot be told apart.",
        place=table.source,
        remedy="Have some of them rated on several items or by several raters, or anchor them.",
    )


def _bounds(codes: Integers, size: int, usable: Flags) -> npt.NDArray[np.int64]:
    from prowess.measurement.kernels.sums import count_elements  # noqa: PLC0415

    start = np.zeros(size + 1, dtype=np.int64)
    count_elements(codes, usable, start[1:])
    return np.cumsum(start)


def _present(effects: Integers, size: int) -> Flags:
    from prowess.measurement.kernels.sums import mark_elements  # noqa: PLC0415

    present = np.zeros(size, dtype=bool)
    for row in effects:
        mark_elements(row, present)
    return present


def _categories_seen(groups: Integers, steps: npt.NDArray[np.int8], count: int, categories: int) -> Flags:
    from prowess.measurement.kernels.sums import count_categories  # noqa: PLC0415

    counts = np.zeros((count, categories))
    count_categories(groups, steps, np.empty(0), counts)
    return counts > 0


def _anchored_steps(model: ModelSpecification, labels: list[str], categories: int) -> dict[int, Floats]:
    anchored = {}
    for group, steps in model.anchors.steps.items():
        if group not in labels:
            continue
        if len(steps) != categories - 1:
            raise InputError(
                f"{len(steps)} steps are anchored{f' for {group}' if group else ''}, but the ratings have {categories} "
                "categories.",
                remedy=f"Anchor {categories - 1} steps, one between each category and the next.",
            )
        anchored[labels.index(group)] = np.concatenate([[0.0], np.cumsum(np.asarray(steps, dtype=float))])
    return anchored


def _ratee_anchors(table: RatingTable, model: ModelSpecification) -> tuple[Flags, Floats]:
    labels = table.labels[table.ratee]
    held = np.zeros(len(labels), dtype=bool)
    anchor = np.zeros(len(labels))
    for name, values in model.anchors.elements.items():
        if table.facet(name) != table.ratee:
            continue
        position = {label: e for e, label in enumerate(labels)}
        for element, value in values.items():
            if element in position:
                held[position[element]] = True
                anchor[position[element]] = value
    return held, anchor


def _initial(plan: _Plan, *, present: Flags) -> tuple[Floats, Flags]:
    """Starting values, and what is to be estimated: no anchors, and no elements whose ratings were all left out."""
    initial = np.zeros(plan.size)
    free = present.copy()
    for constraint in plan.constraints:
        initial[constraint.indices] = constraint.value
    for position, value in plan.anchors.items():
        initial[position] = value
        free[position] = False
    return initial, free
