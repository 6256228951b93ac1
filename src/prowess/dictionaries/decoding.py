"""The most likely reading: competing hypotheses about the titles' style, each decoded by a beam search."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from prowess.dictionaries.blocks import Block
from prowess.dictionaries.choices import Choice, Evidence, Move, choices_for
from prowess.dictionaries.clutter import plain_name
from prowess.dictionaries.grammar import State, follow
from prowess.dictionaries.level_names import level_at, level_words
from prowess.dictionaries.line import Part
from prowess.dictionaries.looks import Looks, Style, looks_of
from prowess.dictionaries.vocabulary import parts_named

_BEAM = 12
_HOPELESS = 10.0
"""How far a path or a choice may fall behind the best one."""
_SAMPLE = 800
"""Blocks on which the hypotheses compete; the best one then reads the whole document."""
_MOST_STYLES = 6
_FEWEST_HEADINGS = 3
_MOST_LEVELS = 7
"""Levels of unknown names that a document may have."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A block, what it is, and where the reading stood after it.

    ``moved_to`` is the position of the title of another competency that a curator put it under; below 0 where none.
    """

    block: Block
    looks: Looks
    choice: Choice
    state: State
    moved_to: int = -1


@dataclass(slots=True)
class _Path:
    score: float
    state: State
    choice: Choice | None
    before: "_Path | None"


def decode(blocks: Sequence[Block], *, contents: frozenset[str], title: str = "") -> list[Labelled]:
    """The best reading of a document."""
    looks = [looks_of(block) for block in blocks]
    evidence = replace(
        _evidence(blocks, looks, contents=contents),
        title=title,
        recurring=_recurring(blocks),
        formatted=_is_formatted(blocks),
        first_heading=_first_heading(blocks),
        spaced=_is_spaced(blocks),
        polarity_in_levels=_polarity_in_levels(blocks),
    )
    best = max(
        (_search(blocks[:_SAMPLE], looks[:_SAMPLE], hypothesis) for hypothesis in _hypotheses(blocks, looks, evidence)),
        key=lambda found: found[0],
    )
    if len(blocks) > _SAMPLE:
        best = _search(blocks, looks, best[2])
    return [
        Labelled(block=block, looks=look, choice=choice, state=state)
        for block, look, (choice, state) in zip(blocks, looks, best[1], strict=True)
    ]


def _evidence(blocks: Sequence[Block], looks: Sequence[Looks], *, contents: frozenset[str]) -> Evidence:
    keys: Counter[str] = Counter()
    for block in blocks:
        level = level_at(block.text) if not block.hint else None
        if level and (level.sure > 0.75 or not level.content or block.first.lead or not block.first.bullet):
            keys[level.key] += 1
    hinted = {
        level.key for block in blocks if block.hint and block.hint.level and (level := level_at(block.hint.level))
    }
    numbered = {key for key in keys if key.isdecimal()}
    learnt = _recurring_names(blocks, looks)
    aliases = _aliases(blocks)
    learnt |= set(aliases)
    usable = set(keys) if len(keys) >= 2 else set()
    if len(numbered) == 1 and len(keys) - 1 < 2:
        usable = set()
    if usable <= {"effective", "ineffective"}:
        usable = set()  # these two divide indicators by polarity, not by level
    return Evidence(
        levels=frozenset(usable | hinted | learnt | set(aliases.values())),
        contents=contents,
        learnt_levels=frozenset(learnt),
        level_aliases=aliases,
        repeated=_repeated(blocks),
    )


def _aliases(blocks: Sequence[Block]) -> dict[str, str]:
    """The names that numbered levels have in this document, and their numbers."""
    found: dict[str, str] = {}
    for block in blocks:
        level = level_at(block.hint.level if block.hint and block.hint.level else block.text)
        if level and level.number is not None and not any(c.isdigit() for c in level.name):
            words = level_words(level.name)
            if words and len(words.split()) <= 4:
                found.setdefault(words, level.key)
    return found if len(set(found.values())) >= 2 else {}


def _repeated(blocks: Sequence[Block]) -> frozenset[int]:
    """Blocks that only say again what the block before them says: a title in a menu and above its text."""
    return frozenset(
        position
        for position, (before, block) in enumerate(pairwise(blocks), start=1)
        if not block.hint and len(block.text) < 100 and plain_name(block.text) == plain_name(before.text) != ""
    )


def _polarity_in_levels(blocks: Sequence[Block]) -> bool:
    """Whether headings such as "Negative indicators" divide each level, rather than stand beside the levels."""
    ineffective = levels = 0
    for block in blocks:
        named = parts_named(block.text.rstrip(":")) if len(block.text) < 90 else ()
        ineffective += any(part is Part.INEFFECTIVE for part, _sure in named)
        level = level_at(block.text)
        levels += bool(level and not level.content)
    return ineffective > 0.6 * levels


def _is_spaced(blocks: Sequence[Block]) -> bool:
    """Whether white space stands above the headings of known parts."""
    gaps = [
        block.first.gap
        for block in blocks
        if not block.hint and any(sure == 1.0 for _part, sure in parts_named(block.text.rstrip(":")))
    ]
    return len(gaps) >= 2 and sum(gaps) >= 0.8 * len(gaps)


def _first_heading(blocks: Sequence[Block]) -> str:
    """The only heading of the first level, above others: it names the document."""
    headings = [block for block in blocks if block.first.heading and not block.hint]
    first = [block for block in headings if block.first.heading == 1]
    names = {plain_name(block.text) for block in headings if not (level_at(block.text) or parts_named(block.text))}
    return plain_name(first[0].text) if len(first) == 1 and len(names) >= _FEWEST_HEADINGS else ""


def _is_formatted(blocks: Sequence[Block]) -> bool:
    """Whether the document sets its headings apart by type, so that plain lines are none."""
    apart = sum(1 for block in blocks if block.first.heading or block.first.bold or block.first.size > 1.1)
    return apart >= 2


def _recurring(blocks: Sequence[Block]) -> frozenset[str]:
    """Short texts that stand in several places of the document: titles do not."""
    names = [plain_name(block.text) for block in blocks if len(block.text) < 100 and not block.hint]
    distinct = [name for before, name in pairwise(["", *names]) if name != before]
    return frozenset(name for name, count in Counter(distinct).items() if count > 1)


def _recurring_names(blocks: Sequence[Block], looks: Sequence[Looks]) -> set[str]:
    """Short headings that recur in the same order again and again, and are no known parts: levels of unknown names."""
    order: list[str] = []
    opening: Counter[str] = Counter()
    for block, look in zip(blocks, looks, strict=True):
        name = _level_like(block, look)
        if name:
            order.append(name)
            opening[name] += block.opens_list
    counts = Counter(order)
    names = {name for name, count in counts.items() if count >= 3 or (count == 2 and opening[name] == count)}
    usual = Counter(counts[name] for name in names).most_common(1)
    recurring = {name for name in names if abs(counts[name] - usual[0][0]) <= usual[0][0] // 3}
    follows = Counter(pairwise([name for name in order if name in recurring]))
    steady = {
        name
        for name in recurring
        if any(
            follows[pair] >= 0.8 * (counts[name] - 1) and follows[pair] > 0
            for other in recurring - {name}
            for pair in ((name, other), (other, name))
        )
    }
    return steady if 2 <= len(steady) <= _MOST_LEVELS else set()


def _level_like(block: Block, look: Looks) -> str:
    """The name that a block would give to a level, if it is short and no known part; empty otherwise."""
    runs_in = bool(look.name) and len(look.name.split()) <= 4
    name = look.name if runs_in else block.text.rstrip(": ")
    stands_out = look.heading > 0.5 or block.text.endswith(":") or (block.opens_list and look.words <= 4)
    if block.hint or not (runs_in or (stands_out and look.words <= 5)) or name.endswith((".", "?", "!")):
        return ""
    if parts_named(name) or (look.bulleted and not block.opens_list and not runs_in):
        return ""
    return plain_name(name)


def _hypotheses(blocks: Sequence[Block], looks: Sequence[Looks], evidence: Evidence) -> list[Evidence]:
    """One reading per style in which titles may be set, with and without titles that run into their definition."""
    styles: Counter[Style] = Counter()
    for block, look in zip(blocks, looks, strict=True):
        named = any(sure == 1.0 for _part, sure in parts_named(block.text.rstrip(":")))
        if look.heading > 1.2 and not named and not block.hint and not level_at(block.text):
            styles[look.style] += 1
    run_in = sum(1 for look in looks if look.name) >= 2
    found: list[Evidence] = []
    for style in [*(style for style, _count in styles.most_common(_MOST_STYLES)), None]:
        found.append(replace(evidence, title_style=style))
        if run_in:
            found.append(replace(evidence, title_style=style, run_in_titles=True))
    return found


def _search(
    blocks: Sequence[Block], looks: Sequence[Looks], evidence: Evidence
) -> tuple[float, list[tuple[Choice, State]], Evidence]:
    """The best path of choices under one hypothesis: a beam over the states of the grammar."""
    beam = [_Path(score=0.0, state=State(), choice=None, before=None)]
    for position, (block, look) in enumerate(zip(blocks, looks, strict=True)):
        choices = _possible(choices_for(block, look, evidence, position=position))
        best: dict[State, _Path] = {}
        for path in beam:
            for choice in choices:
                step = follow(path.state, choice, block, look)
                if step is None:
                    continue
                state, gain = step
                score = path.score + gain
                known = best.get(state)
                if known is None or score > known.score:
                    best[state] = _Path(score=score, state=state, choice=choice, before=path)
        beam = _kept(best)
    final = max(beam, key=lambda path: path.score + _ending(path.state))
    return final.score + _ending(final.state) + _consistency(final, evidence), _choices(final), evidence


def _possible(choices: Sequence[Choice]) -> list[Choice]:
    """The choices without those that their words and looks all but rule out."""
    least = max(choice.score for choice in choices) - _HOPELESS
    return [choice for choice in choices if choice.score >= least or choice.move is Move.UNPLACED]


def _kept(best: dict[State, _Path]) -> list[_Path]:
    """The best paths, without those that nothing could bring back."""
    ordered = sorted(best.values(), key=lambda path: -path.score)[:_BEAM]
    least = ordered[0].score - _HOPELESS
    return [path for path in ordered if path.score >= least]


def _ending(state: State) -> float:
    return -4.0 if state.where == "title" else -2.0 if state.where == "cluster" else 0.0


def _choices(path: _Path) -> list[tuple[Choice, State]]:
    found: list[tuple[Choice, State]] = []
    step: _Path | None = path
    while step is not None and step.choice is not None:
        found.append((step.choice, step.state))
        step = step.before
    return found[::-1]


def _consistency(path: _Path, evidence: Evidence) -> float:
    """Titles that all look alike speak for a reading; one that never uses its hypothesis gains nothing by it."""
    if evidence.title_style is None:
        return 0.0
    titles = sum(1 for choice, _state in _choices(path) if choice.move is Move.TITLE and not choice.rest)
    return 0.0 if titles else -2.0
