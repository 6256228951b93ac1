"""A curator's corrections: what a line is, which level and competency it belongs to, where it divides; then assembled
again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from prowess.dictionaries.blocks import Block, mended
from prowess.dictionaries.choices import Choice, Move
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.grammar import State, follow
from prowess.dictionaries.labels import Label
from prowess.dictionaries.looks import looks_of
from prowess.dictionaries.relabelling import relabelled
from prowess.dictionaries.sources.characters import clean, one_line
from prowess.dictionaries.understanding import Understanding
from prowess.framework.errors import InputError
from prowess.framework.scale import Scale

_STRUCTURE = (Move.DOCUMENT_TITLE, Move.CLUSTER, Move.TITLE, Move.HEADING, Move.LEVEL, Move.SUBHEADING)
_OPENS_ANEW = (Move.DOCUMENT_TITLE, Move.CLUSTER, Move.TITLE)
_NO_CONTENT = (Move.CLUTTER, Move.UNPLACED, Move.PLACEHOLDER, Move.LABEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a curator says of the line at a position; None leaves a thing as it is.

    Attributes:
        position: the line's own `UnderstoodLine.position`.
        label: what the line is. On a line that goes on, it begins a passage of its own; `Label.GOES_ON` joins a line to
            the one before; `Label.CLUTTER` or `Label.UNPLACED` takes a single line out of a sentence.
        level: the number of a level of the framework's scale, or a name (of a level that may be new); "" for none.
        competency: the code of the competency that the line belongs to, where it stands elsewhere.
        opens: for a heading, what stands below it.
        text: the line's words, corrected.
    """

    position: int
    label: Label | None = None
    level: int | str | None = None
    competency: str | None = None
    opens: Label | None = None
    text: str | None = None


def reassemble(understanding: Understanding, corrections: Iterable[Correction]) -> Understanding:
    """The understanding with a curator's corrections; nothing else changes but what stands below a corrected heading.

    A heading, title or level that is corrected takes the lines below it along, up to the next one; of several
    corrections of one line the later ones win. Positions stay the same, so corrections may come at once or one by one.

    Raises:
        InputError: a correction names a line, level or competency that there is not.
    """
    by_position = _merged(understanding, corrections)
    entries = [entry for old in understanding.document for entry in _divided(_reworded(old, by_position), by_position)]
    document = _Relabeller(understanding, by_position).document(_joined(entries, by_position))
    return Understanding(document=tuple(document), about=understanding.about)


def _merged(understanding: Understanding, corrections: Iterable[Correction]) -> dict[int, Correction]:
    known = {line.position for entry in understanding.document for line in entry.block.lines}
    merged: dict[int, Correction] = {}
    for correction in corrections:
        if correction.position not in known:
            raise InputError(
                f"There is no line at position {correction.position}.",
                place="corrections",
                remedy=f"Give the position of a line, from 0 to {max(known, default=0)}.",
            )
        before = merged.get(correction.position, correction)
        given = {
            name: value
            for name in ("label", "level", "competency", "opens", "text")
            if (value := getattr(correction, name)) is not None
        }
        merged[correction.position] = replace(before, **given)
    return merged


def _reworded(entry: Labelled, corrections: Mapping[int, Correction]) -> Labelled:
    """The block with lines whose words were corrected."""
    texts = {
        line.position: one_line(clean(text))
        for line in entry.block.lines
        if (correction := corrections.get(line.position)) and (text := correction.text) is not None
    }
    if not texts:
        return entry
    lines = tuple(
        replace(line, text=texts[line.position], lead=0) if line.position in texts else line
        for line in entry.block.lines
    )
    return _with_block(entry, Block(text=mended(lines), lines=lines, opens_list=entry.block.opens_list))


def _with_block(entry: Labelled, block: Block) -> Labelled:
    """The same label on other words: the name and what runs on after it are found anew."""
    choice, old = entry.choice, entry.block.text
    looks = looks_of(block)
    if choice.name and choice.name in old and choice.rest:
        kept = choice.name in block.text
        rest = block.text.split(choice.name, 1)[1].strip(" :–—-") if kept else ""
        choice = replace(choice, name=choice.name if kept else block.text, rest=rest)
    elif choice.name:
        choice = replace(choice, name=block.text.rstrip(": "))
    return replace(entry, block=block, looks=looks, choice=choice)


