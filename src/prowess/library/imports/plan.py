"""What an import would do: each competency of the source beside the one that the framework has, matched by code."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from prowess.framework import Cluster, Framework
from prowess.framework import Competency as CompetencyDocument
from prowess.framework.competency import Kind, Status
from prowess.framework.difference import Change, ChangeKind, FieldChange, PartDifference, difference, word_difference
from prowess.framework.scale import Level, Scale

_KEPT_PARTS = (
    "aliases definition cluster key_actions job_activities indicators relations notes_on_use development questions "
    "matches identifier extensions"
).split()
_KEPT_HEAD = ("edition", "publisher", "description", "licence", "attribution", "identifier", "extensions")
_ONLY_A_NUMBER = re.compile(r"(?:\w+ )?\d{1,3}")
_HEAD_TEXTS = {
    "title": "Title",
    "edition": "Edition",
    "publisher": "Publisher",
    "description": "Description",
    "language": "Language",
    "licence": "Licence",
    "attribution": "Attribution",
}


class Fate(StrEnum):
    """What an import does with a competency."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MISSING = "missing"


@dataclass(frozen=True)
class Planned:
    """A competency before and after the import; None where there is none."""

    fate: Fate
    before: CompetencyDocument | None
    after: CompetencyDocument | None

    @property
    def document(self) -> CompetencyDocument:
        """The competency as it will be; a missing one as it is."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is always there
        return found

    @property
    def code(self) -> str:
        """Its code."""
        return self.document.code

    @property
    def title(self) -> str:
        """Its title."""
        return self.document.title

    def differences(self) -> tuple[PartDifference, ...]:
        """What changes, part by part; only for what is changed."""
        if self.before is None or self.after is None or self.fate is not Fate.CHANGED:
            return ()
        return difference(self.before, self.after) or (_UNSEEN,)


_UNSEEN = PartDifference(
    "extensions",
    "Details that only the file's format holds",
    (
        Change(
            ChangeKind.CHANGED, 1, (FieldChange("", word_difference("", "They differ; no part that is read does.")),)
        ),
    ),
)


@dataclass(frozen=True)
class Plan:
    """Everything that an import would do; ``head`` is the framework as it will be, without its competencies."""

    head: Framework
    rows: tuple[Planned, ...]
    head_changes: tuple[PartDifference, ...]
    is_new: bool

    def of(self, *fates: Fate) -> tuple[Planned, ...]:
        """The competencies with one of these fates, in order."""
        return tuple(row for row in self.rows if row.fate in fates)

    @cached_property
    def by_code(self) -> dict[str, Planned]:
        """The competencies by their codes."""
        return {row.code: row for row in self.rows}

    @property
    def counts(self) -> dict[str, int]:
        """How many competencies meet each fate."""
        return {fate.value: len(self.of(fate)) for fate in Fate}

    @property
    def changes_nothing(self) -> bool:
        """Whether the framework says all this already."""
        return not self.of(Fate.ADDED, Fate.CHANGED) and not self.head_changes and not self.is_new


def plan_import(
    incoming: Framework, *, existing: Framework | None = None, keep_missing_parts: bool = True, title: str = ""
) -> Plan:
    """Compare a source with the framework that it is to bring up to date.

    Args:
        incoming: what was read.
        existing: the framework as it is; None for a new one.
        keep_missing_parts: parts (and texts about the framework) that the source leaves empty stay as they are.
        title: the framework's new title; else an existing one keeps its own where missing parts are kept.
    """
    if existing is None:
        rows = tuple(Planned(Fate.ADDED, None, competency) for competency in incoming.competencies)
        named = incoming.model_copy(update={"title": title or incoming.title})
        return Plan(_without_competencies(named), rows, (), is_new=True)
    head = _head(incoming, existing, keep=keep_missing_parts, title=title)
    rows = tuple(_rows(incoming, existing, keep=keep_missing_parts))
    return Plan(head, rows, _head_changes(existing, head), is_new=False)


def _rows(incoming: Framework, existing: Framework, *, keep: bool) -> Iterable[Planned]:
    for competency in incoming.competencies:
        before = existing.by_code.get(competency.code)
        if before is None:
            yield Planned(Fate.ADDED, None, competency)
            continue
        after = _with_kept_parts(competency, before) if keep else competency
        after = after.model_copy(update=_standing(after, before))
        same = _content(before) == _content(after)
        yield Planned(Fate.UNCHANGED if same else Fate.CHANGED, before, after)
    in_use = (c for c in existing.competencies if c.code not in incoming.by_code and c.status is not Status.RETIRED)
    yield from (Planned(Fate.MISSING, competency, None) for competency in in_use)


def _with_kept_parts(after: CompetencyDocument, before: CompetencyDocument) -> CompetencyDocument:
    """The source's competency with the parts that it leaves empty as they are."""
    kept = {part: getattr(before, part) for part in _KEPT_PARTS if not getattr(after, part)}
    if after.kind is Kind.FUNCTIONAL:
        kept["kind"] = before.kind
    return after.model_copy(update=kept)


