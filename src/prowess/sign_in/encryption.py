"""Secrets at rest: what the database holds of them is worth nothing without the installation's secret key."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from prowess.framework.errors import InputError

_PURPOSE = b"prowess secrets at rest"


def encrypted(text: str) -> str:
    """The text, readable only with the installation's secret key (Fernet: AES-128-CBC with HMAC-SHA-256)."""
    return _keeper(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypted(kept: str) -> str:
    """What was encrypted.

    Raises:
        InputError: it was encrypted under another secret key.
    """
    try:
        return _keeper(settings.SECRET_KEY).decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise InputError(
            "A stored secret cannot be read: it was stored under another secret key.",
            remedy="Restore the secret key that belongs to this database, or set the secret up again.",
        ) from error


@lru_cache(maxsize=4)
def _keeper(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
