"""Many versions at once: a thousand competencies are stored with a handful of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from prowess.framework import Competency as CompetencyDocument
from prowess.library.models import Competency, CompetencyVersion, Framework
from prowess.people.models import User

BATCH = 500
"""Rows a statement: within the number of parameters that SQLite takes."""


@dataclass(frozen=True)
class Placing:
    """A competency as it is to be published, and its place in the framework; None leaves it where it is."""

    document: CompetencyDocument
    position: int | None = None


def publish_all(framework: Framework, placings: Sequence[Placing], *, actor: User | None) -> None:
    """Store the next version of each competency and make it the one that readers see; new ones are added.

    Where only the place differs, there is no new version. Access is checked by the action that calls this.
    """
    stored = _stored_rows(framework, placings)
    numbers = _last_numbers(framework)
    versions = [
        _next_version(stored[placing.document.code], placing.document, numbers=numbers, actor=actor)
        for placing in placings
        if not is_current(stored[placing.document.code], placing.document)
    ]
    CompetencyVersion.objects.bulk_create(versions, batch_size=BATCH)
    for version in versions:
        version.competency.current = version
    Competency.objects.bulk_update(stored.values(), ["title", "cluster", "position", "current"], batch_size=BATCH // 5)


def _stored_rows(framework: Framework, placings: Sequence[Placing]) -> dict[str, Competency]:
    """The rows of the competencies, known or new, with their texts and places as they will be."""
    known = {c.code: c for c in framework.competencies.select_related("current")}
    last = max((c.position for c in known.values()), default=-1)
    rows = {}
    for placing in placings:
        document = placing.document
        row = known.get(document.code) or Competency(framework=framework, code=document.code, position=-1)
        row.title, row.cluster = document.title, document.cluster
        if placing.position is not None:
            row.position = placing.position
        elif row.position < 0:
            last += 1
            row.position = last
        rows[document.code] = row
    Competency.objects.bulk_create([row for row in rows.values() if row.pk is None], batch_size=BATCH)
    return rows


def _last_numbers(framework: Framework) -> dict[int, int]:
    numbered = framework.competencies.annotate(last=Max("versions__number"))
    return {pk: last or 0 for pk, last in numbered.values_list("pk", "last")}


def is_current(row: Competency, document: CompetencyDocument) -> bool:
    """Whether readers see exactly this already, whatever its version number."""
    if row.current is None:
        return False
    content = document.model_dump(mode="json", exclude_defaults=True)
    return {**row.current.document, "version": 0} == {**content, "version": 0}


def _next_version(
    row: Competency, document: CompetencyDocument, *, numbers: dict[int, int], actor: User | None
) -> CompetencyVersion:
    number = numbers.get(row.pk, 0) + 1
    content = document.model_dump(mode="json", exclude_defaults=True)
    numbered = {**content, "version": number} if number != 1 else {k: v for k, v in content.items() if k != "version"}
    return CompetencyVersion(competency=row, number=number, document=numbered, published_by=actor)
