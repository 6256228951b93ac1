"""Intraclass correlations: the six of Shrout and Fleiss (1979) under the names of McGraw and Wong (1996) as well.

One-way: each ratee has raters of their own. Agreement (two-way): the raters' severities count as error. Consistency
(two-way): they do not. Single: one rater's score; average: the mean of k raters. The two-way random and the two-way
mixed models give the same numbers here and differ in what they generalise to: other raters, or only these.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from prowess.measurement.agreement.estimates import Estimate, NotEstimable, check_confidence
from prowess.measurement.agreement.matrix import Floats, RatingMatrix

Form = Literal["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Analysis of variance of a complete table of ratees by raters."""

    ratees: int
    raters: int
    between_ratees: float
    between_raters: float
    residual: float
    within_ratees: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IntraclassCorrelation:
    """One form: Shrout and Fleiss' name, McGraw and Wong's name, what it means in words, and the estimate."""

    form: Form
    mcgraw_wong: str
    model: str
    meaning: str
    estimate: Estimate


def mean_squares(table: Floats) -> MeanSquares:
    """Mean squares of a table of ratees (rows) by raters (columns) without gaps (McGraw and Wong 1996, table 2)."""
    ratees, raters = table.shape
    centred = table - table.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    residual = centred - rows[:, None] - columns[None, :]
    within = centred - rows[:, None]
    return MeanSquares(
        ratees=ratees,
        raters=raters,
        between_ratees=float(raters * (rows @ rows) / (ratees - 1)),
        between_raters=float(ratees * (columns @ columns) / (raters - 1)),
        residual=float((residual**2).sum() / ((ratees - 1) * (raters - 1))),
        within_ratees=float((within**2).sum() / (ratees * (raters - 1))),
    )


def intraclass_correlations(ratings: RatingMatrix, *, confidence: float = 0.95) -> list[IntraclassCorrelation]:
    """All six forms, over the ratees that every rater rated, with intervals and the F test of no reliability.

    Raises `NotEstimable` for scores that are words, fewer than two complete ratees or raters, or no variation.
    When raters are not known by name only the one-way forms are returned.

    >>> table = RatingMatrix.from_table([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9],
    ...                                  [6, 2, 4, 7]])  # Shrout and Fleiss (1979), table 2
    >>> [round(form.estimate.value, 2) for form in intraclass_correlations(table)]
    [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    """
    check_confidence(confidence)
    squares, note = _complete_squares(ratings)
    single = [_one_way(squares, confidence=confidence, note=note)]
    if ratings.raters_known:
        single += [
            _agreement(squares, confidence=confidence, note=note),
            _consistency(squares, confidence=confidence, note=note),
        ]
    return single + [_average(form, squares) for form in single]


def _complete_squares(ratings: RatingMatrix) -> tuple[MeanSquares, str | None]:
    if not ratings.numeric:
        raise NotEstimable("The scores are words, and an intraclass correlation needs numbers.")
    table = ratings.complete()
    ratees, raters = table.shape
    if raters < 2:
        raise NotEstimable("There is only one rater.", remedy="Give ratings by two or more raters.")
    if ratees < 2:
        message = f"Every rater rated {ratees} of the {len(ratings.units)} ratees in common; two are needed."
        raise NotEstimable(message, remedy="Use the variance components, which allow gaps.")
    if np.all(table == table[0, 0]):
        raise NotEstimable("All complete ratings are the same: without variation there is no reliability to estimate.")
    left_out = len(ratings.units) - ratees
    note = f"{left_out} of {len(ratings.units)} ratees with gaps are left out" if left_out else None
    return mean_squares(table), note


def _one_way(squares: MeanSquares, *, confidence: float, note: str | None) -> IntraclassCorrelation:
    test = squares.ratees - 1.0, squares.ratees * (squares.raters - 1.0)
    ratio = _ratio(squares.between_ratees, squares.within_ratees)
    low, high = _bounds(ratio, test, confidence)
    estimate = Estimate(
        name="ICC(1,1)",
        value=_from_ratio(ratio, squares.raters),
        low=_from_ratio(low, squares.raters),
        high=_from_ratio(high, squares.raters),
        confidence=confidence,
        statistic=ratio,
        degrees_of_freedom=test,
        p_value=float(stats.f.sf(ratio, *test)),
        units=squares.ratees,
        raters=squares.raters,
        note=note,
    )
    return IntraclassCorrelation(
        form="ICC(1,1)",
        mcgraw_wong="ICC(1)",
        model="one-way random",
        meaning="reliability of one rater's score when every ratee has raters of their own",
        estimate=estimate,
    )


def _consistency(squares: MeanSquares, *, confidence: float, note: str | None) -> IntraclassCorrelation:
    test = squares.ratees - 1.0, (squares.ratees - 1.0) * (squares.raters - 1.0)
    ratio = _ratio(squares.between_ratees, squares.residual)
    low, high = _bounds(ratio, test, confidence)
    estimate = Estimate(
        name="ICC(3,1)",
        value=_from_ratio(ratio, squares.raters),
        low=_from_ratio(low, squares.raters),
        high=_from_ratio(high, squares.raters),
        confidence=confidence,
        statistic=ratio,
        degrees_of_freedom=test,
        p_value=float(stats.f.sf(ratio, *test)),
        units=squares.ratees,
        raters=squares.raters,
        note=note,
    )
    return IntraclassCorrelation(
        form="ICC(3,1)",
        mcgraw_wong="ICC(C,1)",
        model="two-way, consistency",
        meaning="how alike one rater orders and spaces the ratees, severity set aside",
        estimate=estimate,
    )


