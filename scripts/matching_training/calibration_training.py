"""Fits the chance that a statement calls for a competency on synthetic libraries."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from prowess.matching.activities import ActivityReader
from prowess.matching.calibration import best_threshold
from prowess.matching.encoder import TextEncoder
from prowess.matching.library_index import LibraryIndex
from prowess.matching.likeness import FEATURES, LikenessModel
from prowess.matching.model import MatchingModel
from scripts.matching_training.onet import Onet
from scripts.matching_training.synthetic_libraries import LibraryMaker, SyntheticLibrary
from scripts.matching_training.texts import Vectors

LIBRARIES = 16
SIZES = (60,)
STATEMENTS = 200
UNKNOWN_SHARE = 0.5
NEVER = -1e4
RIDGE = 1.0
LEAST_SPREAD = 1e-6
_SAME_TEXT = 0.98


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs of statement and competency: features (pairs, features) and whether they fit."""

    features: NDArray[np.float32]
    fits: NDArray[np.bool_]

    @staticmethod
    def joined(parts: "list[Cells]") -> "Cells":
        """All of them."""
        return Cells(np.vstack([one.features for one in parts]), np.concatenate([one.fits for one in parts]))


def collect_cells(
    onet: Onet,
    *,
    encoder: TextEncoder | None,
    vectors: Vectors,
    model: MatchingModel,
    examples: NDArray[np.intp],
    statements: NDArray[np.intp],
    seeds: range,
    outside: bool,
) -> Cells:
    """Pairs from libraries whose examples come from ``examples``, met by statements that nothing was trained on.

    ``outside``: the library's activities, about half of O*NET's, are unknown to the reading of work, as are the
    competencies of an organisation that thinks in other terms.
    """
    maker = LibraryMaker(onet, examples=examples)
    found = []
    for seed in seeds:
        random = np.random.default_rng(seed)
        drawn = random.choice(statements, min(STATEMENTS, len(statements)), replace=False)
        library, reading = maker.make(size=SIZES[seed % len(SIZES)], seed=seed), model
        if outside:
            unknown = random.random(len(onet.generalised)) < UNKNOWN_SHARE
            library = library.of_activities({onet.generalised[one].code for one in np.flatnonzero(unknown)})
            reading = model.with_activities(_unaware(model.activities, detailed=unknown[onet.generalised_of]))
        found.append(_cells(library, onet, encoder=encoder, vectors=vectors, model=reading, drawn=drawn))
    return Cells.joined(found)


def _unaware(reader: ActivityReader, *, detailed: NDArray[np.bool_]) -> ActivityReader:
    """The reader that never answers with these detailed activities."""
    return replace(reader, constants=np.where(detailed, NEVER, reader.constants).astype(np.float32))


def fit_calibration(cells: Cells) -> dict[str, object]:
    """The content of one part of ``calibration.json``; the threshold gives the best F1 over all pairs.

    Logistic regression on standardised measures whose weights may not be negative: every measure is one of likeness, so
    a negative weight could only be a trick that holds for O*NET alone.
    """
    spread = cells.features.std(axis=0).astype(np.float64)
    spread[spread < LEAST_SPREAD] = np.inf  # a measure that says nothing, as of meaning without an encoder
    weights, constant = _positive_logistic(cells.features / spread, cells.fits)
    chances = expit(cells.features @ (weights / spread) + constant)
    return {
        "features": list(FEATURES),
        "weights": [round(float(weight), 5) for weight in weights / spread],
        "constant": round(constant, 5),
        "threshold": round(best_threshold(chances, fits=cells.fits), 3),
    }


def _positive_logistic(rows: NDArray[np.float64], fits: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    rows = np.column_stack([rows, np.ones(len(rows))])
    bounds = [(0.0, None)] * (rows.shape[1] - 1) + [(None, None)]

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = rows @ point
        penalty = np.append(RIDGE * point[:-1], 0.0)
        value = np.logaddexp(0, logits).sum() - logits[fits].sum() + penalty @ point / 2
        return float(value), rows.T @ (expit(logits) - fits) + penalty

    start = np.append(np.full(rows.shape[1] - 1, 0.1), -4.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:-1], float(found[-1])


def _cells(
    library: SyntheticLibrary,
    onet: Onet,
    *,
    encoder: TextEncoder | None,
    vectors: Vectors,
    model: MatchingModel,
    drawn: NDArray[np.intp],
) -> Cells:
    index = LibraryIndex(library.competencies, encoder=encoder, vocabulary=model.vocabulary)
    known = None if encoder is None else vectors.tasks[drawn]
    encoded = index.encoded([onet.tasks[task] for task in drawn], vectors=known)
    features = LikenessModel(index, model=model).measure(encoded).features
    kept = features[:, :, FEATURES.index("wording")] < _SAME_TEXT
    return Cells(features[kept], library.fits[drawn][kept])
