"""How much of an expected framework was found (recall), and how much of what was found is expected (precision)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from prowess.framework.framework import Framework

Facts = Counter[tuple[object, ...]]


def facts_of(framework: Framework) -> dict[str, Facts]:
    """Every single thing that a framework says, by part."""
    facts: dict[str, Facts] = {}
    for part, fact in _facts(framework):
        facts.setdefault(part, Counter())[fact] += 1
    return facts


def _facts(framework: Framework) -> Iterator[tuple[str, tuple[object, ...]]]:
    for level in framework.scale.levels:
        yield "scale", (level.number, level.name, level.polarity, level.description)
    for cluster in framework.clusters:
        yield "clusters", (cluster.title,)
    for competency in framework.competencies:
        own = competency.title
        yield "titles", (own, framework.cluster_title(competency.cluster) if competency.cluster else "")
        if competency.definition:
            yield "definitions", (own, competency.definition)
        for action in competency.key_actions:
            yield "key actions", (own, action.name, action.description)
        for activity in competency.job_activities:
            yield "job activities", (own, activity.text)
        for indicator in competency.indicators:
            yield "indicators", (own, indicator.level, indicator.polarity, indicator.text)
        for relation in competency.relations:
            yield "relations", (own, relation.kind, relation.target, relation.note, relation.advice)
        for note in competency.notes_on_use:
            yield "notes on use", (own, note.about, note.text)
        for option in competency.development:
            yield "development", (own, option.kind, option.text, option.to_level)
        for question in competency.questions:
            yield "questions", (own, question.kind, question.text, question.probes)


@dataclass
class Score:
    """What was expected, found and right, summed over documents."""

    expected: int = 0
    found: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


@dataclass
class Scores:
    """Scores by part."""

    parts: dict[str, Score] = field(default_factory=dict)
    missed: list[tuple[object, ...]] = field(default_factory=list)
    surplus: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, *, expected: Framework, found: Framework) -> None:
        wanted, read = facts_of(expected), facts_of(found)
        for part in {**wanted, **read}:
            score = self.parts.setdefault(part, Score())
            want, have = wanted.get(part, Counter()), read.get(part, Counter())
            score.expected += want.total()
            score.found += have.total()
            score.right += (want & have).total()
            self.missed += [(part, *fact) for fact in want - have]
            self.surplus += [(part, *fact) for fact in have - want]

    @property
    def total(self) -> Score:
        return Score(
            expected=sum(score.expected for score in self.parts.values()),
            found=sum(score.found for score in self.parts.values()),
            right=sum(score.right for score in self.parts.values()),
        )
