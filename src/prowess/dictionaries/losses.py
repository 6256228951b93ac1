"""What was understood, or seen, and could not be held whole: told to the curator part by part."""

from collections.abc import Iterator, Mapping, Sequence

from prowess.dictionaries.draft import Draft
from prowess.framework.competency import RelationKind
from prowess.framework.reading import Loss
from prowess.framework.text import LONGEST_LINE, LONGEST_TEXT

_SHOWN = 60
_RELATED = {
    RelationKind.RELATED: "is related to",
    RelationKind.COMPARE_TO: "is to be compared with",
    RelationKind.NOT_WITH: "is not to be used with",
}


def losses_of_source(reasons: Sequence[str]) -> Iterator[Loss]:
    """What the source holds beside its words."""
    return (Loss(part="source", reason=reason) for reason in reasons)


def losses_of_draft(draft: Draft, *, code: str, codes: frozenset[str], targets: Mapping[str, str]) -> Iterator[Loss]:
    """What a competency says that the framework cannot hold whole.

    Args:
        draft: the competency while its parts are gathered.
        code: its code.
        codes: the codes of the document's competencies.
        targets: the codes of the titles that its relations name.
    """
    yield from _relations(draft, code=code, codes=codes, targets=targets)
    yield from _levels(draft, code=code)
    yield from _lengths(draft, code=code)


def _relations(draft: Draft, *, code: str, codes: frozenset[str], targets: Mapping[str, str]) -> Iterator[Loss]:
    for relation in draft.relations:
        if targets[relation.title] not in codes:
            kind = _RELATED.get(relation.kind, "refers to")
            reason = f"“{draft.title}” {kind} “{relation.title}”, which is not a competency of this document."
            yield Loss(code=code, part="relations", reason=reason)


def _levels(draft: Draft, *, code: str) -> Iterator[Loss]:
    for indicator in draft.indicators:
        if indicator.beside:
            reason = f"“{_shown(indicator.text)}” stands at “{indicator.beside}”, which is no level of the scale."
            yield Loss(code=code, part="indicators", reason=reason)


def _lengths(draft: Draft, *, code: str) -> Iterator[Loss]:
    if len(draft.title) > LONGEST_LINE:
        yield Loss(code=code, part="title", reason=f"The title was cut after {LONGEST_LINE} characters.")
    if len(" ".join(draft.definition)) > LONGEST_TEXT:
        yield Loss(code=code, part="definition", reason=f"The definition was cut after {LONGEST_TEXT:,} characters.")
    for relation in draft.relations:
        if max(len(" ".join(relation.note)), len(" ".join(relation.advice))) > LONGEST_TEXT:
            reason = f"The note on “{relation.title}” was cut after {LONGEST_TEXT:,} characters."
            yield Loss(code=code, part="relations", reason=reason)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
