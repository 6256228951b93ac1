"""Reading a competency dictionary from a file, from bytes or from pasted text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prowess.dictionaries.assembly import Assembled, Placed, assemble
from prowess.dictionaries.blocks import blocks_of
from prowess.dictionaries.clutter import names_in_contents, plain_name, split_clutter
from prowess.dictionaries.decoding import decode
from prowess.dictionaries.draft import EXTENSION, Draft, code_for, finished
from prowess.dictionaries.filling import UNPLACED
from prowess.dictionaries.limits import LARGEST_FILE, LONGEST_HTML, MOST_LINES
from prowess.dictionaries.line import Line, Source, Table
from prowess.dictionaries.scale import scale_of
from prowess.dictionaries.sources.characters import clean, one_line, refuse_long
from prowess.dictionaries.sources.characters import decode as decode_bytes
from prowess.dictionaries.sources.html import read_html
from prowess.dictionaries.sources.plain import read_plain
from prowess.dictionaries.sources.recognise import FileKind, kind_of_bytes, looks_like_html
from prowess.dictionaries.tables import lines_of_table
from prowess.framework.competency import Cluster, Competency
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from prowess.framework.reading import Reading, SourceLine
from prowess.framework.text import LONGEST_LINE, LONGEST_TEXT

PASTED = "the pasted text"
UNTITLED = "Competency dictionary"
_MOST_EMPTY = 20
_CELLS_OF_A_TABLE = 10_000_000

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""


@dataclass(frozen=True, slots=True)
class UnderstoodLine:
    """A line of the source and what it was taken for: a label ("key action") and the competency it belongs to."""

    line: int
    text: str
    label: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """A reading, and what became of each line of the source, in order."""

    reading: Reading
    lines: tuple[UnderstoodLine, ...]


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
    kept, clutter = split_clutter(lines)
    assembled = assemble(decode(blocks_of(kept), contents=names_in_contents(lines), title=content.title))
    return _Result(content, assembled, clutter, name=name).understanding()


def lines_of(source: Path | bytes | str, *, name: str = "") -> list[Line]:
    """The lines of a source as the reader sees them, before it says what they are."""
    place = name or (source.name if isinstance(source, Path) else PASTED)
    return _lines(_source(source, place=place, progress=None))


def _source(source: Path | bytes | str, *, place: str, progress: Progress | None) -> Source:
    if isinstance(source, Path):
        source = _bytes_of(source)
    if isinstance(source, str):
        return _source_of_text(source, place=place)
    kind = kind_of_bytes(source, place=place)
    if kind is FileKind.WORD:
        from prowess.dictionaries.sources.word import read_word  # noqa: PLC0415  # texts need not wait for it

        return read_word(source, place=place)
    if kind is FileKind.PDF:
        from prowess.dictionaries.sources.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(source, place=place, progress=progress)
    if kind is FileKind.SHEET:
        from prowess.dictionaries.sources.sheet import read_sheet  # noqa: PLC0415

        return read_sheet(source, place=place)
    return _source_of_text(decode_bytes(source, place=place), place=place)


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
    for position, piece in enumerate(source.content, start=1):
        if isinstance(piece, Table):
            lines.extend(lines_of_table(piece, first_cell=position * _CELLS_OF_A_TABLE + 1))
        else:
            lines.append(piece)
    return lines


class _Result:
    """The reading that is made of everything that was found."""

    def __init__(self, source: Source, assembled: Assembled, clutter: Sequence[Line], *, name: str) -> None:
        self._source = source
        self._assembled = assembled
        self._clutter = clutter
        self._name = name
        self._scale = scale_of(assembled.levels)
        self._drafts = [draft for draft in assembled.drafts if draft.title]
        self._codes = _codes(self._drafts)
        self._clusters = _cluster_codes(assembled, self._drafts)

    def understanding(self) -> Understanding:
        unplaced = [entry for entry in self._assembled.placed if entry.label == UNPLACED]
        unplaced += self._assembled.unplaced_ends
        no_content = [entry for entry in self._assembled.placed if entry.label in ("clutter", "placeholder")]
        reading = Reading(
            format=self._source.format,
            framework=self._framework(),
            unplaced=_source_lines(_placed_lines(unplaced)),
            clutter=_source_lines([*_placed_lines(no_content), *self._clutter]),
            warnings=(*self._source.notes, *self._scale.warnings, *self._warnings(len(unplaced))),
        )
        return Understanding(reading=reading, lines=self._understood())

    def _framework(self) -> Framework:
        title = self._assembled.title or self._source.title or _title_from(self._name)
        assembled = self._assembled
        headings = [text for text in assembled.headings if text]
        if self._source.title and self._source.title != title:
            headings.append(self._source.title)
        return Framework(
            title=title[:LONGEST_LINE],
            description=" ".join(assembled.description)[:LONGEST_TEXT],
            scale=self._scale.scale,
            clusters=tuple(
                Cluster(
                    code=code,
                    title=title[:LONGEST_LINE],
                    description=" ".join(assembled.cluster_texts.get(title, ()))[:LONGEST_TEXT],
                )
                for title, code in self._clusters.items()
            ),
            competencies=tuple(map(self._competency, self._drafts)),
            extensions={EXTENSION: {"headings": headings}} if headings else {},
        )

    def _competency(self, draft: Draft) -> Competency:
        numbers = {
            key: number
            for indicator in (*(i.level for i in draft.indicators), *(level for _k, _t, level in draft.development))
            if (number := self._scale.numbers.get(self._assembled.levels.current(indicator))) is not None
            for key in (indicator,)
        }
        return finished(
            draft,
            code=self._codes[id(draft)],
            cluster=self._clusters.get(draft.cluster, ""),
            numbers=numbers,
            polarities={level.number: level.polarity for level in self._scale.scale.levels},
            code_of=self._code_of,
        )

    def _code_of(self, title: str) -> str:
        """The code of the competency with this title, also where a relation shortens it; else one made of the title."""
        plain = plain_name(title)
        for draft in self._drafts:
            if plain in (plain_name(draft.title), *(plain_name(alias) for alias in draft.aliases)):
                return self._codes[id(draft)]
        return code_for(title)

    def _warnings(self, unplaced: int) -> Iterable[str]:
        if not self._drafts:
            yield "No competency was found; every line of the document is kept as unplaced."
        empty = 0
        for draft in self._drafts:
            if not draft.found_title:
                yield f"A competency without a title was found; give it one instead of “{draft.title}”."
            empty += bool(draft.empty)
            if draft.empty and empty <= _MOST_EMPTY:
                parts = ", ".join(draft.empty)
                yield f"“{draft.title}” has parts without content; they are under development: {parts}."
        if empty > _MOST_EMPTY:
            yield f"{empty - _MOST_EMPTY} more competencies have parts that are under development."
        if unplaced:
            yield f"{unplaced} passages were not understood; they are kept as unplaced."

    def _understood(self) -> tuple[UnderstoodLine, ...]:
        found = [
            UnderstoodLine(
                line=line.number,
                text=line.text,
                label=entry.label,
                code=self._codes.get(id(entry.draft), "") if entry.draft else "",
            )
            for entry in self._assembled.placed
            for line in entry.lines
        ]
        found += [UnderstoodLine(line=line.number, text=line.text, label="clutter") for line in self._clutter]
        return tuple(sorted(found, key=lambda line: line.line))


def _placed_lines(placed: Sequence[Placed]) -> list[Line]:
    return [
        line
        for entry in placed
        for line in ([replace(entry.lines[0], bullet="", text=entry.text)] if entry.text else entry.lines)
    ]


def _source_lines(lines: Sequence[Line]) -> tuple[SourceLine, ...]:
    ordered = sorted(lines, key=lambda line: line.number)
    return tuple(
        SourceLine(
            line=line.number,
            text=f"{line.bullet} {line.text}".strip() if any(c.isalnum() for c in line.bullet) else line.text,
        )
        for line in ordered
    )


def _codes(drafts: Sequence[Draft]) -> dict[int, str]:
    """A code for each draft: the document's own where each has one of its own, else from the title."""
    own = [draft.code for draft in drafts]
    use_own = all(own) and len(set(own)) == len(own)
    used: Counter[str] = Counter()
    codes = {}
    for draft in drafts:
        code = draft.code if use_own else code_for(draft.title)
        used[code] += 1
        while used[code] > 1:
            code = f"{code_for(draft.title)}-{used[code]}"
            used[code] += 1
        codes[id(draft)] = code[:200]
    return codes


def _cluster_codes(assembled: Assembled, drafts: Sequence[Draft]) -> dict[str, str]:
    used_titles = {draft.cluster for draft in drafts}
    described = [title for title, texts in assembled.cluster_texts.items() if texts or title in used_titles]
    assembled.headings += [title for title in assembled.cluster_texts if title not in described]
    titles = dict.fromkeys([*described, *(draft.cluster for draft in drafts if draft.cluster)])
    used: Counter[str] = Counter()
    codes = {}
    for title in titles:
        code = code_for(title)
        used[code] += 1
        codes[title] = code if used[code] == 1 else f"{code}-{used[code]}"
    return codes


def _title_from(name: str) -> str:
    """The title that a file's name gives, where it is made of words."""
    stem = one_line(re.sub(r"[_-]+", " ", Path(name).stem)) if name and name != PASTED else ""
    words = re.findall(r"[^\W\d_]{3,}", stem)
    stem = clean(re.sub(r"[<>]", " ", stem))
    return stem[:1].upper() + stem[1:] if words and len(stem) >= 6 and not re.search(r"[0-9a-f]{8}", stem) else UNTITLED


__all__ = ["Understanding", "UnderstoodLine", "read_dictionary", "understand_dictionary"]
