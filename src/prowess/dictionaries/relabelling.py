"""One block under a label that a curator chose: what that makes of it, and where the reading stands after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from prowess.dictionaries.choices import Choice, Evidence, Move, choices_for
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.grammar import State
from prowess.dictionaries.labels import MOVE_OF, OUTSIDE_OF, PART_OF, Label
from prowess.dictionaries.level_names import level_at, level_words
from prowess.dictionaries.line import Part
from prowess.dictionaries.looks import looks_of
from prowess.framework.errors import InputError
from prowess.framework.scale import Scale

_LEVELLED = (Part.LEVEL, Part.INDICATORS, Part.EFFECTIVE, Part.INEFFECTIVE)
_FEWEST_WORDS = 4
"""Words that run on after a title in the same line at least."""
_NOTHING_KNOWN = Evidence(levels=frozenset(), contents=frozenset())


def relabelled(
    entry: Labelled,
    *,
    label: Label | None,
    level: int | str | None,
    opens: Label | None,
    before: State,
    scale: Scale,
) -> Labelled:
    """A block under another label or at another level; see `Correction` for what each means."""
    line = replace(entry.block.first, hint=None)
    block = replace(entry.block, lines=(line, *entry.block.lines[1:]))
    bare = replace(entry, block=block, looks=looks_of(block), choice=replace(entry.choice, stated=True))
    given = _level_of(level, scale) if level is not None and level != "" else None
    if label is None or label is Label.GOES_ON:
        return _at_level(entry, given)
    if level == "":
        bare, before = (replace(bare, state=replace(bare.state, level="")), replace(before, level=""))
    if label in PART_OF:
        return _as_content(bare, PART_OF[label], given, before=before)
    if label in OUTSIDE_OF:
        state = State(where=OUTSIDE_OF[label], level=given.key if given else before.level)
        name = given.name if given else ""
        return replace(bare, choice=Choice(Move.CONTENT, 0.0, stated=True, level=name), state=state)
    return _structure(bare, label, given, opens=opens, before=before)


@dataclass(frozen=True)
class _Level:
    """A level that a curator names: the key under which it goes in the document, and its name."""

    key: str
    name: str


def _level_of(level: int | str, scale: Scale) -> _Level:
    if isinstance(level, str):
        named = level_at(level)
        return _Level(key=named.key if named else level_words(level), name=level)
    known = {each.number: each.name for each in scale.levels}
    if known and level not in known:
        numbers = ", ".join(map(str, known))
        raise InputError(
            f"The scale has no level {level}.", place="corrections", remedy=f"Give one of {numbers}, or a name."
        )
    name = known.get(level, f"Level {level}")
    named = level_at(name)
    return _Level(key=named.key if named else level_words(name), name=name)


def _at_level(entry: Labelled, level: _Level | None) -> Labelled:
    """The same at another level."""
    key, name = (level.key, level.name) if level else ("", "")
    line = replace(entry.block.first, hint=replace(entry.block.hint, level="") if entry.block.hint else None)
    block = replace(entry.block, lines=(line, *entry.block.lines[1:]))
    choice = replace(entry.choice, level=name, stated=True)
    if choice.move is Move.LEVEL:
        choice = replace(choice, name="")
    return replace(entry, block=block, choice=choice, state=replace(entry.state, level=key))


def _as_content(entry: Labelled, part: Part, level: _Level | None, *, before: State) -> Labelled:
    key = level.key if level else ""
    if level is None and part in _LEVELLED:
        key = entry.state.level or (before.level if before.where in _LEVELLED else "")
    state = State(where=part, level=key, seen=before.seen | {str(part)})
    choice = Choice(Move.CONTENT, 0.0, level=level.name if level else "", stated=True)
    return replace(entry, choice=choice, state=state)


def _structure(entry: Labelled, label: Label, level: _Level | None, *, opens: Label | None, before: State) -> Labelled:
    ways: dict[Label, Callable[[], tuple[Choice, State]]] = {
        Label.TITLE: lambda: _title(entry),
        Label.CLUSTER: lambda: (_best(entry, Move.CLUSTER), State(where="cluster")),
        Label.DOCUMENT_TITLE: lambda: (_best(entry, Move.DOCUMENT_TITLE), State(where="front")),
        Label.HEADING: lambda: _heading(entry, opens, before),
        Label.LEVEL: lambda: _level(entry, level, where=Part.LEVEL),
        Label.SCALE_LEVEL: lambda: _level(entry, level, where="scale"),
    }
    choice, state = ways[label]() if label in ways else (Choice(MOVE_OF[label], 0.0), before)
    return replace(entry, choice=replace(choice, stated=True), state=state)


def _best(entry: Labelled, move: Move, *, part: Part | None = None) -> Choice:
    """The likeliest way in which the block is that; the whole block where its words suggest none."""
    text = entry.block.text.rstrip(": ")
    found = [
        choice
        for choice in choices_for(entry.block, entry.looks, _NOTHING_KNOWN, position=0)
        if choice.move is move and (part is None or choice.part is part)
    ]
    return max(found, key=lambda choice: choice.score, default=Choice(move, 0.0, name=text, part=part))


def _title(entry: Labelled) -> tuple[Choice, State]:
    looks = entry.looks
    if looks.name and len(looks.rest.split()) >= _FEWEST_WORDS and entry.block.text.startswith(looks.name):
        choice = Choice(Move.TITLE, 0.0, name=looks.name, rest=looks.rest)
        return choice, State(where=Part.DEFINITION, run_in=True, seen=frozenset((Part.DEFINITION,)))
    return _best(entry, Move.TITLE), State(where="title")


def _heading(entry: Labelled, opens: Label | None, before: State) -> tuple[Choice, State]:
    """A heading of what it names, or of what the curator says; else words that are kept and change nothing."""
    wanted = PART_OF.get(opens) if opens else None
    choice = _best(entry, Move.HEADING, part=wanted)
    if choice.part in (None, Part.OTHER, Part.TITLE, Part.CLUSTER, Part.LEVEL) and wanted is None:
        return Choice(Move.LABEL, 0.0, name=entry.block.text), before
    part = choice.part or Part.OTHER
    return choice, State(where=part, level=before.level, fresh=not choice.rest, seen=before.seen | {str(part)})


def _level(entry: Labelled, level: _Level | None, *, where: str) -> tuple[Choice, State]:
    text = entry.block.text
    found = level_at(text)
    content = found.content if found else ""
    head = text[: len(text) - len(content)].strip() if content else text.rstrip(": ")
    if level and (found is None or found.key != level.key):
        return Choice(Move.LEVEL, 0.0, level=level.name, rest=content), State(where=where, level=level.key)
    key = found.key if found else level_words(text)
    return Choice(Move.LEVEL, 0.0, level=key, name=head, rest=content), State(where=where, level=key)
