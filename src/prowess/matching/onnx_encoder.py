"""The encoder that ships with Prowess: all-MiniLM-L6-v2, 8-bit, run by onnxruntime without any network."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

_TOKENS_PER_BATCH = 2048
_TEXTS_PER_BATCH = 64


class OnnxEncoder:
    """Sentence vectors of 384 dimensions; texts longer than 256 tokens are cut there.

    Reimers and Gurevych (2019), Sentence-BERT; Wang et al. (2020), MiniLM. See ``data/encoder/PROVENANCE.md``.
    """

    name = "all-MiniLM-L6-v2-int8-1"
    dimensions = 384

    def __init__(self, *, threads: int = 2) -> None:
        """``threads``: how many processor threads one call may use."""
        self._threads = threads

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of the texts, shape (texts, 384), each of length one. Nothing but white space gives a zero vector."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        filled = [index for index, text in enumerate(texts) if text.strip()]
        if not filled:
            return vectors
        encoded = self._tokenizer.encode_batch([texts[index] for index in filled])
        for batch in _batches_of_like_length(encoded):
            rows = [filled[position] for position in batch]
            vectors[rows] = self._run([encoded[position] for position in batch])
        return vectors

    def _run(self, batch: list[Encoding]) -> NDArray[np.float32]:
        longest = max(len(one.ids) for one in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (vectors,) = self._session.run(None, inputs)
        return np.asarray(vectors, np.float32)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_str(_shipped("tokenizer.json").read_text(encoding="utf-8"))
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Without this the threads keep spinning after a call and slow down everything else in the process.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with as_file(_shipped("model.onnx")) as path:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _shipped(name: str) -> Any:
    return files("prowess.matching") / "data" / "encoder" / name


def _batches_of_like_length(encoded: list[Encoding]) -> Iterator[list[int]]:
    """Positions in batches of neighbouring length, so that little is padding."""
    batch: list[int] = []
    for position in sorted(range(len(encoded)), key=lambda index: len(encoded[index].ids)):
        tokens = (len(batch) + 1) * len(encoded[position].ids)
        if batch and (tokens > _TOKENS_PER_BATCH or len(batch) == _TEXTS_PER_BATCH):
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
