"""What a file format is: which files it claims, how it reads them, and how it writes a framework."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""

HEAD = 65_536
"""Bytes from the beginning of a file that formats may look at to recognise it."""


@dataclass(frozen=True)
class Sample:
    """A file as formats look at it to recognise their own: its name and its beginning, read once for all of them."""

    path: Path

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return self.path.is_dir()

    @cached_property
    def suffix(self) -> str:
        """The ending of the name with its dot, in small letters: ``.json``."""
        return self.path.suffix.lower()

    @cached_property
    def head(self) -> bytes:
        """The first bytes; empty for a folder and for a file that cannot be read."""
        try:
            with self.path.open("rb") as file:
                return file.read(HEAD)
        except OSError:
            return b""

    @cached_property
    def text(self) -> str:
        """The first bytes as text, as well as it can be told: byte-order marks obeyed, else UTF-8 with gaps."""
        for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
            if self.head.startswith(mark):
                return self.head[len(mark) :].decode(encoding, errors="ignore")
        return self.head.decode("utf-8", errors="ignore")

    @cached_property
    def first_line(self) -> str:
        """The first line that is not empty: the head of a table, where the file is one."""
        return next((line for line in self.text.splitlines() if line.strip()), "")


class Format(Protocol):
    """A file format.

    ``claims`` says how surely (0 to 1) a file is of this format, ``claims_to_write`` how surely a file of that name is
    meant to be; the surest wins. By convention 0.5 is a usual ending of the name, 0.9 a mark in the content that only
    this format has. A format that only reads never claims to write, and the other way round.
    """

    name: str
    description: str

    def claims(self, sample: Sample) -> float:
        """How surely this format reads the file."""
        ...

    def claims_to_write(self, path: Path) -> float:
        """How surely this format writes a file of that name; 0 where only naming the format does."""
        ...

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:
        """What the file holds, with what was not understood.

        Raises:
            InputError: it cannot be read.
        """
        ...

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:
        """Write the framework whole or not at all, and say what the format could not hold.

        Raises:
            InputError: it cannot be written, or the format is only read.
        """
        ...
