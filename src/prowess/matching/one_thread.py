"""Linear algebra in the calling thread alone.

The products of one job are so small that waking other threads costs more than they save, and on a busy machine they
wait for each other.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")


def in_one_thread(action: Callable[P, R]) -> Callable[P, R]:
    """Let an action's matrix products run in its own thread."""

    @wraps(action)
    def alone(*args: P.args, **kwargs: P.kwargs) -> R:
        with _controller().limit(limits=1, user_api="blas"):
            return action(*args, **kwargs)

    return alone


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
