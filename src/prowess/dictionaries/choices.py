"""What a block may be: each possibility with a score from its words, its looks and what the whole document says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from prowess.dictionaries.blocks import Block
from prowess.dictionaries.clutter import plain_name
from prowess.dictionaries.level_names import LevelName, level_at, level_words
from prowess.dictionaries.line import Hint, Part
from prowess.dictionaries.looks import Looks, Style
from prowess.dictionaries.relations import opens_rule
from prowess.dictionaries.vocabulary import is_clutter, is_placeholder, parts_named

_FIELD_SIGN = r"\s*(?::|[–—.-]\s|\s[–—-])\s*(?P<title>\S.{1,100})$"
_EXPLICIT_TITLE = re.compile(
    r"^(?:competency|competence|skill|capability)(?: name| title)?(?: (?:no\.? ?|# ?)?\d{1,3}(?:\.\d{1,3})*)?"
    + _FIELD_SIGN,
    re.IGNORECASE,
)
_EXPLICIT_CLUSTER = re.compile(
    r"^(?:(?:competency|skill|capability) )?"
    r"(?:cluster|domain|group|area|family|category|theme|pillar|section|part|dimension)"
    r"(?: (?:no\.? ?)?(?:\d{1,3}|[A-Z]|[IVX]{1,4}))?" + _FIELD_SIGN,
    re.IGNORECASE,
)
_CLUSTER_WORDS = re.compile(
    r"\b(?:competencies|cluster|domain|skills|capabilities|competency (?:group|area|family|category))\s*$",
    re.IGNORECASE,
)
DOCUMENT_WORDS = re.compile(
    r"\b(?:dictionary|framework|model|directory|catalogue?|handbook|guide|competency profile|library|manual|glossary|"
    r"toolkit)\b",
    re.IGNORECASE,
)
_HINTED = 8.0
_START = 12
"""Blocks from the start among which the title of the document stands."""
_LONGEST_STEM = 15
"""Words of the beginning of a sentence that the items below it end."""
_AROUND = " \t•●▪○"
_FIELDS = (Part.TITLE, Part.CODE, Part.KIND, Part.LEVEL)
_NEVER_RUN_IN = (Part.OTHER, Part.LEVEL, Part.SCALE, Part.CONTENTS)


class Move(StrEnum):
    """What a reading says that a block is."""

    CLUTTER = "clutter"
    PLACEHOLDER = "placeholder"
    UNPLACED = "unplaced"
    DOCUMENT_TITLE = "document title"
    CLUSTER = "cluster"
    TITLE = "title"
    HEADING = "heading"
    LEVEL = "level"
    SUBHEADING = "subheading"
    LABEL = "label"
    RULE = "rule"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a block may be, with its score; ``name`` heads it and ``rest`` runs on after the name.

    ``in_levels`` says that headings of polarity divide each level, ``stated`` that the source or a curator says what it
    is.
    """

    move: Move
    score: float
    part: Part | None = None
    level: str = ""
    name: str = ""
    rest: str = ""
    in_levels: bool = False
    stated: bool = False


@dataclass(frozen=True)
class Evidence:
    """What the document as a whole says: names of levels, names in its contents, the style that titles are set in."""

    levels: frozenset[str]
    contents: frozenset[str]
    title_style: Style | None = None
    run_in_titles: bool = False
    repeated: frozenset[int] = frozenset()
    learnt_levels: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    title: str = ""
    formatted: bool = False
    spaced: bool = False
    polarity_in_levels: bool = False
    first_heading: str = ""
    level_aliases: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, level: LevelName) -> str:
        """The one key of a level that is met by its number here and by its name there."""
        return self.level_aliases.get(level_words(level.name), level.key)


def choices_for(block: Block, looks: Looks, evidence: Evidence, *, position: int) -> list[Choice]:
    """Everything that a block may be."""
    if block.hint:
        return [_hinted(block, block.hint)]
    if is_placeholder(block.text):
        return [Choice(Move.PLACEHOLDER, 5.0)]
    if position in evidence.repeated:
        return [Choice(Move.LABEL, 0.0, name=block.text)]
    found = [
        Choice(Move.UNPLACED, -3.0),
        Choice(Move.CLUTTER, _clutter(block, looks)),
        Choice(Move.CONTENT, _content(block, looks)),
    ]
    levels = _levels(block, looks, evidence)
    is_level = any(choice.level in evidence.levels for choice in levels)
    found += levels
    found += [
        replace(choice, score=choice.score - 2.0 * is_level, in_levels=evidence.polarity_in_levels)
        for choice in _headings(block, looks)
    ]
    if opens_rule(block.text):
        found.append(Choice(Move.RULE, 3.0))
    if looks.heading > -1.0:
        found += _Naming(block, looks, evidence, position=position).choices()
    if looks.name and evidence.run_in_titles:
        found += _run_in_title(block, looks, evidence)
    return found


