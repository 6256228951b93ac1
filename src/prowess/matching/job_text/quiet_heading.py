"""Headings that only their neighbours give away: “Our service” above a paragraph, “Readers” above a list."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prowess.matching.job_text.block import Block, BlockKind
from prowess.matching.job_text.section import is_grade, section_of
from prowess.matching.job_text.verbs import begins_with_duty_verb
from prowess.matching.job_text.weight import split_share

MOST_WORDS = 8
LONG_PARAGRAPH = 14
"""Words from which a paragraph is prose even without a full stop."""

CLEAR = 0.75
_ENDED = re.compile(r"[.!;,:|…]$")
_FACT = re.compile(r"^[^:]{2,40}:\s|\s[|·]\s|[£$€]|\d{3}|@")
_INSIDE = re.compile(r"^\w+ing\b")
LEVEL = 3


def with_quiet_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, where those that stand as headings among their neighbours have become headings."""
    found: list[Block] = []
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        quiet = _may_head(block) and following is not None and _heads(block, found[-1] if found else None, following)
        found.append(replace(block, kind=BlockKind.HEADING, level=_level(block, found)) if quiet else block)
    return found


def _level(block: Block, before: Sequence[Block]) -> int:
    """A quiet heading is never above the louder one before it."""
    above = next((one.level for one in reversed(before) if one.kind is BlockKind.HEADING), LEVEL)
    return max(LEVEL, above) if block.kind is BlockKind.PARAGRAPH else max(LEVEL, above) + 1


def _may_head(block: Block) -> bool:
    text, share = split_share(block.text, heading=True)
    words = text.split()
    if block.kind is BlockKind.HEADING or block.labels or len(block.starts) > 1 or len(words) > MOST_WORDS:
        return False
    told_to_do = len(words) > 1 and share is None and begins_with_duty_verb(text) and not _INSIDE.match(text)
    return text[:1].isupper() and not (_ENDED.search(text) or _FACT.search(text) or told_to_do)


def _heads(block: Block, previous: Block | None, following: Block) -> bool:
    """Whether a short block without an end stands above what it announces."""
    if is_grade(block.text):
        return True
    if block.kind is BlockKind.ITEM:
        return _heads_as_item(block, following)
    starts = block.after_gap or previous is None or previous.kind is not BlockKind.PARAGRAPH
    if following.kind is BlockKind.ITEM:
        return starts
    return starts and following.kind is BlockKind.PARAGRAPH and not following.labels and _is_prose(following)


def _heads_as_item(block: Block, following: Block) -> bool:
    """An item above deeper items, or a numbered one that names a section."""
    numbers = following.number_of_item, block.number_of_item
    below = following.kind is BlockKind.ITEM and following.indent > block.indent
    if _is_part_of(*numbers) or (below and len(block.text.split()) <= MOST_WORDS // 2):
        return True
    known = section_of(block.text)
    numbered = "." in block.number_of_item or (bool(block.number_of_item) and following.kind is not BlockKind.ITEM)
    return numbered and known is not None and known.strength >= CLEAR


def _is_part_of(number: str, above: str) -> bool:
    """ "3.1" below "3", "KRA 1.2" below "KRA 1", "A1" below "A"."""
    rest = number.removeprefix(above)
    return bool(above) and rest != number and (rest[:1] == "." or (above.isalpha() and rest[:1].isdigit()))


def _is_prose(block: Block) -> bool:
    ended = block.text.endswith((".", "!", "?", ";"))
    return (ended or len(block.text.split()) >= LONG_PARAGRAPH) and not _FACT.match(block.text)
