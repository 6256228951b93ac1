"""Adaptive forms: ask next what tells most, and stop when enough is known."""

from prowess.measurement.adaptive.bank import ItemBank, simulated_bank
from prowess.measurement.adaptive.bank_files import read_bank
from prowess.measurement.adaptive.profile import CompetencyEstimate, ProfileSession
from prowess.measurement.adaptive.session import AdaptiveSession, Estimate, Prior, Selection, Stopping
from prowess.measurement.adaptive.study import (
    AdaptiveStudy,
    PrecisionPoint,
    SavingPoint,
    StrategyResult,
    simulate_adaptive,
)

__all__ = [
    "AdaptiveSession",
    "AdaptiveStudy",
    "CompetencyEstimate",
    "Estimate",
    "ItemBank",
    "PrecisionPoint",
    "Prior",
    "ProfileSession",
    "SavingPoint",
    "Selection",
    "Stopping",
    "StrategyResult",
    "read_bank",
    "simulate_adaptive",
    "simulated_bank",
]
