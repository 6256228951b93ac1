"""JSON files read with a sentence for every fault, and written whole."""

import json
import re
from pathlib import Path
from typing import Any

from prowess.exchange.decoding import read_text
from prowess.framework.errors import InputError
from prowess.framework.files import write_text

DEEPEST = 100
"""How deep lists and objects may nest; published files stay below 20."""
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(path: Path) -> Any:
    """The content of a JSON file.

    Raises:
        InputError: it cannot be read, is no JSON, or nests too deep.
    """
    return parse_json(read_text(path), place=path.name)


def parse_json(text: str, *, place: str) -> Any:
    """The content of a JSON text.

    Raises:
        InputError: it is no JSON, or nests too deep.
    """
    try:
        content = json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        ends = error.pos >= len(text.rstrip())
        what = "The JSON ends before it is complete" if ends else f"This is not JSON: {_plain(error.msg)}"
        raise InputError(
            f"{what}.", place=f"{place}, line {error.lineno}, column {error.colno}", remedy="Export the file again."
        ) from error
    except (RecursionError, ValueError) as error:
        raise InputError("The JSON nests too deep, or holds a number too long.", place=place) from error
    _check_depth(content, place=place)
    return _whole_characters(content) if _HALF_CHARACTER.search(text) else content


def write_json(path: Path, content: Any) -> None:
    """Write JSON in one step, indented, as UTF-8.

    Raises:
        InputError: the place cannot be written.
    """
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _whole_characters(content: Any) -> Any:
    """The content with a mark for each half of a character: JSON can write halves, no document can hold them."""
    written = json.dumps(content, ensure_ascii=False)
    return json.loads(written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _plain(message: str) -> str:
    return message[:1].lower() + message[1:]


def _check_depth(content: Any, *, place: str) -> None:
    layer, depth = [content], 0
    while layer:
        depth += 1
        if depth > DEEPEST:
            raise InputError(f"The JSON nests deeper than {DEEPEST} steps.", place=place)
        layer = [
            inner
            for each in layer
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
