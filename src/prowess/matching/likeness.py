"""Measures of likeness between statements and competencies, the input of the calibrated match.

Each measure is given twice: as it is, and in standard deviations of what the same competency gives on a sample of
everyday tasks. The second keeps a competency that is a little like everything from winning everything. Two more say how
far a competency stays behind the statement's best one.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from prowess.matching.embedding_cache import cached_encode
from prowess.matching.library_index import EncodedStatements, LibraryIndex
from prowess.matching.model import MatchingModel
from prowess.matching.work_ties import read_against, work_ties

MEASURES = ("together", "strongest", "defining", "examples", "centre", "wording", "work")
FEATURES = (*MEASURES, *(f"{name}, against everyday" for name in MEASURES), "behind in work", "behind together")
_LEAST_SPREAD = 0.02

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """``features``: (statements, competencies, features); ``parts``: (statements, parts)."""

    features: Array
    parts: Array


class LikenessModel:
    """Measures statements against one library."""

    def __init__(self, index: LibraryIndex, *, model: MatchingModel) -> None:
        self.index = index
        self._model = model
        self._last: tuple[EncodedStatements, Array] | None = None

    def measure(self, statements: EncodedStatements) -> Likeness:
        """All measures of these statements."""
        raw, parts = self._raw(statements)
        centre, spread = self._everyday
        against = (raw - centre) / spread
        work, together = against[:, :, MEASURES.index("work")], against[:, :, MEASURES.index("together")]
        behind = [values - values.max(axis=1, keepdims=True) for values in (work, together)]
        return Likeness(np.concatenate([raw, against, np.stack(behind, axis=2)], axis=2), parts)

    def read(self, statements: EncodedStatements) -> Array:
        """The statements read as work activities; the last reading is kept."""
        if self._last is None or self._last[0] is not statements:
            reader = self._model.activities
            read = reader.intermediate(vectors=statements.vectors, terms=statements.known_terms)
            self._last = statements, read
        return self._last[1]

    @cached_property
    def _everyday(self) -> tuple[Array, Array]:
        """Mean and standard deviation of each measure over everyday tasks, each (competencies, measures)."""
        tasks, encoder = self._model.everyday_tasks, self.index.encoder
        vectors = None if encoder is None else cached_encode(tasks, encoder=encoder)
        raw, _ = self._raw(self.index.encoded(tasks, vectors=vectors))
        return raw.mean(axis=0), np.maximum(raw.std(axis=0), _LEAST_SPREAD)

    @cached_property
    def _ties(self) -> Array:
        return work_ties(self.index, reader=self._model.activities, vocabulary=self._model.vocabulary)

    def _raw(self, statements: EncodedStatements) -> tuple[Array, Array]:
        index = self.index
        semantic, lexical = index.semantic(statements), index.lexical(statements)
        parts = index.fused(semantic=semantic, lexical=lexical)
        read = self.read(statements)
        measures = [
            index.soft_strongest(parts),
            index.strongest(semantic),
            index.strongest(np.where(index.defining, parts, np.float32(0))),
            index.strongest(np.where(index.defining, np.float32(0), parts)),
            statements.vectors @ index.centroids.T,
            index.strongest(lexical),
            read_against(read, ties=self._ties),
        ]
        return np.stack(measures, axis=2).astype(np.float32), parts
