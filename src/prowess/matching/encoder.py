"""Texts become vectors: the small protocol that matching needs, and the way to plug in another encoder.

A distribution offers an encoder by an entry point in the group ``prowess.encoders`` that names a callable without
arguments returning a `TextEncoder`. Without onnxruntime or tokenizers there is none, and matching compares words only.
"""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from prowess.framework.errors import InputError

ENTRY_POINT_GROUP = "prowess.encoders"
DEFAULT = "minilm"
LEXICAL_ONLY = "none"
_REQUIRED = ("onnxruntime", "tokenizers")


@runtime_checkable
class TextEncoder(Protocol):
    """Turns texts into vectors whose dot product says how alike they are in meaning."""

    @property
    def name(self) -> str:
        """A stable name; it changes whenever the vectors of the same text would."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Vectors of the texts, shape (texts, dimensions), each of length one."""


def load_encoder(name: str | None = None) -> TextEncoder | None:
    """The encoder of that name, made once per process.

    Without a name: the one that ships with Prowess, or None where onnxruntime or tokenizers is missing. ``"none"``
    gives None on purpose. Any other name is looked up among the installed entry points.

    Raises:
        InputError: no installed distribution offers an encoder of that name.
    """
    if name == LEXICAL_ONLY:
        return None
    if name in (None, DEFAULT):
        return None if missing_packages() else _shipped_encoder()
    return _plugged_encoder(str(name))


def missing_packages() -> tuple[str, ...]:
    """The packages that the shipped encoder needs and this machine lacks."""
    return tuple(package for package in _REQUIRED if find_spec(package) is None)


def encoder_note(encoder: TextEncoder | None) -> str:
    """What a user should know about the encoder: empty when matching compares meaning, otherwise a sentence."""
    if encoder is not None:
        return ""
    missing = " and ".join(missing_packages())
    if not missing:
        return "Matching compared words only, without their meaning, because it was asked to; expect weaker matches."
    verb = "is" if " and " not in missing else "are"
    return (
        f"Matching compared words only, without their meaning, because {missing} {verb} not installed; "
        "expect weaker matches."
    )


@cache
def _shipped_encoder() -> TextEncoder:
    from prowess.matching.onnx_encoder import OnnxEncoder  # noqa: PLC0415  onnxruntime may be missing

    return OnnxEncoder()


@cache
def _plugged_encoder(name: str) -> TextEncoder:
    offered = {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
    if name not in offered:
        known = ", ".join(sorted({DEFAULT, LEXICAL_ONLY, *offered}))
        raise InputError(f"There is no encoder named “{name}”.", place="encoder", remedy=f"Known are: {known}.")
    return _made_by(offered[name])


def _made_by(point: EntryPoint) -> TextEncoder:
    encoder = point.load()()
    if not isinstance(encoder, TextEncoder):
        raise InputError(
            f"The encoder “{point.name}” of {point.value} lacks name, dimensions or encode.",
            place="encoder",
            remedy="An encoder has all three; see prowess.matching.encoder.TextEncoder.",
        )
    return encoder
