"""The reading that is made of a labelled document."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from prowess.dictionaries.assembly import Assembled, Placed, assemble
from prowess.dictionaries.clutter import plain_name
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.draft import EXTENSION, Draft, code_for, finished
from prowess.dictionaries.labels import Label
from prowess.dictionaries.line import Line
from prowess.dictionaries.losses import losses_of_draft, losses_of_source
from prowess.dictionaries.scale import scale_of
from prowess.dictionaries.sources.characters import clean, one_line
from prowess.dictionaries.understanding import About, UnderstoodLine, understood_lines
from prowess.framework.competency import Cluster, Competency
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading, SourceLine
from prowess.framework.text import LONGEST_LINE, LONGEST_TEXT

UNTITLED = "Competency dictionary"
_MOST_EMPTY = 20


class Result:
    """What the labels of a document's blocks make: a reading, and an account of each line."""

    def __init__(self, document: Sequence[Labelled], about: About) -> None:
        assembled = assemble(document)
        self._about = about
        self._assembled = assembled
        self._scale = scale_of(assembled.levels)
        self._drafts = [draft for draft in assembled.drafts if draft.title]
        self._codes = _codes(self._drafts)
        self._clusters = _cluster_codes(assembled, self._drafts)

    def reading(self) -> Reading:
        """The framework, what was not understood, what is no content, and what the curator should know."""
        unplaced = [entry for entry in self._assembled.placed if entry.label is Label.UNPLACED]
        unplaced += self._assembled.unplaced_ends
        no_content = [entry for entry in self._assembled.placed if entry.label in (Label.CLUTTER, Label.PLACEHOLDER)]
        return Reading(
            format=self._about.format,
            framework=self._framework(),
            unplaced=_source_lines(_placed_lines(unplaced)),
            clutter=_source_lines(_placed_lines(no_content)),
            losses=(*losses_of_source(self._about.losses), *self._losses()),
            warnings=(*self._about.notes, *self._scale.warnings, *self._warnings(len(unplaced))),
        )

    def lines(self) -> tuple[UnderstoodLine, ...]:
        """What became of each line, in the order of the source."""
        return understood_lines(self._assembled, codes=self._codes, numbers=self._scale.numbers)

    def _losses(self) -> Iterable[Loss]:
        codes = frozenset(self._codes.values())
        for draft in self._drafts:
            yield from losses_of_draft(
                draft,
                code=self._codes[id(draft)],
                codes=codes,
                targets={relation.title: self._code_of(relation.title) for relation in draft.relations},
            )

    def _framework(self) -> Framework:
        title = self._assembled.title or self._about.title or _title_from(self._about.name)
        assembled = self._assembled
        headings = [text for text in assembled.headings if text]
        if self._about.title and self._about.title != title:
            headings.append(self._about.title)
        return Framework(
            title=title[:LONGEST_LINE],
            description=" ".join(assembled.description)[:LONGEST_TEXT],
            scale=self._scale.scale,
            clusters=tuple(
                Cluster(
                    code=code,
                    title=title[:LONGEST_LINE],
                    description=" ".join(assembled.cluster_texts.get(title, ()))[:LONGEST_TEXT],
                )
                for title, code in self._clusters.items()
            ),
            competencies=tuple(map(self._competency, self._drafts)),
            extensions={EXTENSION: {"headings": headings}} if headings else {},
        )

    def _competency(self, draft: Draft) -> Competency:
        numbers = {
            key: number
            for indicator in (*(i.level for i in draft.indicators), *(level for _k, _t, level in draft.development))
            if (number := self._scale.numbers.get(self._assembled.levels.current(indicator))) is not None
            for key in (indicator,)
        }
        return finished(
            draft,
            code=self._codes[id(draft)],
            cluster=self._clusters.get(draft.cluster, ""),
            numbers=numbers,
            polarities={level.number: level.polarity for level in self._scale.scale.levels},
            code_of=self._code_of,
        )

    def _code_of(self, title: str) -> str:
        """The code of the competency with this title, also where a relation shortens it; else one made of the title."""
        plain = plain_name(title)
        for draft in self._drafts:
            if plain in (plain_name(draft.title), *(plain_name(alias) for alias in draft.aliases)):
                return self._codes[id(draft)]
        return code_for(title)

    def _warnings(self, unplaced: int) -> Iterable[str]:
        if not self._drafts:
            yield "No competency was found; every line of the document is kept as unplaced."
        empty = 0
        for draft in self._drafts:
            if not draft.found_title:
                yield f"A competency without a title was found; give it one instead of “{draft.title}”."
            empty += bool(draft.empty)
            if draft.empty and empty <= _MOST_EMPTY:
                parts = ", ".join(draft.empty)
                yield f"“{draft.title}” has parts without content; they are under development: {parts}."
        if empty > _MOST_EMPTY:
            yield f"{empty - _MOST_EMPTY} more competencies have parts that are under development."
        if unplaced:
            yield f"{unplaced} passages were not understood; they are kept as unplaced."


def _placed_lines(placed: Sequence[Placed]) -> list[Line]:
    return [
        line
        for entry in placed
        for line in ([replace(entry.lines[0], bullet="", text=entry.text)] if entry.text else entry.lines)
    ]


def _source_lines(lines: Sequence[Line]) -> tuple[SourceLine, ...]:
    ordered = sorted(lines, key=lambda line: line.number)
    return tuple(
        SourceLine(
            line=line.number,
            text=f"{line.bullet} {line.text}".strip() if any(c.isalnum() for c in line.bullet) else line.text,
        )
        for line in ordered
    )


def _codes(drafts: Sequence[Draft]) -> dict[int, str]:
    """A code for each draft: the document's own where each has one of its own, else from the title."""
    own = [draft.code for draft in drafts]
    use_own = all(own) and len(set(own)) == len(own)
    for draft in drafts if not use_own else ():
        draft.headings.extend([draft.code] if draft.code else [])
    used: Counter[str] = Counter()
    codes = {}
    for draft in drafts:
        code = draft.code if use_own else code_for(draft.title)
        used[code] += 1
        while used[code] > 1:
            code = f"{code_for(draft.title)}-{used[code]}"
            used[code] += 1
        codes[id(draft)] = code[:200]
    return codes


def _cluster_codes(assembled: Assembled, drafts: Sequence[Draft]) -> dict[str, str]:
    used_titles = {draft.cluster for draft in drafts}
    described = [title for title, texts in assembled.cluster_texts.items() if texts or title in used_titles]
    assembled.headings += [title for title in assembled.cluster_texts if title not in described]
    titles = dict.fromkeys([*described, *(draft.cluster for draft in drafts if draft.cluster)])
    used: Counter[str] = Counter()
    codes = {}
    for title in titles:
        code = code_for(title)
        used[code] += 1
        codes[title] = code if used[code] == 1 else f"{code}-{used[code]}"
    return codes


def _title_from(name: str) -> str:
    """The title that a file's name gives, where it is made of words."""
    stem = one_line(re.sub(r"[_-]+", " ", Path(name).stem)) if name else ""
    words = re.findall(r"[^\W\d_]{3,}", stem)
    stem = clean(re.sub(r"[<>]", " ", stem))
    return stem[:1].upper() + stem[1:] if words and len(stem) >= 6 and not re.search(r"[0-9a-f]{8}", stem) else UNTITLED
