"""Writing a file whole or not at all, with a sentence where it cannot be written."""

import os
import tempfile
from pathlib import Path

from prowess.framework.errors import InputError


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step: a reader sees the old content or the new, never a part.

    Raises:
        InputError: the place cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}-", delete=False) as file:
            file.write(content)
        Path(file.name).chmod(0o666 & ~_umask())
        Path(file.name).replace(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror or error}.", remedy="Give another place to write."
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a text in one step, as UTF-8.

    Raises:
        InputError: the place cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
