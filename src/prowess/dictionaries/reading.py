"""Reading a competency dictionary from a file, from bytes or from pasted text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from prowess.dictionaries.blocks import Block, blocks_of
from prowess.dictionaries.choices import Choice, Move
from prowess.dictionaries.clutter import names_in_contents, split_clutter
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.decoding import decode as decode_blocks
from prowess.dictionaries.grammar import State
from prowess.dictionaries.limits import ASKED, LARGEST_FILE, LONGEST_HTML, MOST_LINES
from prowess.dictionaries.line import Line, Source, Table
from prowess.dictionaries.looks import looks_of
from prowess.dictionaries.sources.characters import clean, refuse_long
from prowess.dictionaries.sources.html import read_html
from prowess.dictionaries.sources.plain import read_plain
from prowess.dictionaries.tables import lines_of_table
from prowess.dictionaries.understanding import About, Understanding
from prowess.framework.errors import InputError
from prowess.framework.reading import Reading
from prowess.sources.asked import FileKind
from prowess.sources.characters import decode
from prowess.sources.kinds import kind_of_bytes, looks_like_html

PASTED = "the pasted text"
_CELLS_OF_A_TABLE = 10_000_000

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


def read_dictionary(source: Path | bytes | str, *, name: str = "", progress: Progress | None = None) -> Reading:
    """Read a competency dictionary.

    Args:
        source: a path, the bytes of a file (text, Markdown, HTML, Word .docx, PDF, .xlsx or .csv), or pasted text.
        name: the file's name, for messages and as a last resort for titles.
        progress: told the pages or sheets that are done, of how many.

    Raises:
        InputError: empty, not a text, damaged, too large, protected or scanned.
    """
    return understand_dictionary(source, name=name, progress=progress).reading


def understand_dictionary(
    source: Path | bytes | str, *, name: str = "", progress: Progress | None = None
) -> Understanding:
    """Read a competency dictionary and say of each line what it was taken for; see `read_dictionary`."""
    if isinstance(source, Path):
        name = name or source.name
    place = name or PASTED
    content = _source(source, place=place, progress=progress)
    lines = _lines(content)
    if not any(c.isalpha() for line in lines for c in line.text):
        raise InputError("There are no words in it.", place=place, remedy="Give the words of a dictionary.")
    if len(lines) > MOST_LINES:
        raise InputError(
            f"The dictionary has {len(lines):,} lines; up to {MOST_LINES:,} can be read at once.",
            place=place,
            remedy="Divide it into several files.",
        )
    about = About(format=content.format, name=name, title=content.title, notes=content.notes, losses=content.losses)
    return Understanding(document=tuple(_labelled(lines, title=content.title)), about=about)


def _labelled(lines: Sequence[Line], *, title: str) -> list[Labelled]:
    """The most likely reading of every line, in order; what surely is no content takes no part in it."""
    lines = [replace(line, position=position) for position, line in enumerate(lines)]
    kept, clutter = split_clutter(lines)
    document = decode_blocks(blocks_of(kept), contents=names_in_contents(lines), title=title)
    document += map(_no_content, clutter)
    return sorted(document, key=lambda entry: entry.block.first.position)


def _no_content(line: Line) -> Labelled:
    block = Block(text=line.text, lines=(line,))
    return Labelled(block=block, looks=looks_of(block), choice=Choice(Move.CLUTTER, 0.0), state=State())


def lines_of(source: Path | bytes | str, *, name: str = "") -> list[Line]:
    """The lines of a source as the reader sees them, before it says what they are."""
    place = name or (source.name if isinstance(source, Path) else PASTED)
    return _lines(_source(source, place=place, progress=None))


def _source(source: Path | bytes | str, *, place: str, progress: Progress | None) -> Source:
    if isinstance(source, Path):
        source = _bytes_of(source)
    if isinstance(source, str):
        return _source_of_text(source, place=place)
    kind = kind_of_bytes(source, asked=ASKED, place=place)
    if kind is FileKind.WORD:
        from prowess.dictionaries.sources.word import read_word  # noqa: PLC0415  # texts need not wait for it

        return read_word(source, place=place)
    if kind is FileKind.PDF:
        from prowess.dictionaries.sources.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(source, place=place, progress=progress)
    if kind is FileKind.SHEET:
        from prowess.dictionaries.sources.sheet import read_sheet  # noqa: PLC0415

        return read_sheet(source, place=place)
    return _source_of_text(decode(source, place=place, remedy=ASKED.forms), place=place)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"The dictionary cannot be read: {getattr(error, 'strerror', None) or error}.",
            place=path.name,
            remedy="Give the path of a text, HTML, Word (.docx), PDF or spreadsheet (.xlsx, .csv) file.",
        ) from error


def _source_of_text(text: str, *, place: str) -> Source:
    if not clean(text).strip():
        raise InputError("There is no text.", place=place, remedy="Give the words of a dictionary.")
    html = looks_like_html(text)
    refuse_long(text, place=place, **({"longest": LONGEST_HTML} if html else {}))
    if html:
        return read_html(text, place=place)
    from prowess.dictionaries.sources.sheet import read_separated  # noqa: PLC0415

    return read_separated(text, name=place) or read_plain(text)


def _lines(source: Source) -> list[Line]:
    lines: list[Line] = []
    several = sum(isinstance(piece, Table) and bool(piece.name) for piece in source.content) > 1
    for position, piece in enumerate(source.content, start=1):
        if isinstance(piece, Table):
            lines.extend(lines_of_table(piece, first_cell=position * _CELLS_OF_A_TABLE + 1, clusters=several))
        else:
            lines.append(piece)
    return lines
