"""A library's parts as arrays, and what statements have in common with each competency.

Everything that depends on the library alone is computed once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from prowess.framework.errors import InputError
from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder
from prowess.matching.lexical import LexicalSpace, Vocabulary, cosine, known_terms
from prowess.matching.parts import CompetencyParts

_SHARPNESS = 12.0
_NAMES = ("title", "alias")
_DEFINING = ("title", "alias", "definition")
_LEXICAL_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class EncodedStatements:
    """Statements as the index needs them: vectors (statements, dimensions) and sparse rows of terms and characters."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    terms: csr_matrix
    characters: csr_matrix
    known_terms: csr_matrix

    def __len__(self) -> int:
        return len(self.texts)


class LibraryIndex:
    """The parts of a library, encoded once.

    ``starts``: position of each competency's first part among all parts; ``owner``: the competency of each part.
    """

    def __init__(
        self, competencies: Sequence[CompetencyParts], *, encoder: TextEncoder | None, vocabulary: Vocabulary
    ) -> None:
        self.competencies = tuple(competencies)
        self.encoder = encoder
        _require_parts(self.competencies)
        parts = [part for competency in self.competencies for part in competency.parts]
        lengths = [len(competency.parts) for competency in self.competencies]
        self.texts = [part.text for part in parts]
        self.starts = (np.cumsum(lengths) - lengths).astype(np.intp)
        self.owner = np.repeat(np.arange(len(lengths)), lengths)
        self.defining = np.array([part.kind in _DEFINING for part in parts])
        self._definition_of = np.full(len(lengths), -1, np.intp)
        for place in reversed([place for place, part in enumerate(parts) if part.kind == "definition"]):
            self._definition_of[self.owner[place]] = place
        self._named = np.array([part.kind in _NAMES for part in parts])
        self._vocabulary = vocabulary
        self._space = LexicalSpace(vocabulary)
        self._terms = self._space.terms(self.texts)
        self._characters = self._space.characters(
            [text if named else "" for text, named in zip(self.texts, self._named, strict=True)]
        )

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """Vectors of the parts, shape (parts, dimensions); no dimensions without an encoder.

        A name means what its definition says: titles and aliases lie half way to the definition, where there is one, so
        that "Rust" of a programmer is not the rust of a car.
        """
        if self.encoder is None:
            return np.zeros((len(self.texts), 0), np.float32)
        vectors = cached_encode(self.texts, encoder=self.encoder)
        definition = self._definition_of[self.owner]
        named = np.flatnonzero(self._named & (definition >= 0))
        vectors[named] = _unit(vectors[named] + vectors[definition[named]])
        return vectors

    @cached_property
    def centroids(self) -> NDArray[np.float32]:
        """Mean vector of each competency's parts, scaled to length one, shape (competencies, dimensions)."""
        means = np.add.reduceat(self.vectors, self.starts, axis=0)
        return _unit(means)

    def encoded(self, statements: Sequence[str], *, vectors: NDArray[np.float32] | None = None) -> EncodedStatements:
        """Statements in the index's spaces; ``vectors`` when they are known already."""
        if vectors is None:
            nothing = np.zeros((len(statements), 0), np.float32)
            vectors = nothing if self.encoder is None else self.encoder.encode(statements)
        return EncodedStatements(
            texts=tuple(statements),
            vectors=vectors,
            terms=self._space.terms(statements),
            characters=self._space.characters(statements),
            known_terms=known_terms(statements, vocabulary=self._vocabulary),
        )

    def semantic(self, statements: EncodedStatements) -> NDArray[np.float32]:
        """Cosine of meaning, shape (statements, parts); zero without an encoder."""
        return np.asarray(statements.vectors @ self.vectors.T, np.float32)

    def lexical(self, statements: EncodedStatements) -> NDArray[np.float32]:
        """Cosine of terms, or of characters for titles and aliases if that is higher; shape (statements, parts)."""
        words = cosine(statements.terms, right=self._terms)
        words[:, self._named] = np.maximum(
            words[:, self._named], cosine(statements.characters, right=self._characters[self._named])
        )
        return words

    def strongest(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Largest value over each competency's parts, shape (statements, competencies)."""
        return np.maximum.reduceat(values, self.starts, axis=1)

    def soft_strongest(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Between mean and maximum over the parts: the exponential mean, which several likely parts raise together."""
        sums = np.add.reduceat(np.exp(_SHARPNESS * values), self.starts, axis=1)
        return np.asarray(np.log(sums / np.diff(np.append(self.starts, len(self.texts)))) / _SHARPNESS, np.float32)

    def fused(self, *, semantic: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
        """Likeness of statement and part from 0 to 1: meaning and wording together, or wording alone."""
        share = 1.0 if self.encoder is None else _LEXICAL_SHARE
        return np.clip((1 - share) * semantic + share * lexical, 0.0, 1.0)

    def positions_of(self, values: NDArray[np.float32], *, peaks: NDArray[np.float32]) -> NDArray[np.intp]:
        """Index within each competency of the part that reaches its peak, shape (statements, competencies)."""
        rows, columns = np.nonzero(values >= peaks[:, self.owner])
        positions = np.zeros(peaks.shape, np.intp)
        positions[rows[::-1], self.owner[columns[::-1]]] = (columns - self.starts[self.owner[columns]])[::-1]
        return positions


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def _require_parts(competencies: Sequence[CompetencyParts]) -> None:
    if not competencies:
        raise InputError("The library holds no competency, so nothing can be matched.", remedy="Add a competency.")
    for competency in competencies:
        if not competency.parts:
            raise InputError(
                "The competency has no text to match.", place=competency.code, remedy="Give it at least a title."
            )
