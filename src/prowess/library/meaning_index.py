"""Finding competencies by meaning: the shipped text encoder over names, definitions, key actions and job activities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prowess.framework import Competency
from prowess.library.word_index import texts_of
from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder

MOST_CANDIDATES = 30
KIN = 0.3
CLOSE = 0.4
CLOSE_NAME = 0.46  # a name is a word or two: chance brings it nearer than a sentence
WINDOW = 0.25  # what lies this far behind the closest is about something else
SEARCHED_PARTS = ("title", "aliases", "definition", "key_actions", "job_activities")


@dataclass(frozen=True)
class MeaningHit:
    """A competency close in meaning, with the part that is closest and how close it is (cosine)."""

    row: int
    part: str
    text: str
    similarity: float

    @property
    def is_close(self) -> bool:
        """Whether this is worth showing to somebody whose words are not in it."""
        return self.similarity >= (CLOSE_NAME if self.part in ("title", "aliases") else CLOSE)


class MeaningIndex:
    """The encoded parts of a framework's competencies."""

    def __init__(self, competencies: Sequence[Competency], *, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._parts = [
            (row, part, text)
            for row, competency in enumerate(competencies)
            for part, texts in texts_of(competency).items()
            if part in SEARCHED_PARTS
            for text in texts
        ]
        self._rows = np.array([row for row, _, _ in self._parts], dtype=np.intp)
        self._starts = np.searchsorted(self._rows, np.arange(len(competencies) + 1))
        self._vectors = np.asarray(cached_encode([text for _, _, text in self._parts], encoder=encoder), np.float32)
        self._centres = _unit_rows(np.add.reduceat(self._vectors, self._starts[:-1])) if self._parts else self._vectors

    def find(self, typed: str) -> list[MeaningHit]:
        """The competencies akin in meaning to what was typed, closest first.

        The centre of a competency's parts chooses the candidates, its closest part decides.
        """
        if not self._parts:
            return []
        vector = np.asarray(self._encoder.encode([typed])[0], np.float32)
        candidates = _largest(_similarities(self._centres, vector), count=MOST_CANDIDATES)
        hits = [self._closest_part(int(row), vector) for row in candidates]
        least = max(KIN, max(hit.similarity for hit in hits) - WINDOW)
        akin = [hit for hit in hits if hit.similarity >= least]
        return sorted(akin, key=lambda hit: (-hit.similarity, hit.row))

    def _closest_part(self, row: int, vector: NDArray[np.float32]) -> MeaningHit:
        start, end = self._starts[row], self._starts[row + 1]
        similarities = _similarities(self._vectors[start:end], vector)
        best = int(np.argmax(similarities))
        _, part, text = self._parts[start + best]
        return MeaningHit(row, part, text, float(similarities[best]))


def _similarities(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosines of unit vectors, in this thread alone: so small a product loses more by waking others than it gains."""
    return np.asarray(np.einsum("ij,j->i", vectors, vector), np.float32)


def _unit_rows(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), np.float32)


def _largest(values: NDArray[np.float32], *, count: int) -> NDArray[np.intp]:
    if len(values) <= count:
        return np.arange(len(values), dtype=np.intp)
    return np.argpartition(values, -count)[-count:]
