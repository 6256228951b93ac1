"""A framework of the library as a file of any format that is written, with what that format cannot hold."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prowess.exchange import Format, Sample, format_named, formats
from prowess.framework import Competency, Framework
from prowess.framework.errors import InputError, ProwessError
from prowess.framework.reading import Loss

_ENDINGS = tuple(f".{each}" for each in "yaml json jsonld csv tsv xlsx xml ttl rdf docx pdf html zip".split())
_SAMPLE = Framework(title="A sample", competencies=(Competency(code="sample", title="Sample"),))


@dataclass(frozen=True)
class WrittenFormat:
    """A format that is written, and the ending that its files have."""

    name: str
    description: str
    ending: str


@dataclass(frozen=True)
class Export:
    """A written file, and what its format could not hold, each reason with the codes that it concerns."""

    content: bytes
    losses: tuple[tuple[str, str, tuple[str, ...]], ...]


@cache
def written_formats() -> tuple[WrittenFormat, ...]:
    """The formats that write: found by having each write a sample."""
    found = []
    for name, each in formats().items():
        ending = _ending_of(each)
        if ending:
            found.append(WrittenFormat(name, each.description[:1].upper() + each.description[1:], ending))
    return tuple(found)


def _ending_of(writer: Format) -> str:
    """The usual ending of a format's files; empty where it is only read."""
    with tempfile.TemporaryDirectory(prefix="prowess-sample-") as folder:
        claims = {ending: writer.claims_to_write(Path(folder) / f"sample{ending}") for ending in _ENDINGS}
        best = max(claims, key=lambda ending: claims[ending])
        for ending in (best,) if claims[best] > 0 else _ENDINGS:
            path = Path(folder) / f"sample{ending}"
            try:
                writer.write(_SAMPLE, path)
            except ProwessError:
                continue
            if path.is_file() and writer.claims(Sample(path)) > 0:
                return ending
    return ""


def written_format(name: str) -> WrittenFormat:
    """The format of that name that is written.

    Raises:
        InputError: there is none.
    """
    for each in written_formats():
        if each.name == name:
            return each
    names = ", ".join(each.name for each in written_formats())
    raise InputError(f"No format “{name}” is written.", remedy=f"Use one of {names}.")


def export(framework: Framework, *, format_name: str) -> Export:
    """Write a framework in a format.

    Raises:
        InputError: the format is not written, or cannot hold this framework at all.
    """
    chosen = written_format(format_name)
    with tempfile.TemporaryDirectory(prefix="prowess-export-") as folder:
        path = Path(folder) / f"framework{chosen.ending}"
        losses = format_named(chosen.name).write(framework, path)
        return Export(path.read_bytes(), _grouped(losses))


def _grouped(losses: Sequence[Loss]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each part and reason once, with the codes that it concerns."""
    found: dict[tuple[str, str], list[str]] = {}
    for loss in losses:
        found.setdefault((loss.part, loss.reason), []).extend([loss.code] if loss.code else [])
    return tuple((part, reason, tuple(codes)) for (part, reason), codes in found.items())
