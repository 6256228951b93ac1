"""Who uses a competency, asked through a registry: the library does not know what is built on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from prowess.library.models import Competency, CompetencyVersion
from prowess.people.models import User


@dataclass(frozen=True)
class Use:
    """Something that uses a competency.

    ``key`` names it for its source; ``number`` is the version that it uses, None where it takes the latest by itself.
    ``as_draft`` and ``at_once`` say which offers of a newer version it can take.
    """

    key: str
    title: str
    detail: str
    address: str
    number: int | None
    as_draft: bool = False
    at_once: bool = False


class ImpactSource(Protocol):
    """A room that uses competencies."""

    name: str
    title: str

    def uses_of(self, user: User, *, competency: Competency) -> Sequence[Use]:
        """What uses a version of this competency, as far as this user may know."""
        ...

    def take_newer(self, user: User, *, key: str, version: CompetencyVersion, at_once: bool) -> str:
        """Give one of the uses the newer version, at once or as a draft; a sentence that says what was done.

        Raises:
            NotAllowed: this user may not.
            Conflict: it cannot take it so.
        """
        ...


@dataclass(frozen=True)
class Impact:
    """All that one source knows of a competency's use."""

    source: ImpactSource
    uses: Sequence[Use]


_SOURCES: dict[str, ImpactSource] = {}


def register_impact(source: ImpactSource) -> None:
    """Let a room say what of it uses a competency; called once, when its app is ready."""
    _SOURCES[source.name] = source


def impact_of(user: User, *, competency: Competency | None) -> list[Impact]:
    """What uses a competency, source by source; nothing for one that is not published yet."""
    if competency is None:
        return []
    found = (Impact(source, source.uses_of(user, competency=competency)) for source in _SOURCES.values())
    return [impact for impact in found if impact.uses]


def source_named(name: str) -> ImpactSource | None:
    """The source with this name."""
    return _SOURCES.get(name)
