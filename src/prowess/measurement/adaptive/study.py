"""How many questions does choosing them save, at the same precision? Whole forms simulated side by side.

Every simulated ratee is measured by the adaptive form, by the same items in one good fixed order (most informative
for the population first, areas in turn) and by items at random, with the same answers to the same items. All stop at
the same standard error. A form's error is against the true level, which only a simulation knows.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from prowess.framework.errors import InputError
from prowess.measurement.adaptive.bank import Floats, Integers, ItemBank
from prowess.measurement.adaptive.session import AdaptiveSession, Criterion, Prior, Selection, Stopping
from prowess.measurement.simulation import draw_scores

STRATEGIES: tuple[tuple[str, Criterion], ...] = (
    ("adaptive", "posterior-information"),
    ("fixed", "fixed"),
    ("random", "random"),
)
PRECISIONS = (0.6, 0.5, 0.4, 0.35, 0.3, 0.25)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyResult:
    """One way of choosing: mean questions, error against the truth, coverage of the 95 % intervals, exposure.

    ``reached`` is the share of forms that reached the wanted standard error. ``largest_exposure`` is the share of
    forms in which the most used item stood, ``unused`` the share of items in no form.
    """

    strategy: str
    questions: float
    root_mean_square_error: float
    bias: float
    mean_standard_error: float
    coverage: float
    reached: float
    largest_exposure: float
    unused: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionPoint:
    """Root mean square error of a strategy after ``questions`` questions, over all forms without stopping."""

    strategy: str
    questions: int
    root_mean_square_error: float
    mean_standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingPoint:
    """Mean questions of each strategy until ``standard_error`` is reached, and the share that choosing saves.

    ``reached`` is the share of adaptive forms that got there; a form that did not counts with its full length.
    """

    standard_error: float
    adaptive: float
    fixed: float
    random: float
    saved_against_fixed: float
    saved_against_random: float
    reached: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveStudy:
    """The strategies side by side. ``saved`` is the share of questions that the adaptive form saves against each."""

    ratees: int
    items: int
    areas: int
    standard_error: float
    strategies: tuple[StrategyResult, ...]
    savings: tuple[SavingPoint, ...]
    precision: tuple[PrecisionPoint, ...]

    @property
    def saved(self) -> dict[str, float]:
        """One minus the ratio of mean questions, against each other strategy."""
        mine = self.strategies[0].questions
        return {other.strategy: 1.0 - mine / other.questions for other in self.strategies[1:]}

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {**asdict(self), "saved": self.saved}


Progress = Callable[[int, int], None]


def simulate_adaptive(
    bank: ItemBank,
    *,
    ratees: int = 500,
    stopping: Stopping | None = None,
    selection: Selection | None = None,
    prior: Prior | None = None,
    seed: int = 1,
    progress: Progress | None = None,
) -> AdaptiveStudy:
    """Simulate ``ratees`` forms by each strategy; levels are drawn from the prior, the same for all strategies."""
    if ratees < 2:
        raise InputError(f"There are {ratees} ratees to simulate.", place="ratees", remedy="Give two or more.")
    rules, choice, known = stopping or Stopping(), selection or Selection(), prior or Prior()
    generator = np.random.default_rng(seed)
    truth = generator.normal(known.mean, known.sd, ratees)
    answers = _answers(bank, truth, generator)
    runs = [
        _Run(name, _selection(choice, criterion), bank=_ordered(bank, known, criterion), rules=rules, prior=known)
        for name, criterion in STRATEGIES
    ]
    for place in range(ratees):
        for run in runs:
            run.measure(truth[place], answers[place], seed=seed + place)
        if progress is not None:
            progress(place + 1, ratees)
    return AdaptiveStudy(
        ratees=ratees,
        items=len(bank),
        areas=len(bank.areas),
        standard_error=rules.standard_error or float("nan"),
        strategies=tuple(run.result(truth) for run in runs),
        savings=tuple(_saving(runs, wanted) for wanted in PRECISIONS),
        precision=tuple(point for run in runs for point in run.precision(truth)),
    )


def _answers(bank: ItemBank, truth: Floats, generator: np.random.Generator) -> list[dict[str, int]]:
    """What each ratee would answer to each item, whatever the strategy."""
    table = np.empty((truth.size, len(bank)), dtype=np.int64)
    for item in range(len(bank)):
        steps = bank.steps[item][np.isfinite(bank.steps[item])]
        table[:, item] = draw_scores(truth - bank.difficulty[item], steps=steps, generator=generator)
    return [dict(zip(bank.names, row.tolist(), strict=True)) for row in table]


def _selection(choice: Selection, criterion: Criterion) -> Selection:
    if criterion == "posterior-information":
        return choice
    return Selection(criterion=criterion, shares=choice.shares, balance=choice.balance)


def _ordered(bank: ItemBank, prior: Prior, criterion: Criterion) -> ItemBank:
    """For the fixed form: the items by their information about the population, most informative first."""
    if criterion != "fixed":
        return bank
    levels = prior.mean + prior.sd * np.linspace(-3, 3, 61)
    weight = np.exp(-0.5 * np.linspace(-3, 3, 61) ** 2)
    order = np.argsort(-(bank.information(levels) @ weight), kind="stable")
    return ItemBank(
        tuple(bank.names[place] for place in order),
        bank.difficulty[order],
        bank.steps[order],
        tuple(bank.area[place] for place in order),
    )


def _saving(runs: list["_Run"], wanted: float) -> SavingPoint:
    (adaptive, reached), (fixed, _), (random, _) = (run.questions_until(wanted) for run in runs)
    return SavingPoint(
        standard_error=wanted,
        adaptive=adaptive,
        fixed=fixed,
        random=random,
        saved_against_fixed=1.0 - adaptive / fixed,
        saved_against_random=1.0 - adaptive / random,
        reached=reached,
    )


class _Run:
    """The forms of one strategy, with what became of them."""

    def __init__(self, name: str, selection: Selection, *, bank: ItemBank, rules: Stopping, prior: Prior) -> None:
        self.name, self.selection, self.bank, self.rules, self.prior = name, selection, bank, rules, prior
        self.exposure: Integers = np.zeros(len(bank), dtype=np.int64)
        self.questions: list[int] = []
        self.estimates: list[tuple[float, float, float, float]] = []
        self.paths: list[list[tuple[float, float]]] = []

    def measure(self, truth: float, answers: dict[str, int], *, seed: int) -> None:
        """One form to its end; the path of (error, standard error) goes on to the longest form."""
        longest = Stopping(standard_error=None, minimum=0, maximum=min(self.rules.maximum, len(self.bank)))
        session = AdaptiveSession(
            self.bank, self.prior, longest, self.selection, exposure=self.exposure, forms=len(self.questions), seed=seed
        )
        path: list[tuple[float, float]] = []
        stopped: int | None = None
        while (place := session.next_place()) is not None:
            now = session.answer(place, answers[self.bank.names[place]])
            path.append((now.measure - truth, now.standard_error))
            if stopped is None and self._enough(len(path), now.standard_error):
                stopped = len(path)
                self.estimates.append((now.measure, now.standard_error, now.low, now.high))
        if stopped is None:
            last = session.estimate()
            stopped = len(path)
            self.estimates.append((last.measure, last.standard_error, last.low, last.high))
        for place, _ in session.answered[:stopped]:
            self.exposure[place] += 1
        self.questions.append(stopped)
        self.paths.append(path)

    def _enough(self, count: int, error: float) -> bool:
        wanted = self.rules.standard_error
        return count >= self.rules.minimum and wanted is not None and error <= wanted

    def result(self, truth: Floats) -> StrategyResult:
        table = np.array(self.estimates)
        error = table[:, 0] - truth
        wanted = self.rules.standard_error
        return StrategyResult(
            strategy=self.name,
            questions=float(np.mean(self.questions)),
            root_mean_square_error=float(np.sqrt(np.mean(error**2))),
            bias=float(error.mean()),
            mean_standard_error=float(table[:, 1].mean()),
            coverage=float(((table[:, 2] <= truth) & (truth <= table[:, 3])).mean()),
            reached=float((table[:, 1] <= wanted).mean()) if wanted is not None else float("nan"),
            largest_exposure=float(self.exposure.max() / len(self.questions)),
            unused=float((self.exposure == 0).mean()),
        )

    def questions_until(self, wanted: float) -> tuple[float, float]:
        """Mean questions until the standard error is at most ``wanted``, and the share of forms that got there."""
        first = [next((i + 1 for i, (_, error) in enumerate(path) if error <= wanted), None) for path in self.paths]
        asked = [len(path) if count is None else count for count, path in zip(first, self.paths, strict=True)]
        return float(np.mean(asked)), float(np.mean([count is not None for count in first]))

    def precision(self, truth: Floats) -> list[PrecisionPoint]:
        longest = min(len(path) for path in self.paths)
        errors = np.array([path[:longest] for path in self.paths])
        return [
            PrecisionPoint(
                strategy=self.name,
                questions=count + 1,
                root_mean_square_error=float(np.sqrt(np.mean(errors[:, count, 0] ** 2))),
                mean_standard_error=float(errors[:, count, 1].mean()),
            )
            for count in range(longest if truth.size else 0)
        ]
