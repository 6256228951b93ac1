"""Who issues, who holds, and what was achieved."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Issuer:
    """Who says that a level was achieved. Without an identifier it is the ``did:key`` of the key that signs.

    ``verification_method`` is the address of the public key, where the issuer publishes one.
    """

    name: str
    identifier: str = ""
    url: str = ""
    verification_method: str = ""


@dataclass(frozen=True)
class Holder:
    """The person: an identifier that tells as much as the issuer wants to (a DID or a ``urn:uuid:``), and a name."""

    identifier: str
    name: str = ""


@dataclass(frozen=True)
class AchievedLevel:
    """A level of a competency that the person has reached, and since when; ``narrative`` says how it was found."""

    code: str
    level: int
    achieved: datetime
    narrative: str = ""
