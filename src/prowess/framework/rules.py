"""What follows from a framework alone: which competencies may stand together, which relations hold."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from prowess.framework.competency import Relation, RelationKind
from prowess.framework.framework import Framework


@dataclass(frozen=True)
class ForbiddenPair:
    """Two competencies that must not stand in one profile, with the library's reason and advice."""

    first: str
    second: str
    note: str
    advice: str

    @property
    def codes(self) -> frozenset[str]:
        """The two codes, whichever comes first."""
        return frozenset((self.first, self.second))

    def other(self, code: str) -> str:
        """The code that stands against ``code``."""
        return self.second if code == self.first else self.first


def forbidden_pairs(framework: Framework) -> tuple[ForbiddenPair, ...]:
    """Every ``not-with`` pair once, said by either side, in the order of the framework.

    ``not-with`` is symmetric: one side's word is enough. The first side that gives a note or advice is quoted.
    """
    pairs: dict[frozenset[str], ForbiddenPair] = {}
    for competency in framework.competencies:
        for relation in competency.relations:
            if relation.kind is not RelationKind.NOT_WITH or relation.target == competency.code:
                continue
            key = frozenset((competency.code, relation.target))
            known = pairs.get(key)
            pairs[key] = ForbiddenPair(
                first=known.first if known else competency.code,
                second=known.second if known else relation.target,
                note=(known.note if known else "") or relation.note,
                advice=(known.advice if known else "") or relation.advice,
            )
    return tuple(pairs.values())


def forbidden_within(framework: Framework, codes: Collection[str]) -> tuple[ForbiddenPair, ...]:
    """The forbidden pairs of which both sides are among ``codes``; empty when the set may stand."""
    chosen = set(codes)
    return tuple(pair for pair in forbidden_pairs(framework) if pair.codes <= chosen)


def relations_of(framework: Framework, code: str) -> tuple[Relation, ...]:
    """All relations that hold for a competency: its own, and what others say of it, seen from its side.

    What both sides say is listed once, in this side's words where it has any.
    """
    own = {(relation.kind, relation.target): relation for relation in framework.competency(code).relations}
    for other in framework.competencies:
        for relation in other.relations:
            inverse = relation.kind.inverse
            if relation.target != code or other.code == code or inverse is None:
                continue
            stated = own.get((inverse, other.code))
            if stated is None:
                own[inverse, other.code] = relation.model_copy(update={"kind": inverse, "target": other.code})
            elif not stated.note and not stated.advice:
                own[inverse, other.code] = stated.model_copy(update={"note": relation.note, "advice": relation.advice})
    return tuple(own.values())


def one_sided(framework: Framework) -> Iterator[tuple[str, Relation]]:
    """Relations whose other side should say the same and does not: (code of the side that speaks, its relation)."""
    stated = {(c.code, r.kind, r.target) for c in framework.competencies for r in c.relations}
    for competency in framework.competencies:
        for relation in competency.relations:
            inverse = relation.kind.inverse
            known = relation.target in framework.by_code
            if inverse and known and (relation.target, inverse, competency.code) not in stated:
                yield competency.code, relation


def broader_cycle(framework: Framework) -> tuple[str, ...]:
    """The codes of one cycle among ``broader`` relations (each narrower than the next), or an empty tuple."""
    above: dict[str, list[str]] = {code: [] for code in framework.by_code}
    for competency in framework.competencies:
        for relation in competency.relations:
            if relation.target in above:
                if relation.kind is RelationKind.BROADER:
                    above[competency.code].append(relation.target)
                elif relation.kind is RelationKind.NARROWER:
                    above[relation.target].append(competency.code)
    return _first_cycle(above)


def _first_cycle(above: dict[str, list[str]]) -> tuple[str, ...]:
    """Depth-first search without recursion: a framework may nest deeper than Python's stack."""
    finished: set[str] = set()
    for start, parents_of_start in above.items():
        if start in finished:
            continue
        path = [start]
        stack = [iter(parents_of_start)]
        while stack:
            parent = next((p for p in stack[-1] if p not in finished), None)
            if parent is None:
                stack.pop()
                finished.add(path.pop())
            elif parent in path:
                return tuple(path[path.index(parent) :])
            else:
                stack.append(iter(above[parent]))
                path.append(parent)
    return ()
