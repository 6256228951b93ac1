"""How much credit a near miss gets: agreement weights between categories (Gwet 2014, chapter 3).

Every matrix has ones on the diagonal; a cell says how much of an agreement it is when one rater chooses the row's
category and another the column's.
"""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from prowess.framework.errors import InputError
from prowess.measurement.agreement.matrix import Floats

Weighting = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio"]
WEIGHTINGS: tuple[Weighting, ...] = get_args(Weighting)


def agreement_weights(weights: Weighting | ArrayLike, *, values: Floats) -> Floats:
    """The weights between the categories whose numeric ``values`` are given, in ascending order.

    ``weights`` is a name (`WEIGHTINGS`) or a symmetric matrix of your own with ones on the diagonal.
    """
    if not isinstance(weights, str):
        return _own_matrix(weights, size=values.size)
    if weights not in WEIGHTINGS:
        message = f"“{weights}” is no known set of weights."
        raise InputError(message, place="weights", remedy=f"Choose one of {', '.join(WEIGHTINGS)}, or give a matrix.")
    if values.size < 2:
        return np.ones((values.size, values.size))
    return _named(weights, values)


def _named(name: Weighting, values: Floats) -> Floats:
    difference = np.abs(values[:, None] - values[None, :])
    span = difference.max()
    if name == "identity":
        return np.eye(values.size)
    if name == "linear":
        return np.asarray(1.0 - difference / span)
    if name == "quadratic":
        return np.asarray(1.0 - (difference / span) ** 2)
    if name == "radical":
        return np.asarray(1.0 - np.sqrt(difference / span))
    return _ordinal(values.size) if name == "ordinal" else _ratio(values)


def _ordinal(size: int) -> Floats:
    places = np.arange(size)
    between = np.abs(places[:, None] - places[None, :]) + 1.0
    pairs = between * (between - 1.0) / 2.0
    return np.asarray(1.0 - pairs / pairs.max())


def _ratio(values: Floats) -> Floats:
    if values[0] < 0:
        raise InputError("Ratio weights need scores of zero or more.", place="weights", remedy="Use quadratic weights.")
    total = values[:, None] + values[None, :]
    relative = np.divide(values[:, None] - values[None, :], total, out=np.zeros_like(total), where=total != 0) ** 2
    largest = ((values[-1] - values[0]) / (values[-1] + values[0])) ** 2
    return np.asarray(1.0 - relative / largest)


def _own_matrix(weights: ArrayLike, *, size: int) -> Floats:
    matrix = np.asarray(weights, dtype=np.float64)
    if matrix.shape != (size, size) or not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1.0):
        message = f"The weights are no symmetric {size} by {size} matrix with ones on the diagonal."
        raise InputError(message, place="weights", remedy="Give one row and column for each category, in order.")
    return matrix
