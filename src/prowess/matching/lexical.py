"""Texts as weighted words and character n-grams, for what the encoder cannot know: names, terms, spellings.

Weights are log(1 + count) times inverse document frequency (Spärck Jones, 1972), rows of length one. Document
frequencies of words come from a vocabulary of work (O*NET's task statements); a word that it lacks counts as rare.
Character n-grams are taken inside of words, so their weights are computed once a word, however long the texts.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array

_WORD = re.compile(r"[a-z0-9][a-z0-9+#]*(?:['’][a-z]+)?")
_STOP_WORDS = frozenset(
    "a an the and or of to in for on with by as at from that this these those such is are be been being was were it "
    "its their his her your our they them he she we you i who whom which what when where how than then so if into onto "
    "per via not no nor but also may can will shall must should would could do does did has have had having any all "
    "each other etc eg ie".split()
)  # fmt: skip
_ENDINGS = (
    ("izations", "iz"), ("ization", "iz"), ("ational", "at"), ("ations", "at"), ("ation", "at"), ("ments", ""),
    ("ment", ""), ("nesses", ""), ("ness", ""), ("ities", ""), ("ity", ""), ("ings", ""), ("ing", ""), ("ively", "iv"),
    ("ive", "iv"), ("ies", "y"), ("ied", "y"), ("ers", "er"), ("ors", "or"), ("ed", ""), ("ly", ""), ("es", ""),
    ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST_STEM = 3
_HASH_BITS = 16


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without the words that carry no content."""
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP_WORDS]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its commonest English endings: ``managing`` and ``manages`` give ``manag``."""
    if word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            root = word[: -len(ending)] + instead
            doubled = ending in ("ing", "ed") and len(root) > _SHORTEST_STEM and root[-1] == root[-2] not in "lsz"
            return root[:-1] if doubled else root
    return word


def terms_of(text: str) -> list[str]:
    """Stems and pairs of neighbouring stems."""
    stems = [stem(word) for word in words_of(text)]
    return stems + [f"{left} {right}" for left, right in pairwise(stems)]


@lru_cache(maxsize=50_000)
def character_grams(word: str) -> tuple[int, ...]:
    """Hashed n-grams of 3 to 5 characters of a word with its borders marked."""
    bordered = f"<{word}>"
    grams = {bordered[start : start + size] for size in (3, 4, 5) for start in range(len(bordered) - size + 1)}
    return tuple(sorted(crc32(gram.encode()) & ((1 << _HASH_BITS) - 1) for gram in grams))


@dataclass(frozen=True)
class Vocabulary:
    """How common the terms of work are: document frequency of stems and pairs among ``documents`` texts."""

    documents: int
    frequency: Mapping[str, int]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {term: position for position, term in enumerate(self.frequency)}

    def position(self, term: str) -> int:
        """Where a known term stands in the vocabulary's order."""
        return self._positions[term]

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term; one that was never seen is as rare as can be."""
        return 1.0 + math.log((1 + self.documents) / (1 + self.frequency.get(term, 0)))


@dataclass(slots=True)
class LexicalSpace:
    """Turns texts into sparse rows over terms and over character n-grams; grows with the terms that it meets."""

    vocabulary: Vocabulary
    _index: dict[str, int] = field(default_factory=dict)
    _rarity: list[float] = field(default_factory=list)

    def terms(self, texts: Sequence[str]) -> csr_matrix:
        """Rows over stems and pairs of stems, each of length one, shape (texts, terms met so far)."""
        return self._weighted([terms_of(text) for text in texts])

    def characters(self, texts: Sequence[str]) -> csr_matrix:
        """Rows over hashed character n-grams, each of length one, shape (texts, 65536)."""
        counts, words = _counts([words_of(text) for text in texts])
        rarity = np.array([self.vocabulary.rarity(stem(word)) for word in words])
        if not words:
            return _nothing(len(texts))
        return _unit_rows(csr_matrix(counts @ diags_array(rarity) @ _grams_of(words)))

    def _weighted(self, documents: list[list[str]]) -> csr_matrix:
        rows, columns, values = [], [], []
        for row, document in enumerate(documents):
            for term in set(document):
                column = self._column(term)
                rows.append(row)
                columns.append(column)
                values.append(math.log1p(document.count(term)) * self._rarity[column])
        shape = (len(documents), max(1, len(self._index)))
        return _unit_rows(csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float32))

    def _column(self, term: str) -> int:
        if term not in self._index:
            self._index[term] = len(self._index)
            self._rarity.append(self.vocabulary.rarity(term))
        return self._index[term]


def known_terms(texts: Sequence[str], *, vocabulary: Vocabulary) -> csr_matrix:
    """Rows over the vocabulary's own terms in its order, each of length one; terms that it lacks are left out."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        document = terms_of(text)
        for term in {term for term in document if term in vocabulary.frequency}:
            rows.append(row)
            columns.append(vocabulary.position(term))
            values.append(math.log1p(document.count(term)) * vocabulary.rarity(term))
    shape = (len(texts), len(vocabulary.frequency))
    return _unit_rows(csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float32))


def cosine(left: csr_matrix, *, right: csr_matrix) -> NDArray[np.float32]:
    """Dot products of the rows, shape (left rows, right rows), where the newer matrix may have more columns."""
    width = max(left.shape[1], right.shape[1])
    return np.asarray((_widened(left, width) @ _widened(right, width).T).todense(), np.float32)


def _widened(matrix: csr_matrix, width: int) -> csr_matrix:
    return csr_matrix((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], width))


def _counts(documents: Iterable[list[str]]) -> tuple[csr_matrix, list[str]]:
    index: dict[str, int] = {}
    rows, columns = [], []
    number = 0
    for row, document in enumerate(documents):
        number = row + 1
        for word in document:
            rows.append(row)
            columns.append(index.setdefault(word, len(index)))
    ones = np.ones(len(rows), np.float32)
    return csr_matrix((ones, (rows, columns)), shape=(number, max(1, len(index)))), list(index)


def _grams_of(words: Sequence[str]) -> csr_matrix:
    grams = [character_grams(word) for word in words]
    pointers = np.concatenate([[0], np.cumsum([len(one) for one in grams])])
    values = np.concatenate([np.full(len(one), 1 / math.sqrt(max(1, len(one))), np.float32) for one in grams])
    return csr_matrix((values, np.concatenate(grams), pointers), shape=(len(words), 1 << _HASH_BITS))


def _nothing(rows: int) -> csr_matrix:
    return csr_matrix(np.zeros((rows, 1), np.float32))


def _unit_rows(matrix: csr_matrix) -> csr_matrix:
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    lengths = np.sqrt(squares)
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return csr_matrix(diags_array(scale.astype(np.float32)) @ matrix, dtype=np.float32)
