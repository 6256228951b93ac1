"""Vectors of texts that come again (a library's parts), kept on disk so that they are computed once per machine.

Vectors are kept and returned in half precision's values, so a vector is the same whether it was kept or computed.
A cache that cannot be read or written is no error: everything is computed.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from prowess.matching.encoder import TextEncoder

_CHUNK = 500


def cached_encode(texts: Sequence[str], *, encoder: TextEncoder, path: Path | None = None) -> NDArray[np.float32]:
    """Vectors of the texts, shape (texts, dimensions), from the cache where they are there.

    ``path``: the cache file; the user's cache folder when none is given.
    """
    keys = [_key(text, encoder=encoder) for text in texts]
    place = path if path is not None else user_cache_path("prowess") / "embeddings.sqlite3"
    kept = _read(place, keys=set(keys), dimensions=encoder.dimensions)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if missing:
        fresh = encoder.encode(list(missing.values())).astype(np.float16)
        new = dict(zip(missing, fresh, strict=True))
        _write(place, vectors=new)
        kept |= new
    if not texts:
        return np.zeros((0, encoder.dimensions), np.float32)
    return np.stack([kept[key] for key in keys]).astype(np.float32)


def _key(text: str, *, encoder: TextEncoder) -> bytes:
    return hashlib.sha256(f"{encoder.name}\0{text}".encode()).digest()[:16]


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=2.0)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS embedding (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
    return connection


def _read(path: Path, *, keys: set[bytes], dimensions: int) -> dict[bytes, NDArray[np.float16]]:
    found: dict[bytes, NDArray[np.float16]] = {}
    if not path.exists():
        return found
    try:
        with closing(_open(path)) as connection:
            for chunk in _chunks(sorted(keys)):
                marks = ",".join("?" * len(chunk))
                rows = connection.execute(f"SELECT key, vector FROM embedding WHERE key IN ({marks})", chunk)  # noqa: S608
                found |= {key: np.frombuffer(vector, np.float16) for key, vector in rows}
    except (sqlite3.Error, OSError):
        return {}
    return {key: vector for key, vector in found.items() if vector.size == dimensions}


def _write(path: Path, *, vectors: dict[bytes, NDArray[np.float16]]) -> None:
    try:
        with closing(_open(path)) as connection, connection:
            rows = ((key, vector.tobytes()) for key, vector in vectors.items())
            connection.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?)", rows)
    except (sqlite3.Error, OSError):
        return


def _chunks(keys: list[bytes]) -> Iterable[list[bytes]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
