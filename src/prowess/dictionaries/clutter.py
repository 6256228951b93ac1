"""What is no content: menus, buttons, running heads, page numbers, notices, and the list of contents."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from prowess.dictionaries.level_names import level_at
from prowess.dictionaries.line import Line, Part
from prowess.dictionaries.vocabulary import is_clutter, is_placeholder, parts_named

_LEADERS = re.compile(r"^(?P<name>.*?\S)\s*(?:\.{3,}|…{1,}|(?:\s\.){3,}|_{3,}|\t)\s*(?P<page>\d{1,4}|[ivxlc]{1,6})$")
_MENU_WORD = re.compile(
    r"^(?:help|support|services|products|feedback|more|news|events|careers|lead|like|edit|reply|jobs|first|next|last|back|english|print|save|share|close|search)$",
    re.I,
)
_COUNTED = re.compile(r"^(?:(?P<words>\D{4,120}?)\s+(?P<number>\d{1,4})|(?P<first>\d{1,4})\s+(?P<after>\D{4,120}))$")
_PAGE_OF = re.compile(r"(?i)^.{3,110}?[\s|·•,–—-]+(?:page|pg\.?|p\.|seite|slide)\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*$")
"""What counts the pages stands at their head or foot, however few there are."""
_PAGE_AT_LEAST = 8
"""Lines that a page has at least, where only its number tells it."""
_FEWEST_ENTRIES = 3
_REPEATS = 3
_SENTENCE = 4
"""Words of a line from which it may be a broken sentence."""


def split_clutter(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that may be content, and those that surely are none, before broken sentences are mended."""
    running = _running_heads(lines)
    contents = _contents(lines)
    foot = _foot(lines)
    kept: list[Line] = []
    clutter: list[Line] = []
    for position, line in enumerate(lines):
        sure = _surely(line) and not (position and ends_sentence(lines[position - 1], line))
        is_no_content = position >= foot or position in running or position in contents or sure
        (clutter if is_no_content else kept).append(line)
    return kept, clutter


def names_in_contents(lines: Sequence[Line]) -> frozenset[str]:
    """The names that the list of contents announces, as `plain_name` writes them."""
    return frozenset(plain_name(_entry(lines[position])) for position in _contents(lines))


@lru_cache(maxsize=100_000)
def plain_name(text: str) -> str:
    """A name as it is compared: lower case, words only, without numbering."""
    text = re.sub(r"^\W*(?:\d{1,3}(?:\.\d{1,3})*[.):]?\s+)?", "", text)
    return " ".join(re.findall(r"\w+", text.lower().replace("&", " and ")))


def _surely(line: Line) -> bool:
    if line.hint or line.cell:
        return False
    if line.aside and not (line.heading or len(line.text.split()) > 25):
        return True
    if not is_clutter(line.text) or is_placeholder(line.text):
        return False
    return not (_MENU_WORD.match(line.text) and (line.heading or line.bold or line.size > 1.05) and not line.linked)


def ends_sentence(before: Line, line: Line) -> bool:
    """Whether a short line is the end of a sentence that the line before leaves open ("…in the same / search.")."""
    open_before = bool(before.text) and before.text[-1].isalnum() and len(before.text.split()) >= _SENTENCE
    return line.text[:1].islower() and line.text.endswith(".") and open_before and not (line.linked or line.gap)


def _foot(lines: Sequence[Line]) -> int:
    """Where the foot of a web page begins: short lines to the end, a good part of them surely clutter."""
    start = len(lines)
    while start > 0 and _is_short(lines[start - 1]):
        start -= 1
    sure = [position for position in range(start, len(lines)) if _surely(lines[position])]
    return sure[0] if len(sure) >= 2 and len(sure) >= 0.35 * (len(lines) - sure[0]) else len(lines)


def _is_short(line: Line) -> bool:
    structural = any(sure == 1.0 for _part, sure in parts_named(line.text)) or is_placeholder(line.text)
    ends = line.text.endswith((".", "?", "!")) and not is_clutter(line.text)
    return len(line.text.split()) <= 9 and not (structural or ends or line.bullet or line.cell or line.hint)


def _pattern(line: Line) -> str:
    """A line as it is compared with others: where it may count pages, its number stands for any."""
    text = line.text.lower().strip()
    if _is_set_apart(line):
        return text
    text = re.sub(r"\d+\s*(?:of|/)\s*\d+", "#", text)
    return re.sub(r"^(?:\d+|[ivx]+)(?=\W)|(?<=\W)(?:\d+|[ivx]+)$|^\d+$", "#", text)


