"""`prowess convert`: a framework in one form becomes the same framework in another.

Which format reads a file, and which writes one, is asked of a registry: the formats below, and those that packages
register under the entry-point group ``prowess.formats`` (each an object with the parts of `Format`).
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

if TYPE_CHECKING:
    from prowess.framework.framework import Framework
    from prowess.framework.reading import Reading

GROUP = "prowess.formats"


class Format(Protocol):
    """A file format: which files it claims, how it reads them, and how it writes a framework.

    ``claims`` says how surely (0 to 1) a file is of this format, or would be once it is written; the surest wins.
    """

    name: str
    description: str

    def claims(self, path: Path) -> float:
        """How surely this format reads the file."""
        ...

    def claims_to_write(self, path: Path) -> float:
        """How surely this format writes a file of that name; 0 where it writes none."""
        ...

    def read(self, path: Path) -> "Reading":
        """What the file holds.

        Raises:
            InputError: it cannot be read.
        """
        ...

    def write(self, framework: "Framework", path: Path) -> None:
        """Write the framework.

        Raises:
            InputError: it cannot be written.
        """
        ...


class ProwessFormat:
    """Prowess framework documents: YAML or JSON, or a folder of them."""

    name = "prowess"
    description = "Prowess framework (YAML, JSON or a folder)"
    _suffixes = (".yaml", ".yml", ".json")

    def claims(self, path: Path) -> float:
        """YAML and JSON by the file's name, folders by what is in them."""
        if path.is_dir():
            return 0.9 if (path / "framework.yaml").exists() else 0.2
        return 0.5 if path.suffix.lower() in self._suffixes else 0.0

    def claims_to_write(self, path: Path) -> float:
        """YAML and JSON by the file's name."""
        return 0.5 if path.suffix.lower() in self._suffixes else 0.0

    def read(self, path: Path) -> "Reading":
        """The framework as it is."""
        from prowess.framework.reading import Reading
        from prowess.framework.yaml_document import read_framework

        return Reading(format=self.name, framework=read_framework(path))

    def write(self, framework: "Framework", path: Path) -> None:
        """Write the framework whole or not at all."""
        from prowess.cli.files import write_text
        from prowess.framework.yaml_document import framework_as_json, framework_as_yaml

        write_text(
            path, framework_as_json(framework) if path.suffix.lower() == ".json" else framework_as_yaml(framework)
        )


class DictionaryFormat:
    """A competency dictionary on paper, in whatever layout it has."""

    name = "dictionary"
    description = "a competency dictionary as text, HTML, Word (.docx), PDF or spreadsheet (.xlsx, .csv)"
    _suffixes = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".tsv")

    def claims(self, path: Path) -> float:
        """Any file may be a dictionary; the usual names are likelier."""
        if path.is_dir():
            return 0.0
        return 0.4 if path.suffix.lower() in self._suffixes else 0.1

    def claims_to_write(self, path: Path) -> float:  # noqa: ARG002  # paper is read only
        """Never: paper is read only."""
        return 0.0

    def read(self, path: Path) -> "Reading":
        """What was understood of it; a text in which no competency stands is refused."""
        from prowess.dictionaries import read_dictionary
        from prowess.framework.errors import InputError

        reading = read_dictionary(path)
        if not reading.framework.competencies:
            raise InputError(
                "No competency was found in it.",
                place=path.name,
                remedy="Check that it is a competency dictionary, or give its competencies titles of their own.",
            )
        return reading

    def write(self, framework: "Framework", path: Path) -> None:
        """Never asked for."""
        raise NotImplementedError


