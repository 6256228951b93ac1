"""What is asked for when a source is read: how it is called in messages, its kinds, and how large it may be."""

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """The forms of a source that can be read."""

    TEXT = "text"
    WORD = "word"
    PDF = "pdf"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a source should hold ("job description"), and the limits within which reading it stays bounded.

    Attributes:
        what: the content, as messages call it.
        kinds: the kinds of file that may hold it.
        forms: the remedy for a file that is none of them.
        largest_file: bytes of the file as it is given.
        largest_part: bytes of one unpacked part of a Word document, spreadsheet or PDF.
        longest_text: characters of its text.
        most_pages: pages of a PDF.
    """

    what: str
    kinds: frozenset[FileKind]
    forms: str
    largest_file: int
    largest_part: int
    longest_text: int
    most_pages: int

    @property
    def offered(self) -> str:
        """The remedy for a file of a kind that cannot be read."""
        names = ".docx, .xlsx or PDF" if FileKind.SHEET in self.kinds else ".docx or PDF"
        return f"Save it as {names}, or paste its text."


MOST_CHARACTERS_OF_A_PAGE = 200_000
"""Characters of one PDF page, whatever is asked for."""
