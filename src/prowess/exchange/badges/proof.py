"""Data Integrity proofs by the cryptosuite eddsa-jcs-2022 (W3C Recommendation “Data Integrity EdDSA Cryptosuites 1.0”).

What is signed is the SHA-256 of the canonical proof options followed by the SHA-256 of the canonical document, both
canonical by the JSON Canonicalization Scheme (RFC 8785).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from prowess.exchange.badges import base58
from prowess.framework.errors import InputError

SUITE = "eddsa-jcs-2022"
_PUBLIC = b"\xed\x01"
"""Multicodec prefix of an Ed25519 public key."""


def public_multibase(key: Ed25519PublicKey) -> str:
    """The public key as a Multikey: ``z6Mk…``."""
    return "z" + base58.encoded(_PUBLIC + key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def did_key(key: Ed25519PublicKey) -> str:
    """The decentralised identifier that is the key itself; anybody can verify by it without asking a server."""
    return f"did:key:{public_multibase(key)}"


def signed(
    document: Mapping[str, Any], *, key: Ed25519PrivateKey, method: str = "", created: datetime | None = None
) -> dict[str, Any]:
    """The document with its proof.

    Args:
        document: a credential without a proof.
        key: the issuer's private key.
        method: address of the public key in the issuer's document; the key's own ``did:key`` where it is empty.
        created: the time of signing; now, where it is None.

    Raises:
        InputError: the document has a proof, or a value that JSON cannot hold exactly.
    """
    if "proof" in document:
        raise InputError("The credential is signed already.", remedy="Sign it before its proof is added.")
    own = public_multibase(key.public_key())
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": f"{created or datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "verificationMethod": method or f"did:key:{own}#{own}",
        "proofPurpose": "assertionMethod",
    }
    if "@context" in document:
        options["@context"] = document["@context"]
    signature = key.sign(hash_data(document, options=options))
    return {**document, "proof": {**options, "proofValue": "z" + base58.encoded(signature)}}


def hash_data(document: Mapping[str, Any], *, options: Mapping[str, Any]) -> bytes:
    """What is signed: the hash of the proof options, then that of the document (section 3.3.4 of the suite).

    Raises:
        InputError: a value cannot be canonicalised.
    """
    try:
        canonical = [rfc8785.dumps(dict(each)) for each in (options, document)]
    except rfc8785.CanonicalizationError as error:
        raise InputError(f"The credential holds what JSON cannot hold exactly: {error}.") from error
    return b"".join(sha256(each).digest() for each in canonical)


def is_verified(document: Mapping[str, Any], *, key: Ed25519PublicKey | None = None) -> bool:
    """Whether the proof of a document is that of the key, or of the ``did:key`` that the proof names.

    Args:
        document: a credential with one proof.
        key: the issuer's public key; None takes the key out of a ``did:key``.
    """
    proof = document.get("proof")
    if not isinstance(proof, Mapping) or proof.get("cryptosuite") != SUITE or proof.get("type") != "DataIntegrityProof":
        return False
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    if options.get("@context", document.get("@context")) != document.get("@context"):
        return False
    try:
        public = key or _key_of(str(proof.get("verificationMethod", "")))
        public.verify(base58.decoded(str(proof.get("proofValue", ""))[1:]), hash_data(unsigned, options=options))
    except (InvalidSignature, ValueError, InputError):
        return False
    return True


def _key_of(method: str) -> Ed25519PublicKey:
    content = base58.decoded(method.removeprefix("did:key:").split("#")[0][1:])
    if not method.startswith("did:key:z") or not content.startswith(_PUBLIC):
        raise InputError("The proof names no did:key.", remedy="Give the issuer's public key.")
    return Ed25519PublicKey.from_public_bytes(content[len(_PUBLIC) :])
