"""Search in a framework, by words and by meaning.

Competencies whose title or other names hold the words come first. After them come those that hold the words elsewhere
and those that are close in meaning, merged by reciprocal rank fusion (Cormack, Clarke and Büttcher 2009).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from prowess.framework import Competency
from prowess.library.meaning_index import MeaningHit
from prowess.library.models import Framework
from prowess.library.queries import document_of
from prowess.library.search_indexes import SearchIndexes
from prowess.library.word_index import MARK_END, MARK_START, PARTS, Fragment, WordHits, WordQuery
from prowess.matching.encoder import encoder_note, load_encoder

FUSION_CONSTANT = 60
MOST_FRAGMENTS = 2
_ONE_AT_A_TIME = Lock()  # so that two readers do not build the same indexes


@dataclass(frozen=True)
class Passage:
    """A part that matched, named in words, its text ready for the page."""

    part: str
    text: SafeString
    by_meaning: bool = False


@dataclass(frozen=True)
class Found:
    """One competency that was found and what matched."""

    competency: Competency
    title: SafeString
    cluster: str
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Results:
    """What a search found, best first; ``notes`` are sentences for the reader."""

    typed: str
    rows: Sequence[int]
    notes: Sequence[str] = ()
    words: WordQuery = field(default_factory=lambda: WordQuery(()))
    meanings: dict[int, MeaningHit] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)


def search(framework: Framework, *, typed: str) -> Results:
    """Find competencies of a framework by what somebody typed."""
    indexes = _indexes_of(framework)
    query = indexes.words().understand(typed)
    hits = indexes.words().find(query)
    meaning = indexes.meaning()
    akin = meaning.find(typed) if meaning and _has_letters(typed) else []
    close = [hit for hit in akin if hit.is_close]
    rows = _fused(hits, in_part=_worth_showing(hits, akin=akin), close=close)
    notes = (*_reading_notes(query), *_meaning_notes(indexes))
    return Results(typed, rows, notes, query, {hit.row: hit for hit in close})


def begin_preparing_search(framework: Framework) -> None:
    """Begin to build what search needs, so that it is there when somebody types."""
    _indexes_of(framework)


def prepare_search(framework: Framework) -> None:
    """Build what search needs, meaning included, and return when it is there."""
    _indexes_of(framework).words()
    _indexes_of(framework).meaning(wait=True)


def found_on_page(framework: Framework, *, results: Results, rows: Sequence[int]) -> list[Found]:
    """The details of those results that are shown, with the matching words marked."""
    document = document_of(framework)
    fragments = _indexes_of(framework).words().fragments(results.words, rows=rows)
    found = []
    for row in rows:
        competency = document.competencies[row]
        marked, passages = _passages(fragments.get(row, []), results.meanings.get(row))
        title = marked or escape(competency.title)
        found.append(Found(competency, title, document.cluster_title(competency.cluster), passages))
    return found


def _indexes_of(framework: Framework) -> SearchIndexes:
    with _ONE_AT_A_TIME:
        return _indexes(framework.pk, framework.revision)


@lru_cache(maxsize=8)
def _indexes(pk: int, revision: int) -> SearchIndexes:  # noqa: ARG001 - the revision is the key
    return SearchIndexes(document_of(Framework.objects.get(pk=pk)).competencies, encoder=load_encoder())


def _worth_showing(hits: WordHits, *, akin: Sequence[MeaningHit]) -> Sequence[int]:
    """Of the competencies with some of the words only, those that are akin in meaning; all where there is no better."""
    kin = {hit.row for hit in akin}
    better = hits.by_name or hits.in_any_part or any(hit.is_close for hit in akin)
    return [row for row in hits.in_part if row in kin] if better else hits.in_part


def _fused(hits: WordHits, *, in_part: Sequence[int], close: Sequence[MeaningHit]) -> list[int]:
    score: dict[int, float] = {}
    lists = ((1.0, hits.in_any_part), (0.5, in_part), (1.0, [hit.row for hit in close]))
    for weight, ranked in lists:
        for place, row in enumerate(ranked):
            score[row] = score.get(row, 0.0) + weight / (FUSION_CONSTANT + place)
    named = set(hits.by_name)
    rest = sorted((row for row in score if row not in named), key=lambda row: (-score[row], row))
    return [*hits.by_name, *rest]


def _reading_notes(query: WordQuery) -> list[str]:
    notes = [f"No competency has the word “{typed}”; read as “{meant}”." for typed, meant in query.read_as]
    return notes + [f"No competency has the word “{word}”." for word in query.unknown]


def _meaning_notes(indexes: SearchIndexes) -> list[str]:
    if not indexes.compares_meaning:
        return [f"{encoder_note(None)} Search looks for words only.".strip()]
    if indexes.meaning() is None:
        return ["Search by meaning is being prepared; until then words alone are compared."]
    return []


def _has_letters(typed: str) -> bool:
    return sum(character.isalpha() for character in typed) > 1


def _passages(fragments: Sequence[Fragment], close: MeaningHit | None) -> tuple[SafeString | None, list[Passage]]:
    """The marked title, where the words stand in it, and the passages that show why this was found."""
    title = next((_marked(f.marked) for f in fragments if f.part == "title"), None)
    shown = sorted((f for f in fragments if f.part != "title"), key=lambda f: -len(_distinct_marks(f.marked)))
    passages = [Passage(PARTS[f.part], _marked(f.marked)) for f in shown[:MOST_FRAGMENTS]]
    if close and close.part != "title" and not any(_without_marks(f.marked) == close.text for f in shown):
        passages = [*passages[: MOST_FRAGMENTS - 1], Passage(PARTS[close.part], escape(close.text), by_meaning=True)]
    return title, passages


def _distinct_marks(marked: str) -> set[str]:
    return {piece.split(MARK_END)[0].casefold() for piece in marked.split(MARK_START)[1:]}


def _without_marks(marked: str) -> str:
    return marked.replace(MARK_START, "").replace(MARK_END, "")


def _marked(text: str) -> SafeString:
    """The text with its marks as HTML, everything else escaped."""
    return mark_safe(  # noqa: S308 - escaped before the marks are put in
        escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
    )
