"""Which competencies each statement of a job calls for, with the part that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from prowess.matching.adaptation import adapted, split_in_two
from prowess.matching.calibration import Calibration
from prowess.matching.embedding_cache import cached_encode
from prowess.matching.encoder import TextEncoder, encoder_note
from prowess.matching.importance import ImportanceModel
from prowess.matching.job_blocks import Block, JobFeatures
from prowess.matching.job_features import with_title
from prowess.matching.library_index import EncodedStatements, LibraryIndex
from prowess.matching.likeness import LikenessModel
from prowess.matching.model import MatchingModel, shipped_model
from prowess.matching.one_thread import in_one_thread
from prowess.matching.parts import CompetencyParts, Part
from prowess.matching.responsibility import Responsibility, responsibility_from


@dataclass(frozen=True, slots=True)
class Evidence:
    """The part of a competency that a statement matched best."""

    part: Part
    part_index: int
    similarity: float
    probability: float


@dataclass(frozen=True, slots=True)
class Matches:
    """Statements against competencies; every array has the shape (statements, competencies).

    ``probability``: calibrated chance, 0..1, that the statement calls for the competency. ``fits``: it is at least
    ``threshold``; a row without any True means that nothing in the library fits that statement. ``best_part``: index
    into the competency's parts; ``similarity`` of that part with the statement, 0..1.
    """

    competencies: tuple[CompetencyParts, ...]
    probability: NDArray[np.float64]
    fits: NDArray[np.bool_]
    best_part: NDArray[np.intp]
    similarity: NDArray[np.float64]
    threshold: float
    note: str

    def score(self) -> NDArray[np.float64]:
        """How much the whole job calls for each competency, 0..1: one minus the exponential of minus all chances."""
        certain = np.where(self.fits, self.probability, self.probability**2)
        return np.asarray(-np.expm1(-certain.sum(axis=0)), np.float64)

    def evidence(self, statement: int, *, competency: int) -> Evidence:
        """The part that speaks for this statement calling for this competency."""
        position = int(self.best_part[statement, competency])
        return Evidence(
            part=self.competencies[competency].parts[position],
            part_index=position,
            similarity=float(self.similarity[statement, competency]),
            probability=float(self.probability[statement, competency]),
        )


class Matcher:
    """A library made ready for matching; make it once per version of the library.

    >>> from prowess.matching.parts import CompetencyParts, Part
    >>> library = [CompetencyParts("W", (Part("title", "Written communication"),))]
    >>> Matcher(library, encoder=None).match(["Write reports"]).probability.shape
    (1, 1)
    """

    def __init__(
        self,
        competencies: Sequence[CompetencyParts],
        *,
        encoder: TextEncoder | None,
        model: MatchingModel | None = None,
    ) -> None:
        """``encoder``: what `load_encoder` gave; None compares words only. ``model``: trained data, if not the shipped.

        Raises:
            InputError: there is no competency, or one without parts.
        """
        self.competencies = tuple(competencies)
        self.encoder = encoder
        self.note = encoder_note(encoder)
        self._model = model or shipped_model()
        self._index = LibraryIndex(self.competencies, encoder=encoder, vocabulary=self._model.vocabulary)
        self._likeness = LikenessModel(self._index, model=self._model)
        self._importance = ImportanceModel(self.competencies, encoder=encoder, model=self._model)
        self._last: EncodedStatements | None = None
        self._last_job: tuple[tuple[tuple[str, ...], str], JobFeatures] | None = None

    @in_one_thread
    def match(self, statements: Sequence[str], *, job_title: str = "") -> Matches:  # noqa: ARG002
        """Each statement against each competency; ``statements``: those that describe the work."""
        calibration = self._calibration
        likeness = self._likeness.measure(self._encoded(statements))
        probability = calibration.probability(likeness.features)
        similarity = self._index.strongest(likeness.parts)
        return Matches(
            competencies=self.competencies,
            probability=probability,
            fits=probability >= calibration.threshold,
            best_part=self._index.positions_of(likeness.parts, peaks=similarity),
            similarity=similarity.astype(np.float64),
            threshold=calibration.threshold,
            note=self.note,
        )

    @in_one_thread
    def importance(self, statements: Sequence[str], *, job_title: str = "") -> NDArray[np.float64]:
        """Importance of each competency in the job, 0 to 1, shape (competencies,)."""
        return self._importance.predict_from(self._features(statements, job_title=job_title))

    @in_one_thread
    def responsibility(self, statements: Sequence[str], *, job_title: str = "") -> Responsibility:
        """The level of responsibility of the job, 1 to 5, and the statements that move it."""
        job = self._features(statements, job_title=job_title)
        return responsibility_from(job, encoder=self.encoder, model=self._model)

    @cached_property
    def _calibration(self) -> Calibration:
        """The calibration under which the library's own job activities find their competency best."""
        outside, aligned = (self._model.calibration(self.encoder, aligned=follows) for follows in (False, True))
        halved, texts, owners = split_in_two(self.competencies)
        if not texts:
            return outside
        index = LibraryIndex(halved, encoder=self.encoder, vocabulary=self._model.vocabulary)
        vectors = None if self.encoder is None else cached_encode(texts, encoder=self.encoder)
        measured = LikenessModel(index, model=self._model).measure(index.encoded(texts, vectors=vectors))
        return adapted(measured.features, owners=owners, outside=outside, aligned=aligned)

    def _features(self, statements: Sequence[str], *, job_title: str) -> JobFeatures:
        key = (tuple(statements), job_title)
        if self._last_job is None or self._last_job[0] != key:
            encoded = self._encoded(statements)
            blocks: dict[str, Block] = {"terms": encoded.known_terms, "activities": self._likeness.read(encoded)}
            if self.encoder is not None:
                blocks["vectors"] = encoded.vectors
            job = with_title(blocks, job_title=job_title, encoder=self.encoder, model=self._model)
            self._last_job = key, job
        return self._last_job[1]

    def _encoded(self, statements: Sequence[str]) -> EncodedStatements:
        if self._last is None or self._last.texts != tuple(statements):
            self._last = self._index.encoded(statements)
        return self._last
