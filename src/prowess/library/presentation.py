"""A competency arranged for reading: what the page, the PDF and the Word file show, in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from prowess.framework import (
    Cluster,
    Competency,
    DevelopmentKind,
    DevelopmentOption,
    Framework,
    Indicator,
    NoteOnUse,
    NoteOnUseAbout,
    Polarity,
    QuestionKind,
    Relation,
    RelationKind,
    Scale,
    relations_of,
)

RELATION_HEADINGS = {
    RelationKind.RELATED: "Closely related",
    RelationKind.COMPARE_TO: "Compare with",
    RelationKind.BROADER: "Broader than this",
    RelationKind.NARROWER: "Narrower than this",
}
NOTE_HEADINGS = {
    NoteOnUseAbout.CHOICE: "When to choose it",
    NoteOnUseAbout.JOB_LEVEL: "For which jobs",
    NoteOnUseAbout.GENERAL: "Good to know",
}
DEVELOPMENT_HEADINGS = {
    DevelopmentKind.ACTIVITY: ("On the job", "checklist"),
    DevelopmentKind.COURSE: ("Courses", "school"),
    DevelopmentKind.RESOURCE: ("Books and tools", "books"),
}
QUESTION_KINDS = {
    QuestionKind.BEHAVIOURAL: "Behavioural: what the candidate did",
    QuestionKind.SITUATIONAL: "Situational: what the candidate would do",
}
GAPS = {
    "definition": "definition",
    "aliases": "other names",
    "key_actions": "key actions",
    "job_activities": "job activities",
    "indicators": "behaviours by level",
    "notes_on_use": "notes on use",
    "development": "development options",
    "questions": "interview questions",
}


@dataclass(frozen=True)
class LevelColumn:
    """A level of the scale with the behaviours of one competency at it; the number is None where there is no scale."""

    number: int | None
    name: str
    description: str
    effective: Sequence[Indicator]
    ineffective: Sequence[Indicator]


@dataclass(frozen=True)
class RelationLine:
    """The other side of a relation; ``known`` says whether the framework holds it, so that it can be linked."""

    code: str
    title: str
    known: bool
    note: str
    advice: str


@dataclass(frozen=True)
class RelationGroup:
    """Relations of one kind."""

    heading: str
    lines: Sequence[RelationLine]


@dataclass(frozen=True)
class NoteGroup:
    """Notes on use about one thing."""

    heading: str
    notes: Sequence[NoteOnUse]


@dataclass(frozen=True)
class DevelopmentLine:
    """A development option, the step that it is for in words, and its link where that is a web address."""

    option: DevelopmentOption
    step: str
    link: str


@dataclass(frozen=True)
class DevelopmentGroup:
    """Development options of one kind."""

    heading: str
    icon: str
    lines: Sequence[DevelopmentLine]


@dataclass(frozen=True)
class QuestionLine:
    """An interview question, its kind in words, and its probes."""

    kind: str
    text: str
    probes: Sequence[str]


@dataclass(frozen=True)
class Reading:
    """One competency as a reader meets it."""

    framework: Framework
    competency: Competency
    cluster: Cluster | None
    levels: Sequence[LevelColumn]
    not_with: Sequence[RelationLine]
    relations: Sequence[RelationGroup]
    notes: Sequence[NoteGroup]
    development: Sequence[DevelopmentGroup]
    questions: Sequence[QuestionLine]
    gaps: Sequence[str]


def reading_of(framework: Framework, *, code: str) -> Reading:
    """Arrange one competency of a framework for reading.

    Raises:
        NotFound: the framework has no such code.
    """
    competency = framework.competency(code)
    related = relations_of(framework, code)
    return Reading(
        framework=framework,
        competency=competency,
        cluster=next((cluster for cluster in framework.clusters if cluster.code == competency.cluster), None),
        levels=_levels(framework.scale, competency),
        not_with=_lines(framework, related, kind=RelationKind.NOT_WITH),
        relations=_relation_groups(framework, related),
        notes=_note_groups(competency),
        development=_development_groups(framework.scale, competency),
        questions=[QuestionLine(QUESTION_KINDS[q.kind], q.text, q.probes) for q in competency.questions],
        gaps=[words for part, words in GAPS.items() if not getattr(competency, part)],
    )


def _levels(scale: Scale, competency: Competency) -> list[LevelColumn]:
    """One column a level, lowest first; behaviours without a level, and at levels that the scale lacks, are kept."""
    if not competency.indicators:
        return []
    stray = {indicator.level for indicator in competency.indicators} - set(scale.numbers)
    numbers = sorted({*scale.numbers, *(number for number in stray if number is not None)})
    columns = [_level(scale, competency, number) for number in numbers]
    return columns + ([_level(scale, competency, None)] if None in stray else [])


def _level(scale: Scale, competency: Competency, number: int | None) -> LevelColumn:
    level = None if number is None else scale.level(number)
    indicators = competency.indicators_at(number)
    return LevelColumn(
        number=number,
        name=level.name if level else ("At any level" if number is None and scale.levels else ""),
        description=level.description if level else "",
        effective=[i for i in indicators if i.polarity is Polarity.EFFECTIVE],
        ineffective=[i for i in indicators if i.polarity is Polarity.INEFFECTIVE],
    )


def _lines(framework: Framework, relations: Iterable[Relation], *, kind: RelationKind) -> list[RelationLine]:
    return [_line(framework, relation) for relation in relations if relation.kind is kind]


def _line(framework: Framework, relation: Relation) -> RelationLine:
    other = framework.by_code.get(relation.target)
    return RelationLine(
        code=relation.target,
        title=other.title if other else relation.target,
        known=other is not None,
        note=relation.note,
        advice=relation.advice,
    )


def _relation_groups(framework: Framework, relations: Sequence[Relation]) -> list[RelationGroup]:
    groups = [
        RelationGroup(heading, _lines(framework, relations, kind=kind)) for kind, heading in RELATION_HEADINGS.items()
    ]
    return [group for group in groups if group.lines]


def _note_groups(competency: Competency) -> list[NoteGroup]:
    groups = [
        NoteGroup(heading, [note for note in competency.notes_on_use if note.about is about])
        for about, heading in NOTE_HEADINGS.items()
    ]
    return [group for group in groups if group.notes]


def _development_groups(scale: Scale, competency: Competency) -> list[DevelopmentGroup]:
    groups = [
        DevelopmentGroup(heading, icon, _development_lines(scale, competency, kind))
        for kind, (heading, icon) in DEVELOPMENT_HEADINGS.items()
    ]
    return [group for group in groups if group.lines]


def _development_lines(scale: Scale, competency: Competency, kind: DevelopmentKind) -> list[DevelopmentLine]:
    options = [option for option in competency.development if option.kind is kind]
    options.sort(key=lambda o: (o.from_level is None and o.to_level is None, o.from_level or 0, o.to_level or 0))
    return [DevelopmentLine(option, _step(scale, option), web_address(option.link)) for option in options]


def _step(scale: Scale, option: DevelopmentOption) -> str:
    """The step in words: “From 2 Uneven to 3 Solid”; empty where the option is for everybody."""
    start, end = option.from_level, option.to_level
    if start is not None and end is not None:
        return f"From {_level_words(scale, start)} to {_level_words(scale, end)}"
    if end is not None:
        return f"Up to {_level_words(scale, end)}"
    return f"From {_level_words(scale, start)} on" if start is not None else ""


def _level_words(scale: Scale, number: int) -> str:
    level = scale.level(number)
    return f"{number} {level.name}" if level else str(number)


def web_address(link: str) -> str:
    """The link where it is a web address; anything else (a script, a local file) is not linked."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.netloc else ""
