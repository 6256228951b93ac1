"""A whole job as a few blocks of numbers.

The statements' blocks enter predictions as their mean, so a prediction is a sum of what each statement adds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Block = NDArray[np.float32] | csr_matrix


@dataclass(frozen=True, slots=True)
class JobFeatures:
    """``statements``: blocks by name, each (statements, width); ``title``: blocks by name, each (1, width).

    ``count``: how many statements; ``titled``: whether there is a title at all.
    """

    statements: Mapping[str, Block]
    title: Mapping[str, Block]
    count: int
    titled: bool = True