def _hinted(block: Block, hint: Hint) -> Choice:
    """What the place in a table says."""
    text = block.text
    if not hint.heading:
        if hint.part in (Part.TITLE, Part.CLUSTER):
            move = Move.TITLE if hint.part is Part.TITLE else Move.CLUSTER
            return Choice(move, _HINTED, name=text, stated=True, part=Part.CLUSTER if hint.field else None)
        placeholder = Choice(Move.PLACEHOLDER, _HINTED)
        return placeholder if is_placeholder(text) else Choice(Move.CONTENT, _HINTED, part=hint.part, level=hint.level)
    if hint.part is Part.OTHER:
        return Choice(Move.LABEL, _HINTED, name=text)
    if hint.part is Part.LEVEL:
        return Choice(Move.LEVEL, _HINTED, level=hint.level, name=hint.level)
    return Choice(Move.HEADING, _HINTED, part=hint.part, name=text)


def _clutter(block: Block, looks: Looks) -> float:
    line = block.first
    score = -4.0
    score += 7.0 if is_clutter(block.text) and not line.bullet else 4.0 if is_clutter(block.text) else 0.0
    score += (3.0 if looks.words <= 6 else 1.0) if line.linked else 0.0
    score += 3.0 if len(re.findall(r"\S\s[|·»>]\s\S", block.text)) >= 2 and not line.bullet else 0.0
    score += 3.0 if line.aside else 0.0
    score -= 2.0 if line.heading else 0.0
    score -= 4.0 if line.cell else 0.0
    return score


def _content(block: Block, looks: Looks) -> float:
    score = 1.0 if looks.sentence else 0.4
    score += 0.8 if looks.bulleted else 0.3 if looks.numbered else 0.0
    if block.opens_list and looks.words <= _LONGEST_STEM and not block.text.endswith((".", "?", "!")):
        score -= 1.0
    if not looks.bulleted and looks.heading > 1.0:
        score -= 0.7 * (looks.heading - 1.0)
    return score


def _headings(block: Block, looks: Looks) -> list[Choice]:
    """The parts that the block may open, on a line of their own or with content running on."""
    text = block.text.rstrip()
    found = []
    for part, sure in parts_named(text.rstrip(":").strip()):
        score = 4.2 * sure + 0.25 * looks.heading - (1.5 if looks.bulleted else 0.0)
        score += 0.5 if text.endswith(":") else 0.0
        score -= 1.0 if part in _FIELDS and not text.endswith(":") else 0.0
        found.append(Choice(Move.HEADING, score, part=part, name=text))
    return [*found, *_run_in_headings(block, looks)]


def _run_in_headings(block: Block, looks: Looks) -> Iterator[Choice]:
    """ "Definition: …" and the like: after a colon, or in bold."""
    lead = bool(block.first.lead)
    colon = block.text[len(looks.name) :].lstrip().startswith(":")
    for part, sure in parts_named(looks.name):
        if part not in _NEVER_RUN_IN and (sure == 1.0 or lead or colon):
            score = 4.6 * sure - (2.0 if looks.bulleted and not lead else 0.0) - (0.0 if lead or colon else 1.2)
            yield Choice(Move.HEADING, score, part=part, name=looks.name, rest=looks.rest)


def _levels(block: Block, looks: Looks, evidence: Evidence) -> list[Choice]:
    level = level_at(block.text)
    if level is None and plain_name(block.text) in evidence.learnt_levels:
        level = LevelName(number=None, name=block.text.rstrip(": "))
    elif level is None and looks.name and plain_name(looks.name) in evidence.learnt_levels:
        level = LevelName(number=None, name=looks.name, content=looks.rest)
    if level is None:
        return []
    key = evidence.key_of(level)
    sure = max(level.sure, 0.9) if block.first.lead and level.content else level.sure
    score = 5.0 * sure + 0.2 * max(looks.heading, 0.0) - (0.8 if level.content else 0.0)
    score -= 0.0 if key in evidence.levels else 6.0
    score -= 1.2 if level.content and level.number is None and looks.bulleted and not block.first.lead else 0.0
    head = block.text[: len(block.text) - len(level.content)] if level.content else block.text
    return [Choice(Move.LEVEL, score, level=key, name=head.strip(_AROUND), rest=level.content)]