def _standing(after: CompetencyDocument, before: CompetencyDocument) -> dict[str, object]:
    """A competency that was retired here stays retired: most sources know nothing of that."""
    if before.status is Status.RETIRED and after.status is Status.PUBLISHED:
        return {"status": before.status, "successor": before.successor}
    return {}


def _content(competency: CompetencyDocument) -> CompetencyDocument:
    return competency.model_copy(update={"version": 1})


def _head(incoming: Framework, existing: Framework, *, keep: bool, title: str) -> Framework:
    update: dict[str, object] = {"clusters": _clusters(incoming, existing), "competencies": ()}
    if keep:
        update |= {part: getattr(existing, part) for part in _KEPT_HEAD if not getattr(incoming, part)}
        update |= {"title": existing.title, "language": existing.language, "scale": _scale(incoming, existing)}
    elif not incoming.scale.levels:
        update["scale"] = existing.scale
    if title:
        update["title"] = title
    return incoming.model_copy(update=update)


def _clusters(incoming: Framework, existing: Framework) -> tuple[Cluster, ...]:
    """The source's clusters, and those of the framework that the source does not name."""
    known = {cluster.code: cluster for cluster in existing.clusters}
    taken = [_described(cluster, known.get(cluster.code)) for cluster in incoming.clusters]
    named = {cluster.code for cluster in incoming.clusters}
    if named <= set(known):  # nothing new: the framework's order stays
        by_code = {cluster.code: cluster for cluster in taken}
        return tuple(by_code.get(cluster.code, cluster) for cluster in existing.clusters)
    return (*taken, *(cluster for cluster in existing.clusters if cluster.code not in named))


def _described(cluster: Cluster, known: Cluster | None) -> Cluster:
    if known is None:
        return cluster
    kept = {part: getattr(known, part) for part in ("description", "parent") if not getattr(cluster, part)}
    return cluster.model_copy(update=kept)


def _scale(incoming: Framework, existing: Framework) -> Scale:
    """The source's levels with what it leaves out of them, and the levels that it does not name."""
    known = {level.number: level for level in existing.scale.levels}
    taken = {level.number: _level(level, known.get(level.number)) for level in incoming.scale.levels}
    levels = {**known, **taken}
    return Scale(
        title=incoming.scale.title or existing.scale.title, levels=tuple(levels[number] for number in sorted(levels))
    )


def _level(level: Level, known: Level | None) -> Level:
    """A level that the framework knows keeps what is told of it; a name in words replaces the old one."""
    if known is None:
        return level
    kept: dict[str, object] = {"polarity": known.polarity}
    if not level.description:
        kept["description"] = known.description
    if _ONLY_A_NUMBER.fullmatch(level.name):
        kept["name"] = known.name
    return level.model_copy(update=kept)


def _without_competencies(framework: Framework) -> Framework:
    return framework.model_copy(update={"competencies": ()})


def _head_changes(before: Framework, after: Framework) -> tuple[PartDifference, ...]:
    pairs = [(field, label, getattr(before, field), getattr(after, field)) for field, label in _HEAD_TEXTS.items()]
    pairs.append(("scale", "Scale", _levels_in_words(before.scale), _levels_in_words(after.scale)))
    pairs.append(("clusters", "Clusters", _clusters_in_words(before.clusters), _clusters_in_words(after.clusters)))
    return tuple(
        PartDifference(field, label, (Change(ChangeKind.CHANGED, 1, (FieldChange("", word_difference(old, new)),)),))
        for field, label, old, new in pairs
        if old != new
    )


def _levels_in_words(scale: Scale) -> str:
    lines = [f"{level.number} {level.name} ({level.polarity}) {level.description}".strip() for level in scale.levels]
    return "\n".join([scale.title, *lines] if scale.title else lines)


def _clusters_in_words(clusters: Sequence[Cluster]) -> str:
    return "\n".join(f"{cluster.title} {cluster.description}".strip() for cluster in clusters)
