"""Trains the heads for importance: kernel ridge regression over several views of O*NET's rated occupations.

The shares of the kernels were found by maximising the marginal likelihood of a Gaussian process over the skills'
ratings of the occupations in folds 1 to 4. Skills and work styles hang together, and with the levels that occupations
need of the skills, so it is their principal components that are predicted: the more of a component is noise, the more
it is shrunk, by as much as serves best when each occupation is predicted from the others.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from prowess.matching.importance_heads import gaussian, unit
from prowess.matching.job_views import views_of_statements
from scripts.matching_training.job_training import DESCRIPTION_COUNTS_AS
from scripts.matching_training.onet import Onet
from scripts.matching_training.texts import TermRows, Vectors

RIDGES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
LEVELS_COUNT_AS = 0.7
STYLES_COUNT_AS = 0.4
LINEAR = {"reading": 0.13, "vector": 0.18, "words": 0.25}
GAUSSIAN = {
    "vector": (0.05, 1.0),
    "general": (0.12, 0.5),
    "title": (0.19, 0.5),
    "peak": (0.05, 0.5),
    "each_reading": (0.13, 0.5),
}
"""Share and spread of each Gaussian kernel."""

Array = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]
Views = dict[str, Array]


def occupation_views(
    onet: Onet,
    rows: NDArray[np.intp],
    *,
    vectors: Vectors,
    terms: TermRows,
    readings: tuple[Array, Array],
    with_vectors: bool,
) -> Views:
    """Views of these occupations, (occupations, width) each, the description counted as three of the statements.

    ``readings``: of the tasks and of the descriptions as intermediate activities.
    """
    general = np.zeros(len(onet.intermediate), np.intp)
    general[onet.intermediate_of] = onet.generalised_of
    made = []
    for row in rows:
        tasks = np.flatnonzero(onet.owners == row)
        weights = np.append(np.ones(len(tasks)), DESCRIPTION_COUNTS_AS)
        blocks = {
            "activities": np.vstack([readings[0][tasks], readings[1][[row]]]),
            "terms": np.vstack([terms.tasks[tasks].toarray(), terms.descriptions[[row]].toarray()]),
        }
        if with_vectors:
            blocks["vectors"] = np.vstack([vectors.tasks[tasks], vectors.descriptions[[row]]])
        made.append(views_of_statements(blocks, weights=weights / weights.sum(), general=general))
    views: Views = {str(name): np.vstack([one[name] for one in made]) for name in made[0]}
    return views | ({"title": vectors.titles[rows]} if with_vectors else {})


def fit_importance(views: Mapping[str, Array], *, targets: NDArray[np.float64], levels: NDArray[np.float64]) -> Arrays:
    """The arrays that ship.

    ``targets``: importance, (occupations, elements), the skills first; ``levels``: (occupations, skills).
    """
    arrays: Arrays = {"constants": targets.mean(axis=0).astype(np.float32)}
    for view in GAUSSIAN.keys() & views.keys():
        arrays |= _rows(views[view], name=f"gaussian_{view}")
    kernels = {name: _kernel(name, views, arrays) for name in _names(views)}
    shares = {name: _share(name) for name in kernels}
    factors = {
        name: shares[name] / sum(shares.values()) / np.trace(_centred(kernel)) * len(targets)
        for name, kernel in kernels.items()
    }
    total = sum(factors[name] * _centred(kernel) for name, kernel in kernels.items())
    arrays["dual"] = _dual(np.asarray(total), targets, levels).astype(np.float16)
    dual = arrays["dual"].astype(np.float64)
    for name, kernel in kernels.items():
        if name.startswith("gaussian_"):
            arrays[f"{name}__factor"] = np.asarray(factors[name], np.float32)
            arrays[f"{name}__spread"] = np.asarray(GAUSSIAN[name.removeprefix("gaussian_")][1], np.float32)
            arrays[f"{name}__centre"] = (factors[name] * kernel.mean(axis=0) @ dual).astype(np.float32)
        else:
            arrays |= _weights(views[name.removeprefix("linear_")], factors[name], dual, name=name)
    return arrays


def _names(views: Mapping[str, Array]) -> list[str]:
    return [f"linear_{view}" for view in LINEAR if view in views] + [
        f"gaussian_{view}" for view in GAUSSIAN if view in views
    ]


def _share(name: str) -> float:
    kind, view = name.split("_", 1)
    return LINEAR[view] if kind == "linear" else GAUSSIAN[view][0]


def _kernel(name: str, views: Mapping[str, Array], arrays: Arrays) -> NDArray[np.float64]:
    kind, view = name.split("_", 1)
    if kind == "linear":
        return np.asarray(views[view] @ views[view].T, np.float64)
    stored = unit(arrays[f"{name}__rows"].astype(np.float32))
    return np.asarray(gaussian(stored, stored, spread=GAUSSIAN[view][1]), np.float64)


def _centred(kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(kernel - kernel.mean(axis=0) - kernel.mean(axis=1)[:, None] + kernel.mean(), np.float64)


def _dual(
    kernel: NDArray[np.float64], targets: NDArray[np.float64], levels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of the occupations for each column of the targets, by way of the principal components."""
    everything = np.hstack([targets, levels])
    skills = levels.shape[1]
    counts_as = np.full(everything.shape[1], LEVELS_COUNT_AS)
    counts_as[:skills], counts_as[skills : targets.shape[1]] = 1.0, STYLES_COUNT_AS
    scale = counts_as / everything.std(axis=0)
    scaled = (everything - everything.mean(axis=0)) * scale
    directions = np.linalg.svd(scaled, full_matrices=False)[2]
    dual = _shrunk(kernel, scaled @ directions.T) @ directions
    return np.asarray((dual / scale)[:, : targets.shape[1]], np.float64)


def _shrunk(kernel: NDArray[np.float64], components: NDArray[np.float64]) -> NDArray[np.float64]:
    """Dual weights, each component with the ridge whose leave-one-out error is least."""
    values, vectors = np.linalg.eigh(kernel)
    turned = vectors.T @ components
    duals, errors = [], []
    for ridge in RIDGES:
        dual = vectors @ (turned / (values + ridge)[:, None])
        own = np.square(vectors) @ (1 / (values + ridge))
        duals.append(dual)
        errors.append(np.square(dual / own[:, None]).sum(axis=0))
    best = np.argmin(errors, axis=0)
    return np.asarray(np.stack(duals)[best, :, np.arange(len(best))].T, np.float64)


def _rows(views: Array, *, name: str) -> Arrays:
    """The occupations' views less the middle, as signed 8-bit integers; their length is restored when read."""
    middle = views.mean(axis=0)
    rows = unit(views - middle)
    scale = np.abs(rows).max(axis=1, keepdims=True) / 127
    return {f"{name}__rows": np.round(rows / scale).astype(np.int8), f"{name}__middle": middle.astype(np.float32)}


def _weights(views: Array, factor: float, dual: NDArray[np.float64], *, name: str) -> Arrays:
    weights = factor * ((views - views.mean(axis=0)).T @ dual)
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-12) / 127
    small = np.round(weights / scale).astype(np.int8)
    centre = views.mean(axis=0) @ (small * scale)
    return {
        f"{name}__weights": small,
        f"{name}__scale": scale.astype(np.float32),
        f"{name}__centre": centre.astype(np.float32),
    }