def _is_set_apart(line: Line) -> bool:
    """Whether type marks a line as a heading, which may bear a number of its own."""
    counts_pages = re.search(r"(?i)\b(?:page|seite|p\.)\s*\d+", line.text)
    return line.heading > 0 or (not counts_pages and (line.size > 1.05 or line.bold))


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Lines that stand at the head or foot of several pages, or always beside a page number."""
    edges = Counter(_pattern(line) for line in lines if line.edge and len(line.text) < 150)
    everywhere = Counter(_pattern(line) for line in lines if not line.cell and len(line.text) < 150)
    pages = len({line.page for line in lines}) if lines else 0
    found = _counted_heads(lines)
    numbers = found | {position for position, line in enumerate(lines) if _is_number(line) and not line.cell}
    beside = Counter(_pattern(line) for position, line in enumerate(lines) if {position - 1, position + 1} & numbers)
    for position, line in enumerate(lines):
        pattern = _pattern(line)
        sentence = line.text.endswith(".") and len(line.text.split()) > 8
        if _PAGE_OF.search(line.text) and not (line.cell or line.hint or line.bullet or sentence):
            found.add(position)
            continue
        if position in found or not pattern or line.hint or line.bullet or sentence:
            continue
        at_edge = line.edge and edges[pattern] >= max(2, min(_REPEATS, pages - 1))
        often = everywhere[pattern] >= (2 if {position - 1, position + 1} & found else _REPEATS)
        beside_number = often and position > 0 and beside[pattern] >= 0.6 * everywhere[pattern]
        level = level_at(line.text)
        head = line.text.split(":")[0] if ":" in line.text else line.text
        structural = any(sure == 1.0 for _part, sure in parts_named(head)) or bool(level and not level.content)
        numbered = line.edge and _is_number(line)
        if numbered or ((at_edge or beside_number) and not (structural or is_placeholder(line.text))):
            found.add(position)
    return found


def _counted_heads(lines: Sequence[Line]) -> set[int]:
    """Lines with the same words and a rising number at their end or start, far apart: they count the pages."""
    places: dict[str, list[tuple[int, int]]] = {}
    for position, line in enumerate(lines):
        found = _COUNTED.match(line.text)
        if found and not (line.bullet or line.cell or _is_set_apart(line) or level_at(line.text)):
            words = (found["words"] or found["after"]).lower()
            places.setdefault(words, []).append((position, int(found["number"] or found["first"])))
    counted: set[int] = set()
    for found_places in places.values():
        steps = list(pairwise(found_places))
        if steps and all(next_[1] > last[1] and next_[0] - last[0] >= _PAGE_AT_LEAST for last, next_ in steps):
            counted.update(position for position, _number in found_places)
    return counted


def _is_number(line: Line) -> bool:
    return bool(re.fullmatch(r"(?i)\W*(?:page |p\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W*", line.text))


def _entry(line: Line) -> str:
    leaders = _LEADERS.match(line.text)
    return leaders["name"] if leaders else re.sub(r"\s+\d{1,4}$", "", line.text)


def _contents(lines: Sequence[Line]) -> set[int]:
    """The positions of the entries of a list of contents (its heading stays, to be read as a heading)."""
    found = {position for position, line in enumerate(lines) if _LEADERS.match(line.text) and len(line.text) < 200}
    if len(found) < _FEWEST_ENTRIES:
        found = set()
    later: dict[str, int] = {}
    for position, line in enumerate(lines):
        if not line.cell:
            later[plain_name(line.text)] = position
    position = 0
    while position < len(lines):
        end = position
        while end < len(lines) and _announces(lines[end], end, later):
            end += 1
        headed = position > 0 and any(part is Part.CONTENTS for part, _sure in parts_named(lines[position - 1].text))
        names = {plain_name(_entry(line)) for line in lines[position:end]}
        if len(names) >= (2 if headed else _FEWEST_ENTRIES) and end - position == len(names):
            found.update(range(position, end))
        position = max(end, position + 1)
    return found


def _announces(line: Line, position: int, later: dict[str, int]) -> bool:
    """Whether a short line names something that stands as a line of its own further down."""
    name = plain_name(_entry(line))
    if not name or len(line.text.split()) > 12 or line.heading or line.cell or line.text.endswith("."):
        return False
    named = any(sure == 1.0 for _part, sure in parts_named(line.text))
    return later.get(name, -1) > position + 1 and not named
