"""Libraries as an organisation might have them, made of O*NET's activities: some parts filled, most statements foreign.

Some competencies get a rare word of their own tasks as an alias, so that training meets words that mean something else
in another statement ("rust").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prowess.matching.lexical import words_of
from prowess.matching.parts import CompetencyParts, Part
from scripts.matching_training.onet import Onet

_EXAMPLE_COUNTS = (0, 0, 2, 4, 8, 12)
_ACTION_COUNTS = (0, 2, 4)
_RARE_WORD_SHARE = 0.4
_LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class SyntheticLibrary:
    """``fits``: whether each task of O*NET calls for each competency, shape (tasks, competencies)."""

    competencies: list[CompetencyParts]
    fits: NDArray[np.bool_]

    def of_activities(self, codes: set[str]) -> "SyntheticLibrary":
        """The competencies that were made of these generalised activities."""
        kept = [place for place, one in enumerate(self.competencies) if one.code.split(".I")[0] in codes]
        return SyntheticLibrary([self.competencies[place] for place in kept], self.fits[:, kept])


class LibraryMaker:
    """Draws libraries whose example tasks come from the given tasks only."""

    def __init__(self, onet: Onet, *, examples: NDArray[np.intp]) -> None:
        self._onet = onet
        self._examples = examples
        self._general = onet.labels_at(onet.generalised_of, count=len(onet.generalised))
        self._intermediate = onet.labels_at(onet.intermediate_of, count=len(onet.intermediate))

    def make(self, *, size: int, seed: int) -> SyntheticLibrary:
        """A library of that size, half of it generalised activities and half intermediate ones."""
        random = np.random.default_rng(seed)
        used = np.flatnonzero(self._general[self._examples].any(axis=0))
        general = random.choice(used, min(size // 2, len(used)), replace=False)
        others = random.choice(len(self._onet.intermediate), size - len(general), replace=False)
        made = [self._general_competency(index, random) for index in general]
        made += [self._intermediate_competency(index, random) for index in others]
        return SyntheticLibrary(made, np.hstack([self._general[:, general], self._intermediate[:, others]]))

    def _general_competency(self, index: int, random: np.random.Generator) -> CompetencyParts:
        element = self._onet.generalised[index]
        detailed = np.flatnonzero(self._onet.generalised_of == index)
        actions = sorted({self._onet.intermediate_titles[self._onet.intermediate_of[one]] for one in detailed})
        parts = [Part("title", element.name), Part("definition", element.description)]
        return self._filled(element.code, parts, actions, self._general[:, index], random)

    def _intermediate_competency(self, index: int, random: np.random.Generator) -> CompetencyParts:
        detailed = np.flatnonzero(self._onet.intermediate_of == index)
        actions = [self._onet.detailed_titles[one] for one in detailed]
        parts = [Part("title", self._onet.intermediate_titles[index].rstrip("."))]
        return self._filled(self._onet.intermediate[index], parts, actions, self._intermediate[:, index], random)

    def _filled(
        self, code: str, parts: list[Part], actions: Sequence[str], has: NDArray[np.bool_], random: np.random.Generator
    ) -> CompetencyParts:
        pool = [self._onet.tasks[index] for index in self._examples[has[self._examples]]]
        activities = _some(pool, int(random.choice(_EXAMPLE_COUNTS)), random)
        rare = [Part("alias", word) for word in _rare_words(pool, random)]
        chosen = _some(actions, int(random.choice(_ACTION_COUNTS)), random)
        parts = parts + rare + [Part("key_action", text) for text in chosen]
        return CompetencyParts(code, (*parts, *(Part("job_activity", text) for text in activities)))


def _some(texts: Sequence[str], count: int, random: np.random.Generator) -> list[str]:
    return [texts[index] for index in random.choice(len(texts), min(count, len(texts)), replace=False)] if texts else []


def _rare_words(pool: Sequence[str], random: np.random.Generator) -> list[str]:
    if not pool or random.random() > _RARE_WORD_SHARE:
        return []
    words = [word for word in words_of(pool[int(random.integers(len(pool)))]) if len(word) >= _LONG_WORD]
    return _some(words, int(random.integers(1, 3)), random)
