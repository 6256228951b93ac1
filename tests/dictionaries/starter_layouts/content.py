"""Content of the starter library for documents in many layouts, and the framework that a person reads in each."""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from prowess.dictionaries.draft import code_for
from prowess.framework.competency import (
    Cluster,
    Competency,
    DevelopmentKind,
    DevelopmentOption,
    Indicator,
    InterviewQuestion,
    JobActivity,
    KeyAction,
    QuestionKind,
    Relation,
    RelationKind,
)
from prowess.framework.framework import Framework
from prowess.framework.scale import Level, Polarity, Scale
from prowess.starter import STARTER_LIBRARY, load_library

EFFECTIVE, INEFFECTIVE = Polarity.EFFECTIVE, Polarity.INEFFECTIVE
ACTIVITY, COURSE = DevelopmentKind.ACTIVITY, DevelopmentKind.COURSE
COMPARE_TO, NOT_WITH, RELATED = RelationKind.COMPARE_TO, RelationKind.NOT_WITH, RelationKind.RELATED

Anchor = tuple[int | None, Polarity, str]
Question = tuple[str, Sequence[str], QuestionKind]
Option = tuple[DevelopmentKind, str]

LAYOUTS: dict[str, Callable[[Path], Framework]] = {}
"""By the name of a file: what writes it, and says what stands in it."""


def layout(name: str) -> Callable[[Callable[[Path], Framework]], Callable[[Path], Framework]]:
    def register(write: Callable[[Path], Framework]) -> Callable[[Path], Framework]:
        LAYOUTS[name] = write
        return write

    return register


@cache
def _library() -> tuple[Competency, ...]:
    return load_library(STARTER_LIBRARY).competencies


class Starter:
    """A competency of the starter library, by its place, with its parts as plain texts."""

    def __init__(self, place: int) -> None:
        library = _library()
        found = library[place % len(library)]
        self.title, self.definition = found.title, found.definition
        self.key_actions = [(action.name, action.description) for action in found.key_actions]
        self.job_activities = [activity.text for activity in found.job_activities]
        self.levels = {level: [i.text for i in found.indicators_at(level)] for level in range(1, 6)}
        self.questions: list[Question] = [(q.text, list(q.probes), q.kind) for q in found.questions]
        self.development: list[Option] = [(option.kind, option.text) for option in found.development]

    @property
    def activities(self) -> list[Option]:
        return [option for option in self.development if option[0] is ACTIVITY]


def three(competency: Starter) -> list[list[str]]:
    return [competency.levels[level] for level in (3, 4, 5)]


def four(competency: Starter) -> list[list[str]]:
    solid = competency.levels[3]
    return [solid[:2], solid[2:] or solid[:1], competency.levels[4], competency.levels[5]]


def scale(*names: str, ineffective: Sequence[int] = ()) -> Scale:
    return Scale(
        levels=tuple(
            Level(number=number, name=name, polarity=INEFFECTIVE if number in ineffective else EFFECTIVE)
            for number, name in enumerate(names, start=1)
        )
    )


def anchors(levels: Iterable[Sequence[str]]) -> list[Anchor]:
    return [(number, EFFECTIVE, text) for number, texts in enumerate(levels, start=1) for text in texts]


def both(effective: Iterable[str], ineffective: Iterable[str] = ()) -> list[Anchor]:
    found: list[Anchor] = [(None, EFFECTIVE, text) for text in effective]
    return [*found, *((None, INEFFECTIVE, text) for text in ineffective)]


def competency(
    own: Starter,
    *,
    title: str = "",
    cluster: str = "",
    definition: bool = True,
    key_actions: Sequence[tuple[str, str]] = (),
    job_activities: Sequence[str] = (),
    indicators: Sequence[Anchor] = (),
    questions: Sequence[Question] = (),
    development: Sequence[Option] = (),
    relations: Sequence[tuple[RelationKind, str, str]] = (),
) -> Competency:
    return Competency(
        code=code_for(title or own.title),
        title=title or own.title,
        cluster=code_for(cluster) if cluster else "",
        definition=own.definition if definition else "",
        key_actions=tuple(KeyAction(name=name, description=text) for name, text in key_actions),
        job_activities=tuple(JobActivity(text=text) for text in job_activities),
        indicators=tuple(Indicator(level=level, polarity=polarity, text=text) for level, polarity, text in indicators),
        questions=tuple(InterviewQuestion(kind=kind, text=text, probes=tuple(p)) for text, p, kind in questions),
        development=tuple(DevelopmentOption(kind=kind, text=text) for kind, text in development),
        relations=tuple(Relation(kind=kind, target=code_for(title), note=note) for kind, title, note in relations),
    )


def framework(
    title: str,
    competencies: Sequence[Competency],
    levels: Scale = Scale(),  # noqa: B008  # it is frozen
    clusters: Iterable[str] = (),
) -> Framework:
    return Framework(
        title=title,
        scale=levels,
        clusters=tuple(Cluster(code=code_for(name), title=name) for name in clusters),
        competencies=tuple(competencies),
    )


def wrap(text: str, width: int, sign: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=sign, subsequent_indent=" " * len(sign), break_on_hyphens=False)


def hyphenated(text: str, width: int) -> str:
    """Lines of at most so many characters, long words divided by hyphens."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
            continue
        room, plain = width - len(line) - 2, word.rstrip(".,;:")
        divides = room >= 3 and len(plain) - room >= 3 and plain.isalpha() and len(plain) >= 8
        lines.append(f"{line} {word[:room]}-".strip() if divides else line)
        line = word[room:] if divides else word
    return "\n".join([*lines, line])


def write_pdf(html: str, path: Path) -> None:
    import weasyprint

    weasyprint.HTML(string=html).write_pdf(str(path))
