"""The kinds of text that documents hold: trimmed, printable, bounded."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

LONGEST_TEXT = 20_000
LONGEST_LINE = 500


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _printable(text: str) -> str:
    """Refuse control characters: neither YAML, Word, PDF nor PostgreSQL can hold them."""
    found = _CONTROL.search(text)
    if found:
        raise ValueError(f"the text holds the control character U+{ord(found.group()):04X}; remove it")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_printable),
]
"""A sentence or some paragraphs; never empty."""

OptionalText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT), AfterValidator(_printable)
]
"""Text that may be empty while it is under development."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE),
    AfterValidator(_printable),
]
"""A title or a name: one short text, never empty."""

Code = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\s\x00-\x1f]+$"),
]
"""A stable identifier inside a framework: no white space, compared exactly."""
