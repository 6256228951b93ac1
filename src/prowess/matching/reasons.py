"""Why a competency was not taken into a profile."""

from collections.abc import Sequence

import numpy as np

from prowess.framework import Competency, ForbiddenPair, Framework, forbidden_pairs
from prowess.framework.role_profile import LeftOut
from prowess.matching.selection import Task, value_of

NOT_WITH = "not-with"
SIZE = "size"
COVERED = "covered by others"
WEAK = "weak evidence"
MOST_LISTED = 40
MOST_WEAK = 5


def left_out(
    task: Task, chosen: Sequence[int], *, competencies: Sequence[Competency], framework: Framework
) -> tuple[LeftOut, ...]:
    """The competencies that were considered and not taken, those that the job calls for most first.

    Considered is what a statement calls for, what stands in a forbidden pair with a chosen one and ranks among the
    first, and the next few of the ranking.
    """
    taken = {competencies[number].code: number for number in chosen}
    pairs = {
        code: (pair, pair.other(code))
        for pair in forbidden_pairs(framework)
        for code in pair.codes
        if code not in taken and pair.other(code) in taken
    }
    calling = task.coverage.max(axis=0, initial=0.0)
    idle = np.array([calling[n] == 0 and c.code not in pairs for n, c in enumerate(competencies)])
    members = set(chosen)
    order = [int(n) for n in np.lexsort((-task.scores, -calling, idle)) if n not in members]
    found, weak = [], 0
    for number in order[: 5 * MOST_LISTED]:
        competency = competencies[number]
        if competency.code in pairs:
            found.append(_forbidden(competency, *pairs[competency.code], framework=framework))
        elif calling[number] > 0:
            found.append(_weighed(task, chosen, number, competencies=competencies))
        elif weak < MOST_WEAK:
            weak += 1
            note = "No statement calls for it clearly enough."
            found.append(LeftOut(code=competency.code, title=competency.title, reason=WEAK, note=note))
    return tuple(found[:MOST_LISTED])


def _forbidden(competency: Competency, pair: ForbiddenPair, standing: str, *, framework: Framework) -> LeftOut:
    other = framework.competency(standing).title
    said = " ".join(part for part in (pair.note, pair.advice) if part)
    return LeftOut(
        code=competency.code,
        title=competency.title,
        reason=NOT_WITH,
        because=standing,
        note=said or f"The library says not to use it together with “{other}”.",
    )


def _weighed(task: Task, chosen: Sequence[int], number: int, *, competencies: Sequence[Competency]) -> LeftOut:
    """Left out by the optimum: no room, or too little that the chosen ones do not cover already."""
    competency = competencies[number]
    full = len(chosen) >= task.size[1]
    adds = value_of(task, [*chosen, number]) - value_of(task, chosen)
    overlap = np.minimum(task.coverage[:, list(chosen)], task.coverage[:, [number]]).T @ task.weights
    nearest = competencies[chosen[int(overlap.argmax())]] if len(chosen) and overlap.max() > 0 else None
    if full and adds > 0:
        note = f"The profile holds {len(chosen)} already, and the others cover more of the job together."
        return LeftOut(code=competency.code, title=competency.title, reason=SIZE, note=note)
    if nearest is None:
        note = "The statements that call for it weigh too little."
        return LeftOut(code=competency.code, title=competency.title, reason=WEAK, note=note)
    note = f"What calls for it is covered already, most of all by “{nearest.title}”."
    return LeftOut(code=competency.code, title=competency.title, reason=COVERED, because=nearest.code, note=note)
