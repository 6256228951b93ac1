"""Gauss-Hermite points for the standard normal distribution, and how many of them a fit needs."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LANES = 8  # the kernels take points in lanes of eight
FEW_RATINGS = 10_000


def nodes_needed(*, ratings: int, ratees: int) -> int:
    """Adaptive quadrature points: more for ratees with few ratings, whose posterior is skewed, and for small sets."""
    each = ratings / max(ratees, 1)
    if ratings <= FEW_RATINGS:
        return 2 * LANES if each >= 8.0 else 3 * LANES
    return LANES if each >= 16.0 else 2 * LANES


@lru_cache(maxsize=16)
def adaptive_rule(count: int) -> tuple[Floats, Floats]:
    """Standardised points z and log weights w with ∫ f(t) dt ≈ s · sum exp(w) f(c + s z), over the normal's 1/√(2π).

    Padded to a multiple of eight with points of no weight.
    """
    points, weights = np.polynomial.hermite.hermgauss(count)
    with np.errstate(divide="ignore"):
        log_weights = np.log(weights) + points**2 + 0.5 * np.log(2.0) - 0.5 * np.log(2.0 * np.pi)
    missing = -count % LANES
    return (
        np.concatenate([np.sqrt(2.0) * points, np.zeros(missing)]),
        np.concatenate([log_weights, np.full(missing, -np.inf)]),
    )
