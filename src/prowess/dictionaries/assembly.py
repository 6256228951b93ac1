"""From a labelled document to drafts of competencies, with what became of each block."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from prowess.dictionaries.choices import Choice, Move
from prowess.dictionaries.clutter import plain_name
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.draft import Draft
from prowess.dictionaries.filling import Content, Filler
from prowess.dictionaries.labels import Label
from prowess.dictionaries.line import Line, Part
from prowess.dictionaries.scale import LevelsSeen
from prowess.dictionaries.usage import UsageReader
from prowess.dictionaries.vocabulary import parts_named
from prowess.framework.text import LONGEST_TEXT

_UNTITLED = "Untitled competency"
_NUMBER_BEFORE = re.compile(r"^\d{1,3}\s+(?=[^\W\d])")
_CODE_BEFORE = re.compile(r"^\[([A-Z]{1,6}[-. ]?\d[\d.]*)\]$")
_CODE_AFTER = re.compile(r"\s+[\[(]([A-Z]{1,6}[-.]?\d{1,4}(?:\.\d{1,3})*)[\])]$")
_PROSE = 8
"""Words from which a line before the first competency is a sentence about the framework."""


@dataclass(frozen=True)
class Placed:
    """What became of a block and of what ran on after its name (``runs_on``), or of that end alone (``text``)."""

    lines: tuple[Line, ...]
    label: Label
    draft: Draft | None = None
    text: str = ""
    level: str = ""
    runs_on: Label | None = None


@dataclass
class Assembled:
    """Everything that was made of the document."""

    drafts: list[Draft] = field(default_factory=list)
    levels: LevelsSeen = field(default_factory=LevelsSeen)
    title: str = ""
    description: list[str] = field(default_factory=list)
    cluster_texts: dict[str, list[str]] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    unplaced_ends: list[Placed] = field(default_factory=list)


def assemble(document: Sequence[Labelled]) -> Assembled:
    """Walk through the labelled blocks and gather each competency's parts."""
    titles = frozenset(plain_name(entry.choice.name) for entry in document if entry.choice.move is Move.TITLE)
    result = Assembled()
    walker = _Walker(filler=Filler(usage=UsageReader(titles=titles), levels=result.levels), result=result)
    opening = {entry.block.first.position for entry in document if _may_open(entry)}
    moved = [entry for entry in document if entry.moved_to in opening]
    for entry in document:
        if entry.moved_to not in opening:
            walker.take(entry)
    for entry in moved:
        walker.take_elsewhere(entry)
    return result


