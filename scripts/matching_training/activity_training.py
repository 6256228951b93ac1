"""Trains the reading of a statement as work: which of O*NET's detailed work activities it describes.

A linear softmax over the detailed activities whose scores are shared along O*NET's own tree (detailed, intermediate and
generalised activity each have weights, and a detailed activity's score is the sum of the three). The loss is the cross
entropy at the three levels together, so that a wrong detailed activity inside the right generalised one costs less.
Input: the statement's vector and a learned bag of its terms. The vector is sometimes withheld in training, so that the
model works on words alone too, without an encoder.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, identity, vstack

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What was chosen by validation inside the training folds."""

    term_dimensions: int = 96
    vector_scale: float = 8.0
    term_scale: float = 6.0
    dropout: float = 0.3
    term_dropout: float = 0.2
    without_vector: float = 0.15
    learning_rate: float = 4e-3
    weight_decay: float = 0.3
    epochs: int = 12
    batch: int = 512
    level_weights: tuple[float, float, float] = (0.3, 0.5, 1.0)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts to learn from: vectors, term rows, labels over detailed activities."""

    vectors: Array
    terms: csr_matrix
    labels: csr_matrix

    def __len__(self) -> int:
        return self.vectors.shape[0]

    @staticmethod
    def joined(first: "Examples", second: "Examples") -> "Examples":
        """Both, one after the other."""
        return Examples(
            np.vstack([first.vectors, second.vectors]),
            csr_matrix(vstack([first.terms, second.terms])),
            csr_matrix(vstack([first.labels, second.labels])),
        )


def titles_as_examples(vectors: Array, *, terms: csr_matrix) -> Examples:
    """Each detailed activity's own title, labelled with itself."""
    return Examples(vectors, terms, csr_matrix(identity(vectors.shape[0], dtype=np.float32)))


@dataclass(frozen=True, slots=True)
class Tree:
    """Where each level's blocks start among the detailed activities, which are sorted by their codes."""

    starts: tuple[NDArray[np.intp], ...]
    sizes: tuple[NDArray[np.intp], ...]

    @classmethod
    def of(cls, *, parents: tuple[NDArray[np.intp], ...]) -> "Tree":
        """From the index of each detailed activity's parent at each coarser level, non-decreasing."""
        starts = tuple(np.flatnonzero(np.diff(parent, prepend=-1)) for parent in parents)
        sizes = tuple(np.diff(np.append(s, len(p))) for s, p in zip(starts, parents, strict=True))
        return cls(starts, sizes)

    def up(self, values: Array, level: int) -> Array:
        """Sums over the detailed activities of each parent."""
        return np.asarray(np.add.reduceat(values, self.starts[level], axis=1), np.float32)

    def down(self, values: Array, level: int) -> Array:
        """Each parent's value repeated for its detailed activities."""
        return np.repeat(values, self.sizes[level], axis=1)


@dataclass(slots=True)
class _Adam:
    """AdamW (Loshchilov and Hutter, 2019) on one array."""

    value: Array
    decay: float
    _mean: Array = field(init=False)
    _square: Array = field(init=False)
    _steps: int = 0

    def __post_init__(self) -> None:
        self._mean = np.zeros_like(self.value)
        self._square = np.zeros_like(self.value)

    def step(self, gradient: Array, *, rate: float) -> None:
        self._steps += 1
        self._mean += 0.1 * (gradient - self._mean)
        self._square += 0.001 * (np.square(gradient) - self._square)
        correction = rate * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        self.value *= 1 - rate * self.decay
        self.value -= np.float32(correction) * self._mean / (np.sqrt(self._square) + np.float32(1e-8))


@dataclass(slots=True)
class TrainedActivities:
    """``term_vectors`` (terms, k); ``weights`` (vector + k, detailed activities); ``constants``."""

    term_vectors: Array
    weights: Array
    constants: Array


def train_activities(examples: Examples, *, tree: Tree, settings: Settings | None = None) -> TrainedActivities:
    """Fit the model; the same examples, settings and library versions give the same result."""
    return _Training(examples, tree, settings or Settings()).run()


