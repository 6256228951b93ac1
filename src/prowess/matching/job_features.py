"""Reads a job's statements and title into the blocks from which importance and responsibility are predicted."""

from collections.abc import Mapping, Sequence

import numpy as np

from prowess.matching.encoder import TextEncoder
from prowess.matching.job_blocks import Block, JobFeatures
from prowess.matching.lexical import known_terms
from prowess.matching.model import MatchingModel


def job_features(
    statements: Sequence[str], *, job_title: str, encoder: TextEncoder | None, model: MatchingModel
) -> JobFeatures:
    """The blocks of a job."""
    vectors = np.zeros((len(statements), 0), np.float32) if encoder is None else encoder.encode(statements)
    terms = known_terms(statements, vocabulary=model.vocabulary)
    read = model.activities.intermediate(vectors=vectors, terms=terms)
    blocks: dict[str, Block] = {"terms": terms, "activities": read}
    if encoder is not None:
        blocks["vectors"] = vectors
    return with_title(blocks, job_title=job_title, encoder=encoder, model=model)


def with_title(
    blocks: Mapping[str, Block], *, job_title: str, encoder: TextEncoder | None, model: MatchingModel
) -> JobFeatures:
    """A job from the blocks of its statements, which are known already, and its title."""
    title: dict[str, Block] = {"title_terms": known_terms([job_title], vocabulary=model.vocabulary)}
    if encoder is not None:
        title["title_vector"] = encoder.encode([job_title])
    return JobFeatures(statements=blocks, title=title, count=blocks["terms"].shape[0], titled=bool(job_title.strip()))