def _agreement(squares: MeanSquares, *, confidence: float, note: str | None) -> IntraclassCorrelation:
    ratees, raters = squares.ratees, squares.raters
    error = squares.residual
    spread = squares.between_ratees - error
    severity = raters * (squares.between_raters - error) / ratees
    total = squares.between_ratees + (raters - 1) * error + severity
    if total <= 0:
        raise NotEstimable("The ratees' and the raters' means do not vary, so their agreement cannot be estimated.")
    value = spread / total
    low, high = _agreement_bounds(squares, value, confidence)
    ratio = _ratio(squares.between_ratees, error)
    test = ratees - 1.0, (ratees - 1.0) * (raters - 1.0)
    estimate = Estimate(
        name="ICC(2,1)",
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        statistic=ratio,
        degrees_of_freedom=test,
        p_value=float(stats.f.sf(ratio, *test)),
        units=ratees,
        raters=raters,
        note=note,
    )
    return IntraclassCorrelation(
        form="ICC(2,1)",
        mcgraw_wong="ICC(A,1)",
        model="two-way, absolute agreement",
        meaning="reliability of one rater's score when differences in severity count as error",
        estimate=estimate,
    )


def _agreement_bounds(squares: MeanSquares, value: float, confidence: float) -> tuple[float, float]:
    """Satterthwaite's interval (McGraw and Wong 1996, table 7, case 2A)."""
    ratees, raters, error = squares.ratees, squares.raters, squares.residual
    if value >= 1.0:
        return 1.0, 1.0
    first = raters * value / (ratees * (1 - value))
    second = 1 + raters * value * (ratees - 1) / (ratees * (1 - value))
    weighted = first * squares.between_raters, second * error
    below = weighted[0] ** 2 / (raters - 1) + weighted[1] ** 2 / ((ratees - 1) * (raters - 1))
    if below <= 0:
        return value, value
    freedom = (weighted[0] + weighted[1]) ** 2 / below
    lower = float(stats.f.ppf((1 + confidence) / 2, ratees - 1, freedom))
    upper = float(stats.f.ppf((1 + confidence) / 2, freedom, ratees - 1))
    mixed = raters * squares.between_raters + (raters * ratees - raters - ratees) * error
    between = squares.between_ratees
    low = ratees * (between - lower * error) / (lower * mixed + ratees * between)
    high = ratees * (upper * between - error) / (mixed + ratees * upper * between)
    return float(low), float(high)


def _average(single: IntraclassCorrelation, squares: MeanSquares) -> IntraclassCorrelation:
    """The form for the mean of all raters: the Spearman–Brown step-up of the estimate and of its bounds."""
    old = single.estimate
    names: dict[str, tuple[Form, str]] = {
        "ICC(1,1)": ("ICC(1,k)", "ICC(k)"),
        "ICC(2,1)": ("ICC(2,k)", "ICC(A,k)"),
        "ICC(3,1)": ("ICC(3,k)", "ICC(C,k)"),
    }
    form, other = names[single.form]
    estimate = Estimate(
        name=form,
        value=step_up(old.value, squares.raters),
        low=None if old.low is None else step_up(old.low, squares.raters),
        high=None if old.high is None else step_up(old.high, squares.raters),
        confidence=old.confidence,
        statistic=old.statistic,
        degrees_of_freedom=old.degrees_of_freedom,
        p_value=old.p_value,
        units=old.units,
        raters=old.raters,
        note=old.note,
    )
    meaning = single.meaning.replace("one rater's score", f"the mean of {squares.raters} raters")
    meaning = meaning.replace("one rater orders and spaces", f"means of {squares.raters} raters order and space")
    return IntraclassCorrelation(form=form, mcgraw_wong=other, model=single.model, meaning=meaning, estimate=estimate)


def step_up(single: float, raters: float) -> float:
    """Spearman and Brown's prophecy: the reliability of the mean of ``raters`` from that of one."""
    below = 1.0 + (raters - 1.0) * single
    return raters * single / below if below > 0 else float("-inf")


def raters_needed(single: float, *, reliability: float) -> int | None:
    """The smallest number of raters whose mean reaches ``reliability``, or None when one rater carries nothing."""
    if single <= 0 or not 0 < reliability < 1:
        return None
    return max(1, int(np.ceil(round(reliability * (1 - single) / (single * (1 - reliability)), 9))))


def _ratio(between: float, error: float) -> float:
    return between / error if error > 0 else float("inf")


def _from_ratio(ratio: float, raters: int) -> float:
    return 1.0 if np.isinf(ratio) else (ratio - 1.0) / (ratio + raters - 1.0)


def _bounds(ratio: float, test: tuple[float, float], confidence: float) -> tuple[float, float]:
    lower = ratio / float(stats.f.ppf((1 + confidence) / 2, *test))
    upper = ratio * float(stats.f.ppf((1 + confidence) / 2, test[1], test[0]))
    return lower, upper
