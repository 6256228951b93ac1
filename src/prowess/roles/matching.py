"""The bridge from the library in the database to `prowess.matching`."""

from collections.abc import Collection
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from prowess.framework import RoleProfile
from prowess.library.models import Framework
from prowess.library.queries import document_of
from prowess.matching.job_text import JobDescription

if TYPE_CHECKING:
    from prowess.matching.profile import LibraryMatcher

_one_at_a_time = Lock()


def propose(job: JobDescription, *, framework: Framework, size: tuple[int, int], core: Collection[str]) -> RoleProfile:
    """The profile that the matching proposes for a job, from the current competencies of a framework."""
    from prowess.matching.profile import propose_profile  # noqa: PLC0415 - the encoder is loaded when first needed

    with _one_at_a_time:
        matcher = _matcher(framework.pk, framework.revision)
    return propose_profile(job, matcher, size=size, core=tuple(core), library=framework.title)


@lru_cache(maxsize=4)
def _matcher(pk: int, revision: int) -> "LibraryMatcher":  # noqa: ARG001 - the revision is part of the key
    from prowess.matching.profile import LibraryMatcher  # noqa: PLC0415

    return LibraryMatcher(document_of(Framework.objects.get(pk=pk)))
