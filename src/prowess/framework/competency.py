"""A competency and its parts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from prowess.framework.document import IdentifiedPart
from prowess.framework.scale import Polarity
from prowess.framework.text import Code, Line, OptionalText, Text


class Kind(StrEnum):
    """For whom a competency is meant."""

    CORE = "core"
    FUNCTIONAL = "functional"
    LEADERSHIP = "leadership"
    TECHNICAL = "technical"


class Status(StrEnum):
    """Where a competency stands on its way from draft to retirement."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    RETIRED = "retired"


class RelationKind(StrEnum):
    """How a competency stands to another of the same framework."""

    RELATED = "related"
    COMPARE_TO = "compare-to"
    NOT_WITH = "not-with"
    BROADER = "broader"
    NARROWER = "narrower"

    @property
    def symmetric(self) -> bool:
        """Whether the relation, said by one side, holds for the other as well."""
        return self in (RelationKind.RELATED, RelationKind.NOT_WITH)

    @property
    def inverse(self) -> "RelationKind | None":
        """The kind in which the other side says the same; None where it need not say anything."""
        if self.symmetric:
            return self
        return {RelationKind.BROADER: RelationKind.NARROWER, RelationKind.NARROWER: RelationKind.BROADER}.get(self)


class Relation(IdentifiedPart):
    """A relation to another competency of the same framework, with the note that is shown wherever it matters.

    ``broader`` says that the *target* is broader than this competency. For ``not-with``, ``note`` gives the reason
    why the two are not used together and ``advice`` says which to take when.
    """

    kind: RelationKind
    target: Code
    note: OptionalText = ""
    advice: OptionalText = ""


class MatchKind(StrEnum):
    """How close an element of another framework is (after SKOS mapping relations)."""

    EXACT = "exact"
    CLOSE = "close"
    BROADER = "broader"
    NARROWER = "narrower"
    RELATED = "related"


class OutsideMatch(IdentifiedPart):
    """A match to an element of another framework, named by that framework and the element's own identifier."""

    kind: MatchKind = MatchKind.CLOSE
    framework: Line
    target: Text
    title: OptionalText = ""
    note: OptionalText = ""


class KeyAction(IdentifiedPart):
    """A named part of a competency with its description."""

    name: Line
    description: OptionalText = ""


class JobActivity(IdentifiedPart):
    """A sample task that shows that a job needs the competency."""

    text: Text


class Indicator(IdentifiedPart):
    """An observable behaviour at a level, effective or ineffective; without a level where the framework has none."""

    level: int | None = None
    polarity: Polarity = Polarity.EFFECTIVE
    text: Text


class NoteOnUseAbout(StrEnum):
    """What a note on use is about."""

    CHOICE = "choice"
    JOB_LEVEL = "job-level"
    GENERAL = "general"


class NoteOnUse(IdentifiedPart):
    """Advice to whoever builds a role profile: when to choose the competency, for which job levels."""

    about: NoteOnUseAbout = NoteOnUseAbout.GENERAL
    text: Text


class DevelopmentKind(StrEnum):
    """The kinds of development option."""

    ACTIVITY = "activity"
    COURSE = "course"
    RESOURCE = "resource"


class DevelopmentOption(IdentifiedPart):
    """Something a person can do to grow in the competency, optionally for a step from one level to another."""

    kind: DevelopmentKind
    text: Text
    from_level: int | None = None
    to_level: int | None = None
    provider: OptionalText = ""
    link: OptionalText = ""
    effort: OptionalText = ""


class QuestionKind(StrEnum):
    """Behavioural questions ask what somebody did; situational ones what they would do."""

    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"


class InterviewQuestion(IdentifiedPart):
    """A question for a structured interview, with the probes that follow it up."""

    kind: QuestionKind = QuestionKind.BEHAVIOURAL
    text: Text
    probes: tuple[Text, ...] = ()


def _as_parts(value: Any, *, field: str) -> Any:
    """Let a list of plain texts stand for a list of parts that hold only that text."""
    if isinstance(value, list | tuple):
        return [{field: item} if isinstance(item, str) else item for item in value]
    return value


def _indicators_by_level(value: Any) -> Any:
    """Read the form that people write: ``{3: {effective: [...]}, 1: {ineffective: [...]}}``."""
    if not isinstance(value, Mapping):
        return value
    found = []
    for level, content in value.items():
        by_polarity = content if isinstance(content, Mapping) else {Polarity.EFFECTIVE: content}
        for polarity, texts in by_polarity.items():
            if texts is not None and not isinstance(texts, list | tuple):
                raise ValueError(f"level {level}, {polarity}: a list of behaviours is expected")
            for text in texts or ():
                part = {"text": text} if isinstance(text, str) else dict(text)
                found.append({"level": None if level == "any" else level, "polarity": polarity, **part})
    return found


class Competency(IdentifiedPart):
    """A named, defined group of behaviours, with everything that one needs to choose, observe and develop it."""

    code: Code
    title: Line
    aliases: tuple[Line, ...] = ()
    definition: OptionalText = ""
    cluster: OptionalText = Field(default="", description="Code of the cluster; empty where the framework has none.")
    kind: Kind = Kind.FUNCTIONAL
    key_actions: tuple[KeyAction, ...] = ()
    job_activities: tuple[JobActivity, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes_on_use: tuple[NoteOnUse, ...] = ()
    development: tuple[DevelopmentOption, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    matches: tuple[OutsideMatch, ...] = ()
    status: Status = Status.PUBLISHED
    version: int = Field(default=1, ge=1)
    successor: OptionalText = Field(default="", description="Code of the competency that takes its place once retired.")

    @field_validator("job_activities", "notes_on_use", "questions", mode="before")
    @classmethod
    def _plain_texts(cls, value: Any) -> Any:
        return _as_parts(value, field="text")

    @field_validator("key_actions", mode="before")
    @classmethod
    def _plain_names(cls, value: Any) -> Any:
        return _as_parts(value, field="name")

    @field_validator("indicators", mode="before")
    @classmethod
    def _written_by_level(cls, value: Any) -> Any:
        return _indicators_by_level(value)

    @model_validator(mode="after")
    def _indicators_in_order(self) -> Self:
        ordered = sorted(self.indicators, key=lambda i: (-1 if i.level is None else i.level, i.polarity))
        object.__setattr__(self, "indicators", tuple(ordered))
        return self

    def indicators_at(self, level: int | None) -> tuple[Indicator, ...]:
        """The indicators of one level, effective ones first."""
        return tuple(indicator for indicator in self.indicators if indicator.level == level)

    def related_codes(self, kind: RelationKind) -> tuple[str, ...]:
        """Codes of the competencies to which this one states a relation of that kind."""
        return tuple(relation.target for relation in self.relations if relation.kind is kind)


class Cluster(IdentifiedPart):
    """A family of competencies."""

    code: Code
    title: Line
    description: OptionalText = ""
    parent: OptionalText = Field(
        default="", description="Code of the cluster that holds this one, where clusters nest."
    )
