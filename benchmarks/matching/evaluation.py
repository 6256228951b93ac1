"""Evaluates a trained model on the held-out occupations, beside the baselines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import Ridge

from benchmarks.matching.baselines import bm25, nearest, tfidf_ridge
from benchmarks.matching.measures import Ranked, pearson, ranked, spearman
from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder
from prowess.matching.importance import borrowing_weights
from prowess.matching.job_heads import JobHeads
from prowess.matching.matcher import Matcher
from prowess.matching.model import MatchingModel
from prowess.matching.parts import CompetencyParts, Part
from scripts.matching_training.anchor_training import anchor_pairs, fit_order, pair_differences
from scripts.matching_training.importance_training import occupation_views
from scripts.matching_training.job_training import Jobs, words_only
from scripts.matching_training.onet import FOLDS, Onet
from scripts.matching_training.training import Material, Readings, jobs_from

SEEDS = range(5)
_CHUNK = 1000


class RememberingEncoder:
    """An encoder that keeps every vector in the user's cache, since the benchmark meets the same texts again."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return cached_encode(texts, encoder=self._encoder)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: what was measured, by which way, the figure, and the goal where there is one."""

    measure: str
    way: str
    value: float
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """A trained model and the occupations that it never saw."""

    material: Material
    model: MatchingModel

    @property
    def onet(self) -> Onet:
        return self.material.onet

    @property
    def training(self) -> NDArray[np.intp]:
        return self.material.tasks(self.material.occupations)

    @property
    def test(self) -> NDArray[np.intp]:
        held_out = ~self.material.occupations
        return np.flatnonzero(held_out[self.onet.owners] & self.onet.labelled)

    @property
    def general(self) -> NDArray[np.bool_]:
        return self.onet.labels_at(self.onet.generalised_of, count=len(self.onet.generalised))

    def lines(self) -> Iterator[Line]:
        """Everything, in the order of the protocol."""
        yield from self.task_to_activity()
        yield from self.task_to_detailed()
        yield from self.few_examples()
        yield from self.importance()
        yield from self.unseen_importance()
        yield from self.anchor_order()

    def task_to_activity(self) -> Iterator[Line]:
        """Task to generalised work activity among 41."""
        material, right, train = self.material, self.general[self.test], self.training
        texts, queries = _texts(self.onet, train), _texts(self.onet, self.test)
        definitions = [f"{one.name}: {one.description}" for one in self.onet.generalised]
        vectors = material.vectors.tasks
        near = vectors[self.test] @ vectors[train].T
        taught = self.general[train]
        titles = [f"{title}" for title in self.onet.detailed_titles]
        yield from _both("task → work activity", "BM25, definitions", bm25(queries, documents=definitions), right)
        meant = vectors[self.test] @ material.encoder.encode(definitions).T
        yield from _both("task → work activity", "MiniLM, definitions", meant, right)
        by_words = nearest(bm25(queries, documents=titles), labels=self._parents())
        yield from _both("task → work activity", "BM25, nearest detailed activity", by_words, right)
        by_meaning = nearest(vectors[self.test] @ material.vectors.detailed.T, labels=self._parents())
        yield from _both("task → work activity", "MiniLM, nearest detailed activity", by_meaning, right)
        yield from _both("task → work activity", "MiniLM, nearest task", nearest(near, labels=taught), right)
        yield from _both(
            "task → work activity", "tf-idf head", tfidf_ridge(texts, labels=taught, queries=queries), right
        )
        head = Ridge(alpha=1.0).fit(vectors[train], taught.astype(float)).predict(vectors[self.test])
        yield from _both("task → work activity", "MiniLM head", head, right)
        words = self._upwards(self._read(with_vectors=False))
        yield from _both("task → work activity", "Prowess, words only", words, right)
        yield from _both("task → work activity", "Prowess", self._upwards(self._read()), right, goal=0.72)

    def task_to_detailed(self) -> Iterator[Line]:
        """Task to detailed activity among 2,087."""
        right = np.asarray(self.onet.labels[self.test].todense() > 0)
        queries = _texts(self.onet, self.test)
        vectors = self.material.vectors
        name = "task → detailed activity"
        yield from _both(name, "BM25, titles", bm25(queries, documents=self.onet.detailed_titles), right)
        yield from _both(name, "MiniLM, titles", vectors.tasks[self.test] @ vectors.detailed.T, right)
        yield from _both(name, "Prowess", self._read(), right)

    def few_examples(self) -> Iterator[Line]:
        """Task to work activity when a competency has its definition and a few tasks of training occupations."""
        for count, seeds in ((0, SEEDS[:1]), (2, SEEDS), (4, SEEDS), (8, SEEDS), (10, SEEDS)):
            results = [self._with_examples(count, seed) for seed in seeds]
            goal = {8: 0.50}.get(count)
            for way in results[0]:
                mean = float(np.mean([result[way].accuracy for result in results]))
                yield Line(f"{count} examples, accuracy at 1", way, mean, goal if way == "Prowess" else None)
            mrr = float(np.mean([result["Prowess"].mrr for result in results]))
            yield Line(f"{count} examples, MRR", "Prowess", mrr)

    def importance(self) -> Iterator[Line]:
        """Importance of skills and work styles from an occupation's text."""
        test, train, skills = self._jobs(test=True), self._jobs(test=False), len(self.onet.skills)
        true, average = test.targets[:, :-1], np.tile(train.targets[:, :-1].mean(axis=0), (len(test.rows), 1))
        kinds = {"Prowess, words only": False, "Prowess": True}
        ways = {way: self._predicted(test.rows, with_vectors=kind) for way, kind in kinds.items()}
        for name, part, goal in (("skills", slice(0, skills), 0.85), ("work styles", slice(skills, None), 0.66)):
            yield Line(f"{name}, rho per occupation", "mean profile", spearman(average[:, part], true=true[:, part]))
            for way, predicted in ways.items():
                found = predicted[:, part]
                reached = goal if way == "Prowess" else None
                yield Line(f"{name}, r", way, float(pearson(found, true=true[:, part]).mean()), reached)
                yield Line(f"{name}, rho per occupation", way, spearman(found, true=true[:, part]))
        for way, kind in kinds.items():
            found = self._responsibility(self._jobs(test=True, with_vectors=kind), with_vectors=kind)
            yield Line("responsibility, r", way, float(pearson(found, true=test.targets[:, -1:])[0]))

    def unseen_importance(self) -> Iterator[Line]:
        """Importance of elements of which no rating was used: one left out, and a fifth of all left out."""
        test = self._jobs(test=True)
        predicted = (self._predicted(test.rows, with_vectors=True) - 1) / 4
        true, skills = test.targets[:, :-1], len(self.onet.skills)
        texts = [f"{one.name}: {one.description}" for one in self.onet.elements]
        definitions = self.material.encoder.encode(texts).astype(float)
        job = np.asarray(test.blocks["vectors"]) - self.model.activities.middle
        near = job @ (definitions - definitions.mean(axis=0)).T
        everyone = np.arange(len(texts))
        fifth = np.array([crc32(one.code.encode()) % FOLDS for one in self.onet.elements])
        borrowed = {
            "one left out": self._borrowed(predicted, definitions, groups=everyone),
            "a fifth left out": self._borrowed(predicted, definitions, groups=fifth),
        }
        for name, part in (("skills", slice(0, skills)), ("work styles", slice(skills, None)), ("all", slice(None))):
            found = pearson(near[:, part], true=true[:, part]).mean()
            yield Line(f"never trained on, {name}, r", "cosine", float(found))
            for way, values in borrowed.items():
                both = values + self.model.borrowing["evidence"] * near
                found = pearson(both[:, part], true=true[:, part]).mean()
                goal = 0.66 if (name, way) == ("all", "one left out") else None
                yield Line(f"never trained on, {name}, r", f"Prowess, {way}", float(found), goal)

    def anchor_order(self) -> Iterator[Line]:
        """Which of two anchors of an element that was not trained on is the higher."""
        encoder = self.material.encoder
        pairs = anchor_pairs(self.onet.anchors)
        fold = np.array([crc32(pair[0].encode()) % FOLDS for pair in pairs])
        chances = np.zeros(len(pairs))
        for held_out in range(FOLDS):
            learnt = [pair for pair, one in zip(pairs, fold, strict=True) if one != held_out]
            asked = [pair for pair, one in zip(pairs, fold, strict=True) if one == held_out]
            weights = fit_order(learnt, encoder=encoder)
            chances[fold == held_out] = expit(pair_differences(asked, encoder=encoder) @ weights)
        longer = [len(pair[2]) > len(pair[1]) for pair in pairs]
        yield Line("order of anchors, accuracy", "the longer text", float(np.mean(longer)))
        yield Line("order of anchors, accuracy", "Prowess", float((chances > 0.5).mean()))

    def _read(self, *, with_vectors: bool = True) -> NDArray[np.float32]:
        vectors = self.material.vectors.tasks[self.test]
        terms = self.material.terms.tasks[self.test]
        return self.model.activities.detailed(vectors=vectors if with_vectors else vectors[:, :0], terms=terms)

    def _upwards(self, read: NDArray[np.float32]) -> NDArray[np.float32]:
        sums = np.zeros((read.shape[0], len(self.onet.generalised)), np.float32)
        np.add.at(sums.T, self.onet.generalised_of, read.T)
        return sums

    def _parents(self) -> NDArray[np.bool_]:
        return np.asarray(self.onet.generalised_of[:, None] == np.arange(len(self.onet.generalised)))

    def _with_examples(self, count: int, seed: int) -> dict[str, Ranked]:
        random = np.random.default_rng(seed)
        drawn = []
        for label in range(len(self.onet.generalised)):
            pool = self.training[self.general[self.training, label]]
            drawn.append(random.choice(pool, min(count, len(pool)), replace=False) if len(pool) else pool)
        right = self.general[self.test]
        matcher = Matcher(self._library(drawn), encoder=RememberingEncoder(self.material.encoder), model=self.model)
        chunks = np.array_split(_texts(self.onet, self.test), range(_CHUNK, len(self.test), _CHUNK))
        found = np.vstack([matcher.match(list(chunk)).probability for chunk in chunks])
        return {
            "nearest part, MiniLM": ranked(self._nearest_part(drawn), right=right),
            "Prowess": ranked(found, right=right),
        }

    def _nearest_part(self, drawn: list[NDArray[np.intp]]) -> NDArray[np.float64]:
        vectors = self.material.vectors.tasks
        definitions = self.material.encoder.encode([f"{one.name}: {one.description}" for one in self.onet.generalised])
        parts = [np.vstack([definitions[[label]], vectors[tasks]]) for label, tasks in enumerate(drawn)]
        return np.column_stack([(vectors[self.test] @ part.T).max(axis=1) for part in parts])

    def _library(self, drawn: list[NDArray[np.intp]]) -> list[CompetencyParts]:
        return [
            CompetencyParts(
                one.code,
                (
                    Part("title", one.name),
                    Part("definition", one.description),
                    *(Part("job_activity", self.onet.tasks[task]) for task in tasks),
                ),
            )
            for one, tasks in zip(self.onet.generalised, drawn, strict=True)
        ]

    def _jobs(self, *, test: bool, with_vectors: bool = True) -> Jobs:
        jobs = jobs_from(self.material, self._readings(with_vectors=with_vectors))
        return jobs.take(self.material.occupations[jobs.rows] != test)

    def _readings(self, *, with_vectors: bool) -> Readings:
        reader, vectors, terms = self.model.activities, self.material.vectors, self.material.terms
        width = None if with_vectors else 0
        tasks = reader.intermediate(vectors=vectors.tasks[:, :width], terms=terms.tasks)
        return tasks, reader.intermediate(vectors=vectors.descriptions[:, :width], terms=terms.descriptions)

    def _predicted(self, rows: NDArray[np.intp], *, with_vectors: bool) -> NDArray[np.float64]:
        """Importance of the elements in these occupations."""
        material = self.material
        views = occupation_views(
            self.onet,
            rows,
            vectors=material.vectors,
            terms=material.terms,
            readings=self._readings(with_vectors=with_vectors),
            with_vectors=with_vectors,
        )
        heads = self.model.importance_heads(material.encoder if with_vectors else None)
        return np.vstack([heads.predict({name: view[job] for name, view in views.items()}) for job in range(len(rows))])

    def _responsibility(self, jobs: Jobs, *, with_vectors: bool) -> NDArray[np.float64]:
        heads: JobHeads = self.model.heads(self.material.encoder if with_vectors else None)
        blocks = jobs.blocks if with_vectors else words_only(jobs.blocks)
        added = sum(np.asarray(block @ heads.weights[name]) - heads.centres[name] for name, block in blocks.items())
        return np.asarray(heads.constants + added, np.float64)

    def _borrowed(
        self, predicted: NDArray[np.float64], definitions: NDArray[np.float64], *, groups: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        values = np.zeros_like(predicted)
        for group in np.unique(groups):
            out = groups == group
            weights = borrowing_weights(definitions[out], elements=definitions[~out], settings=self.model.borrowing)
            known = predicted[:, ~out]
            mean = known.mean(axis=1, keepdims=True)
            values[:, out] = mean + (known - mean) @ weights.T
        return values


def _texts(onet: Onet, tasks: NDArray[np.intp]) -> list[str]:
    return [onet.tasks[task] for task in tasks]


def _both(
    measure: str, way: str, scores: NDArray[np.floating], right: NDArray[np.bool_], *, goal: float | None = None
) -> Iterator[Line]:
    result = ranked(scores, right=right)
    yield Line(f"{measure}, accuracy at 1", way, result.accuracy, goal)
    yield Line(f"{measure}, MRR", way, result.mrr)