@cache
def formats() -> dict[str, Format]:
    """The known formats by their names."""
    from prowess.framework.errors import MissingCapability

    found: dict[str, Format] = {"prowess": ProwessFormat(), "dictionary": DictionaryFormat()}
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        try:
            loaded: Any = entry.load()
        except ImportError as error:
            raise MissingCapability(
                f"The format “{entry.name}” is registered but cannot be loaded: {error}.",
                remedy="Install or remove the package that registers it.",
            ) from error
        found[entry.name] = loaded() if isinstance(loaded, type) else loaded
    return found


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        InputError: there is none.
    """
    from prowess.framework.errors import InputError

    if name not in formats():
        raise InputError(f"There is no format “{name}”.", remedy=f"Use one of {', '.join(formats())}.")
    return formats()[name]


def format_to_read(path: Path) -> Format:
    """The format that claims a file most surely."""
    return max(formats().values(), key=lambda each: each.claims(path))


def format_to_write(path: Path) -> Format:
    """The format that writes files of that name.

    Raises:
        InputError: none does.
    """
    from prowess.framework.errors import InputError

    best = max(formats().values(), key=lambda each: each.claims_to_write(path))
    if best.claims_to_write(path) <= 0:
        raise InputError(
            f"No format writes files named “{path.suffix or path.name}”.",
            place=path.name,
            remedy="End the name with .yaml or .json for a Prowess framework, or name a format with --to.",
        )
    return best


Source = Annotated[Path, typer.Argument(help="The file to read.", metavar="SRC")]
Destination = Annotated[Path, typer.Argument(help="The file to write (.yaml or .json).", metavar="DST")]
From = Annotated[str | None, typer.Option("--from", help="The format of SRC, where its name does not tell.")]
To = Annotated[str | None, typer.Option("--to", help="The format of DST, where its name does not tell.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was understood as JSON.")]


def convert(
    source: Source, destination: Destination, *, from_: From = None, to: To = None, as_json: AsJson = False
) -> None:
    """Read a framework, or a competency dictionary on paper, and write it in another form.

    What was not understood is listed, never dropped silently.
    """
    from prowess.framework.errors import InputError

    writer = format_named(to) if to else format_to_write(destination)
    reader = format_named(from_) if from_ else format_to_read(source)
    if destination.resolve() == source.resolve():
        raise InputError("The source would be overwritten.", place=source.name, remedy="Give another place to write.")
    reading = reader.read(source)
    writer.write(reading.framework, destination)
    if as_json:
        typer.echo(json.dumps(reading.summary(), ensure_ascii=False, indent=2))
    else:
        for line in _summary(reading):
            typer.echo(line)
        typer.echo(f"Written to {destination}.")


def _summary(reading: "Reading") -> Iterator[str]:
    """What was understood, for a person."""
    content = reading.summary()
    yield f"{content['framework']['title']}: {_count(len(content['competencies']), 'competency', 'competencies')}"
    for competency in content["competencies"]:
        yield f"  {competency['title']} – {_parts(competency['counts'])}"
    yield from (f"Note: {warning}" for warning in reading.warnings)
    yield from _listed("Not understood", [(line.line, line.text) for line in reading.unplaced])
    if reading.clutter:
        yield f"{_count(len(reading.clutter), 'line', 'lines')} left out as no content (menus, page numbers, notices)."
    yield from (f"Lost: {loss.part} {loss.code}: {loss.reason}" for loss in reading.losses)


def _parts(counts: dict[str, Any]) -> str:
    found = {
        "key actions": counts["key_actions"],
        "job activities": counts["job_activities"],
        "indicators": sum(counts["indicators"].values()),
        "relations": sum(map(len, counts["relations"].values())),
        "questions": counts["questions"],
        "development options": counts["development"],
    }
    return ", ".join(f"{count} {name}" for name, count in found.items() if count) or "no parts yet"


def _listed(what: str, lines: Sequence[tuple[int, str]], *, most: int = 20) -> Iterator[str]:
    if lines:
        yield f"{what} ({_count(len(lines), 'line', 'lines')}; kept apart):"
        yield from (f"  line {number}: {text[:100]}" for number, text in lines[:most])
        if len(lines) > most:
            yield f"  … and {len(lines) - most} more (--json lists all)"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
