"""The verbs of the audit trail: what can happen, said once, in words an administrator understands."""

from dataclasses import dataclass
from enum import StrEnum

from prowess.framework.errors import Conflict


class Concern(StrEnum):
    """What an event is about, for those who look for it."""

    CONTENT = "content"
    PEOPLE = "people"
    SIGN_IN = "sign-in"
    LOOK = "look"
    RULES = "rules"


@dataclass(frozen=True)
class Verb:
    """Something that can happen: a stable name, and the words that follow a person's name in the trail."""

    name: str
    words: str
    concern: Concern


_REGISTERED: dict[str, Verb] = {}


def register(name: str, words: str, *, concern: Concern = Concern.CONTENT) -> Verb:
    """Make a verb known; events of unknown verbs cannot be written.

    Raises:
        Conflict: another verb has the name.
    """
    verb = Verb(name, words, concern)
    if _REGISTERED.setdefault(name, verb) != verb:
        raise Conflict(f"The verb {name!r} is registered already, with other words.", remedy="Choose another name.")
    return verb


def verbs() -> dict[str, Verb]:
    """All verbs by their names."""
    return dict(_REGISTERED)


def words_of(name: str) -> str:
    """The words of a verb; its name where a package that registered it is gone."""
    return _REGISTERED[name].words if name in _REGISTERED else name
