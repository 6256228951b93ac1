"""Where the tests find data that is not part of the project; they skip with a message where it is absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PROWESS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def shared_path(relative: str) -> Path:
    """Path of a shared test input below ``shared/`` (for instance ``data/onet/Skills.xlsx``), or skip the test."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"the shared test data are not beside the project: {relative}")
    return path
