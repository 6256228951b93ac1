"""Plots of a fit as accessible SVG, each with the data behind it."""

from prowess.measurement.plots.charts import category_curves, caterpillar, fit_plot, wright_map
from prowess.measurement.plots.svg import Plot

__all__ = ["Plot", "category_curves", "caterpillar", "fit_plot", "wright_map"]