def _divided(entry: Labelled, corrections: Mapping[int, Correction]) -> Iterator[Labelled]:
    """The block in the pieces that corrections of its lines make of it."""
    lines = entry.block.lines
    cut = [
        position
        for position, line in enumerate(lines[1:], start=1)
        if (label := _label_at(corrections, line.position)) is not None and label is not Label.GOES_ON
    ]
    taken_out = [position for position in cut if _label_at(corrections, lines[position].position) in _ALONE]
    first_out = _label_at(corrections, lines[0].position) in _ALONE and len(lines) > 1
    if not cut and not first_out:
        yield entry
        return
    begins = [position for position in cut if position not in taken_out]
    pieces: list[list[int]] = [[]]
    for position in range(len(lines)):
        if position in begins:
            pieces.append([])
        if position in taken_out or (position == 0 and first_out):
            yield _piece(entry, [position])
        else:
            pieces[-1].append(position)
    for piece in pieces:
        if piece:
            yield _piece(entry, piece)


_ALONE = (Label.CLUTTER, Label.UNPLACED, Label.PLACEHOLDER)


def _piece(entry: Labelled, positions: Sequence[int]) -> Labelled:
    lines = tuple(entry.block.lines[position] for position in positions)
    return _with_block(entry, Block(text=mended(lines), lines=lines))


def _label_at(corrections: Mapping[int, Correction], position: int) -> Label | None:
    correction = corrections.get(position)
    return correction.label if correction else None


def _joined(entries: Iterable[Labelled], corrections: Mapping[int, Correction]) -> list[Labelled]:
    """In order, those that a correction says go on joined to the passage before them."""
    found: list[Labelled] = []
    for entry in sorted(entries, key=lambda entry: entry.block.first.position):
        goes_on = _label_at(corrections, entry.block.first.position) is Label.GOES_ON
        before = next((n for n in range(len(found) - 1, -1, -1) if found[n].choice.move is not Move.CLUTTER), None)
        if goes_on and before is not None:
            lines = (*found[before].block.lines, *entry.block.lines)
            block = Block(text=mended(lines), lines=lines, opens_list=entry.block.opens_list)
            found[before] = _with_block(found[before], block)
        else:
            found.append(entry)
    return found


class _Relabeller:
    """Gives corrected blocks their labels, and lets what stands below a corrected heading follow it."""

    def __init__(self, understanding: Understanding, corrections: Mapping[int, Correction]) -> None:
        self._understanding = understanding
        self._corrections = corrections
        self._state = State()
        self._flows = False

    @cached_property
    def _scale(self) -> Scale:
        return self._understanding.reading.framework.scale

    @cached_property
    def _titles(self) -> dict[str, int]:
        """Where the titles stand, by the code of their competency."""
        named = [line for line in self._understanding.lines if line.code and line.label is Label.TITLE]
        return {line.code: line.position for line in reversed(named)}

    def document(self, entries: Sequence[Labelled]) -> list[Labelled]:
        """All blocks with their labels."""
        return [self._taken(entry) for entry in entries]

    def _taken(self, entry: Labelled) -> Labelled:
        correction = self._corrections.get(entry.block.first.position)
        if correction and (correction.label not in (None, Label.GOES_ON) or correction.level is not None):
            new = relabelled(
                entry,
                label=correction.label,
                level=correction.level,
                opens=correction.opens,
                before=self._state,
                scale=self._scale if isinstance(correction.level, int) else Scale(),
            )
            self._flows = self._flows or entry.choice.move in _STRUCTURE or new.choice.move in _STRUCTURE
        else:
            new = self._followed(entry) if self._flows else entry
        if new.choice.move not in _NO_CONTENT:
            self._state = new.state
        if correction and correction.competency is not None:
            new = replace(new, moved_to=self._title_of(correction.competency))
        return new

    def _followed(self, entry: Labelled) -> Labelled:
        """A block below a corrected heading, until the reading stands where it stood before."""
        if entry.choice.move in _NO_CONTENT:
            return entry
        if entry.choice.move in _OPENS_ANEW:
            self._flows = False
            return entry
        choice = (
            entry.choice if entry.choice.move is not Move.CONTENT or entry.block.hint else Choice(Move.CONTENT, 0.0)
        )
        step = follow(self._state, choice, entry.block, entry.looks)
        if step is None or (step[0].where, step[0].level) == (entry.state.where, entry.state.level):
            self._flows = False
            return entry
        return replace(entry, choice=choice, state=step[0])

    def _title_of(self, code: str) -> int:
        if not code:
            return -1
        if code not in self._titles:
            raise InputError(
                f"There is no competency with the code “{code}” in this document.",
                place="corrections",
                remedy="Give the code of a competency that has a title in it.",
            )
        return self._titles[code]
