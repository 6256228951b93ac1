"""Fits the chance that a statement calls for a competency on synthetic libraries."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from prowess.matching.activities import ActivityReader
from prowess.matching.encoder import TextEncoder
from prowess.matching.library_index import LibraryIndex
from prowess.matching.likeness import FEATURES, LikenessModel
from prowess.matching.model import MatchingModel
from scripts.matching_training.onet import Onet
from scripts.matching_training.synthetic_libraries import LibraryMaker, SyntheticLibrary
from scripts.matching_training.texts import Vectors

LIBRARIES = 12
SIZES = (30, 60)
STATEMENTS = 200
UNKNOWN_SHARE = 0.5
NEVER = -1e4
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
    """The content of one half of ``calibration.json``; the threshold gives the best F1 over all pairs."""
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(cells.features, cells.fits)
    chances = fitted.predict_proba(cells.features)[:, 1]
    return {
        "features": list(FEATURES),
        "weights": [round(float(weight), 5) for weight in fitted.coef_[0]],
        "constant": round(float(fitted.intercept_[0]), 5),
        "threshold": round(best_threshold(chances, fits=cells.fits), 3),
    }


def best_threshold(chances: NDArray[np.float64], *, fits: NDArray[np.bool_]) -> float:
    """The chance from which calling a pair fitting gives the best F1."""
    order = np.argsort(-chances)
    hits = np.cumsum(fits[order])
    scores = 2 * hits / (np.arange(1, len(hits) + 1) + fits.sum())
    return float(chances[order[int(scores.argmax())]])


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
