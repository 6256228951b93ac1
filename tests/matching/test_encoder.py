import subprocess
import sys
from importlib.metadata import EntryPoint

import numpy as np
import pytest

from prowess.framework.errors import InputError
from prowess.matching import encoder as encoder_module
from prowess.matching.encoder import TextEncoder, encoder_note, load_encoder


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    loaded = load_encoder()
    assert loaded is not None
    return loaded


def test_vectors_have_length_one_and_the_stated_width(encoder):
    vectors = encoder.encode(["Write reports.", "Lead a team of engineers who are spread over four countries."])
    assert vectors.shape == (2, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_like_meanings_lie_nearer_than_unlike_ones(encoder):
    asked, same, other = encoder.encode(["Repair cars.", "Fix broken automobiles.", "Teach mathematics to children."])
    assert asked @ same > asked @ other + 0.2


def test_a_text_keeps_its_vector_whatever_stands_beside_it(encoder):
    text = "Prepare the yearly budget."
    alone = encoder.encode([text])[0]
    among = encoder.encode(["Hi.", text, "word " * 300])[1]
    assert alone @ among > 0.98


def test_order_is_kept_over_many_batches_of_mixed_length(encoder):
    texts = [f"Count {'very ' * (number % 40)}carefully to {number}." for number in range(150)]
    vectors = encoder.encode(texts)
    again = encoder.encode([texts[137]])[0]
    assert vectors[137] @ again > 0.98


def test_nothing_gives_nothing_and_blank_text_gives_a_zero_vector(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimensions)
    assert not encoder.encode(["  \n"]).any()


def test_the_shipped_encoder_is_made_once():
    assert load_encoder() is load_encoder("minilm")


def test_words_alone_can_be_asked_for_and_the_note_says_so():
    assert load_encoder("none") is None
    assert "words only" in encoder_note(None)


def test_without_onnxruntime_there_is_no_encoder_and_the_note_names_it(monkeypatch):
    monkeypatch.setattr(encoder_module, "find_spec", lambda name: None if name == "onnxruntime" else object())
    assert load_encoder() is None
    assert "onnxruntime is not installed" in encoder_note(None)


def test_an_unknown_encoder_is_refused_with_the_known_names():
    with pytest.raises(InputError, match=r"no encoder named “word2vec”.*minilm"):
        load_encoder("word2vec")


class Letters:
    """Counts letters: enough of an encoder to be plugged in."""

    name = "letters"
    dimensions = 26

    def encode(self, texts, /):
        counts = np.array([[text.lower().count(chr(97 + i)) for i in range(26)] for text in texts], np.float32)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_another_encoder_is_found_by_its_entry_point(monkeypatch):
    point = EntryPoint("letters", f"{__name__}:Letters", "prowess.encoders")
    monkeypatch.setattr(encoder_module, "entry_points", lambda group: [point])
    monkeypatch.setattr(EntryPoint, "load", lambda self: Letters)
    assert load_encoder("letters").name == "letters"
    encoder_module._plugged_encoder.cache_clear()


def test_something_that_is_no_encoder_is_refused(monkeypatch):
    point = EntryPoint("broken", "builtins:dict", "prowess.encoders")
    monkeypatch.setattr(encoder_module, "entry_points", lambda group: [point])
    with pytest.raises(InputError, match="lacks name, dimensions or encode"):
        load_encoder("broken")


def test_importing_the_matcher_loads_neither_onnxruntime_nor_django():
    unwanted = {"onnxruntime", "django", "torch", "sklearn"}
    program = f"import sys, prowess.matching.matcher; print({unwanted} & set(sys.modules))"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "set()"
