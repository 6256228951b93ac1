"""How every kernel is compiled: cached on disk, without the interpreter's lock, IEEE division."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

# Infinities and NaN keep their meaning: they are how a separated element shows itself.
SAFE_FAST_MATH = {"reassoc", "contract", "nsz", "arcp"}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code (Numba, no Python objects inside)."""
    decorate = numba.njit(cache=True, nogil=True, error_model="numpy")
    return cast("Callable[P, R]", decorate(function))


def compiled_for_speed(function: Callable[P, R]) -> Callable[P, R]:
    """The same with sums in any order: worth its longer compilation where large sets spend their time."""
    decorate = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=SAFE_FAST_MATH)
    return cast("Callable[P, R]", decorate(function))