@dataclass
class _Walker:
    filler: Filler
    result: Assembled
    draft: Draft | None = None
    cluster: str = ""
    open_heading: str = ""
    named: dict[str, list[Draft]] = field(default_factory=dict)
    ran_on: Label | None = None

    def take(self, entry: Labelled) -> None:
        """One block: what it opens or where it belongs."""
        self.ran_on = None
        label = self._moves.get(entry.choice.move, self._content)(entry)
        draft = None if entry.state.outside or label is Label.CLUTTER else self.draft
        self.result.placed.append(
            Placed(lines=entry.block.lines, label=label, draft=draft, level=entry.state.level, runs_on=self.ran_on)
        )
        if label is not Label.CLUTTER:
            self.filler.last = entry

    def take_elsewhere(self, entry: Labelled) -> None:
        """One block that belongs to the competency whose title stands at its ``moved_to``."""
        self.filler.usage.close()
        self.filler.group, self.filler.probing, self.filler.last, self.open_heading = "", False, None, ""
        found = [draft for draft in self.result.drafts if entry.moved_to in draft.positions]
        self.draft = found[0] if found else self.draft
        self.take(entry)

    @cached_property
    def _moves(self) -> dict[Move, Callable[[Labelled], Label]]:
        return {
            **dict.fromkeys(
                (Move.CLUTTER, Move.UNPLACED, Move.PLACEHOLDER), lambda entry: Label(str(entry.choice.move))
            ),
            Move.DOCUMENT_TITLE: self._document_title,
            Move.LABEL: self._label,
            Move.CLUSTER: self._cluster,
            Move.TITLE: self._title,
            Move.HEADING: self._heading,
            Move.LEVEL: self._level,
            Move.SUBHEADING: self._subheading,
        }

    def _document_title(self, entry: Labelled) -> Label:
        known = self.result.title
        self.result.title = f"{known} – {entry.block.text}" if known else entry.block.text
        return Label.DOCUMENT_TITLE

    def _label(self, entry: Labelled) -> Label:
        """The label of a row or column, which a table may say again and again."""
        text = entry.block.text
        known = [self.draft.title, *self.draft.headings] if self.draft else self.result.headings
        if text not in known and text != self.cluster:
            self._headings().append(text)
        return Label.HEADING

    def _headings(self) -> list[str]:
        return self.draft.headings if self.draft else self.result.headings

    def _remember(self, heading: str) -> None:
        """A heading's words are kept with the competency that it stands in."""
        self._headings().append(heading)
        self.open_heading = heading.rstrip(": ")

    def _fills_part(self) -> None:
        """A part is empty until content comes."""
        if self.draft and self.open_heading in self.draft.empty:
            self.draft.empty.remove(self.open_heading)

    def _cluster(self, entry: Labelled) -> Label:
        name = entry.choice.name
        self.filler.usage.close()
        if self.draft and not entry.state.outside:
            self.draft.cluster = name
        else:
            self.draft = None
        self.cluster = name
        beside = (entry.block.first.bullet, entry.block.text.replace(name, "", 1).strip(" :–—-."))
        self.result.headings.extend(text for text in beside if any(c.isalnum() for c in text))
        self.result.cluster_texts.setdefault(name, [])
        return Label.CLUSTER

    def _title(self, entry: Labelled) -> Label:
        choice = entry.choice
        self.filler.usage.close()
        self.filler.group, self.filler.probing, self.open_heading = "", False, ""
        same = self._same_title(choice.name)
        if same is not None:
            self.draft = same
            same.positions.append(entry.block.first.position)
            same.headings.append(choice.name if choice.rest else entry.block.text)
        else:
            self.draft = self._new_draft(entry)
            self.result.drafts.append(self.draft)
            self.named.setdefault(self.draft.name, []).append(self.draft)
        if choice.rest:
            self._run_on(entry)
        return Label.TITLE

    def _new_draft(self, entry: Labelled) -> Draft:
        """A draft with the title of a block; a number or label before the title is none of it, but is kept."""
        name, block = entry.choice.name, entry.block
        draft = Draft(title="", positions=[block.first.position], cluster=self.cluster)
        name = _NUMBER_BEFORE.sub("", name) or name
        code = _CODE_BEFORE.match(block.first.bullet)
        after = _CODE_AFTER.search(name) if not code else None
        draft.code = (code or after)[1] if code or after else ""  # type: ignore[index]
        name = name[: after.start()] if after else name
        draft.title = self.filler.usage.without_bracketed_rule(name, draft) or name
        before = block.text[: block.text.find(name)] if name in block.text else ""
        for text in (block.first.bullet, before.strip(" :–—-")):
            if any(c.isalnum() for c in text):
                draft.headings.append(text)
        return draft

    def _same_title(self, name: str) -> Draft | None:
        for draft in self.named.get(plain_name(name), ()):
            if draft.cluster == self.cluster or draft.is_empty or not self.cluster:
                return draft
        return None

    def _opened(self) -> Draft:
        """The competency that is open; one without a title where the document gives none."""
        if self.draft is None:
            self.draft = Draft(title=_UNTITLED, cluster=self.cluster, found_title=False)
            self.result.drafts.append(self.draft)
        return self.draft

    def _heading(self, entry: Labelled) -> Label:
        part, choice = entry.choice.part, entry.choice
        self.filler.group, self.filler.probing = "", part is Part.PROBES
        self.filler.usage.close()
        if part in (Part.TITLE, Part.CLUSTER):
            return self._label_of_a_name(entry)
        if entry.state.outside:
            self.draft = None
        elif part is not Part.OTHER:
            self._opened().empty.append(choice.name.rstrip(": "))
        elif not (choice.stated or parts_named(choice.name.rstrip(":"))):
            self.open_heading = ""
            return Label.UNPLACED
        self._remember(choice.name)
        if choice.rest:
            self._run_on(entry)
        return Label.HEADING

    def _label_of_a_name(self, entry: Labelled) -> Label:
        """ "Competency: …" or "Cluster: …", with the name beside it or in the next block."""
        choice, is_title = entry.choice, entry.choice.part is Part.TITLE
        self.result.headings.append(choice.name)
        if not choice.rest or is_title:
            self.draft = None
        if not choice.rest:
            return Label.HEADING
        named = Choice(move=Move.TITLE if is_title else Move.CLUSTER, score=0.0, name=choice.rest)
        block = replace(entry.block, text=choice.rest)
        named_entry = replace(entry, block=block, choice=named)
        return self._title(named_entry) if is_title else self._cluster(named_entry)

    def _level(self, entry: Labelled) -> Label:
        choice = entry.choice
        self.filler.group = ""
        key = self.result.levels.key(choice.name or choice.level, choice.level)
        if entry.state.outside:
            self.result.headings.append(choice.name or entry.block.text)
            if choice.rest:
                self.result.levels.descriptions.setdefault(key, []).append(choice.rest)
            return Label.SCALE_LEVEL
        self._opened()
        self._fills_part()
        self._remember(entry.block.text if entry.block.hint or not choice.name else choice.name)
        if choice.rest and _is_stem(choice.rest, entry):
            self._remember(choice.rest)
        elif choice.rest:
            self._run_on(entry)
        return Label.LEVEL

    def _subheading(self, entry: Labelled) -> Label:
        draft, where = self._opened(), entry.state.where
        self._fills_part()
        name = entry.block.text.rstrip(": ")
        if where == Part.KEY_ACTIONS:
            draft.key_actions.append([name, ""])
            return Label.KEY_ACTION
        if where in (Part.COMPARE_TO, Part.RELATED, Part.NOT_WITH):
            self.filler.usage.read_under(Part(where), name, "", "", draft, goes_on=False)
            return Label(where)
        self.filler.group = name
        draft.headings.append(entry.block.text)
        return Label.HEADING

    def _run_on(self, entry: Labelled) -> None:
        """Content that runs on after a heading, kept apart where it finds no place."""
        rest = entry.choice.rest
        content = replace(entry, block=replace(entry.block, text=rest))
        self.ran_on = self._place(content, name="", rest="")
        if self.ran_on is Label.UNPLACED:
            self.result.unplaced_ends.append(Placed(lines=entry.block.lines, label=Label.UNPLACED, text=rest))

    def _content(self, entry: Labelled) -> Label:
        return self._place(entry, name=entry.looks.name, rest=entry.looks.rest)

    def _place(self, entry: Labelled, *, name: str, rest: str) -> Label:
        where, text = entry.state.where, entry.block.text
        outside = {"front": self._front, "cluster": self._about_cluster, "scale": self._about_level}
        if len(text) > LONGEST_TEXT:
            return Label.UNPLACED
        if where in outside:
            return outside[where](entry)
        if where == "title":
            return self._title(replace(entry, choice=replace(entry.choice, name=text, rest="")))
        draft = self._opened()
        self._fills_part()
        return self.filler.fill(Part(where), Content(text=text, entry=entry, draft=draft, name=name, rest=rest))

    def _front(self, entry: Labelled) -> Label:
        text, description = entry.block.text, self.result.description
        prose = entry.looks.words >= _PROSE and not entry.looks.bulleted and not self.result.drafts
        if (prose or entry.choice.stated) and sum(map(len, description)) + len(text) < LONGEST_TEXT:
            description.append(text)
            return Label.DOCUMENT_DESCRIPTION
        return Label.UNPLACED

    def _about_cluster(self, entry: Labelled) -> Label:
        last = self.filler.last
        named = last and last.choice.move is Move.HEADING and last.choice.part is Part.CLUSTER
        if named and not entry.choice.stated:
            return self._cluster(replace(entry, choice=replace(entry.choice, name=entry.block.text)))
        if not self.cluster:
            return Label.UNPLACED
        self.result.cluster_texts[self.cluster].append(entry.block.text)
        return Label.CLUSTER_DESCRIPTION

    def _about_level(self, entry: Labelled) -> Label:
        if not entry.state.level:
            return Label.UNPLACED
        level = self.filler.level_of(entry)
        if level not in self.result.levels.order:
            return Label.UNPLACED
        self.result.levels.descriptions.setdefault(level, []).append(entry.block.text)
        return Label.SCALE_DESCRIPTION


def _may_open(entry: Labelled) -> bool:
    """Whether a block may name a competency: as its title, after a label ("Competency: …") or below one."""
    choice = entry.choice
    return choice.move is Move.TITLE or choice.part is Part.TITLE or entry.state.where == "title"


def _is_stem(text: str, entry: Labelled) -> bool:
    """Whether a text only begins the sentence that the items below it end ("The employee")."""
    return entry.block.opens_list and len(text.split()) <= _PROSE and not text.endswith((".", "?", "!"))
