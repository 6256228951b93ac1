"""Near-copies in other words: competencies that describe the same, and behaviours that say the same.

Two competencies are compared part by part: the share of the parts of one that have a close counterpart in the other.
Only neighbours by their centres are looked at, so that a library of thousands takes seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prowess.framework.checks import Finding, Severity, offers_to_tell_apart
from prowess.framework.competency import Competency, RelationKind
from prowess.framework.framework import Framework
from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder

NEIGHBOURS = 12
CLOSE = 0.74
"""Cosine from which two parts of different competencies say about the same."""
SHARED = 0.35
"""Share of parts with a close counterpart from which two competencies are near-copies."""
SAME = 0.88
"""Cosine from which two behaviours are the same in other words."""
_TOLD = (RelationKind.NOT_WITH, RelationKind.COMPARE_TO, RelationKind.BROADER, RelationKind.NARROWER)

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class _Meaning:
    competency: Competency
    texts: tuple[str, ...]
    vectors: Vectors
    centre: Vectors


class LibraryMeaning:
    """The vectors of a framework's competencies, computed once."""

    def __init__(self, framework: Framework, *, encoder: TextEncoder) -> None:
        self.framework = framework
        self.encoder = encoder
        texts = [_texts(competency) for competency in framework.competencies]
        vectors = _unit(cached_encode([text for each in texts for text in each], encoder=encoder))
        ends = np.cumsum([len(each) for each in texts])
        self._known = [
            _Meaning(competency, each, vectors[end - len(each) : end], _centre(vectors[end - len(each) : end]))
            for competency, each, end in zip(framework.competencies, texts, ends, strict=True)
        ]
        self._places = {known.competency.code: place for place, known in enumerate(self._known)}
        self._centres = np.array([known.centre for known in self._known])

    def of(self, competency: Competency) -> _Meaning:
        """The meaning of a competency: the kept one where it is the same, else computed now."""
        place = self._places.get(competency.code)
        if place is not None and self._known[place].competency == competency:
            return self._known[place]
        texts = _texts(competency)
        vectors = _unit(cached_encode(texts, encoder=self.encoder))
        return _Meaning(competency, texts, vectors, _centre(vectors))

    def neighbours(self, meaning: _Meaning, *, earlier_only: bool) -> list[_Meaning]:
        """The competencies nearest in meaning, itself left out."""
        if not self._known:
            return []
        nearness = self._centres @ meaning.centre
        own = self._places.get(meaning.competency.code)
        nearest = np.argsort(-nearness)[: NEIGHBOURS + 1]
        last = own if earlier_only and own is not None else len(self._known)
        return [self._known[int(place)] for place in nearest if place != own and place < last]


def near_copies_of(competency: Competency, *, meaning: LibraryMeaning, earlier_only: bool = False) -> Iterator[Finding]:
    """Competencies and behaviours of a framework that say the same as this one's in other words.

    Args:
        competency: what is compared, as published or as a draft stands.
        meaning: the framework it is compared with.
        earlier_only: only those that stand before it, so that going through a framework finds each pair once.
    """
    own = meaning.of(competency)
    if not own.texts:
        return
    for other in meaning.neighbours(own, earlier_only=earlier_only):
        if not other.texts:
            continue
        likeness = own.vectors @ other.vectors.T
        shared = float(min((likeness.max(axis=1) >= CLOSE).mean(), (likeness.max(axis=0) >= CLOSE).mean()))
        if shared >= SHARED and not _related(competency, other.competency):
            yield _same_competency(competency, other.competency, shared)
        elif shared < SHARED:
            yield from _same_behaviours(own, other, likeness)


def _same_competency(competency: Competency, other: Competency, shared: float) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        check="near-copy-competency",
        competency=competency.code,
        place=f"{competency.code}, relations",
        finding=f"{shared:.0%} of its parts say about the same as parts of “{other.title}”.",
        remedy="Merge the two, say what differs (compare-to), or forbid them in one profile (not-with).",
        offers=offers_to_tell_apart(title=competency.title, other=other.title, code=other.code),
    )


def _same_behaviours(own: _Meaning, other: _Meaning, likeness: Vectors) -> Iterator[Finding]:
    mine = {indicator.text: indicator for indicator in own.competency.indicators}
    theirs = {indicator.text for indicator in other.competency.indicators}
    for row, column in zip(*np.nonzero(likeness >= SAME), strict=True):
        text, same = own.texts[row], other.texts[column]
        if text in mine and same in theirs and text != same and mine[text].polarity == _polarity(other, same):
            yield Finding(
                severity=Severity.HINT,
                check="near-copy-meaning",
                competency=own.competency.code,
                place=f"{own.competency.code}, level {mine[text].level}, “{text}”",
                finding=f"“{other.competency.title}” says the same in other words: “{same}”.",
                remedy="Say what differs, or keep it in the competency to which it belongs.",
            )


def _polarity(meaning: _Meaning, text: str) -> object:
    return next(indicator.polarity for indicator in meaning.competency.indicators if indicator.text == text)


def _related(one: Competency, other: Competency) -> bool:
    return any(
        relation.target == second.code and relation.kind in _TOLD
        for first, second in ((one, other), (other, one))
        for relation in first.relations
    )


def _texts(competency: Competency) -> tuple[str, ...]:
    return (
        *((competency.definition,) if competency.definition else ()),
        *(f"{action.name}: {action.description}" for action in competency.key_actions if action.description),
        *(activity.text for activity in competency.job_activities),
        *(indicator.text for indicator in competency.indicators),
    )


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def _centre(vectors: Vectors) -> Vectors:
    if not len(vectors):
        return np.zeros(vectors.shape[1], np.float32)
    return np.asarray(_unit(vectors.mean(axis=0, keepdims=True))[0], np.float32)
