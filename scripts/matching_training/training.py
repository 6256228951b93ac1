"""Trains everything that matching ships with and writes it to a folder.

What one model learns from another's readings (heads and calibration learn from the reading of work activities) is
cross-fitted: the occupations are halved, and each half is read by a model that saw only the other.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from prowess.matching.activities import ActivityReader
from prowess.matching.encoder import TextEncoder
from prowess.matching.lexical import Vocabulary
from prowess.matching.model import MatchingModel
from scripts.matching_training.activity_files import Arrays, activity_arrays, reader_of
from scripts.matching_training.anchor_training import anchor_pairs, fit_order
from scripts.matching_training.calibration_training import LIBRARIES, Cells, collect_cells, fit_calibration
from scripts.matching_training.head_training import small_integers
from scripts.matching_training.importance_training import fit_importance, occupation_views
from scripts.matching_training.job_training import Jobs, rated_jobs, train_heads, words_only
from scripts.matching_training.onet import FOLDS, Onet
from scripts.matching_training.texts import TermRows, Vectors, count_terms, encode_onet, term_rows

EVERYDAY_TASKS = 300
RESPONSIBILITY = "responsibility"
Readings = tuple[NDArray[np.float32], NDArray[np.float32]]
BORROWING = {"width": 0.5, "ridge": 0.05, "evidence": 0.45}


@dataclass(frozen=True, slots=True)
class Material:
    """What all trainings share: O*NET, the occupations to learn from, vectors and rows of terms."""

    onet: Onet
    occupations: NDArray[np.bool_]
    encoder: TextEncoder
    vectors: Vectors
    vocabulary: Vocabulary
    terms: TermRows

    def tasks(self, occupations: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The labelled tasks of these occupations, of those to learn from."""
        chosen = occupations & self.occupations
        return np.flatnonzero(chosen[self.onet.owners] & self.onet.labelled)

    @property
    def half(self) -> NDArray[np.bool_]:
        """One of two halves of the occupations, independent of the folds."""
        return np.array([crc32(code.encode()) // FOLDS % 2 == 1 for code in self.onet.codes])


def gather(onet: Onet, *, occupations: NDArray[np.bool_], encoder: TextEncoder) -> Material:
    """Encode O*NET and count the terms of the occupations to learn from."""
    learnt = np.flatnonzero(occupations[onet.owners] & onet.labelled)
    vocabulary = count_terms(onet, tasks=learnt)
    return Material(
        onet,
        occupations,
        encoder,
        encode_onet(onet, encoder=encoder),
        vocabulary,
        term_rows(onet, vocabulary=vocabulary),
    )


def train_all(material: Material, *, into: Path) -> None:
    """Train and write every file."""
    into.mkdir(parents=True, exist_ok=True)
    _write_texts(material, into)
    everything = np.ones(len(material.onet.codes), np.bool_)
    _write_arrays(into / "activities.npz", _train_activities(material, everything))
    print("activities trained", flush=True)
    train_on_readings(material, into=into)
    order = fit_order(anchor_pairs(material.onet.anchors), encoder=material.encoder)
    _write_arrays(into / "anchor_order.npz", {"weights": order.astype(np.float32)})


def train_on_readings(material: Material, *, into: Path) -> None:
    """Train and write what learns from the reading of work activities: heads and calibration."""
    halves = [_train_activities(material, half) for half in (material.half, ~material.half)]
    print("halves trained", flush=True)
    _write_heads(material, halves, into)
    _write_json(into / "calibration.json", _calibrations(material, halves, into), indent=1)


def cross_read(material: Material, readers: list[ActivityReader], *, with_vectors: bool) -> Readings:
    """Tasks and descriptions as intermediate activities.

    ``readers``: the one trained on the first half reads the second, and the other way round.
    """
    half, vectors, terms = material.half, material.vectors, material.terms
    tasks, descriptions = (
        np.where(in_first[:, None], readers[1].intermediate(**texts), readers[0].intermediate(**texts))
        for in_first, texts in (
            (half[material.onet.owners], {"vectors": _seen(vectors.tasks, with_vectors), "terms": terms.tasks}),
            (half, {"vectors": _seen(vectors.descriptions, with_vectors), "terms": terms.descriptions}),
        )
    )
    return tasks, descriptions


def jobs_from(material: Material, readings: Readings) -> Jobs:
    """Rated occupations of these readings of their tasks and descriptions."""
    return rated_jobs(
        material.onet,
        vectors=material.vectors,
        terms=material.terms,
        task_readings=readings[0],
        description_readings=readings[1],
    )


def _seen(vectors: NDArray[np.float32], with_vectors: bool) -> NDArray[np.float32]:  # noqa: FBT001
    return vectors if with_vectors else vectors[:, :0]


def _train_activities(material: Material, occupations: NDArray[np.bool_]) -> Arrays:
    return activity_arrays(
        material.onet, vectors=material.vectors, terms=material.terms, tasks=material.tasks(occupations)
    )


def _write_texts(material: Material, into: Path) -> None:
    vocabulary = {"documents": material.vocabulary.documents, "frequency": dict(material.vocabulary.frequency)}
    _write_json(into / "vocabulary.json", vocabulary)
    _write_json(into / "everyday_tasks.json", _everyday_tasks(material))


def _everyday_tasks(material: Material) -> list[str]:
    """One task each of 300 occupations."""
    random = np.random.default_rng(29)
    tasks = random.permutation(material.tasks(material.occupations))
    _, first = np.unique(material.onet.owners[tasks], return_index=True)
    chosen = random.choice(tasks[first], EVERYDAY_TASKS, replace=False)
    return sorted(material.onet.tasks[task] for task in chosen)


def _write_heads(material: Material, halves: list[Arrays], into: Path) -> None:
    readers = [reader_of(arrays) for arrays in halves]
    for kind, with_vectors in (("semantic", True), ("lexical", False)):
        readings = cross_read(material, readers, with_vectors=with_vectors)
        jobs = jobs_from(material, readings)
        jobs = jobs.take(material.occupations[jobs.rows])
        blocks = jobs.blocks if with_vectors else words_only(jobs.blocks)
        _write_arrays(into / f"job_heads_{kind}.npz", small_integers(train_heads(jobs, blocks=blocks)))
        views = occupation_views(
            material.onet,
            jobs.rows,
            vectors=material.vectors,
            terms=material.terms,
            readings=readings,
            with_vectors=with_vectors,
        )
        importance = fit_importance(views, targets=jobs.targets[:, :-1], levels=material.onet.levels[jobs.rows])
        _write_arrays(into / f"importance_{kind}.npz", importance)
    elements = material.onet.elements
    content = {
        "names": [RESPONSIBILITY],
        "elements": [asdict(element) for element in elements],
        "borrowing": BORROWING,
    }
    _write_json(into / "job_heads.json", content, indent=1)


def _calibrations(material: Material, halves: list[Arrays], into: Path) -> dict[str, object]:
    return {
        kind: {
            name: fit_calibration(
                Cells.joined(
                    [
                        _half_cells(material, arrays, trained_on=half, encoder=encoder, into=into, outside=outside)
                        for arrays, half in zip(halves, (material.half, ~material.half), strict=True)
                    ]
                )
            )
            for name, outside in (("outside", True), ("aligned", False))
        }
        for kind, encoder in (("semantic", material.encoder), ("lexical", None))
    }


def _half_cells(
    material: Material,
    arrays: Arrays,
    *,
    trained_on: NDArray[np.bool_],
    encoder: TextEncoder | None,
    into: Path,
    outside: bool,
) -> Cells:
    return collect_cells(
        material.onet,
        encoder=encoder,
        vectors=material.vectors,
        model=MatchingModel(into).with_activities(reader_of(arrays)),
        examples=material.tasks(trained_on),
        statements=material.tasks(~trained_on),
        seeds=range(LIBRARIES // 2) if trained_on[0] else range(LIBRARIES // 2, LIBRARIES),
        outside=outside,
    )


def _write_arrays(path: Path, arrays: Arrays) -> None:
    np.savez_compressed(path, **arrays)


def _write_json(path: Path, content: object, *, indent: int | None = None) -> None:
    separators = (",", ":") if indent is None else None
    path.write_text(json.dumps(content, indent=indent, separators=separators, ensure_ascii=False), encoding="utf-8")
