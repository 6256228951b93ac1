"""Whether every word of a source is somewhere in what was made of it."""

import re
from collections.abc import Iterator
from typing import Any

from prowess.dictionaries.sources.characters import split_bullet
from prowess.framework.reading import Reading


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def without_item_signs(text: str) -> str:
    """The text without what only opens an item of a list: "•", "b)", "2."."""
    return "\n".join(split_bullet(line)[1] for line in text.splitlines())


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for value in content.values():
            yield from _strings(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _strings(value)
    elif isinstance(content, str | int):
        yield str(content)


def words_kept(reading: Reading) -> set[str]:
    """Every word in the framework, in what is unplaced and in what is named as clutter."""
    texts = [*_strings(reading.framework.model_dump(mode="json"))]
    texts += [line.text for line in (*reading.unplaced, *reading.clutter)]
    return {word for text in texts for word in words(text)}


def words_lost(source: str, reading: Reading) -> list[str]:
    """The words of a source that are nowhere; a word that a line break divided is found where its whole is."""
    kept, wanted = words_kept(reading), ["", *words(without_item_signs(source)), ""]
    return [
        word
        for before, word, after in zip(wanted, wanted[1:], wanted[2:], strict=False)
        if word not in kept and word + after not in kept and before + word not in kept
    ]
