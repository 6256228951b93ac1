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
    """The terms while they are collected."""

    terms: list[Term] = field(default_factory=list)
    columns: list[Integers] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    anchors: dict[int, float] = field(default_factory=dict)
    size: int = 0

    def add(self, name: str, *, facets: tuple[str, ...], codes: Integers, labels: list[str], random: bool) -> Term:
        term = Term(name=name, facets=facets, first=self.size, size=len(labels), random=random, labels=labels)
        self.terms.append(term)
        self.columns.append(codes + np.int32(self.size))
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
    rows = _rows_by_ratee(table, usable)
    everything = rows.size == len(table) and _is_ordered(rows)
    pick = slice(None) if everything else rows
    start = _bounds(table.codes[table.ratee][pick], len(table.labels[table.ratee]))
    effects = np.empty((len(plan.columns), rows.size), dtype=np.int32)
    for f, column in enumerate(plan.columns):
        effects[f] = column[pick]
    row_groups = groups[pick] if groups.size else groups
    steps = table.steps[pick]
    seen = _categories_seen(row_groups, steps, len(group_labels), len(table.categories))
    held, ratee_anchor = _ratee_anchors(table, model)
    present = np.bincount(effects.ravel(), minlength=plan.size) > 0
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
        weights=np.empty(0) if table.weights is None else table.weights[pick],
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
            codes = table.codes[table.ratee] if name == table.ratee else columns[name][0] - columns[name][1].first
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
    if usable.all():
        ratings = np.bincount(codes, minlength=size)
        total = np.bincount(codes, weights=steps, minlength=size)
    else:
        ratings = np.bincount(codes[usable], minlength=size)
        total = np.bincount(codes[usable], weights=steps[usable], minlength=size)
    return np.asarray((ratings > 0) & ((total == low * ratings) | (total == high * ratings)))


def _is_ordered(rows: npt.NDArray[np.int64]) -> bool:
    return rows.size < 2 or (int(rows[0]) == 0 and bool((np.diff(rows) == 1).all()))


def _rows_by_ratee(table: RatingTable, usable: Flags) -> npt.NDArray[np.int64]:
    codes = table.codes[table.ratee]
    if usable.all() and bool((codes[1:] >= codes[:-1]).all()):
        return np.arange(codes.size)
    rows = np.flatnonzero(usable)
    return np.asarray(rows[np.argsort(codes[rows], kind="stable")])


def _bounds(codes: Integers, size: int) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=size))]).astype(np.int64)


def _categories_seen(groups: Integers, steps: npt.NDArray[np.int8], count: int, categories: int) -> Flags:
    place = steps.astype(np.int64) if not groups.size else groups.astype(np.int64) * categories + steps
    return np.asarray(np.bincount(place, minlength=count * categories).reshape(count, categories) > 0)


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
