import numpy as np
import pytest
from scipy.sparse import csr_matrix

from prowess.matching.activities import ActivityReader
from prowess.matching.calibration import best_threshold
from scripts.matching_training.activity_training import (
    Examples,
    Settings,
    Tree,
    _Training,
    train_activities,
)
from scripts.matching_training.head_training import fit_heads

PARENTS = (np.array([0, 0, 1, 1, 2]), np.array([0, 0, 0, 0, 1]))
TREE = Tree.of(parents=PARENTS)


def examples(count: int = 80) -> Examples:
    """Five activities, each with its own direction and its own term."""
    random = np.random.default_rng(3)
    labels = np.arange(count) % 5
    vectors = np.eye(6, dtype=np.float32)[labels] + random.normal(0, 0.3, (count, 6)).astype(np.float32)
    return Examples(
        vectors, csr_matrix(np.eye(5, dtype=np.float32)[labels]), csr_matrix(np.eye(5, dtype=np.float32)[labels])
    )


def test_the_slope_is_the_derivative_of_the_loss():
    training = _Training(examples(), TREE, Settings(term_dimensions=2))
    random = np.random.default_rng(0)
    logits = random.normal(size=(3, 5))
    labels = np.array([[1, 0, 0, 0, 0], [0.5, 0, 0.5, 0, 0], [0, 0, 0, 0, 1]])

    def loss(values: np.ndarray) -> float:
        chances = np.exp(values) / np.exp(values).sum(axis=1, keepdims=True)
        total = -0.3 * (labels * np.log(chances)).sum()
        for level, weight in enumerate((0.5, 1.0)):
            up = TREE.up(chances.astype(np.float64), level), TREE.up(labels, level)
            total -= weight * (up[1] * np.log(up[0])).sum()
        return total

    step = 1e-3
    for row, column in np.ndindex(logits.shape):
        nudge = np.zeros_like(logits)
        nudge[row, column] = step
        expected = (loss(logits + nudge) - loss(logits - nudge)) / (2 * step)
        assert training._slope(logits, labels)[row, column] == pytest.approx(expected, abs=2e-3)


def test_training_learns_vectors_and_works_on_terms_alone():
    given = examples()
    trained = train_activities(
        given, tree=TREE, settings=Settings(term_dimensions=8, epochs=100, batch=16, weight_decay=0.01)
    )
    settings = Settings()
    parts = {
        "term_vectors": trained.term_vectors,
        "vector_weights": settings.vector_scale * trained.weights[:6],
        "term_weights": settings.term_scale * trained.weights[6:],
        "direct_weights": np.zeros((5, 2), np.float32),
    }
    scales = {f"{name}_scale": np.ones(values.shape[1], np.float32) for name, values in parts.items()}
    reader = ActivityReader.from_arrays(
        parts
        | scales
        | {
            "constants": trained.constants,
            "general": PARENTS[1],
            "starts": TREE.starts[0],
            "centroids": np.zeros((3, 6)),
            "middle": np.zeros(6),
        }
    )
    right = np.arange(80) % 5
    both = reader.detailed(vectors=given.vectors, terms=given.terms)
    words = reader.detailed(vectors=given.vectors[:, :0], terms=given.terms)
    assert (both.argmax(axis=1) == right).mean() > 0.95
    assert (words.argmax(axis=1) == right).mean() > 0.9


def test_the_same_seed_gives_the_same_model():
    settings = Settings(term_dimensions=2, epochs=2, batch=16)
    first, second = (train_activities(examples(), tree=TREE, settings=settings) for _ in range(2))
    np.testing.assert_array_equal(first.weights, second.weights)


def test_the_tree_sums_up_and_repeats_down():
    values = np.arange(5, dtype=np.float32)[None]
    assert TREE.up(values, 0).tolist() == [[1, 5, 4]]
    assert TREE.down(TREE.up(values, 0), 0).tolist() == [[1, 1, 5, 5, 4]]


def test_heads_are_ridge_regression_whichever_way_they_are_solved():
    random = np.random.default_rng(5)
    vectors = random.normal(size=(40, 3))
    targets = vectors @ random.normal(size=(3, 2)) + 4
    heads = fit_heads({"vectors": vectors}, targets=targets, ridges=np.array([1e-6, 1e-6]))
    np.testing.assert_allclose(heads.predict({"vectors": vectors}), targets, atol=1e-3)
    centred = vectors - vectors.mean(axis=0)
    scale = np.square(centred).sum(axis=1).mean()
    strong = fit_heads({"vectors": vectors}, targets=targets, ridges=np.array([2.0, 1e-6]))
    expected = np.linalg.solve(centred.T @ centred / scale + 2 * np.eye(3), centred.T @ targets[:, 0] / scale)
    np.testing.assert_allclose(strong.weights["vectors"][:, 0], expected, atol=1e-8)


def test_the_threshold_with_the_best_f1_is_taken():
    chances = np.array([0.9, 0.8, 0.7, 0.2, 0.1])
    assert best_threshold(chances, fits=np.array([True, True, False, False, False])) == 0.8
