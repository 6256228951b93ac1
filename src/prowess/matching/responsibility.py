"""How much responsibility a job carries, read from its text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prowess.matching.encoder import TextEncoder, encoder_note
from prowess.matching.job_blocks import JobFeatures
from prowess.matching.job_features import job_features
from prowess.matching.model import MatchingModel, shipped_model

LEAST, MOST = 1.0, 5.0
AVERAGE = 3.0
OUTPUT = "responsibility"
_DRIVERS = 6


@dataclass(frozen=True, slots=True)
class Driver:
    """A statement that moves the level; ``contribution`` in levels, positive where it raises."""

    statement: int
    contribution: float


@dataclass(frozen=True, slots=True)
class Responsibility:
    """``level``: 1 (simple, guided work) to 5 (sets direction, or deep expertise); ``drivers``: strongest first.

    The level follows O*NET's job zones and the levels of skill that occupations need. ``by_statement``: how far each
    statement, taken alone, stands above the average statement of all occupations, in levels.
    """

    level: float
    drivers: tuple[Driver, ...]
    note: str
    by_statement: tuple[float, ...] = ()


def responsibility_of(
    statements: Sequence[str], *, job_title: str = "", encoder: TextEncoder | None, model: MatchingModel | None = None
) -> Responsibility:
    """The level of a job and the statements that speak most for it. Without statements: the middle, and a note."""
    model = model or shipped_model()
    job = job_features(statements, job_title=job_title, encoder=encoder, model=model)
    return responsibility_from(job, encoder=encoder, model=model)


def responsibility_from(job: JobFeatures, *, encoder: TextEncoder | None, model: MatchingModel) -> Responsibility:
    """The same from features that are known already."""
    if job.count == 0:
        return Responsibility(AVERAGE, (), "No statement describes the work, so the middle level was taken.")
    heads = model.heads(encoder)
    output = heads.names.index(OUTPUT)
    added = heads.by_statement(job)
    level = float(np.clip(heads.total(added, job=job)[output], LEAST, MOST))
    alone = tuple(float(value) * job.count for value in added[:, output])
    return Responsibility(level, _drivers(added[:, output]), encoder_note(encoder), alone)


def _drivers(added: NDArray[np.float64]) -> tuple[Driver, ...]:
    order = np.argsort(-np.abs(added), kind="stable")[:_DRIVERS]
    return tuple(Driver(int(index), float(added[index])) for index in order)
