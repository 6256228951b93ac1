"""Reading a source for an import, in any known format; of a dictionary on paper what became of each line, too."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prowess.dictionaries import understand_dictionary
from prowess.exchange import Progress, format_named, format_to_read, read
from prowess.framework.errors import InputError
from prowess.framework.reading import Reading
from prowess.library.imports.storage import PASTED

PAPER = "dictionary"


@dataclass(frozen=True)
class Understood:
    """A reading, and the lines of a dictionary on paper as plain data; None where the format has no lines."""

    reading: Reading
    lines: Any = None


def read_understood(path: Path, *, name: str, format_name: str = "", progress: Progress | None = None) -> Understood:
    """Read a source.

    Args:
        path: the kept file.
        name: its name as it was uploaded, for messages and as a last resort for titles.
        format_name: its format; empty where the file tells.
        progress: told how many steps are done, of how many.

    Raises:
        InputError: it cannot be read; the place is the name that the user knows.
    """
    reader = format_named(format_name) if format_name else format_to_read(path)
    try:
        if reader.name == PAPER:
            return _understood(path, name=name, progress=progress)
        return Understood(read(path, format_name=reader.name, progress=progress))
    except InputError as error:
        place = name if error.place in (None, path.name, str(path)) else error.place
        raise InputError(error.message, place=place, remedy=error.remedy) from error


def _understood(path: Path, *, name: str, progress: Progress | None) -> Understood:
    found = understand_dictionary(path, name="" if name == PASTED else name, progress=progress)
    return Understood(found.reading, found.to_json())
