"""What may follow what: the states of a reading, and how well each step from one to the next suits a dictionary."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from prowess.dictionaries.blocks import Block
from prowess.dictionaries.choices import DOCUMENT_WORDS, Choice, Move
from prowess.dictionaries.line import Part
from prowess.dictionaries.looks import Looks

_ABOUT_CLUSTER = (
    r"(?i)\b(?:this (?:\w+ )?(?:cluster|group|category|family|domain|area|set|section|qualification|pillar|theme)|"
    r"these (?:\w+ )?competencies|competencies in this|competency cluster)\b"
)
_LISTS = frozenset((Part.QUESTIONS, Part.PROBES, Part.ACTIVITIES_TO_DEVELOP, Part.COURSES, Part.RESOURCES))
_OUTSIDE = frozenset(("start", "front", "cluster", "scale"))


@dataclass(frozen=True, slots=True)
class State:
    """Where a reading stands: in which part of a competency, at which level, and what this competency has so far."""

    where: str = "start"
    level: str = ""
    fresh: bool = False
    run_in: bool = False
    seen: frozenset[str] = frozenset()

    @property
    def outside(self) -> bool:
        """Whether no competency is open."""
        return self.where in _OUTSIDE


Step = tuple[State, float] | None
"""The state after a choice and what the step adds to the score; None where the step makes no sense."""


def follow(state: State, choice: Choice, block: Block, looks: Looks) -> Step:
    """The state after a choice, and what the step adds to the score; None where the step makes no sense."""
    if choice.move is Move.CONTENT:
        return _content(state, choice, block, looks)
    return _STEPS[choice.move](state, choice)


def _stay(state: State, choice: Choice) -> Step:
    return state, choice.score


def _placeholder(state: State, choice: Choice) -> Step:
    return replace(state, fresh=False), choice.score


def _document_title(state: State, choice: Choice) -> Step:
    """A title may go on over several lines."""
    if state.where == "start" or (state.where == "front" and choice.stated):
        return State(where="front", fresh=True), choice.score
    named = DOCUMENT_WORDS.search(choice.name)
    if state.where != "front" or not (state.fresh or named):
        return None
    return state, choice.score - (0.5 if named else 1.5) - (2.0 if ":" in choice.name else 0.0)


def _cluster(state: State, choice: Choice) -> Step:
    if (choice.stated and state.where == "title") or (choice.part is Part.CLUSTER and not state.outside):
        return state, choice.score  # a field of the competency whose title stands above
    return State(where="cluster"), choice.score + _closing(state)


def _rule(state: State, choice: Choice) -> Step:
    if state.outside:
        return None
    return State(where=Part.NOTES_ON_USE, seen=state.seen | {Part.NOTES_ON_USE}, run_in=state.run_in), choice.score


def _closing(state: State) -> float:
    """How well a competency may end here, before a title or a cluster."""
    if state.where == "title":
        return -3.5
    if state.where == "cluster":
        return -1.5
    if state.fresh and not state.outside:
        return -2.2 if len(state.seen) > 1 else -5.0
    if state.outside:
        return 0.3
    return 0.5 if len(state.seen) >= 2 else -0.4 if state.seen else -2.0


def _title(state: State, choice: Choice) -> tuple[State, float]:
    score = choice.score + _closing(state) + (1.8 if state.where == "cluster" else 0.0)
    if not choice.rest:
        return State(where="title"), score
    score += 0.6 if state.outside or state.run_in else -2.5 if state.where == Part.DEFINITION else -4.0
    score += 0.4 if state.seen == {Part.DEFINITION} else 0.0
    return State(where=Part.DEFINITION, run_in=True, seen=frozenset((Part.DEFINITION,))), score


def _heading(state: State, choice: Choice) -> Step:
    part = choice.part
    if part in (Part.TITLE, Part.CLUSTER):
        return _label_of_a_name(state, choice)
    if part is Part.CONTENTS or (part is Part.SCALE and state.outside):
        score = choice.score + (min(0.0, _closing(state)) if state.where == "title" else 0.3)
        return State(where="scale" if part is Part.SCALE else "front"), score
    if part is None or part is Part.LEVEL:
        return None if part is None or state.outside else (state, choice.score - 1.0)
    if state.outside:
        return _heading_outside(state, choice, part)
    return _heading_of_a_part(state, choice, Part.INDICATORS if part is Part.SCALE else part)


def _label_of_a_name(state: State, choice: Choice) -> Step:
    """ "Competency: …" or "Cluster: …", with the name beside or below."""
    if not choice.rest:
        return State(where=f"{choice.part} next"), choice.score + _closing_before_label(state)
    if choice.part is Part.CLUSTER and state.where in ("title", Part.DEFINITION, Part.CODE, Part.KIND):
        return replace(state, fresh=False), choice.score
    where = "title" if choice.part is Part.TITLE else "cluster"
    return State(where=where), choice.score + max(_closing(state), -1.0) + 0.5


def _heading_outside(state: State, choice: Choice, part: Part) -> Step:
    """A part without a title above it: a preface, or a competency whose title is missing."""
    if part is Part.OTHER:
        return State(where="front"), choice.score + 0.5
    opening = {"cluster": -2.5, "scale": -1.5}.get(state.where, -2.0)
    return State(where=part, fresh=not choice.rest, seen=frozenset((part,))), choice.score + opening


def _heading_of_a_part(state: State, choice: Choice, part: Part) -> Step:
    if part in (Part.EFFECTIVE, Part.INEFFECTIVE) and state.level and choice.in_levels:
        return replace(state, where=part, fresh=not choice.rest), choice.score + 0.5
    score = choice.score + _order(state, part) + (0.8 if state.where == "title" else 0.0)
    seen = state.seen | ({part} if part is not Part.OTHER else set())
    return State(where=part, fresh=not choice.rest, seen=seen, run_in=state.run_in), score


def _closing_before_label(state: State) -> float:
    return 0.5 if not state.fresh else -0.8


def _order(state: State, part: Part) -> float:
    """A part that the competency has already, or a definition after everything else, speaks for a missed title."""
    if part in state.seen:
        return {Part.DEFINITION: -4.0, Part.INDICATORS: -1.5}.get(part, -2.0)
    if part is Part.DEFINITION and len(state.seen) >= 2:
        return -1.5
    return 0.3


def _level(state: State, choice: Choice) -> tuple[State, float] | None:
    level, score = choice.level, choice.score
    if state.where in ("start", "front", "scale", "cluster"):
        legend = {"scale": 0.8, "front": -0.8, "start": -1.0, "cluster": -2.0}[state.where]
        return State(where="scale", level=level), score + legend
    if state.where in _LISTS and any(name.startswith("level ") for name in state.seen):
        repeated = f"level {level}" in state.seen
        return replace(state, level=level, fresh=not choice.rest), score + (0.2 if repeated else -1.0)
    score += -2.5 if f"level {level}" in state.seen else 0.3
    seen = state.seen | {f"level {level}", Part.INDICATORS}
    return State(where=Part.LEVEL, level=level, fresh=not choice.rest, seen=seen, run_in=state.run_in), score


def _subheading(state: State, choice: Choice) -> tuple[State, float] | None:
    if state.outside or state.where in ("title", Part.DEFINITION, Part.OTHER) or state.where.endswith("next"):
        return None
    score = choice.score + (0.7 if state.where in (Part.KEY_ACTIONS, Part.COMPARE_TO) else -0.3)
    return replace(state, fresh=True), score - (
        1.0 if state.fresh and state.where != Part.KEY_ACTIONS and not state.level else 0.0
    )


def _content(state: State, choice: Choice, block: Block, looks: Looks) -> Step:
    if choice.part is not None:
        return _placed(state, choice)
    if state.where.endswith("next"):
        where = "title" if state.where == f"{Part.TITLE} next" else "cluster"
        return State(where=where), choice.score + (3.0 if looks.words <= 12 else -3.0)
    if state.outside:
        return _content_outside(state, choice, block, looks)
    if state.where == "title":
        return _after_title(state, choice.score, block, looks)
    if state.where == Part.DEFINITION and looks.bulleted and not state.fresh:
        part = Part.KEY_ACTIONS if looks.name else Part.INDICATORS
        new = State(where=part, seen=state.seen | {part}, run_in=state.run_in)
        return new, choice.score - 0.3 - (2.0 if part in state.seen else 0.0)
    return replace(state, fresh=False) if state.fresh else state, choice.score + _fit(state.where, looks)


def _content_outside(state: State, choice: Choice, block: Block, looks: Looks) -> Step:
    """A preface, or what is said about a cluster or the scale."""
    if state.where in ("start", "front"):
        return replace(state, where="front", fresh=False), choice.score - 0.4
    score = choice.score - (0.2 if looks.sentence else 1.2) - (1.0 if looks.bulleted else 0.0)
    about = 2.0 if state.where == "cluster" and re.search(_ABOUT_CLUSTER, block.text) else 0.0
    return replace(state, fresh=False), score + about


def _after_title(state: State, score: float, block: Block, looks: Looks) -> tuple[State, float]:
    if not looks.bulleted:
        score -= 3.0 if re.search(_ABOUT_CLUSTER, block.text) else 0.0
        return State(where=Part.DEFINITION, seen=state.seen | {Part.DEFINITION}), score + (
            1.2 if looks.sentence else -0.8 if looks.heading < 1 else -1.6
        )
    part = Part.KEY_ACTIONS if looks.name else Part.INDICATORS
    return State(where=part, seen=state.seen | {part}), score - 0.2


def _placed(state: State, choice: Choice) -> tuple[State, float]:
    part = choice.part or Part.OTHER
    outside = state.outside and part in (Part.LEVEL, Part.OTHER)
    where = "scale" if outside else str(part)
    seen = state.seen if outside else state.seen | {str(part)} | ({f"level {choice.level}"} if choice.level else set())
    return State(where=where, level=choice.level, seen=seen), choice.score


def _fit(where: str, looks: Looks) -> float:
    """How well content suits the part that is open."""
    if where == Part.OTHER:
        return -0.1
    if where == Part.DEFINITION:
        named = bool(looks.name) and looks.name[:1].isupper() and len(looks.name.split()) <= 5
        return (0.3 if looks.sentence else -0.8) - (1.0 if named else 0.0)
    if where == Part.KEY_ACTIONS:
        return 0.6 if looks.name else 0.2
    return 0.3 if looks.bulleted or looks.numbered else 0.1


_STEPS: dict[Move, Callable[[State, Choice], Step]] = {
    Move.CLUTTER: _stay,
    Move.LABEL: _stay,
    Move.UNPLACED: _stay,
    Move.PLACEHOLDER: _placeholder,
    Move.DOCUMENT_TITLE: _document_title,
    Move.CLUSTER: _cluster,
    Move.TITLE: _title,
    Move.HEADING: _heading,
    Move.LEVEL: _level,
    Move.SUBHEADING: _subheading,
    Move.RULE: _rule,
}
