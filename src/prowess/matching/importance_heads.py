"""Importance of O*NET's skills and work styles from a job's likeness to the occupations that were rated.

Kernel ridge regression with a weighted sum of kernels, one or two a view of the job (Gönen and Alpaydın, 2011, JMLR
12). Linear kernels are stored as weights, Gaussian ones, exp((cosine - 1) / width), with the rated occupations' views.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights``: (width, elements); ``centre``: what the average occupation gives, (elements,)."""

    weights: Array
    centre: Array

    @property
    def width(self) -> int:
        """Length of the view."""
        return len(self.weights)

    def added(self, view: Array, *, dual: Array) -> Array:  # noqa: ARG002  the weights hold the occupations already
        """What the view adds to each element."""
        return np.asarray(view @ self.weights - self.centre, np.float32)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """``rows``: the occupations' views less the middle, of length one; ``factor``: weight of the kernel."""

    rows: Array
    middle: Array
    spread: float
    factor: float
    centre: Array

    @property
    def width(self) -> int:
        """Length of the view."""
        return int(self.rows.shape[1])

    def kernel(self, view: Array) -> Array:
        """Likeness of a view to each occupation, shape (occupations,)."""
        return np.asarray(gaussian(unit(view[None] - self.middle), self.rows, spread=self.spread)[0], np.float32)

    def added(self, view: Array, *, dual: Array) -> Array:
        """What the view adds to each element."""
        return np.asarray(self.factor * (self.kernel(view) @ dual) - self.centre, np.float32)


@dataclass(frozen=True, slots=True)
class ImportanceHeads:
    """``kernels``: each with the name of its view; ``dual``: weights of the occupations, one column an element."""

    kernels: tuple[tuple[str, Linear | Gaussian], ...]
    dual: Array
    constants: Array

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "ImportanceHeads":
        """From the shipped small integers."""
        kernels: list[tuple[str, Linear | Gaussian]] = []
        for name in sorted({key.split("__", 1)[0] for key in arrays if key.startswith(("linear_", "gaussian_"))}):
            kind, view = name.split("_", 1)
            part = {key.split("__", 1)[1]: value for key, value in arrays.items() if key.startswith(f"{name}__")}
            kernels.append((view, _linear(part) if kind == "linear" else _gaussian(part)))
        return cls(tuple(kernels), arrays["dual"].astype(np.float32), arrays["constants"].astype(np.float32))

    def predict(self, views: Mapping[Any, Array]) -> NDArray[np.float64]:
        """Importance of every element on O*NET's scale, shape (elements,).

        In respect of a view that is missing, or has another width than in training, the job is an average one.
        """
        predicted = self.constants.astype(np.float64)
        for view, kernel in self.kernels:
            if view in views and len(views[view]) == kernel.width:
                predicted += kernel.added(views[view], dual=self.dual)
        return predicted


def gaussian(left: Array, right: Array, *, spread: float) -> Array:
    """The Gaussian kernel between rows of length one."""
    return np.asarray(np.exp((left @ right.T - 1) / spread), np.float32)


def unit(rows: Array) -> Array:
    """The rows at length one; a row of nothing stays so."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def _linear(part: Mapping[str, NDArray[Any]]) -> Linear:
    return Linear(part["weights"] * part["scale"], part["centre"])


def _gaussian(part: Mapping[str, NDArray[Any]]) -> Gaussian:
    rows = unit(part["rows"].astype(np.float32))
    return Gaussian(rows, part["middle"], float(part["spread"]), float(part["factor"]), part["centre"])
