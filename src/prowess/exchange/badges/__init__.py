"""Open Badges 3.0 and Comprehensive Learner Records 2.0, signed."""

from prowess.exchange.badges.credential import learner_record, open_badge
from prowess.exchange.badges.parties import AchievedLevel, Holder, Issuer
from prowess.exchange.badges.proof import did_key, is_verified, public_multibase, signed

__all__ = [
    "AchievedLevel",
    "Holder",
    "Issuer",
    "did_key",
    "is_verified",
    "learner_record",
    "open_badge",
    "public_multibase",
    "signed",
]
