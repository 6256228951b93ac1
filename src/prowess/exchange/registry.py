"""The known formats: those that any installed package registers under the entry-point group ``prowess.formats``."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from prowess.exchange.format import Format, Progress, Sample
from prowess.framework.errors import InputError, MissingCapability
from prowess.framework.reading import Reading

GROUP = "prowess.formats"


@cache
def formats() -> dict[str, Format]:
    """The known formats by their names.

    Raises:
        MissingCapability: a registered format cannot be loaded.
    """
    return {entry.name: _loaded(entry) for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name)}


def _loaded(entry: EntryPoint) -> Format:
    try:
        loaded = entry.load()
    except (ImportError, AttributeError) as error:
        raise MissingCapability(
            f"The format “{entry.name}” is registered but cannot be loaded: {error}.",
            remedy="Install or remove the package that registers it.",
        ) from error
    found: Format = loaded() if isinstance(loaded, type) else loaded
    return found


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        InputError: there is none.
    """
    if name not in formats():
        raise InputError(f"There is no format “{name}”.", remedy=f"Use one of {', '.join(formats())}.")
    return formats()[name]


def format_to_read(path: Path) -> Format:
    """The format that claims a file most surely."""
    sample = Sample(path)
    return max(formats().values(), key=lambda each: each.claims(sample))


def format_to_write(path: Path) -> Format:
    """The format that writes files of that name.

    Raises:
        InputError: none does.
    """
    best = max(formats().values(), key=lambda each: each.claims_to_write(path))
    if best.claims_to_write(path) <= 0:
        raise InputError(
            f"No format writes files named “{path.suffix or path.name}”.",
            place=path.name,
            remedy="End the name with .yaml or .json for a Prowess framework, or name a format with --to.",
        )
    return best


def read(path: Path, *, format_name: str = "", progress: Progress | None = None) -> Reading:
    """Read a framework from a file of any known format.

    Args:
        path: the file, or the folder where a format is one.
        format_name: the format, where the file does not tell.
        progress: told how many steps are done, of how many.

    Raises:
        InputError: there is no such file, or it cannot be read.
    """
    if not path.exists():
        raise InputError(
            "It cannot be read: there is no such file.", place=str(path), remedy="Give the path of a file that exists."
        )
    reader = format_named(format_name) if format_name else format_to_read(path)
    return reader.read(path, progress=progress)


def convert(
    source: Path,
    destination: Path,
    *,
    from_format: str = "",
    to_format: str = "",
    progress: Progress | None = None,
) -> Reading:
    """Read a framework and write it in another form.

    Returns:
        The reading; its ``losses`` are those of both ways.

    Raises:
        InputError: the source cannot be read, the destination cannot be written, or they are the same file.
    """
    writer = format_named(to_format) if to_format else format_to_write(destination)
    if destination.resolve() == source.resolve():
        raise InputError("The source would be overwritten.", place=source.name, remedy="Give another place to write.")
    reading = read(source, format_name=from_format, progress=progress)
    losses = writer.write(reading.framework, destination)
    return reading.model_copy(update={"losses": (*reading.losses, *losses)})
