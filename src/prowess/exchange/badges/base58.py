"""Base58 in Bitcoin's alphabet, as multibase “z” uses it."""

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def encoded(content: bytes) -> str:
    """Bytes as base58; each zero byte at the beginning is a 1."""
    number, digits = int.from_bytes(content, "big"), []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_DIGITS[digit])
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits))


def decoded(text: str) -> bytes:
    """The bytes of a base58 text.

    Raises:
        ValueError: it holds another character.
    """
    number = 0
    for character in text:
        number = number * 58 + _DIGITS.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
