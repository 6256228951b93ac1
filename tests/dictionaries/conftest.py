"""The fixtures of this folder: dictionaries in many layouts, each with the framework that a person reads in it."""

from pathlib import Path

import pytest

from tests.dictionaries.documents import BUILDERS

FIXTURES = Path(__file__).parent / "fixtures"
WRITTEN = sorted(path.name for path in FIXTURES.iterdir() if not path.name.endswith(".expected.yaml"))
NAMES = [*WRITTEN, *sorted(BUILDERS)]


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every fixture by its name; Word, PDF and spreadsheet files are made once a session."""
    folder = tmp_path_factory.mktemp("documents")
    found = {name: FIXTURES / name for name in WRITTEN}
    for name, build in BUILDERS.items():
        found[name] = folder / name
        build(found[name])
    return found
