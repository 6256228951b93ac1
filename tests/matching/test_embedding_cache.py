import sqlite3

import numpy as np
import pytest

from prowess.matching.embedding_cache import cached_encode


class Counting:
    """Remembers what it was asked."""

    name = "counting"
    dimensions = 3

    def __init__(self):
        self.asked = []

    def encode(self, texts, /):
        self.asked += texts
        return np.array([[len(text), 1 / 3, 0] for text in texts], np.float32)


@pytest.fixture
def encoder():
    return Counting()


def test_a_text_is_encoded_once_and_then_read(encoder, tmp_path):
    path = tmp_path / "new folder" / "cache.sqlite3"
    first = cached_encode(["a", "bb", "a"], encoder=encoder, path=path)
    second = cached_encode(["bb", "a"], encoder=encoder, path=path)
    assert encoder.asked == ["a", "bb"]
    np.testing.assert_array_equal(first[[1, 0]], second)


def test_another_encoder_does_not_get_these_vectors(encoder, tmp_path):
    cached_encode(["a"], encoder=encoder, path=tmp_path / "c")
    other = Counting()
    other.name = "other"
    cached_encode(["a"], encoder=other, path=tmp_path / "c")
    assert other.asked == ["a"]


def test_a_folder_that_cannot_be_written_is_no_error(encoder, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    path = tmp_path / "file" / "cache.sqlite3"
    assert cached_encode(["a"], encoder=encoder, path=path).shape == (1, 3)


def test_a_damaged_cache_is_no_error(encoder, tmp_path):
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(b"this is not a database" * 100)
    assert cached_encode(["abc"], encoder=encoder, path=path)[0, 0] == 3


def test_vectors_of_a_wrong_width_are_computed_again(encoder, tmp_path):
    path = tmp_path / "cache.sqlite3"
    cached_encode(["a"], encoder=encoder, path=path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE embedding SET vector = ?", (b"\0\0",))
    assert cached_encode(["a"], encoder=encoder, path=path)[0, 0] == 1


def test_no_texts_give_an_empty_array(encoder, tmp_path):
    assert cached_encode([], encoder=encoder, path=tmp_path / "c").shape == (0, 3)
