"""Job descriptions in which ⟦…⟧ encloses what counts, and how well reading one finds exactly that."""

import re
from dataclasses import dataclass
from pathlib import Path

from prowess.matching.job_text import read_job

MARKED = Path(__file__).parent / "jobs" / "marked"
_MARKS = re.compile(r"[⟦⟧]")
_WORD = re.compile(r"[^\W_]+")
SHARED = 0.5
"""Share of a statement's words that must stand inside marks for it to be one that counts, and the reverse."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one reading found: statements rightly counted, wrongly counted, and marked passages that were missed."""

    right: int
    wrong: tuple[str, ...]
    passages: int
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the counting statements that count rightly."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of the marked passages that count."""
        return 1 - len(self.missed) / max(1, self.passages)

    def __add__(self, other: "Found") -> "Found":
        return Found(
            self.right + other.right,
            self.wrong + other.wrong,
            self.passages + other.passages,
            self.missed + other.missed,
        )


def measured(marked: str, *, name: str) -> Found:
    """Read a marked text without its marks, and compare word by word what counts with what is marked."""
    words, inside, passages = _words_of(marked)
    counted = [False] * len(words)
    right, wrong, start = 0, [], 0
    for statement in read_job(_MARKS.sub("", marked).encode(), name=name).statements:
        own = _lowered(statement.text)
        start = _position(words, own, start)
        places = range(start, min(len(words), start + len(own)))
        start = places.stop
        if not statement.counts:
            continue
        for place in places:
            counted[place] = True
        if sum(inside[place] for place in places) > SHARED * len(places):
            right += 1
        else:
            wrong.append(statement.text)
    missed = [p for p in passages if sum(counted[i] for i in p) <= SHARED * len(p)]
    return Found(right, tuple(wrong), len(passages), tuple(" ".join(words[i] for i in p) for p in missed))


def _lowered(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _words_of(marked: str) -> tuple[list[str], list[bool], list[range]]:
    words: list[str] = []
    inside: list[bool] = []
    passages = []
    for position, piece in enumerate(re.split(r"[⟦⟧]", marked)):
        own = _lowered(piece)
        if position % 2:
            passages.append(range(len(words), len(words) + len(own)))
        words += own
        inside += [bool(position % 2)] * len(own)
    return words, inside, passages


def _position(words: list[str], own: list[str], start: int) -> int:
    """Where a statement begins: its first words from here on, or here where they were joined or divided."""
    for length in (6, 3, 1):
        head = own[:length]
        found = next((i for i in range(start, len(words) - len(head) + 1) if words[i : i + len(head)] == head), None)
        if found is not None:
            return found
    return min(start, len(words))
