"""Generalizability theory: which facet makes scores vary by how much, and how many raters are enough."""

from prowess.measurement.generalizability.components import Component, VarianceComponents, variance_components
from prowess.measurement.generalizability.decision import (
    Coefficient,
    Decision,
    Need,
    coefficient_interval,
    decision_study,
    levels_needed,
)
from prowess.measurement.generalizability.design import Design, crossed, parse_design
from prowess.measurement.generalizability.observations import Observations, infer_design

__all__ = [
    "Coefficient",
    "Component",
    "Decision",
    "Design",
    "Need",
    "Observations",
    "VarianceComponents",
    "coefficient_interval",
    "crossed",
    "decision_study",
    "infer_design",
    "levels_needed",
    "parse_design",
    "variance_components",
]
