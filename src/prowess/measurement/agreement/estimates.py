"""What every agreement statistic hands back, and why one could not be computed."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from prowess.framework.errors import InputError


class NotEstimable(InputError):
    """The ratings cannot answer this question: too few units or raters, no variation, no identity of raters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One statistic with its uncertainty.

    ``value`` is the estimate, ``low`` and ``high`` bound it with probability ``confidence``; ``standard_error``,
    ``statistic`` (a z, F or chi-square) and ``p_value`` are present where the method gives them. ``units`` and
    ``raters`` count what went in, after incomplete units were set aside.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    standard_error: float | None = None
    statistic: float | None = None
    p_value: float | None = None
    degrees_of_freedom: tuple[float, ...] | None = None
    units: int | None = None
    raters: float | None = None
    note: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON: whatever is absent or not a finite number is ``None``."""
        return {key: plain(value) for key, value in asdict(self).items()}


def plain(value: object) -> object:
    """``value`` as JSON can hold it: finite floats, lists for tuples, ``None`` for what is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    return value


def check_confidence(confidence: float) -> float:
    """The confidence level itself, or an `InputError` when it is no probability between 0 and 1."""
    if not 0.0 < confidence < 1.0:
        message = f"The confidence level is {confidence}, which is no probability."
        raise InputError(message, place="confidence", remedy="Give a number between 0 and 1, such as 0.95.")
    return float(confidence)
