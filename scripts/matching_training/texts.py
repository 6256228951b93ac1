"""O*NET's texts as vectors and rows, computed once for all trainings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder
from prowess.matching.lexical import Vocabulary, known_terms, terms_of
from scripts.matching_training.onet import Onet

SEEN_AT_LEAST = 3
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of O*NET's texts."""

    tasks: Array
    detailed: Array
    intermediate: Array
    titles: Array
    descriptions: Array


def encode_onet(onet: Onet, *, encoder: TextEncoder) -> Vectors:
    """Encode every text that training needs; kept in the user's cache."""
    return Vectors(
        *(
            cached_encode(texts, encoder=encoder)
            for texts in (onet.tasks, onet.detailed_titles, onet.intermediate_titles, onet.titles, onet.descriptions)
        )
    )


def count_terms(onet: Onet, *, tasks: NDArray[np.intp]) -> Vocabulary:
    """The terms that occur in at least three of these tasks and the titles of detailed activities."""
    texts = [onet.tasks[index] for index in tasks] + onet.detailed_titles
    frequency: dict[str, int] = {}
    for text in texts:
        for term in set(terms_of(text)):
            frequency[term] = frequency.get(term, 0) + 1
    kept = {term: count for term, count in sorted(frequency.items()) if count >= SEEN_AT_LEAST}
    return Vocabulary(documents=len(texts), frequency=kept)


@dataclass(frozen=True, slots=True)
class TermRows:
    """Rows of known terms of O*NET's texts for one vocabulary."""

    tasks: csr_matrix
    detailed: csr_matrix
    titles: csr_matrix
    descriptions: csr_matrix


def term_rows(onet: Onet, *, vocabulary: Vocabulary) -> TermRows:
    """Rows of known terms of O*NET's texts."""
    return TermRows(
        *(
            known_terms(texts, vocabulary=vocabulary)
            for texts in (onet.tasks, onet.detailed_titles, onet.titles, onet.descriptions)
        )
    )
