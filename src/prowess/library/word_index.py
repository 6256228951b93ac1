"""Finding competencies by words: SQLite's full-text index (FTS5) of one framework, in memory, whatever the database.

Words are compared by their stems, without accents and case, in British or American spelling. The word being typed may
still be incomplete; one that the framework does not hold is read as the nearest one that it does.
"""

import re
import sqlite3
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from threading import Lock

from prowess.framework import Competency

MOST_WORDS = 12
MOST_COMPLETIONS = 60
MOST_HITS = 500
ENOUGH = 24  # so many with all words make those with some of them superfluous
MARK_START, MARK_END = "\x02", "\x03"  # framework texts hold no control characters

PARTS = {
    "title": "Title",
    "aliases": "Also called",
    "definition": "Definition",
    "key_actions": "Key action",
    "job_activities": "Job activity",
    "indicators": "Behaviour",
    "notes_on_use": "Note on use",
    "development": "Development",
    "questions": "Interview question",
}
NAMES = "{title aliases}"
_WEIGHTS = (20.0, 12.0, 6.0, 4.0, 3.0, 2.0, 1.0, 1.0, 1.0)
_RANKED = f"SELECT bm25(parts, {', '.join(map(str, _WEIGHTS))}), rowid FROM parts WHERE parts MATCH ?"  # noqa: S608
_WORD = re.compile(r"\w+")
_SPELLINGS = (("iz", "is"), ("is", "iz"), ("our", "or"), ("or", "our"), ("ence", "ense"), ("ense", "ence"))
_FILLERS = frozenset(
    "a an and are as at be by can do does for from how i in is it my not of on or our s that the their this to up "
    "us we what when who with you your".split()
)


@dataclass(frozen=True)
class Fragment:
    """A part of a competency in which words were found; ``marked`` holds MARK_START and MARK_END around them."""

    part: str
    marked: str


@dataclass(frozen=True)
class WordQuery:
    """What somebody typed, understood: full-text groups (one a word), and words that were read as others."""

    groups: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    names_only: bool = False


