"""Blocks to statements: what each section holds, what counts, and how much it weighs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prowess.framework.role_profile import Statement
from prowess.matching.job_text.block import Block, BlockKind
from prowess.matching.job_text.cues import Judgement, Kind, judge
from prowess.matching.job_text.language import foreign_language
from prowess.matching.job_text.section import Section, section_of
from prowess.matching.job_text.sentence import sentences_of
from prowess.matching.job_text.title import names_title
from prowess.matching.job_text.verbs import begins_with_duty_verb
from prowess.matching.job_text.weight import Cues, Share, split_share, weights_of

_WORK = frozenset((Section.DUTIES, Section.OTHER_DUTIES, Section.PURPOSE, Section.SKILLS, Section.RELATIONSHIPS))
_DOUBTFUL = frozenset((Section.QUALIFICATIONS, Section.LAW, Section.EMPLOYER, Section.TERMS, Section.RELATIONSHIPS))
_WHY_LEAD_IN = "only introduces the list that follows"
_WHY_REPEATED = "repeats an earlier statement"
_WHY_LABEL = "the title or a label, not a statement about the work"
LONGEST_ADDITION = 20
STRENGTH_INSIDE_WORK = 0.62
"""Below a heading of duties or skills, a further heading must speak this clearly to end them."""


@dataclass(slots=True)
class _Place:
    """Where the reader is: the section, the headings above, and the share of time that they give."""

    section: Section | None = None
    heading: str = ""
    outer: str = ""
    share: Share | None = None
    level: int = 0
    share_level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    line: int
    text: str
    judgement: Judgement
    cues: Cues
    why: str = ""

    @property
    def counts(self) -> bool:
        return self.judgement.counts and not self.why


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence with what its block says of it."""

    text: str
    line: int
    section: Section | None
    share: Share | None


def statements_of(blocks: Sequence[Block], *, title: str) -> tuple[Statement, ...]:
    """The statements of a job description in order, numbered s1, s2, …"""
    judged = _without_repeats(list(_judged(blocks, title=title)))
    counting = [one.cues for one in judged if one.counts]
    weights = iter(weights_of(counting))
    return tuple(
        Statement(
            id=f"s{number}",
            line=one.line,
            text=one.text,
            counts=one.counts,
            why=one.why or one.judgement.why,
            weight=next(weights) if one.counts else 0.0,
        )
        for number, one in enumerate(judged, start=1)
    )


def _judged(blocks: Sequence[Block], *, title: str) -> Iterator[_Judged]:
    place = _Place()
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            if title.lower() not in block.text.lower():
                _enter(block, place, group=number, below=_below(blocks, number))
            continue
        text, percent = split_share(block.text)
        text, percent = (text, percent) if percent else (text, split_share(f"{block.mark} x")[1])
        share = Share(number, percent) if percent else place.share
        section, offset = _section_for(block, place), 0
        for sentence in sentences_of(text):
            offset = max(offset, block.text.find(sentence[:25], offset))
            told = _Told(sentence, line=block.line_at(offset), section=section, share=share)
            yield _judged_sentence(told, block, place, title=title)


def _below(blocks: Sequence[Block], heading: int) -> list[Block]:
    """The blocks between a heading and the next."""
    following = blocks[heading + 1 : heading + 13]
    end = next((n for n, block in enumerate(following) if block.kind is BlockKind.HEADING), len(following))
    return list(following[:end])


def _judged_sentence(told: _Told, block: Block, place: _Place, *, title: str) -> _Judged:
    sentence = told.text
    context = " ".join((place.outer, place.heading, *block.labels, block.mark if "%" not in block.mark else ""))
    judgement = judge(sentence, section=told.section)
    why = ""
    if block.opens_list and sentence.endswith(":"):
        why = _WHY_LEAD_IN
        _follow_lead_in(sentence, place)
    elif _is_the_title(sentence, title) or names_title(sentence):
        why = _WHY_LABEL
    elif judgement.counts and foreign_language(sentence):
        why = f"in {foreign_language(sentence)}, which cannot be matched"
    cues = Cues(text=sentence, section=_weighing(told.section, judgement), context=context, share=told.share)
    return _Judged(line=told.line, text=sentence, judgement=judgement, cues=cues, why=why)


def _is_the_title(sentence: str, title: str) -> bool:
    """The title alone, or with an addition such as "(full-time)"."""
    return title.lower() in sentence.lower() and len(sentence) <= len(title) + LONGEST_ADDITION


def _weighing(section: Section | None, judgement: Judgement) -> Section | None:
    """The section by which a sentence weighs: a skill in prose weighs as a skill."""
    if section in _WORK:
        return section
    return Section.QUALIFICATIONS if judgement.kind is Kind.SKILL else None


def _enter(block: Block, place: _Place, *, group: int, below: Sequence[Block]) -> None:
    """Take in a heading: it opens a section, divides the present one, or ends it.

    Below duties, a heading like "Education" or "Health and safety" may stand above further duties: what stands
    below it decides.
    """
    text, percent = split_share(block.text)
    found = section_of(text)
    if found and place.section is Section.DUTIES and found.section in _DOUBTFUL and _mostly_duties(below):
        found = None
    deeper = bool(place.level) and block.level > place.level
    if found and (place.section not in _WORK or found.section in _WORK or found.strength >= STRENGTH_INSIDE_WORK):
        inside = (
            deeper
            and place.section in (Section.DUTIES, Section.OTHER_DUTIES)
            and found.section in (Section.DUTIES, Section.SKILLS)
        )
        place.section = place.section if inside else found.section
        place.level = place.level if inside else block.level
        place.outer = place.outer if inside else text
    elif place.section not in _WORK and not deeper:
        place.section, place.level, place.outer = None, block.level, text
    place.heading = text
    if percent:
        place.share, place.share_level = Share(group, percent), block.level
    elif block.level <= place.share_level or found:
        place.share = None


def _mostly_duties(blocks: Sequence[Block]) -> bool:
    return sum(begins_with_duty_verb(block.text) for block in blocks) > 0.6 * len(blocks)


def _follow_lead_in(sentence: str, place: _Place) -> None:
    """ "The ideal candidate will have:" and "Your duties include:" open sections as headings do."""
    found = section_of(sentence)
    if found and (place.section is None or found.section in (Section.SKILLS, Section.BENEFITS, Section.QUALIFICATIONS)):
        place.section = found.section if place.section not in (Section.BENEFITS, Section.LAW) else place.section


def _section_for(block: Block, place: _Place) -> Section | None:
    """The section of a block: what its table labels say, else that of the headings above."""
    spoken = [found for label in block.labels if (found := section_of(label)) and found.strength >= 0.55]
    if not spoken:
        return place.section
    if place.section in _WORK and spoken[0].section not in (
        Section.QUALIFICATIONS,
        Section.TERMS,
        Section.TITLE,
        Section.PHYSICAL,
    ):
        return spoken[0].section if spoken[0].section in _WORK else place.section
    return spoken[0].section


def _without_repeats(judged: Sequence[_Judged]) -> list[_Judged]:
    seen: set[str] = set()
    found = []
    for one in judged:
        key = one.text.lower().strip(" .")
        repeated = one.counts and key in seen
        found.append(replace(one, why=_WHY_REPEATED) if repeated else one)
        seen.add(key)
    return found
