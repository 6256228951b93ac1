"""Measurement designs in the notation of generalizability theory, and the effects that they have.

``ratee x rater`` is crossed, ``rater : ratee`` says that every ratee has raters of their own, ``ratee x
(rater : task)``
combines both (Brennan 2001, *Generalizability Theory*, chapters 3 and 5). Instead of ``x`` a ``×`` or ``*`` will do.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from prowess.framework.errors import InputError

Effect = frozenset[str]

TOKEN = re.compile(r"\s*([():]|×|\*|\"[^\"]+\"|[^\s():×*]+)")
MOST_FACETS = 5


@dataclass(frozen=True)
class Design:
    """Facets in order of appearance and, for each nested one, all the facets that it is nested in."""

    facets: tuple[str, ...]
    nested_in: Mapping[str, Effect]

    def closure(self, facets: Iterable[str]) -> Effect:
        """``facets`` together with every facet that one of them is nested in."""
        chosen = set(facets)
        for facet in tuple(chosen):
            chosen |= self.nested_in.get(facet, frozenset())
        return frozenset(chosen)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Every effect of the design, main effects first; nested facets bring the facets that they are nested in."""
        found: dict[Effect, None] = {}
        for size in range(1, len(self.facets) + 1):
            for chosen in combinations(self.facets, size):
                found.setdefault(self.closure(chosen))
        return tuple(sorted(found, key=lambda effect: (len(effect), self._order(effect))))

    def label(self, effect: Effect) -> str:
        """The effect in the notation of the design: ``ratee x (rater:task)``, ``rater:task``."""
        primary = [f for f in self.facets if f in effect and not any(f in self._nests(g) for g in effect)]
        parts = [self._part(facet) for facet in primary]
        return parts[0] if len(parts) == 1 else " x ".join(f"({p})" if ":" in p else p for p in parts)

    def __str__(self) -> str:
        return self.label(frozenset(self.facets))

    def _nests(self, facet: str) -> Effect:
        return self.nested_in.get(facet, frozenset())

    def _part(self, facet: str) -> str:
        above = [name for name in self.facets if name in self._nests(facet)]
        direct = [name for name in above if not any(name in self._nests(other) for other in above)]
        if not direct:
            return facet
        inner = " x ".join(self._part(name) for name in direct)
        return f"{facet}:({inner})" if len(direct) > 1 else f"{facet}:{inner}"

    def _order(self, effect: Effect) -> tuple[int, ...]:
        return tuple(self.facets.index(facet) for facet in sorted(effect, key=self.facets.index))


def crossed(facets: Sequence[str], *, nested_in: Mapping[str, Iterable[str]] | None = None) -> Design:
    """A design of ``facets``, crossed except those that ``nested_in`` says are nested in others."""
    nests = {facet: frozenset(above) for facet, above in (nested_in or {}).items() if above}
    complete = {facet: _all_above(facet, nests, seen=()) for facet in nests}
    return _checked(Design(facets=tuple(facets), nested_in=complete))


def parse_design(text: str) -> Design:
    """The design that ``text`` describes, for instance ``"person x (rater : task)"``.

    Raises `InputError` naming the place in the text that cannot be read.
    """
    tokens = _tokens(text)
    reader = _Reader(text, tokens)
    reader.crossed_part()
    if reader.position != len(tokens):
        raise reader.error(f"“{tokens[reader.position]}” is not expected here")
    return _checked(Design(facets=tuple(reader.facets), nested_in=reader.nests))


def _all_above(facet: str, nests: Mapping[str, Effect], *, seen: tuple[str, ...]) -> Effect:
    if facet in seen:
        raise InputError(f"“{facet}” would be nested in itself.", place="design")
    above = nests.get(facet, frozenset())
    return above.union(*(_all_above(name, nests, seen=(*seen, facet)) for name in above))


def _checked(design: Design) -> Design:
    names = set(design.facets)
    unknown = sorted(set().union(*design.nested_in.values(), design.nested_in) - names) if design.nested_in else []
    if unknown:
        raise InputError(f"“{unknown[0]}” is no facet of the design.", place="design")
    if len(names) != len(design.facets):
        raise InputError("A facet stands twice in the design.", place="design", remedy="Name each facet once.")
    if not 1 < len(design.facets) <= MOST_FACETS:
        message = f"The design has {len(design.facets)} facet{'s' * (len(design.facets) != 1)}."
        raise InputError(message, place="design", remedy=f"A design has two to {MOST_FACETS}, such as “ratee x rater”.")
    return design


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    while position < len(text.rstrip()):
        found = TOKEN.match(text, position)
        if found is None:
            raise InputError(f"The design “{text}” cannot be read at position {position + 1}.", place="design")
        tokens.append(found.group(1).strip('"'))
        position = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens: crossed parts of nested parts of names and parentheses."""

    def __init__(self, text: str, tokens: list[str]) -> None:
        self.text, self.tokens, self.position = text, tokens, 0
        self.facets: list[str] = []
        self.nests: dict[str, Effect] = {}

    def crossed_part(self) -> list[str]:
        names = self.nested_part()
        while self._take("x", "X", "×", "*"):
            names = names + self.nested_part()
        return names

    def nested_part(self) -> list[str]:
        inner = self.atom()
        while self._take(":"):
            outer = self.atom()
            for facet in inner:
                self.nests[facet] = self.nests.get(facet, frozenset()) | frozenset(outer)
            inner = inner + outer
        return inner

    def atom(self) -> list[str]:
        if self._take("("):
            names = self.crossed_part()
            if not self._take(")"):
                raise self.error("a closing parenthesis is missing")
            return names
        if self.position >= len(self.tokens) or self.tokens[self.position] in {")", ":", "×", "*", "x", "X"}:
            raise self.error("the name of a facet is missing")
        name = self.tokens[self.position]
        self.position += 1
        self.facets.append(name)
        return [name]

    def error(self, what: str) -> InputError:
        remedy = "Write for instance “ratee x rater” or “ratee x (rater : task)”."
        return InputError(f"In “{self.text}” {what}.", place="design", remedy=remedy)

    def _take(self, *tokens: str) -> bool:
        if self.position < len(self.tokens) and self.tokens[self.position] in tokens:
            self.position += 1
            return True
        return False
