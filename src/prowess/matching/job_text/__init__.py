"""A job description in any usual form becomes a title and numbered statements that say what counts."""

from prowess.matching.job_text.description import JobDescription
from prowess.matching.job_text.reading import read_job

__all__ = ["JobDescription", "read_job"]
