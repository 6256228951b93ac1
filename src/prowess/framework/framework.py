"""A framework: a published set of competencies with one scale."""

from collections import Counter
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from prowess.framework.competency import Cluster, Competency
from prowess.framework.document import IdentifiedPart
from prowess.framework.errors import NotFound
from prowess.framework.scale import Scale
from prowess.framework.text import Line, OptionalText

FORMAT = "prowess-framework/1"


class Framework(IdentifiedPart):
    """The one document type that every reader fills and every writer takes."""

    format: str = Field(default=FORMAT, pattern=r"^prowess-framework/1$")
    title: Line
    edition: OptionalText = ""
    publisher: OptionalText = ""
    description: OptionalText = ""
    language: str = Field(default="en", max_length=35)
    licence: OptionalText = ""
    attribution: OptionalText = ""
    scale: Scale = Scale()
    clusters: tuple[Cluster, ...] = ()
    competencies: tuple[Competency, ...] = ()

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        for what, codes in (
            ("competency", [competency.code for competency in self.competencies]),
            ("cluster", [cluster.code for cluster in self.clusters]),
        ):
            twice = [code for code, times in Counter(codes).items() if times > 1]
            if twice:
                raise ValueError(f"the {what} code {twice[0]!r} is used more than once; codes must be unique")
        return self

    @cached_property
    def by_code(self) -> dict[str, Competency]:
        """The competencies by their codes, in the order of the framework."""
        return {competency.code: competency for competency in self.competencies}

    def competency(self, code: str) -> Competency:
        """The competency with this code.

        Raises:
            NotFound: the framework has no such code.
        """
        try:
            return self.by_code[code]
        except KeyError:
            raise NotFound(
                f"The framework “{self.title}” has no competency with the code {code!r}.",
                remedy="Use a code of this framework, as `prowess lint` and the library pages show them.",
            ) from None

    def cluster_title(self, code: str) -> str:
        """The title of a cluster, or its code where the framework does not describe it."""
        return next((cluster.title for cluster in self.clusters if cluster.code == code), code)

    def in_cluster(self, code: str) -> tuple[Competency, ...]:
        """The competencies of one cluster, in the order of the framework."""
        return tuple(competency for competency in self.competencies if competency.cluster == code)
