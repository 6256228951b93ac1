"""What changed between two versions of a competency, part by part and word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from prowess.framework.competency import Competency
from prowess.framework.document import IdentifiedPart

ALIKE = 0.5
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class ChangeKind(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class SpanKind(StrEnum):
    """Whether words stand in both texts, only in the later, or only in the earlier."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Span:
    """A run of words of one kind."""

    kind: SpanKind
    text: str


@dataclass(frozen=True)
class FieldChange:
    """A field of a part with its words, those of both texts in reading order."""

    label: str
    spans: tuple[Span, ...]

    @property
    def changed(self) -> bool:
        """Whether the two texts differ."""
        return any(span.kind is not SpanKind.SAME for span in self.spans)


@dataclass(frozen=True)
class Change:
    """A part that was added, removed, changed or moved; ``position`` counts from one, in the version that holds it."""

    kind: ChangeKind
    position: int
    fields: tuple[FieldChange, ...]
    moved_from: int | None = None


@dataclass(frozen=True)
class PartDifference:
    """All changes to one field of a competency; ``field`` is its name in the document, ``label`` for readers."""

    field: str
    label: str
    changes: tuple[Change, ...]


TEXTS = {
    "code": "Code",
    "title": "Title",
    "aliases": "Also called",
    "definition": "Definition",
    "cluster": "Cluster",
    "kind": "Kind",
    "status": "Status",
    "successor": "Successor",
}
LISTS = {
    "key_actions": "Key actions",
    "job_activities": "Job activities",
    "indicators": "Indicators",
    "relations": "Relations",
    "notes_on_use": "Notes on use",
    "development": "Development options",
    "questions": "Interview questions",
    "matches": "Matches in other frameworks",
}
_NOT_READ = {"extensions", "identifier"}


def difference(before: Competency, after: Competency) -> tuple[PartDifference, ...]:
    """The fields of a competency that differ between two versions, in reading order; version numbers do not count."""
    found = []
    for field, label in TEXTS.items():
        old, new = _readable(getattr(before, field)), _readable(getattr(after, field))
        if old != new:
            kind = ChangeKind.ADDED if not old else ChangeKind.REMOVED if not new else ChangeKind.CHANGED
            change = Change(kind, 1, (FieldChange("", word_difference(old, new)),))
            found.append(PartDifference(field, label, (change,)))
    for field, label in LISTS.items():
        changes = _list_changes(getattr(before, field), getattr(after, field))
        if changes:
            found.append(PartDifference(field, label, changes))
    return tuple(found)


def word_difference(before: str, after: str) -> tuple[Span, ...]:
    """Two texts in one: words of both, and words of only one of them, in reading order."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    spans: list[Span] = []
    for verb, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            spans.append(Span(SpanKind.SAME, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            spans.append(Span(SpanKind.REMOVED, "".join(old[old_from:old_to])))
        if new_to > new_from:
            spans.append(Span(SpanKind.ADDED, "".join(new[new_from:new_to])))
    return _joined(spans)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join replacements that only a space parts, so that a rewritten phrase reads as one."""
    result: list[Span] = []
    for position, span in enumerate(spans):
        between = 0 < position < len(spans) - 1 and span.kind is SpanKind.SAME and span.text.isspace()
        if between and spans[position - 1].kind is not SpanKind.SAME and spans[position + 1].kind is not SpanKind.SAME:
            result += [Span(SpanKind.REMOVED, span.text), Span(SpanKind.ADDED, span.text)]
        else:
            result.append(span)
    return tuple(_grouped(result))


def _grouped(spans: Sequence[Span]) -> list[Span]:
    """Between two runs of common words, what was removed comes first, then what was added."""
    result: list[Span] = []
    pending = {SpanKind.REMOVED: "", SpanKind.ADDED: ""}
    for span in (*spans, Span(SpanKind.SAME, "")):
        if span.kind is not SpanKind.SAME:
            pending[span.kind] += span.text
            continue
        result += [Span(kind, text) for kind, text in pending.items() if text]
        pending = {SpanKind.REMOVED: "", SpanKind.ADDED: ""}
        if span.text:
            result.append(span)
    return result