@dataclass(frozen=True)
class WordHits:
    """Row numbers of the competencies found: by title or other name, in any part, with some of the words only."""

    by_name: Sequence[int]
    in_any_part: Sequence[int]
    in_part: Sequence[int]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case and without accents."""
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(plain.casefold())


def texts_of(competency: Competency) -> dict[str, tuple[str, ...]]:
    """The searchable texts of a competency by part."""
    return {
        "title": (competency.title,),
        "aliases": competency.aliases,
        "definition": (competency.definition,) if competency.definition else (),
        "key_actions": tuple(
            f"{action.name}: {action.description}" if action.description else action.name
            for action in competency.key_actions
        ),
        "job_activities": tuple(activity.text for activity in competency.job_activities),
        "indicators": tuple(indicator.text for indicator in competency.indicators),
        "notes_on_use": tuple(note.text for note in competency.notes_on_use),
        "development": tuple(option.text for option in competency.development),
        "questions": tuple(text for q in competency.questions for text in (q.text, *q.probes)),
    }


class WordIndex:
    """The full-text index of a framework's competencies; row n is the n-th of them."""

    def __init__(self, competencies: Sequence[Competency]) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            f"CREATE VIRTUAL TABLE parts USING fts5({', '.join(PARTS)}, "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        rows = [[_joined(texts) for texts in texts_of(competency).values()] for competency in competencies]
        self._database.executemany(
            f"INSERT INTO parts(rowid, {', '.join(PARTS)}) VALUES ({', '.join('?' * (len(PARTS) + 1))})",  # noqa: S608
            ([number, *row] for number, row in enumerate(rows)),
        )
        self._names = _vocabulary(row[0] + "\n" + row[1] for row in rows)
        self._words = _vocabulary("\n".join(row) for row in rows)

    def understand(self, typed: str) -> WordQuery:
        """Read a query: which words are meant, and which of them the framework does not hold at all."""
        words = words_of(typed)[:MOST_WORDS]
        unfinished = len(words) - 1 if typed[-1:].strip() else -1
        groups, read_as, unknown = [], [], []
        for place, word in enumerate(words):
            if word in _FILLERS and len(words) > 1:
                continue
            meant = self._forms_of(word, unfinished=place == unfinished)
            if not meant and (meant := _near(self._words, word)):
                read_as.append((word, meant[0]))
            if meant:
                groups.append("(" + " OR ".join(f'"{term}"' for term in meant) + ")")
            else:
                unknown.append(word)
        return WordQuery(tuple(groups), tuple(read_as), tuple(unknown), names_only=len("".join(words)) == 1)

    def _forms_of(self, word: str, *, unfinished: bool) -> list[str]:
        """The word, its other spelling and, where it is unfinished or unknown, the words that it may become."""
        words = self._names if len(word) == 1 else self._words
        spellings = [word, *(word.replace(old, new) for old, new in _SPELLINGS if len(word) > 4 and old in word)]
        forms = [spelling for spelling in spellings if _is_in(words, spelling)]
        if not forms or unfinished:
            forms += [completed for spelling in spellings for completed in _completions(words, spelling)]
        if not forms:
            forms = [spelling for spelling in spellings if self._has_form_of(spelling)]
        return list(dict.fromkeys(forms))

    def _has_form_of(self, word: str) -> bool:
        """Whether some form of the word stands in the framework (“negotiates” where it says “negotiating”)."""
        return bool(self._ranked(f'"{word}"', most=1))

    def find(self, query: WordQuery) -> WordHits:
        """The competencies that hold the words, best first in each list."""
        if not query.groups:
            return WordHits((), (), ())
        every, some = " AND ".join(query.groups), " OR ".join(query.groups)
        if query.unknown:
            return WordHits((), (), self._ranked(some))
        by_name = list(dict.fromkeys([*self._ranked(f"title : ({every})"), *self._ranked(f"{NAMES} : ({every})")]))
        if query.names_only:
            return WordHits(by_name, (), ())
        in_any_part = [row for row in self._ranked(every) if row not in set(by_name)]
        found = {*by_name, *in_any_part}
        in_part = self._ranked(some) if len(query.groups) > 1 and len(found) < ENOUGH else ()
        return WordHits(by_name, in_any_part, [row for row in in_part if row not in found])

    def _ranked(self, expression: str, *, most: int = MOST_HITS) -> list[int]:
        with self._lock:
            found = self._database.execute(_RANKED, (expression,)).fetchall()
        return [row for _, row in sorted(found)[:most]]

    def fragments(self, query: WordQuery, *, rows: Sequence[int]) -> dict[int, list[Fragment]]:
        """The parts of these competencies that hold words of the query, with the words marked."""
        if not query.groups or not rows:
            return {}
        columns = ", ".join(f"highlight(parts, {place}, '{MARK_START}', '{MARK_END}')" for place in range(len(PARTS)))
        with self._lock:
            found = self._database.execute(
                f"SELECT rowid, {columns} FROM parts "  # noqa: S608
                f"WHERE parts MATCH ? AND rowid IN ({', '.join('?' * len(rows))})",
                (" OR ".join(query.groups), *rows),
            ).fetchall()
        return {row[0]: _marked_fragments(row[1:]) for row in found}


def _marked_fragments(columns: Iterable[str]) -> list[Fragment]:
    return [
        Fragment(part, line)
        for part, column in zip(PARTS, columns, strict=True)
        for line in column.split("\n")
        if MARK_START in line
    ]


def _joined(texts: Iterable[str]) -> str:
    """One line a text."""
    return "\n".join(" ".join(text.split()) for text in texts)


def _vocabulary(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in words_of(text)})


def _is_in(words: Sequence[str], word: str) -> bool:
    place = bisect_left(words, word)
    return place < len(words) and words[place] == word


def _completions(words: Sequence[str], start: str) -> list[str]:
    """Words that begin with these letters, at most MOST_COMPLETIONS."""
    place = bisect_left(words, start)
    found: list[str] = []
    while place < len(words) and words[place].startswith(start) and len(found) < MOST_COMPLETIONS:
        if words[place] == start or words[place] not in _FILLERS:
            found.append(words[place])
        place += 1
    return found


def _near(words: Sequence[str], word: str) -> list[str]:
    """The nearest word for one that is probably misspelt; none for short words, which are near to anything."""
    if len(word) < 5:
        return []
    likely = [w for w in words if w[0] == word[0] and abs(len(w) - len(word)) <= 2]
    return get_close_matches(word, likely, n=1, cutoff=0.8)
