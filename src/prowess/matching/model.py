"""The trained data of matching: what ships in ``data/onet``, or another folder of the same files.

All of it is derived from the O*NET 29.3 Database by scripts/train_matching.py; see data/onet/ATTRIBUTION.md.
"""

import json
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from prowess.matching.activities import ActivityReader
from prowess.matching.calibration import Calibration
from prowess.matching.encoder import TextEncoder
from prowess.matching.importance_heads import ImportanceHeads
from prowess.matching.job_heads import JobHeads
from prowess.matching.lexical import Vocabulary

Kind = Literal["semantic", "lexical"]


def kind_of(encoder: TextEncoder | None) -> Kind:
    """Which half of the trained data applies: with vectors, or with words alone."""
    return "lexical" if encoder is None else "semantic"


class MatchingModel:
    """A folder of trained data; each file is read when it is first needed."""

    def __init__(self, folder: Traversable) -> None:
        """``folder``: holds the files that scripts/train_matching.py writes."""
        self._folder = folder

    def with_activities(self, reader: ActivityReader) -> "MatchingModel":
        """The same folder with another reading of work activities, for training."""
        changed = MatchingModel(self._folder)
        changed.__dict__["activities"] = reader
        return changed

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """How common the terms of work are."""
        content = self._json("vocabulary.json")
        return Vocabulary(documents=content["documents"], frequency=content["frequency"])

    @cached_property
    def everyday_tasks(self) -> list[str]:
        """A sample of tasks over all occupations, against which likeness is measured."""
        return [str(task) for task in self._json("everyday_tasks.json")]

    @cached_property
    def activities(self) -> ActivityReader:
        """The reading of statements as work activities."""
        return ActivityReader.from_arrays(self._arrays("activities.npz"))

    @cached_property
    def elements(self) -> list[dict[str, str]]:
        """O*NET's skills and work styles whose importance the heads predict: code, name, description."""
        return list(self._json("job_heads.json")["elements"])

    @cached_property
    def borrowing(self) -> dict[str, float]:
        """How a competency borrows from the elements: ``width``, ``ridge`` and ``evidence``."""
        return {key: float(value) for key, value in self._json("job_heads.json")["borrowing"].items()}

    def heads(self, encoder: TextEncoder | None) -> JobHeads:
        """The heads for responsibility."""
        return self._heads[kind_of(encoder)]

    def importance_heads(self, encoder: TextEncoder | None) -> ImportanceHeads:
        """The heads for the importance of the elements."""
        return self._importance_heads[kind_of(encoder)]

    def calibration(self, encoder: TextEncoder | None, *, aligned: bool) -> Calibration:
        """From likeness to chances, for libraries that follow O*NET's activities, or that do not."""
        return self._calibrations[kind_of(encoder)]["aligned" if aligned else "outside"]

    @cached_property
    def anchor_weights(self) -> NDArray[np.float64]:
        """Weights of the features that tell the higher of two anchors."""
        return np.asarray(self._arrays("anchor_order.npz")["weights"], np.float64)

    @cached_property
    def _heads(self) -> dict[str, JobHeads]:
        names = tuple(self._json("job_heads.json")["names"])
        return {
            kind: JobHeads.from_arrays(self._arrays(f"job_heads_{kind}.npz"), names=names)
            for kind in ("semantic", "lexical")
        }

    @cached_property
    def _importance_heads(self) -> dict[str, ImportanceHeads]:
        kinds = ("semantic", "lexical")
        return {kind: ImportanceHeads.from_arrays(self._arrays(f"importance_{kind}.npz")) for kind in kinds}

    @cached_property
    def _calibrations(self) -> dict[str, dict[str, Calibration]]:
        return {
            kind: {name: Calibration.from_json(part) for name, part in parts.items()}
            for kind, parts in self._json("calibration.json").items()
        }

    def _json(self, name: str) -> Any:
        return json.loads((self._folder / name).read_text(encoding="utf-8"))

    def _arrays(self, name: str) -> dict[str, NDArray[Any]]:
        with np.load(BytesIO((self._folder / name).read_bytes()), allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}


@cache
def shipped_model() -> MatchingModel:
    """The trained data that ships with Prowess."""
    return MatchingModel(files("prowess.matching") / "data" / "onet")