def _list_changes(before: Sequence[IdentifiedPart], after: Sequence[IdentifiedPart]) -> tuple[Change, ...]:
    pairs = _pairs(before, after)
    still = _longest_ascending([pairs[new] for new in sorted(pairs)])
    changes: list[Change] = []
    for new, part in enumerate(after):
        if new not in pairs:
            changes.append(Change(ChangeKind.ADDED, new + 1, _fields(None, part)))
            continue
        old = pairs[new]
        moved_from = None if old in still else old + 1
        if _content(before[old]) != _content(part):
            changes.append(Change(ChangeKind.CHANGED, new + 1, _fields(before[old], part), moved_from))
        elif moved_from is not None:
            changes.append(Change(ChangeKind.MOVED, new + 1, _fields(part, part), moved_from))
    gone = sorted(set(range(len(before))) - set(pairs.values()))
    return (*changes, *(Change(ChangeKind.REMOVED, old + 1, _fields(before[old], None)) for old in gone))


def _pairs(before: Sequence[IdentifiedPart], after: Sequence[IdentifiedPart]) -> dict[int, int]:
    """Which part of the later list is which of the earlier: the same, or the most alike of those that are left."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(before))
    for new, part in enumerate(after):
        same = next((old for old, other in free.items() if _content(other) == _content(part)), None)
        if same is not None:
            pairs[new] = same
            del free[same]
    alike = sorted(
        (
            (-_likeness(other, part), abs(old - new), new, old)
            for new, part in enumerate(after)
            if new not in pairs
            for old, other in free.items()
        ),
    )
    for likeness, _, new, old in alike:
        if -likeness >= ALIKE and new not in pairs and old in free:
            pairs[new] = old
            del free[old]
    return pairs


def _likeness(one: IdentifiedPart, other: IdentifiedPart) -> float:
    if one.identifier and one.identifier == other.identifier:
        return 1.0
    target = getattr(one, "target", None)
    if target is not None:
        return 0.9 if target == getattr(other, "target", None) else 0.0
    words = [_WORD.findall(" ".join(_texts(part)).lower()) for part in (one, other)]
    if 2 * len({*words[0]} & {*words[1]}) < ALIKE * min(len({*words[0]}), len({*words[1]})):
        return 0.0  # too few words in common to be worth comparing their order
    return SequenceMatcher(None, words[0], words[1], autojunk=False).ratio()


def _texts(part: IdentifiedPart) -> list[str]:
    return [value for name, value in _content(part).items() if name in ("name", "description", "text") and value]


def _content(part: IdentifiedPart) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_defaults=True, exclude=_NOT_READ)


def _fields(before: IdentifiedPart | None, after: IdentifiedPart | None) -> tuple[FieldChange, ...]:
    model = type(after if after is not None else before)
    found = []
    for name in model.model_fields:  # type: ignore[union-attr]
        old, new = (_readable(getattr(part, name)) if part is not None else "" for part in (before, after))
        if name not in _NOT_READ and (old or new):
            found.append(FieldChange(name.replace("_", " "), word_difference(old, new)))
    return tuple(found)


def _readable(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(str(item) for item in value)
    return str(value)


def _longest_ascending(numbers: Sequence[int]) -> set[int]:
    """The most parts that kept their order among each other: the others are those that were moved."""
    best: list[list[int]] = []
    for position, number in enumerate(numbers):
        earlier = [best[other] for other in range(position) if numbers[other] < number]
        best.append([*_longest(earlier), number])
    return set(_longest(best))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    found: list[int] = []
    for run in runs:
        if len(run) > len(found):
            found = run
    return found
