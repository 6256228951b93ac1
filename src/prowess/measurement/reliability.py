"""Separation, strata and reliability of a facet (Wright and Masters 1982, chapter 5)."""

from dataclasses import dataclass

import numpy as np

from prowess.measurement.measures import FacetMeasures


@dataclass(frozen=True, kw_only=True)
class Separation:
    """How well the elements of a facet can be told apart; NaN where fewer than two have a measure.

    ``sd``: standard deviation of the measures; ``rmse``: root mean square error; ``separation`` = true SD / RMSE;
    ``strata`` = (4 separation + 1) / 3; ``reliability`` = true variance / observed variance.
    """

    elements: int
    sd: float
    rmse: float
    separation: float
    strata: float
    reliability: float


def separate(facet: FacetMeasures) -> Separation:
    """Separation of a facet.

    For estimates the true variance is the observed variance less the mean squared error. Posterior means are shrunken
    already: their variance is the true variance that was recovered, and the mean posterior variance is added to it
    (reliability as TAM's EAP reliability, Adams 2005).
    """
    use = facet.usable & ~facet.extreme
    measures = facet.measure[use]
    errors = (facet.error if facet.own_error is None else facet.own_error)[use]
    if measures.size < 2:
        return Separation(
            elements=len(facet.labels), sd=np.nan, rmse=np.nan, separation=np.nan, strata=np.nan, reliability=np.nan
        )
    observed = float(measures.var(ddof=1))
    error = float((errors**2).mean())
    if facet.shrunken:
        recovered = float(measures.var())
        reliability = recovered / (recovered + error)
    else:
        reliability = max(observed - error, 0.0) / observed if observed > 0 else 0.0
    separation = float(np.sqrt(reliability / (1.0 - reliability))) if reliability < 1.0 else np.inf
    return Separation(
        elements=len(facet.labels),
        sd=float(np.sqrt(observed)),
        rmse=float(np.sqrt(error)),
        separation=separation,
        strata=(4.0 * separation + 1.0) / 3.0,
        reliability=reliability,
    )