class _Naming:
    """A block as the title of a competency, a cluster, the document, or a small heading inside a part."""

    def __init__(self, block: Block, looks: Looks, evidence: Evidence, *, position: int) -> None:
        self._block, self._looks, self._evidence, self._position = block, looks, evidence, position
        self._text, self._name = block.text, plain_name(block.text)
        self._level = level_at(block.text)
        self._known = max((sure for _part, sure in parts_named(block.text.rstrip(":"))), default=0.0)
        self._in_style = looks.style == evidence.title_style
        self._in_contents = self._name in evidence.contents
        self._against = self._means_something_else()

    def choices(self) -> list[Choice]:
        """The names that the block may be."""
        found = [self._title(), self._cluster(), self._subheading(), self._unknown_heading()]
        return [*found, self._document_title()] if self._position < _START else found

    def _means_something_else(self) -> float:
        """What speaks against any name: the block is a known part, a level, or part of the document's title."""
        level = self._level
        return (
            4.5 * self._known
            + (1.5 if self._position < _START and DOCUMENT_WORDS.search(self._text) else 0.0)
            + (4.0 if level and self._evidence.key_of(level) in self._evidence.levels else 0.0)
        )

    def _punctuated(self) -> float:
        """Titles do not end in colons or question marks, and are more than a link."""
        line = self._block.first
        return (
            (1.0 if self._text.endswith(":") else 0.0)
            + (3.0 if self._text.endswith("?") else 0.0)
            + (2.5 if line.linked and not line.heading else 0.0)
            + (2.5 if self._name in self._evidence.recurring else 0.0)
        )

    def _title(self) -> Choice:
        explicit = _EXPLICIT_TITLE.match(self._text)
        if explicit and not self._level:
            return Choice(Move.TITLE, 6.0, name=explicit["title"].strip())
        style = 1.5 if self._in_style else -1.2 if self._evidence.title_style else 0.0
        score = self._looks.heading - 1.2 + style + (2.0 if self._in_contents else 0.0)
        score -= self._against + self._punctuated() + self._unlike_a_title()
        return Choice(Move.TITLE, score, name=self._text.rstrip(": "))

    def _unlike_a_title(self) -> float:
        line, looks, text = self._block.first, self._looks, self._text
        plain = not (line.heading or line.bold or line.size > 1.05 or looks.style[3])
        return (
            (1.5 if _CLUSTER_WORDS.search(text) else 0.0)
            + (2.0 if text.endswith(".") else 0.0)
            + (1.0 if ":" in text.rstrip(": ") else 0.0)
            + self._quiet()
            + (1.5 if self._evidence.formatted and plain else 0.0)
            + (1.5 if looks.bulleted and not self._in_style else 0.0)
        )

    def _quiet(self) -> float:
        """Nothing sets the line apart: no white space above (where headings have it), no larger, bolder type."""
        line, looks = self._block.first, self._looks
        apart = line.gap or line.heading or line.bold or line.size > 1.05 or looks.style[3] or looks.numbered
        return 0.0 if apart else 4.0 if self._evidence.spaced else 1.5

    def _cluster(self) -> Choice:
        explicit = _EXPLICIT_CLUSTER.match(self._text)
        if explicit and not parts_named(self._text):
            return Choice(Move.CLUSTER, 6.0, name=explicit["title"].strip(), stated=True)
        score = self._looks.heading - 1.6 + (1.2 if self._in_contents else 0.0) - 1.2 * self._in_style
        score += 0.8 if _CLUSTER_WORDS.search(self._text) else 0.0
        score -= self._against + self._punctuated() + self._quiet()
        return Choice(Move.CLUSTER, score, name=self._text.rstrip(": "))

    def _document_title(self) -> Choice:
        given = self._evidence.title
        first = 0.8 + 2.0 * self._text.endswith("?") if self._position == 0 else 0.0
        score = (
            self._looks.heading
            - 0.5
            - 0.15 * self._position
            + first
            + (1.5 if DOCUMENT_WORDS.search(self._text) else 0.0)
            + (2.5 if given and self._name and self._name in plain_name(given) else 0.0)
            - (3.0 if self._block.first.linked else 0.0)
            - (4.5 if self._known == 1.0 else 0.0)
            - (3.0 if self._looks.numbered else 0.0)
        )
        alone = self._block.first.heading == 1 and self._name == self._evidence.first_heading != ""
        return Choice(Move.DOCUMENT_TITLE, score + 2.0 * alone, name=self._text, stated=alone)

    def _subheading(self) -> Choice:
        stem = (
            self._block.opens_list and not self._text.endswith((".", "?", "!")) and self._looks.words <= _LONGEST_STEM
        )
        score = 0.6 * self._looks.heading - 1.0 - self._against - 0.8 * self._in_style
        score += (1.5 if stem else 0.0) + (0.4 if self._text.endswith(":") else 0.0)
        return Choice(Move.SUBHEADING, score, name=self._text)

    def _unknown_heading(self) -> Choice:
        score = 0.5 * self._looks.heading - 1.3 - self._against - 0.8 * self._in_style - 0.8 * self._in_contents
        return Choice(Move.HEADING, score, part=Part.OTHER, name=self._text)


def _run_in_title(block: Block, looks: Looks, evidence: Evidence) -> list[Choice]:
    if (parts_named(looks.name) and max(sure for _p, sure in parts_named(looks.name)) == 1.0) or level_at(looks.name):
        return []
    words = len(looks.name.split())
    if words > 8 or not looks.name[:1].isupper() or len(looks.rest.split()) < 4:
        return []
    capital = all(word[:1].isupper() for word in looks.name.split() if len(word) > 3)
    score = (
        1.7
        + (0.8 if capital else 0.0)
        + (1.0 if block.first.lead else 0.0)
        + (2.0 if plain_name(looks.name) in evidence.contents else 0.0)
        - (1.5 if looks.bulleted else 0.0)
    )
    return [Choice(Move.TITLE, score, name=looks.name, rest=looks.rest)]
