"""Putting content into the part of a competency that is open."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from prowess.dictionaries.choices import Move
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.draft import Draft, DraftIndicator
from prowess.dictionaries.labels import Label
from prowess.dictionaries.line import Part
from prowess.dictionaries.scale import LevelsSeen
from prowess.dictionaries.usage import UsageReader
from prowess.framework.competency import DevelopmentKind
from prowess.framework.scale import Polarity
from prowess.framework.text import LONGEST_LINE

_DEVELOPMENT = {
    Part.ACTIVITIES_TO_DEVELOP: DevelopmentKind.ACTIVITY,
    Part.COURSES: DevelopmentKind.COURSE,
    Part.RESOURCES: DevelopmentKind.RESOURCE,
}
_POLARITIES = {Part.EFFECTIVE: Polarity.EFFECTIVE, Part.INEFFECTIVE: Polarity.INEFFECTIVE}
_DEVELOPMENT_LABELS = {
    Part.ACTIVITIES_TO_DEVELOP: Label.ACTIVITY,
    Part.COURSES: Label.COURSE,
    Part.RESOURCES: Label.RESOURCE,
}
_RELATION_LABELS = {
    Part.RELATED: Label.RELATED,
    Part.COMPARE_TO: Label.COMPARE_TO,
    Part.NOT_WITH: Label.NOT_WITH,
}
_INDICATOR_LABELS = {Part.EFFECTIVE: Label.EFFECTIVE, Part.INEFFECTIVE: Label.INEFFECTIVE}


@dataclass(frozen=True)
class Content:
    """Some text of a block, the draft it goes into, and the name that runs into it, where one does."""

    text: str
    entry: Labelled
    draft: Draft
    name: str = ""
    rest: str = ""


@dataclass
class Filler:
    """Fills drafts; remembers what the last block was, and the small heading that the next ones stand under."""

    usage: UsageReader
    levels: LevelsSeen = field(default_factory=LevelsSeen)
    group: str = ""
    probing: bool = False
    last: Labelled | None = None

    def fill(self, part: Part, content: Content) -> Label:
        """Put content into a part; the answer is a word for what it became."""
        return self._ways.get(part, _unplaced)(part, content)

    @cached_property
    def _ways(self) -> "dict[Part, Callable[[Part, Content], Label]]":
        return {
            Part.DEFINITION: self._definition,
            Part.KEY_ACTIONS: self._key_action,
            Part.JOB_ACTIVITIES: self._job_activity,
            **dict.fromkeys((Part.INDICATORS, Part.LEVEL, Part.EFFECTIVE, Part.INEFFECTIVE), self._indicator),
            **dict.fromkeys((Part.QUESTIONS, Part.PROBES), self._question),
            **dict.fromkeys(_DEVELOPMENT, self._development),
            **dict.fromkeys((Part.RELATED, Part.COMPARE_TO, Part.NOT_WITH), self._relation),
            Part.NOTES_ON_USE: self._note,
            Part.CODE: _code,
            Part.KIND: _kind,
            Part.ALIASES: _aliases,
        }

    def level_of(self, entry: Labelled) -> str:
        """The key of the level that a table gives or the last heading opened."""
        hinted = entry.block.hint.level if entry.block.hint else ""
        if hinted or (entry.choice.stated and entry.choice.level):
            return self.levels.key(hinted or entry.choice.level, entry.state.level)
        return self.levels.current(entry.state.level)

    def _definition(self, _part: Part, content: Content) -> Label:
        kept = self.usage.without_rules(content.text, content.draft)
        content.draft.definition.extend([kept] if kept else [])
        return Label.DEFINITION if kept else Label.NOTE

    def _job_activity(self, _part: Part, content: Content) -> Label:
        content.draft.job_activities.append(self.usage.without_bracketed_rule(content.text, content.draft))
        return Label.JOB_ACTIVITY

    def _key_action(self, _part: Part, content: Content) -> Label:
        draft, text = content.draft, self.usage.without_bracketed_rule(content.text, content.draft)
        self.group = text if content.entry.block.hint and len(text) < LONGEST_LINE else ""
        if content.name and text == content.text:
            draft.key_actions.append([content.name, content.rest])
        elif draft.key_actions and self._describes_last(content):
            known = draft.key_actions[-1]
            known[1] = f"{known[1]} {text}".strip()
        else:
            draft.key_actions.append([text, ""])
        return Label.KEY_ACTION

    def _describes_last(self, content: Content) -> bool:
        """Text below the name of a key action is its description."""
        if self.last is None or content.entry.choice.stated:
            return False
        line = content.entry.block.first
        below_item = bool(self.last.block.first.bullet) and not line.bullet and not line.whole
        return self.last.choice.move is Move.SUBHEADING or below_item

    def _indicator(self, part: Part, content: Content) -> Label:
        entry, draft = content.entry, content.draft
        named = entry.block.first.lead and content.name and not entry.choice.stated
        if part is Part.INDICATORS and not entry.state.level and named:
            draft.key_actions.append([content.name, content.rest])
            return Label.KEY_ACTION
        hint = entry.block.hint
        beside = hint.level if hint and hint.field else ""
        level = self.level_of(entry) if entry.state.level and not beside else ""
        if level:
            self.levels.texts.setdefault(level, []).append(content.text)
        text = self.usage.without_bracketed_rule(content.text, draft)
        draft.indicators.append(
            DraftIndicator(level=level, text=text, polarity=_POLARITIES.get(part), group=self.group, beside=beside)
        )
        return _INDICATOR_LABELS.get(part, Label.INDICATOR)

    def _question(self, part: Part, content: Content) -> Label:
        questions, stated = content.draft.questions, content.entry.choice.stated
        if questions and (part is Part.PROBES or (not stated and (self.probing or self._is_probe(content)))):
            questions[-1].append(content.text)
            return Label.PROBE
        questions.append([content.text])
        return Label.QUESTION

    def _is_probe(self, content: Content) -> bool:
        """A question is a probe where it stands deeper than the question before, or as deep as the probe before."""
        last, entry = self.last, content.entry
        if last is None or last.state.where != entry.state.where:
            return False
        deeper = entry.block.first.indent - last.block.first.indent
        after_probe = len(content.draft.questions[-1]) > 1 and last.block.text == content.draft.questions[-1][-1]
        return deeper > 1.5 or (after_probe and abs(deeper) < 1)

    def _development(self, part: Part, content: Content) -> Label:
        kind = _DEVELOPMENT[part]
        content.draft.development.append((kind, content.text, content.entry.state.level))
        return _DEVELOPMENT_LABELS[part]

    def _relation(self, part: Part, content: Content) -> Label:
        goes_on = self.last is not None and self.last.state.where == part
        self.usage.read_under(part, content.text, content.name, content.rest, content.draft, goes_on=goes_on)
        return _RELATION_LABELS[part]

    def _note(self, _part: Part, content: Content) -> Label:
        self.usage.read(content.text, content.draft)
        return Label.NOTE


def _code(_part: Part, content: Content) -> Label:
    if content.draft.code:
        return Label.UNPLACED
    content.draft.code = re.sub(r"\s+", "-", content.text.strip())
    return Label.CODE


def _kind(_part: Part, content: Content) -> Label:
    content.draft.kind = content.text
    content.draft.headings.append(content.text)
    return Label.KIND


def _aliases(_part: Part, content: Content) -> Label:
    content.draft.aliases.extend(alias.strip() for alias in re.split(r"[,;•|]", content.text) if alias.strip())
    return Label.ALIAS


def _unplaced(_part: Part, _content: Content) -> Label:
    return Label.UNPLACED
