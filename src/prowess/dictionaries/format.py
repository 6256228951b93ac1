"""A dictionary on paper as a file format: it is read in whatever layout it has, and never written."""

from pathlib import Path

from prowess.dictionaries.reading import Progress, read_dictionary
from prowess.exchange.format import Sample
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading

_SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".tsv")


class DictionaryFormat:
    """A competency dictionary on paper."""

    name = "dictionary"
    description = "a competency dictionary as text, HTML, Word (.docx), PDF or spreadsheet (.xlsx, .csv)"

    def claims(self, sample: Sample) -> float:
        """Any file may be a dictionary; the usual names are likelier."""
        if sample.is_folder:
            return 0.0
        return 0.4 if sample.suffix in _SUFFIXES else 0.1

    def claims_to_write(self, path: Path) -> float:  # noqa: ARG002  # paper is read only
        """Never: paper is read only."""
        return 0.0

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:
        """What was understood of it; a text in which no competency stands is refused."""
        reading = read_dictionary(path, progress=progress)
        if not reading.framework.competencies:
            raise InputError(
                "No competency was found in it.",
                place=path.name,
                remedy="Check that it is a competency dictionary, or give its competencies titles of their own.",
            )
        return reading

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:  # noqa: ARG002  # paper is read only
        """Refused: name a format that is written."""
        raise InputError(
            "The format “dictionary” is only read.",
            place=path.name,
            remedy="Write a Prowess framework (.yaml or .json), or name another format with --to.",
        )
