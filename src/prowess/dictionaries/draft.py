"""A competency while its parts are gathered."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from prowess.dictionaries.clutter import plain_name
from prowess.framework.competency import (
    Competency,
    DevelopmentKind,
    DevelopmentOption,
    Indicator,
    InterviewQuestion,
    JobActivity,
    KeyAction,
    Kind,
    NoteOnUse,
    NoteOnUseAbout,
    QuestionKind,
    Relation,
    RelationKind,
)
from prowess.framework.scale import Polarity
from prowess.framework.text import LONGEST_LINE, LONGEST_TEXT

_SITUATIONAL = re.compile(
    r"\b(?:(?:what|how) would you|imagine|suppose|if you were|would you do|you are asked|you find|you discover)\b"
    r"|\b(?:what|how) do you (?:do|say|proceed|react|respond|go about it|deal with it)\b[^.?]*\?\s*$",
    re.IGNORECASE,
)
EXTENSION = "dictionary"
"""The name under which what the document has beyond the framework's parts is kept."""


@dataclass
class DraftRelation:
    """A relation to a title, before codes are known."""

    kind: RelationKind
    title: str
    note: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


@dataclass
class DraftIndicator:
    """An indicator at a level's key; polarity is None where only the level can tell.

    ``beside`` is what the document gives as its level where that is none of the scale.
    """

    level: str
    text: str
    polarity: Polarity | None = None
    group: str = ""
    beside: str = ""


@dataclass
class Draft:
    """The parts of a competency as they are found; ``positions`` are those of the lines that name it."""

    title: str
    positions: list[int] = field(default_factory=list)
    cluster: str = ""
    code: str = ""
    kind: str = ""
    found_title: bool = True
    aliases: list[str] = field(default_factory=list)
    definition: list[str] = field(default_factory=list)
    key_actions: list[list[str]] = field(default_factory=list)
    job_activities: list[str] = field(default_factory=list)
    indicators: list[DraftIndicator] = field(default_factory=list)
    questions: list[list[str]] = field(default_factory=list)
    development: list[tuple[DevelopmentKind, str, str]] = field(default_factory=list)
    relations: list[DraftRelation] = field(default_factory=list)
    notes: list[tuple[NoteOnUseAbout, str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The title as it is compared."""
        return plain_name(self.title)

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the title is known."""
        return not any(
            (self.definition, self.key_actions, self.job_activities, self.indicators, self.questions, self.development)
        )

    def relate(self, kind: RelationKind, title: str) -> DraftRelation:
        """The relation of that kind to that title, new or known."""
        for relation in self.relations:
            if relation.kind is kind and plain_name(relation.title) == plain_name(title):
                return relation
        self.relations.append(DraftRelation(kind=kind, title=title))
        return self.relations[-1]


def code_for(title: str) -> str:
    """A stable code from a title: lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("&", " and ").replace("’", "").replace("'", ""))
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words)[:120].strip("-") or "competency"


def finished(
    draft: Draft,
    *,
    code: str,
    cluster: str,
    numbers: dict[str, int],
    polarities: dict[int, Polarity],
    code_of: Callable[[str], str],
) -> Competency:
    """The competency that a draft has become."""
    extension: dict[str, object] = {"headings": draft.headings} if draft.headings else {}
    return Competency(
        code=code,
        title=draft.title[:LONGEST_LINE],
        aliases=tuple(alias[:LONGEST_LINE] for alias in draft.aliases),
        definition=" ".join(draft.definition)[:LONGEST_TEXT],
        cluster=cluster,
        kind=_kind(draft),
        key_actions=tuple(_key_action(name, description) for name, description in draft.key_actions),
        job_activities=tuple(JobActivity(text=text) for text in draft.job_activities),
        indicators=tuple(_indicator(indicator, numbers, polarities) for indicator in draft.indicators),
        relations=_relations(draft, code=code, code_of=code_of),
        notes_on_use=tuple(NoteOnUse(about=about, text=text) for about, text in draft.notes),
        development=tuple(
            DevelopmentOption(kind=kind, text=text, to_level=numbers.get(level))
            for kind, text, level in draft.development
        ),
        questions=tuple(_question(texts) for texts in draft.questions),
        extensions={EXTENSION: extension} if extension else {},
    )


def _kind(draft: Draft) -> Kind:
    for text in (draft.kind, draft.cluster):
        for kind in Kind:
            if re.search(rf"\b{kind.value}\b", text, re.I):
                return kind
        if re.search(r"\b(?:manage(?:rial|ment|r)|leading|executive)\b", text, re.I):
            return Kind.LEADERSHIP
    return Kind.FUNCTIONAL


def _key_action(name: str, description: str) -> KeyAction:
    if len(name) > LONGEST_LINE:
        cut = name.rfind(" ", 1, LONGEST_LINE) if " " in name[1:LONGEST_LINE] else LONGEST_LINE
        name, description = name[:cut], f"{name[cut:].strip()} {description}".strip()
    return KeyAction(name=name, description=description)


def _indicator(draft: DraftIndicator, numbers: dict[str, int], polarities: dict[int, Polarity]) -> Indicator:
    level = numbers.get(draft.level)
    usual = polarities.get(level, Polarity.EFFECTIVE) if level is not None else Polarity.EFFECTIVE
    extension = {EXTENSION: {"group": draft.group}} if draft.group else {}
    return Indicator(level=level, polarity=draft.polarity or usual, text=draft.text, extensions=extension)


def _relations(draft: Draft, *, code: str, code_of: Callable[[str], str]) -> tuple[Relation, ...]:
    found = []
    for relation in draft.relations:
        target = code_of(relation.title)
        if target != code:
            found.append(
                Relation(
                    kind=relation.kind,
                    target=target,
                    note=" ".join(relation.note)[:LONGEST_TEXT],
                    advice=" ".join(relation.advice)[:LONGEST_TEXT],
                    extensions={EXTENSION: {"title": relation.title}},
                )
            )
    return tuple(found)


def _question(texts: list[str]) -> InterviewQuestion:
    kind = QuestionKind.SITUATIONAL if _SITUATIONAL.search(texts[0]) else QuestionKind.BEHAVIOURAL
    return InterviewQuestion(kind=kind, text=texts[0], probes=tuple(texts[1:]))
