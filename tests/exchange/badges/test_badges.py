"""Badges: the standard's own test vector, and an independent check of what is written."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from prowess.exchange.badges import (
    AchievedLevel,
    Holder,
    Issuer,
    base58,
    is_verified,
    learner_record,
    open_badge,
    signed,
)
from prowess.exchange.badges.proof import public_multibase
from prowess.framework.errors import InputError, NotFound
from tests.cast import small_framework
from tests.shared_data import shared_path

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOLDER = Holder("urn:uuid:5b0f4b3e-1a6d-4a58-9f3e-0d6b8d2f4c11", "Rosa Lindqvist")
ISSUER = Issuer("Harbour & Vale")
ACHIEVED = AchievedLevel("customer-care", 2, datetime(2026, 10, 1, tzinfo=UTC), "Found by five raters.")

VECTOR_SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
VECTOR_PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
VECTOR_PROOF = "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
VECTOR = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
"""Test vector of the suite eddsa-jcs-2022 (w3c/vc-di-eddsa, TestVectors)."""


def _badge(**changes: Any) -> dict[str, Any]:
    return open_badge(
        ACHIEVED, framework=small_framework(), holder=HOLDER, issuer=ISSUER, key=KEY, now=NOW, **changes
    )  # fmt: skip


def test_the_standards_test_vector_is_met() -> None:
    key = Ed25519PrivateKey.from_private_bytes(base58.decoded(VECTOR_SECRET[1:])[2:])
    assert public_multibase(key.public_key()) == VECTOR_PUBLIC
    method = f"https://vc.example/issuers/5678#{VECTOR_PUBLIC}"
    done = signed(VECTOR, key=key, method=method, created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC))
    assert done["proof"]["proofValue"] == VECTOR_PROOF
    assert is_verified(done, key=key.public_key())


def _independently_verified(document: dict[str, Any]) -> None:
    """The standard's steps with Python's own JSON, which sorts our keys (all below U+D800) as RFC 8785 does."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    proof = dict(document["proof"])
    signature = base58.decoded(proof.pop("proofValue").removeprefix("z"))
    canonical = [
        json.dumps(each, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        for each in (proof, unsigned)
    ]
    key = base58.decoded(proof["verificationMethod"].split("#z")[1])
    assert key[:2] == b"\xed\x01"
    public = Ed25519PublicKey.from_public_bytes(key[2:])
    public.verify(signature, b"".join(sha256(each).digest() for each in canonical))


def test_a_badge_is_verified_by_the_standards_steps() -> None:
    _independently_verified(_badge())
    assert is_verified(_badge())


def test_a_record_and_each_badge_in_it_are_verified() -> None:
    record = learner_record(
        [ACHIEVED], framework=small_framework(), holder=HOLDER, issuer=ISSUER, key=KEY, now=NOW
    )  # fmt: skip
    _independently_verified(record)
    for badge in record["credentialSubject"]["verifiableCredential"]:
        _independently_verified(badge)


@pytest.mark.parametrize("path", [("name",), ("credentialSubject", "id"), ("proof", "created"), ("issuer", "name")])
def test_any_change_undoes_the_proof(path: tuple[str, ...]) -> None:
    badge = json.loads(json.dumps(_badge()))
    part = badge
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = "changed"
    assert not is_verified(badge)


def test_a_foreign_key_does_not_verify() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    assert not is_verified(_badge(), key=other.public_key())


@pytest.mark.parametrize("proof", [None, {}, {"cryptosuite": "eddsa-jcs-2022"}, {"type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022", "verificationMethod": "did:key:z0", "proofValue": "zé"}])  # fmt: skip
def test_what_is_no_proof_is_not_verified(proof: Any) -> None:
    assert not is_verified({**VECTOR, "proof": proof})


def test_a_badge_names_the_level_the_scale_and_the_framework() -> None:
    subject = _badge(base="https://skills.example/ims/case/v1p1/CFItems")["credentialSubject"]
    (result,) = subject["result"]
    (described,) = subject["achievement"]["resultDescription"]
    reached = [each for each in described["rubricCriterionLevel"] if each["id"] == result["achievedLevel"]]
    assert [each["name"] for each in reached] == ["Able"]
    assert result["resultDescription"] == described["id"]
    (alignment,) = subject["achievement"]["alignment"]
    assert alignment["targetUrl"].startswith("https://skills.example/ims/case/v1p1/CFItems/")
    assert (alignment["targetCode"], alignment["targetType"]) == ("customer-care", "CFItem")


def test_the_same_achievement_has_the_same_identifier() -> None:
    assert _badge()["id"] == _badge()["id"]


def _names_used(content: Any, *, found: set[str]) -> set[str]:
    if isinstance(content, dict):
        found |= content.keys()
        for value in content.values():
            _names_used(value, found=found)
    elif isinstance(content, list):
        for each in content:
            _names_used(each, found=found)
    return found


def test_badges_use_the_words_of_a_badge_by_others() -> None:
    theirs = json.loads(shared_path("data/interop/openbadges3/complete.json").read_text("utf-8"))
    ours = _names_used(_badge(), found=set())
    assert ours - _names_used(theirs, found=set()) <= {"validFrom", "awardedDate"}


def test_an_unknown_competency_or_level_is_told() -> None:
    wrong = AchievedLevel("customer-care", 9, NOW)
    with pytest.raises(InputError, match="no level 9"):
        open_badge(wrong, framework=small_framework(), holder=HOLDER, issuer=ISSUER, key=KEY)
    with pytest.raises(NotFound):
        open_badge(AchievedLevel("x", 1, NOW), framework=small_framework(), holder=HOLDER, issuer=ISSUER, key=KEY)
    with pytest.raises(InputError, match="no achieved level"):
        learner_record([], framework=small_framework(), holder=HOLDER, issuer=ISSUER, key=KEY)
    with pytest.raises(InputError, match="signed already"):
        signed(_badge(), key=KEY)
