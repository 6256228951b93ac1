"""How important competencies are in a job, read from its text, whether or not anything was ever trained on them.

Shipped heads predict the importance of O*NET's 35 skills and 16 work styles from the job. A competency of one's own
borrows from those that are like it: kernel ridge regression over the definitions (a product of a kernel over jobs and
one over definitions, Bonilla, Chai and Williams, 2008), to which the evidence of the matched statements is added.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder
from prowess.matching.job_blocks import JobFeatures
from prowess.matching.job_features import job_features
from prowess.matching.job_views import views_of
from prowess.matching.lexical import known_terms
from prowess.matching.model import MatchingModel, shipped_model
from prowess.matching.parts import CompetencyParts

_LEAST, _MOST = 1.0, 5.0


def importance_of(
    statements: Sequence[str],
    *,
    job_title: str = "",
    competencies: Sequence[CompetencyParts],
    encoder: TextEncoder | None,
    model: MatchingModel | None = None,
) -> NDArray[np.float64]:
    """Importance of each competency in the job, 0 (not important) to 1 (extremely), shape (competencies,)."""
    return ImportanceModel(competencies, encoder=encoder, model=model).predict(statements, job_title=job_title)


def onet_importance(
    statements: Sequence[str], *, job_title: str = "", encoder: TextEncoder | None, model: MatchingModel | None = None
) -> dict[str, float]:
    """Importance of O*NET's skills and work styles by name, on O*NET's scale from 1 to 5."""
    model = model or shipped_model()
    job = job_features(statements, job_title=job_title, encoder=encoder, model=model)
    predicted = np.clip(_element_importance(job, encoder=encoder, model=model), _LEAST, _MOST)
    return {element["name"]: float(value) for element, value in zip(model.elements, predicted, strict=True)}


class ImportanceModel:
    """A library whose competencies are tied to O*NET's elements; make it once per version of the library."""

    def __init__(
        self,
        competencies: Sequence[CompetencyParts],
        *,
        encoder: TextEncoder | None,
        model: MatchingModel | None = None,
    ) -> None:
        self.competencies = tuple(competencies)
        self.encoder = encoder
        self._model = model or shipped_model()

    def predict(self, statements: Sequence[str], *, job_title: str = "") -> NDArray[np.float64]:
        """Importance of each competency in the job, 0 to 1, shape (competencies,)."""
        return self.predict_from(job_features(statements, job_title=job_title, encoder=self.encoder, model=self._model))

    def predict_from(self, job: JobFeatures) -> NDArray[np.float64]:
        """The same from features that are known already."""
        predicted = _element_importance(job, encoder=self.encoder, model=self._model)
        scaled = (predicted - _LEAST) / (_MOST - _LEAST)
        borrowed = scaled.mean() + self.ties @ (scaled - scaled.mean())
        return np.asarray(np.clip(borrowed + self._nearness(job), 0.0, 1.0), np.float64)

    @cached_property
    def ties(self) -> NDArray[np.float64]:
        """How much each competency borrows from each O*NET element, shape (competencies, elements)."""
        ours, theirs = self._definitions
        return borrowing_weights(ours, elements=theirs, settings=self._model.borrowing)

    def _nearness(self, job: JobFeatures) -> NDArray[np.float64]:
        """What the nearness of the job's statements to each definition adds."""
        vectors, middle = job.statements.get("vectors"), self._model.activities.middle
        if vectors is None or job.count == 0 or vectors.shape[1] != len(middle):
            return np.zeros(len(self.competencies))
        ours, theirs = self._definitions
        job_vector = np.asarray(vectors.mean(axis=0)) - middle
        return np.asarray(self._model.borrowing["evidence"] * ((ours - theirs.mean(axis=0)) @ job_vector), np.float64)

    @cached_property
    def _definitions(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Definitions of the competencies and of O*NET's elements, as vectors."""
        ours = [definition_of(competency) for competency in self.competencies]
        theirs = [f"{element['name']}: {element['description']}" for element in self._model.elements]
        if self.encoder is None:
            both = self._as_work(ours + theirs)
        else:
            both = cached_encode(ours + theirs, encoder=self.encoder)
        return both[: len(ours)].astype(np.float64), both[len(ours) :].astype(np.float64)

    def _as_work(self, texts: list[str]) -> NDArray[np.float32]:
        """Definitions in the place of vectors: half their words, half what work they read as; of length one."""
        words = known_terms(texts, vocabulary=self._model.vocabulary)
        read = self._model.activities.intermediate(vectors=np.zeros((len(texts), 0), np.float32), terms=words)
        return np.asarray(np.hstack([words.toarray(), np.sqrt(read)]) / np.sqrt(2), np.float32)


def _element_importance(job: JobFeatures, *, encoder: TextEncoder | None, model: MatchingModel) -> NDArray[np.float64]:
    views = views_of(job, general=model.activities.general_of_intermediate)
    return model.importance_heads(encoder).predict(views)


def borrowing_weights(
    definitions: NDArray[np.float64], *, elements: NDArray[np.float64], settings: Mapping[str, float]
) -> NDArray[np.float64]:
    """Kernel ridge regression from elements to definitions, shape (definitions, elements).

    The kernel is Gaussian on the sphere: exp((cosine - 1) / width).
    """
    inside, across = (np.exp((rows @ elements.T - 1) / settings["width"]) for rows in (elements, definitions))
    ridge = settings["ridge"] * np.eye(len(elements))
    return np.asarray(np.linalg.solve(inside + ridge, across.T).T, np.float64)


def definition_of(competency: CompetencyParts) -> str:
    """Title and definition; key actions in place of a definition that is missing."""
    title = ", ".join(competency.texts("title"))
    body = " ".join(competency.texts("definition") or competency.texts("key_action") or competency.texts("alias"))
    return f"{title}: {body}" if body else title
