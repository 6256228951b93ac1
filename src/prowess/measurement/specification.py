"""What is to be fitted: facets fixed or random, the kind of steps, interactions, anchors, estimator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prowess.framework.errors import InputError
from prowess.measurement.anchors import Anchors

ESTIMATORS = ("mml", "jml", "jml-corrected", "crossed")
RATING_SCALE = "rating-scale"
PARTIAL_CREDIT = "partial-credit:"


@dataclass(frozen=True, kw_only=True)
class ModelSpecification:
    """A many-facet Rasch model (Linacre 1989).

    ``steps``: ``rating-scale`` (Andrich 1978) or ``partial-credit:FACET`` (Masters 1982), a set of steps for each
    element
    of FACET. ``random``: facets beside the ratee whose elements are drawn from a normal distribution with estimated
    variance. ``estimator``: ``mml`` (ratees integrated out), ``crossed`` (the same with further random facets; taken
    when
    ``random`` names one), ``jml`` (joint, as FACETS) or ``jml-corrected``. ``group_anchors[facet]``: pairs (elements,
    mean
    of these elements). ``dummy``: facets kept for tables and interactions, with no effect. ``nodes``: quadrature
    points a
    ratee. ``tolerance``: largest change in logits at convergence.
    """

    steps: str = RATING_SCALE
    random: Sequence[str] = ()
    estimator: str | None = None
    interactions: Sequence[tuple[str, str]] = ()
    anchors: Anchors = field(default_factory=Anchors)
    group_anchors: Mapping[str, Sequence[tuple[Sequence[str], float]]] = field(default_factory=dict)
    dummy: Sequence[str] = ()
    nodes: int | None = None
    tolerance: float = 1e-6
    maximum_iterations: int = 200

    def __post_init__(self) -> None:
        if self.estimator is not None and self.estimator not in ESTIMATORS:
            raise InputError(
                f"There is no estimator {self.estimator!r}.", remedy=f"The estimators are {', '.join(ESTIMATORS)}."
            )
        if self.steps != RATING_SCALE and not (self.steps.startswith(PARTIAL_CREDIT) and self.step_facet):
            raise InputError(
                f"There are no steps of the kind {self.steps!r}.",
                remedy="Write rating-scale, or partial-credit:FACET with the name of a facet.",
            )
        if self.nodes is not None and not 1 <= self.nodes <= 100:
            raise InputError(f"{self.nodes} quadrature nodes cannot be used.", remedy="Give 1 to 100.")

    @property
    def step_facet(self) -> str | None:
        """The facet whose elements have steps of their own, if any."""
        return self.steps.removeprefix(PARTIAL_CREDIT) if self.steps.startswith(PARTIAL_CREDIT) else None
