"""The integer program behind an interview plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from prowess.framework import InterviewQuestion
from prowess.framework.errors import InputError

ASKED_ONCE, ASKED_TWICE, BY_TWO, ASKED_MORE = 1000.0, 300.0, 300.0, 10.0
"""Worth of a competency's first question, its second, a second interviewer for it, and each further question.

The gaps keep the order: no number of further questions outweighs a competency that is asked about once only.
"""

LONGEST_SOLVE = 20.0
"""Seconds; panels of usual size take less than one."""

_PREFERENCE = 0.5
_ANOTHER_INTERVIEWER = 2.0
_UNEVEN_MINUTE = 0.05
_UNEVEN_COMPETENCY = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A competency to be asked about: its questions in order of preference, and the minutes that each takes.

    The last ``general`` questions are general ones that do not come from the library.
    """

    code: str
    importance: float
    questions: tuple[InterviewQuestion, ...]
    minutes: tuple[int, ...]
    general: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """For each interviewer the pairs (position of the competency, position of the question).

    ``proven`` is false where the time ran out before the solver could show that no better assignment exists.
    """

    by_interviewer: tuple[tuple[tuple[int, int], ...], ...]
    proven: bool = True


@dataclass
class _Program:
    """A linear program under construction: columns with a worth and bounds, rows with coefficients and bounds."""

    worth: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[list[tuple[int, float]], float, float]] = field(default_factory=list)

    def column(self, worth: float = 0.0, *, upper: float = 1.0, whole: bool = True) -> int:
        self.worth.append(worth)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.worth) - 1

    def row(self, terms: Iterable[tuple[int, float]], *, least: float = -np.inf, most: float = np.inf) -> None:
        self.rows.append((list(terms), least, most))

    def solved(self) -> tuple[NDArray[np.float64], bool]:
        """The values of the columns, and whether they are proven to be the best."""
        entries = [(r, c, v) for r, (terms, _least, _most) in enumerate(self.rows) for c, v in terms]
        rows, columns, values = zip(*entries, strict=True)
        matrix = coo_array((values, (rows, columns)), shape=(len(self.rows), len(self.worth))).tocsr()
        result = milp(
            -np.array(self.worth),
            integrality=np.array(self.whole),
            bounds=Bounds(np.zeros(len(self.upper)), np.array(self.upper)),
            constraints=LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows]),
            options={"mip_rel_gap": 1e-6, "time_limit": LONGEST_SOLVE},
        )
        if result.x is None:
            raise InputError(
                f"No plan was found within {LONGEST_SOLVE:.0f} seconds.", remedy="Plan for fewer interviewers."
            )
        return np.asarray(result.x, dtype=np.float64), bool(result.status == 0)


def assign(demands: Sequence[Demand], *, minutes: int, interviewers: int) -> Assignment:
    """Give questions to interviewers, each question to one of them at most, within ``minutes`` each.

    First as many competencies as possible are asked about, the important ones before others; then as many as possible
    twice and by two people; then further questions, and an even load.
    """
    program = _Program()
    heaviest = program.column(-_UNEVEN_MINUTE, upper=minutes, whole=False)
    lightest = program.column(_UNEVEN_MINUTE, upper=minutes, whole=False)
    asked, takes_part = _columns(program, demands, interviewers=interviewers)
    most = program.column(-_UNEVEN_COMPETENCY, upper=len(demands), whole=False)
    fewest = program.column(_UNEVEN_COMPETENCY, upper=len(demands), whole=False)
    for who in range(interviewers):
        part = [(columns[who], 1.0) for columns in takes_part]
        program.row([*part, (most, -1.0)], most=0)
        program.row([*part, (fewest, -1.0)], least=0)
        load = [(columns[who], float(demands[d].minutes[q])) for (d, q), columns in asked.items()]
        program.row(load, most=minutes)
        program.row([*load, (heaviest, -1.0)], most=0)
        program.row([*load, (lightest, -1.0)], least=0)
    solution, proven = program.solved()
    return _in_order(asked, solution, interviewers=interviewers, proven=proven)


def _columns(
    program: _Program, demands: Sequence[Demand], *, interviewers: int
) -> tuple[dict[tuple[int, int], list[int]], list[list[int]]]:
    """Columns "interviewer asks question" and "interviewer asks about competency", with what they are worth."""
    asked: dict[tuple[int, int], list[int]] = {}
    takes_part = []
    for d, demand in enumerate(demands):
        for q in range(len(demand.questions)):
            bonus = _PREFERENCE * demand.importance * (len(demand.questions) - q) / len(demand.questions)
            asked[d, q] = [program.column(bonus) for _who in range(interviewers)]
            program.row([(column, 1.0) for column in asked[d, q]], most=1)
        takes_part.append(_worth_of_asking(program, demand, [asked[d, q] for q in range(len(demand.questions))]))
    return asked, takes_part


def _worth_of_asking(program: _Program, demand: Demand, asked: Sequence[Sequence[int]]) -> list[int]:
    """First, second and further questions, and the second interviewer, each with its worth; who takes part."""
    importance = demand.importance
    steps = [program.column(w * (0.5 + importance)) for w in (ASKED_ONCE, ASKED_TWICE)]
    steps += [program.column(ASKED_MORE * importance / further) for further in range(1, len(asked) - 1)]
    every = [(column, 1.0) for columns in asked for column in columns]
    program.row([*every, *((step, -1.0) for step in steps)], least=0, most=0)
    present = []
    for who in range(len(asked[0])):
        takes_part = program.column(-_ANOTHER_INTERVIEWER)
        own = [(columns[who], 1.0) for columns in asked]
        program.row([*own, (takes_part, -1.0)], least=0)
        for column, _one in own:
            program.row([(column, 1.0), (takes_part, -1.0)], most=0)
        present.append(takes_part)
    by_two = program.column(BY_TWO * (0.5 + importance))
    program.row([*((column, 1.0) for column in present), (by_two, -2.0)], least=0)
    return present


def _in_order(
    asked: dict[tuple[int, int], list[int]],
    solution: NDArray[np.float64],
    *,
    interviewers: int,
    proven: bool,
) -> Assignment:
    """The solution read out; interviewers stand in the order of what they begin with."""
    found = [
        tuple(key for key, columns in asked.items() if solution[columns[who]] > 0.5) for who in range(interviewers)
    ]
    return Assignment(tuple(sorted(found, key=lambda keys: (not keys, keys))), proven)
