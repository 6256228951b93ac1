"""Where uploaded sources lie: a folder for each import under the installation's own, readable by nobody else."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from prowess.dictionaries.limits import LARGEST_FILE
from prowess.framework.errors import InputError

PASTED = "pasted text"
_LONGEST_NAME = 120


def shown_name(name: str) -> str:
    """A file's name as people see it: its last part, printable, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[:200] or "a file without a name"


def stored_name(name: str) -> str:
    """A name under which a file can lie in a folder: letters, digits, dots, hyphens; its ending stays."""
    plain = re.sub(r"[^\w.-]+", "_", shown_name(name)).strip("._")
    return plain[-_LONGEST_NAME:] or "source"


def store(key: UUID, *, name: str, chunks: Iterable[bytes]) -> int:
    """Keep an uploaded file.

    Returns:
        Its size in bytes.

    Raises:
        InputError: it is larger than a dictionary may be.
    """
    folder = _folder(key)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, size = folder / stored_name(name), 0
    with path.open("wb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST_FILE:
                break
            file.write(chunk)
    if size > LARGEST_FILE:
        forget(key)
        raise InputError(
            f"The file is larger than {LARGEST_FILE // 2**20} MB.",
            place=shown_name(name),
            remedy="Divide it into several files, or leave out its pictures.",
        )
    return size


def stored_file(key: UUID, *, name: str) -> Path:
    """The kept file of an import.

    Raises:
        InputError: it is not there any more.
    """
    path = _folder(key) / stored_name(name)
    if not path.is_file():
        raise InputError("The uploaded file is gone.", place=shown_name(name), remedy="Upload it again.")
    return path


def forget(key: UUID) -> None:
    """Remove the kept file of an import; a second time does nothing."""
    shutil.rmtree(_folder(key), ignore_errors=True)


def _folder(key: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / str(key)