class _Training:
    def __init__(self, examples: Examples, tree: Tree, settings: Settings) -> None:
        self.examples, self.tree, self.settings = examples, tree, settings
        self.random = np.random.default_rng(settings.seed)
        width = examples.vectors.shape[1] + settings.term_dimensions
        detailed = examples.labels.shape[1]
        outputs = detailed + sum(len(starts) for starts in tree.starts)
        self.cuts = np.cumsum([detailed, *(len(starts) for starts in tree.starts)])[:-1]
        bound = 1 / np.sqrt(width)
        self.weights = _Adam(self._uniform(bound, (width, outputs)), settings.weight_decay)
        self.constants = _Adam(self._uniform(bound, (1, outputs)), settings.weight_decay)
        normal = self.random.standard_normal((examples.terms.shape[1], settings.term_dimensions), dtype=np.float32)
        self.term_vectors = _Adam(np.float32(0.02) * normal, settings.weight_decay)

    def run(self) -> TrainedActivities:
        for rate, rows in self._schedule():
            self._step(rows, rate=rate)
        merged = self._merge(self.weights.value), self._merge(self.constants.value)[0]
        return TrainedActivities(self.term_vectors.value, *merged)

    def _schedule(self) -> list[tuple[float, NDArray[np.intp]]]:
        """One cycle of the learning rate: up during 15 % of the steps, down along a cosine."""
        batches = [
            order[start : start + self.settings.batch]
            for order in (self.random.permutation(len(self.examples)) for _ in range(self.settings.epochs))
            for start in range(0, len(order), self.settings.batch)
        ]
        place = np.linspace(0, 1, len(batches))
        rising = 0.04 + 0.96 * (1 - np.cos(np.pi * place / 0.15)) / 2
        falling = (1 + np.cos(np.pi * (place - 0.15) / 0.85)) / 2
        rates = self.settings.learning_rate * np.where(place < 0.15, rising, falling)
        return list(zip(rates.tolist(), batches, strict=True))

    def _step(self, rows: NDArray[np.intp], *, rate: float) -> None:
        terms = self._thinned(self.examples.terms[rows])
        inputs, kept = self._inputs(rows, terms)
        logits = self._merge(inputs @ self.weights.value + self.constants.value)
        labels = np.asarray(self.examples.labels[rows].todense(), np.float32)
        slope = self._slope(logits, labels / labels.sum(axis=1, keepdims=True)) / len(rows)
        slopes = np.hstack([slope, *(self.tree.up(slope, level) for level in range(len(self.tree.starts)))])
        to_inputs = (slopes @ self.weights.value.T) * kept
        first = self.examples.vectors.shape[1]
        bag = to_inputs[:, first : first + self.settings.term_dimensions]
        self.weights.step(inputs.T @ slopes, rate=rate)
        self.constants.step(slopes.sum(axis=0, keepdims=True), rate=rate)
        self.term_vectors.step(np.float32(self.settings.term_scale) * (terms.T @ bag), rate=rate)

    def _slope(self, logits: Array, labels: Array) -> Array:
        """Derivative of the loss of each row by its logits."""
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        weights = self.settings.level_weights
        slope = sum(weights) * chances - weights[0] * labels
        for level, weight in enumerate(weights[1:]):
            ratio = self.tree.up(labels, level) / (self.tree.up(chances, level) + np.float32(1e-9))
            slope -= weight * chances * self.tree.down(ratio, level)
        return slope

    def _inputs(self, rows: NDArray[np.intp], terms: csr_matrix) -> tuple[Array, Array]:
        settings = self.settings
        seen = self.random.random((len(rows), 1)) >= settings.without_vector
        bag = terms @ self.term_vectors.value
        inputs = np.hstack([
            settings.vector_scale * self.examples.vectors[rows] * seen,
            settings.term_scale * bag,
        ]).astype(np.float32)  # fmt: skip
        kept = (self.random.random(inputs.shape, dtype=np.float32) >= settings.dropout) / np.float32(
            1 - settings.dropout
        )
        return inputs * kept, kept

    def _thinned(self, terms: csr_matrix) -> csr_matrix:
        share = self.settings.term_dropout
        kept = (self.random.random(terms.nnz, dtype=np.float32) >= share) / np.float32(1 - share)
        return csr_matrix((terms.data * kept, terms.indices, terms.indptr), shape=terms.shape)

    def _merge(self, values: Array) -> Array:
        parts = np.split(values, self.cuts, axis=1)
        return parts[0] + sum(self.tree.down(part, level) for level, part in enumerate(parts[1:]))

    def _uniform(self, bound: float, shape: tuple[int, int]) -> Array:
        return self.random.uniform(-bound, bound, shape).astype(np.float32)
