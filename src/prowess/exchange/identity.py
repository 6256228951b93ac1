"""Identifiers and codes that come out the same each time a file is read or written."""

import re
from uuid import NAMESPACE_URL, UUID, uuid5

_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:prowess:framework")


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID in its usual writing."""
    return _UUID.fullmatch(text) is not None


def uuid_in(text: str) -> str:
    """The last UUID in a text such as a URI, in small letters; empty where there is none."""
    found = _UUID.findall(text)
    return found[-1].lower() if found else ""


def uuid_for(framework: str, *names: str) -> str:
    """The identifier of a part that has none: the same for the same framework and names (RFC 9562, version 5)."""
    namespace = UUID(framework) if is_uuid(framework) else uuid5(_NAMESPACE, framework)
    return str(uuid5(namespace, "\x1f".join(names))) if names else str(namespace)


def free_code(wish: str, *, taken: set[str], otherwise: str = "part") -> str:
    """A code without white space that is not taken yet, as near to the wish as can be; it is then taken."""
    base = re.sub(r"[\s\x00-\x1f]+", "-", wish.strip())[:180] or otherwise
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}~{number}"
    taken.add(code)
    return code
