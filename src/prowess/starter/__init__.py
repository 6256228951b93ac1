"""Content that ships with Prowess: the starter library and the demonstration organisation."""

from pathlib import Path

from prowess.framework import Framework, read_framework
from prowess.framework.errors import InputError

STARTER_LIBRARY = Path(__file__).parent / "library"
DEMONSTRATION_JOBS = Path(__file__).parent / "demonstration" / "jobs"


def load_library(name_or_file: str | Path = "starter") -> Framework:
    """The starter library by its name, or a framework from a YAML or JSON file (or a folder of them).

    Raises:
        InputError: no such library or file, or a file that is not a framework.
    """
    if str(name_or_file) == "starter":
        return read_framework(STARTER_LIBRARY)
    path = Path(name_or_file)
    if not path.exists():
        raise InputError(
            f"There is no library called {str(name_or_file)!r}, and no file of that name.",
            remedy="Use `starter`, or the path of a framework file (YAML or JSON).",
        )
    return read_framework(path)
