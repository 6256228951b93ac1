"""Blocks to statements: what each section holds, what counts, and how much it weighs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prowess.framework.role_profile import Statement
from prowess.matching.job_text.block import Block, BlockKind
from prowess.matching.job_text.cues import Judgement, Kind, Scores, judge
from prowess.matching.job_text.evidence import evidence_of
from prowess.matching.job_text.language import foreign_language
from prowess.matching.job_text.section import Section, is_grade, section_of
from prowess.matching.job_text.sentence import sentences_of
from prowess.matching.job_text.title import names_title, occupations_in
from prowess.matching.job_text.verbs import begins_with_duty_verb
from prowess.matching.job_text.weight import Cues, Share, split_share, weights_of

_WORK = frozenset((Section.DUTIES, Section.OTHER_DUTIES, Section.PURPOSE, Section.SKILLS, Section.RELATIONSHIPS))
_DOUBTFUL = frozenset((Section.QUALIFICATIONS, Section.LAW, Section.EMPLOYER, Section.TERMS, Section.RELATIONSHIPS))
_WHY_LEAD_IN = "only introduces the list that follows"
_WHY_REPEATED = "repeats an earlier statement"
_WHY_LABEL = "the title or a label, not a statement about the work"
LONGEST_ADDITION = 20
LOUDEST = 4.0
"""Points of one sentence for one kind that its neighbours hear."""

LONGEST_TITLE = 12
"""Words: below a heading like “Role” stands the title, or prose that says what the role is for."""

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
    faded: bool = False


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
    context: str
    scores: Scores
    run: int
    lead_in: bool
    faded: bool


def statements_of(blocks: Sequence[Block], *, title: str) -> tuple[Statement, ...]:
    """The statements of a job description in order, numbered s1, s2, …"""
    told = list(_told(blocks, title=title))
    judged = _without_repeats([_judged_sentence(one, around, title=title) for one, around in _with_neighbours(told)])
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


def _told(blocks: Sequence[Block], *, title: str) -> Iterator[_Told]:
    place, run, roles = _Place(), 0, occupations_in(title)
    previous: Block | None = None
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            if not _is_the_title(block.text, title):
                _enter(block, place, group=number, below=_below(blocks, number))
            place.faded = False
        else:
            if previous is None or _begins_run(block, previous):
                run += 1
            after_list = previous is not None and previous.kind is BlockKind.ITEM
            place.faded = block.kind is BlockKind.PARAGRAPH and ((after_list and block.after_gap) or place.faded)
            yield from _sentences(block, place, number=number, run=run, roles=roles)
        previous = block


def _begins_run(block: Block, previous: Block) -> bool:
    return previous.kind is not block.kind or block.after_gap or bool(block.labels)


def _sentences(block: Block, place: _Place, *, number: int, run: int, roles: frozenset[str]) -> Iterator[_Told]:
    text, percent = split_share(block.text)
    text, percent = (text, percent) if percent else (text, split_share(f"{block.mark} x")[1])
    offset, context = 0, _context(block, place)
    for sentence in sentences_of(text):
        offset = max(offset, block.text.find(sentence[:25], offset))
        lead_in = block.opens_list and sentence.endswith(":")
        yield _Told(
            sentence,
            line=block.line_at(offset),
            section=_section_for(block, place),
            share=Share(number, percent) if percent else place.share,
            context=context,
            scores=evidence_of(sentence, listed=block.kind is BlockKind.ITEM or bool(block.labels), roles=roles),
            run=run,
            lead_in=lead_in,
            faded=place.faded,
        )
        if lead_in:
            _follow_lead_in(sentence, place)


def _context(block: Block, place: _Place) -> str:
    return " ".join((place.outer, place.heading, *block.labels, block.mark if "%" not in block.mark else ""))


def _with_neighbours(told: Sequence[_Told]) -> Iterator[tuple[_Told, Scores]]:
    """Each sentence with the mean scores of the others of its run."""
    sums: dict[int, dict[Kind, float]] = {}
    sizes = Counter(one.run for one in told)
    for one in told:
        total = sums.setdefault(one.run, {})
        for kind, points in one.scores.items():
            total[kind] = total.get(kind, 0.0) + min(points, LOUDEST)
    for one in told:
        others = max(1, sizes[one.run] - 1)
        yield (
            one,
            {kind: (total - min(one.scores.get(kind, 0.0), LOUDEST)) / others for kind, total in sums[one.run].items()},
        )


def _below(blocks: Sequence[Block], heading: int) -> list[Block]:
    """The blocks between a heading and the next."""
    following = blocks[heading + 1 : heading + 13]
    end = next((n for n, block in enumerate(following) if block.kind is BlockKind.HEADING), len(following))
    return list(following[:end])


def _judged_sentence(told: _Told, neighbours: Scores, *, title: str) -> _Judged:
    sentence = told.text
    judgement = judge(told.scores, section=told.section, faded=told.faded, neighbours=neighbours)
    why = ""
    if told.lead_in:
        why = _WHY_LEAD_IN
    elif _is_the_title(sentence, title) or names_title(sentence):
        why = _WHY_LABEL
    elif judgement.counts and foreign_language(sentence):
        why = f"in {foreign_language(sentence)}, which cannot be matched"
    cues = Cues(text=sentence, section=_weighing(told.section, judgement), context=told.context, share=told.share)
    return _Judged(line=told.line, text=sentence, judgement=judgement, cues=cues, why=why)


def _is_the_title(text: str, title: str) -> bool:
    """The title alone, or with an addition set off from it: "Cook (full-time)", "Vacancy: Cook"."""
    before, found, after = text.lower().partition(title.lower())
    added = len(before) + len(after) <= LONGEST_ADDITION
    apart = not re.search(r"\w\s*$", before) and not re.match(r"\s*\w", after)
    return bool(found) and added and apart


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
    text, percent = split_share(block.text, heading=True)
    if is_grade(text) and place.section in (Section.SKILLS, Section.QUALIFICATIONS):
        place.heading = text
        return
    found = section_of(text)
    if found and found.section is Section.TITLE and below and len(below[0].text.split()) > LONGEST_TITLE:
        found = replace(found, section=Section.PURPOSE)
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
