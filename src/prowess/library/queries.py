"""What is read from the library."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, QuerySet

from prowess.framework import Cluster
from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Framework as FrameworkDocument
from prowess.framework import relations_of as _relations_of
from prowess.framework.competency import Relation
from prowess.framework.errors import NotFound
from prowess.framework.yaml_document import framework_as_yaml
from prowess.library.models import Competency, CompetencyVersion, Framework
from prowess.library.policies import library_policy
from prowess.library.presentation import Reading, reading_of
from prowess.people.models import User

NO_CLUSTER = "none"


def frameworks_for(user: User) -> QuerySet[Framework]:
    """The frameworks that this user may read, each with ``competency_count``."""
    return library_policy.visible_to(user).annotate(competency_count=Count("competencies"))


def framework_for(user: User, *, code: str) -> Framework:
    """One framework.

    Raises:
        NotFound: there is none with this code, or this user may not know of it.
    """
    try:
        return library_policy.visible_to(user).get(code=code)
    except Framework.DoesNotExist:
        raise NotFound(
            f"There is no framework with the code {code!r}.", remedy="Choose one from the library's first page."
        ) from None


def competency_for(user: User, *, framework: str, code: str) -> Competency:
    """One competency with its current version.

    Raises:
        NotFound: there is none with this code, or this user may not know of it.
    """
    found = (
        Competency.objects.select_related("current", "framework")
        .defer("current__document", "framework__head")
        .filter(
            framework__in=library_policy.visible_to(user), framework__code=framework, code=code, current__isnull=False
        )
        .first()
    )
    if found is None:
        raise NotFound(
            f"There is no competency with the code {code!r} in this framework.",
            remedy="Look for it with the library's search.",
        )
    return found


def document_of(framework: Framework) -> FrameworkDocument:
    """The framework as one document, with the current version of every competency.

    Kept in memory for the framework's latest revisions: what is published never changes.
    """
    return _document(framework.pk, framework.revision)


@lru_cache(maxsize=8)
def _document(pk: int, revision: int) -> FrameworkDocument:  # noqa: ARG001 - the revision is the key
    framework = Framework.objects.get(pk=pk)
    versions = CompetencyVersion.objects.filter(
        competency__framework=framework, pk__in=Competency.objects.filter(framework=framework).values("current")
    ).order_by("competency__position", "competency__pk")
    documents = [version.document for version in versions]
    return FrameworkDocument.model_validate({**framework.head, "competencies": documents})


@dataclass(frozen=True)
class ClusterShelf:
    """A cluster with the competencies in it (rows of the table), in order."""

    cluster: Cluster
    competencies: Sequence[Competency]


def shelves(framework: Framework, *, competencies: Iterable[Competency]) -> list[ClusterShelf]:
    """Competencies arranged by cluster, in the framework's order; those without a cluster come last."""
    document = document_of(framework)
    by_cluster: dict[str, list[Competency]] = {}
    for competency in competencies:
        by_cluster.setdefault(competency.cluster, []).append(competency)
    known = [ClusterShelf(c, by_cluster.pop(c.code)) for c in document.clusters if c.code in by_cluster]
    rest = [
        ClusterShelf(Cluster(code=code or "none", title=code or "No cluster"), rows)
        for code, rows in by_cluster.items()
    ]
    return known + rest


def relations_of(framework: Framework, *, code: str) -> tuple[Relation, ...]:
    """All relations of a competency, seen from its side (see `prowess.framework.rules`)."""
    return _relations_of(document_of(framework), code)


@dataclass(frozen=True)
class ClusterCount:
    """A cluster and how many competencies it holds."""

    cluster: Cluster
    count: int


@dataclass(frozen=True)
class Shelf:
    """A cluster with the competencies of it that are shown, in order."""

    cluster: Cluster
    competencies: Sequence[CompetencyDocument]


@dataclass(frozen=True)
class Shelving:
    """A framework in shelf order: cluster by cluster, each in the framework's order."""

    clusters: Sequence[ClusterCount]
    competencies: Sequence[CompetencyDocument]

    def in_cluster(self, code: str) -> Sequence[CompetencyDocument]:
        """The competencies of one cluster.

        Raises:
            NotFound: the framework has no such cluster.
        """
        if code not in {entry.cluster.code for entry in self.clusters}:
            raise NotFound(f"This framework has no cluster {code!r}.", remedy="Choose one from the framework's page.")
        return [competency for competency in self.competencies if _cluster_code(competency) == code]


def shelving_of(framework: Framework) -> Shelving:
    """The framework in shelf order, kept in memory like its document."""
    return _shelving(framework.pk, framework.revision)


@lru_cache(maxsize=8)
def _shelving(pk: int, revision: int) -> Shelving:
    document = _document(pk, revision)
    clusters = _clusters(document)
    rank = {entry.cluster.code: place for place, entry in enumerate(clusters)}
    return Shelving(clusters, sorted(document.competencies, key=lambda competency: rank[_cluster_code(competency)]))


def _clusters(document: FrameworkDocument) -> list[ClusterCount]:
    """The clusters that hold competencies, in the framework's order; codes that it does not describe come last."""
    counts = Counter(competency.cluster for competency in document.competencies)
    described = [ClusterCount(c, counts.pop(c.code)) for c in document.clusters if c.code in counts]
    return described + [ClusterCount(_undescribed(code), count) for code, count in counts.items()]


def on_shelves(document: FrameworkDocument, *, competencies: Iterable[CompetencyDocument]) -> list[Shelf]:
    """Competencies that are already in shelf order, parted by cluster."""
    described = {cluster.code: cluster for cluster in document.clusters}
    by_cluster: dict[str, list[CompetencyDocument]] = {}
    for competency in competencies:
        by_cluster.setdefault(competency.cluster, []).append(competency)
    return [Shelf(described.get(code) or _undescribed(code), rows) for code, rows in by_cluster.items()]


def _undescribed(code: str) -> Cluster:
    return Cluster(code=code or NO_CLUSTER, title=code or "Without a cluster")


def _cluster_code(competency: CompetencyDocument) -> str:
    return competency.cluster or NO_CLUSTER


def reading_for(competency: Competency) -> Reading:
    """The current version of a competency, arranged for reading."""
    return reading_of(document_of(competency.framework), code=competency.code)


def as_yaml(framework: Framework) -> str:
    """The framework, with the current version of every competency, as a YAML file's text."""
    return framework_as_yaml(document_of(framework))
