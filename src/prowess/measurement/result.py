"""What a fit returns: measures, tables, summaries."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from prowess.measurement.anchors import Anchors
from prowess.measurement.design import Floats
from prowess.measurement.estimation import Estimates
from prowess.measurement.fit_statistics import ElementFit, element_fit
from prowess.measurement.measures import FacetMeasures, bias_correction
from prowess.measurement.ratings import RatingTable
from prowess.measurement.reliability import Separation, separate
from prowess.measurement.specification import ModelSpecification

if TYPE_CHECKING:
    import polars as pl

NAMED_IN_SUMMARY = 2000


@dataclass(kw_only=True)
class FitResult:
    """A fitted model: every table and figure comes from here.

    Measures are in logits: a ratee's is high when more is shown, a rater's when severe, an item's when hard; facets
    other
    than the ratee are centred at zero unless anchored. Names of facets may be given as columns or as roles (``ratee``,
    ``rater``, ``item``).
    """

    table: RatingTable
    model: ModelSpecification
    estimates: Estimates
    measures: dict[str, FacetMeasures]
    seconds: float
    notes: tuple[str, ...] = ()
    _fit: dict[str, ElementFit] = field(default_factory=dict, repr=False)

    @property
    def facets(self) -> tuple[str, ...]:
        """Names of the facets, the ratee first."""
        return self.table.facets

    @property
    def estimator(self) -> str:
        """The estimator that was used."""
        if any(term.random for term in self.estimates.design.terms):
            return "crossed"
        return self.model.estimator or "mml"

    @property
    def log_likelihood(self) -> float:
        """Log-likelihood: marginal over the ratees (Laplace over further random facets), or joint."""
        return self.estimates.log_likelihood

    @property
    def converged(self) -> bool:
        """Whether the search ended at a maximum."""
        return self.estimates.converged

    @property
    def iterations(self) -> int:
        """Iterations of the search."""
        return self.estimates.iterations

    @property
    def warnings(self) -> list[str]:
        """Sentences about the data and the estimates; empty when nothing is the matter."""
        return [*self.table.warnings, *self.notes]

    @property
    def ratee_mean(self) -> float:
        """Mean measure of the ratees."""
        measures = self.measures[self.table.ratee].measure
        return float(np.nanmean(measures)) if np.isfinite(measures).any() else 0.0

    @property
    def ratee_sd(self) -> float:
        """Estimated standard deviation of the ratees' distribution (NaN under joint maximum likelihood)."""
        return self.estimates.point.sigma if not self.estimates.likelihood.joint else float("nan")

    @property
    def cumulated(self) -> Floats:
        """Cumulated steps (groups × categories), infinite where a category was not used."""
        return np.asarray(self.estimates.point.cumulated * bias_correction(self.estimates))

    @cached_property
    def theta(self) -> Floats:
        """Where the ratees stand for residuals: their measures."""
        return self.measures[self.table.ratee].measure / bias_correction(self.estimates)

    def element_fit(self, name: str) -> ElementFit:
        """Infit, outfit and point-measure correlations of a facet's elements."""
        facet = self.table.facet(name)
        if facet not in self._fit:
            self._fit[facet] = element_fit(self.estimates, facet, theta=self.theta)
        return self._fit[facet]

    def separation(self, name: str) -> Separation:
        """Separation, strata and reliability of a facet."""
        return separate(self.measures[self.table.facet(name)])

    def summary(self) -> dict[str, Any]:
        """The fit in one JSON object."""
        from prowess.measurement.tables import summarise  # noqa: PLC0415

        return summarise(self)

    def facet_table(self, name: str) -> "pl.DataFrame":
        """One row an element: measure, standard error, ratings, means, fair average with its interval, fit."""
        from prowess.measurement.tables import facet_table  # noqa: PLC0415

        return facet_table(self, self.table.facet(name))

    def element_statistics(self, name: str) -> "pl.DataFrame":
        """One row an element: point-measure correlations, extreme, anchored, number of its subset."""
        from prowess.measurement.tables import element_statistics  # noqa: PLC0415

        return element_statistics(self, self.table.facet(name))

    def person_scores(self) -> "pl.DataFrame":
        """Each ratee's posterior mean (EAP), Warm's weighted likelihood (WLE) and maximum likelihood (MLE) score.

        Errors here are conditional on the other facets, as other software gives them; `facet_table` adds the
        uncertainty of the facets.
        """
        from prowess.measurement.tables import person_scores  # noqa: PLC0415

        return person_scores(self)

    def step_table(self) -> "pl.DataFrame":
        """Steps: group, category reached, difficulty, standard error, whether in order."""
        from prowess.measurement.category_tables import step_table  # noqa: PLC0415

        return step_table(self)

    def category_table(self) -> "pl.DataFrame":
        """Use of the categories: count, average and expected measure, outfit, step."""
        from prowess.measurement.category_tables import category_table  # noqa: PLC0415

        return category_table(self)

    def category_curves(self, *, group: str = "", points: int = 201) -> "pl.DataFrame":
        """Probability of each category along the scale (logit, category, probability)."""
        from prowess.measurement.category_tables import category_curves  # noqa: PLC0415

        return category_curves(self, group=group, points=points)

    def expected_ratings(self) -> "pl.DataFrame":
        """Each rating beside what the model expects: expected, variance, residual, standardised residual."""
        from prowess.measurement.residual_tables import expected_ratings  # noqa: PLC0415

        return expected_ratings(self)

    def unexpected_ratings(self, *, threshold: float = 2.0) -> "pl.DataFrame":
        """Ratings whose standardised residual is at least ``threshold`` in size, the most unexpected first."""
        from prowess.measurement.residual_tables import unexpected_ratings  # noqa: PLC0415

        return unexpected_ratings(self, threshold=threshold)

    def residual_components(self, *, components: int = 5) -> "pl.DataFrame":
        """Principal components of the residuals between items: a second dimension shows in the first."""
        from prowess.measurement.residual_tables import residual_components  # noqa: PLC0415

        return residual_components(self, components=components)

    def rater_effects(self) -> "pl.DataFrame":
        """Severity, halo, central tendency, range restriction and erratic rating, by rater."""
        from prowess.measurement.rater_effects import rater_effects  # noqa: PLC0415

        return rater_effects(self)

    def interaction_bias(self, one: str, other: str) -> "pl.DataFrame":
        """Bias of each pair of elements of two facets, with its test."""
        from prowess.measurement.bias import interaction_bias  # noqa: PLC0415

        return interaction_bias(self, self.table.facet(one), self.table.facet(other))

    def differential_functioning(self, facet: str, *, by: str) -> "pl.DataFrame":
        """Does an element of ``facet`` work differently for the groups of the facet ``by``? Pairwise tests."""
        from prowess.measurement.bias import differential_functioning  # noqa: PLC0415

        return differential_functioning(self, self.table.facet(facet), by=self.table.facet(by))

    def anchors(self, *facets: str) -> Anchors:
        """The measures of these facets (all but the ratee unless named) and the steps, to anchor a later round on."""
        from prowess.measurement.linking import anchors_of  # noqa: PLC0415

        return anchors_of(self, facets)

    def write(self, directory: str | Path, *, formats: tuple[str, ...] = ("json", "csv")) -> list[Path]:
        """Write ``summary.json`` and one table a facet (and steps, categories, scores); returns the files."""
        from prowess.measurement.writing import write_result  # noqa: PLC0415

        return write_result(self, Path(directory), formats=formats)
