"""An understanding as plain JSON, and back: what a page keeps while a curator corrects it."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from prowess.dictionaries.blocks import Block
from prowess.dictionaries.choices import Choice, Move
from prowess.dictionaries.decoding import Labelled
from prowess.dictionaries.grammar import State
from prowess.dictionaries.line import Hint, Line, Part
from prowess.dictionaries.looks import looks_of
from prowess.dictionaries.understanding import About, Understanding
from prowess.framework.errors import InputError

FORMAT = "prowess-understanding/1"
_OF_LINE = ("number", "text", "bullet", "indent", "bold", "lead", "size", "heading", "gap", "whole", "cell", "position")
_OF_CHOICE = ("level", "name", "rest", "in_levels", "stated")
_OF_STATE = ("where", "level", "fresh", "run_in")
_DEFAULTS: dict[type, dict[str, Any]] = {
    kind: {each.name: each.default for each in fields(kind)} for kind in (Line, Choice, State)
}


def to_json(understanding: Understanding) -> dict[str, Any]:
    """The labelled lines and what is known of the source; the reading is made of them anew."""
    about = understanding.about
    return {
        "format": FORMAT,
        "about": asdict(about),
        "blocks": [_block(entry) for entry in understanding.document],
    }


def from_json(stored: Mapping[str, Any]) -> Understanding:
    """What `to_json` gave, understood again.

    Raises:
        InputError: it was not made by `to_json`.
    """
    try:
        if stored["format"] != FORMAT:
            raise _unknown()
        about = _about(stored["about"])
        document = [_labelled(block) for block in stored["blocks"]]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _unknown() from error
    return Understanding(document=tuple(document), about=about)


def _about(told: Mapping[str, Any]) -> About:
    return About(
        format=told["format"],
        name=told["name"],
        title=told["title"],
        notes=tuple(told["notes"]),
        losses=tuple(told["losses"]),
    )


def _unknown() -> InputError:
    return InputError(
        "What was stored is no understanding of a dictionary.",
        place="the stored understanding",
        remedy=f"Give what `to_json` gave, of the format {FORMAT}; read the dictionary again where that is lost.",
    )


def _told(content: object, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields that are not what they usually are."""
    usual = _DEFAULTS[type(content)]
    return {name: value for name in names if (value := getattr(content, name)) != usual[name]}


def _block(entry: Labelled) -> dict[str, Any]:
    block, choice = entry.block, entry.choice
    told: dict[str, Any] = {
        "lines": [_line(line) for line in block.lines],
        "move": str(choice.move),
        "choice": _told(choice, _OF_CHOICE),
        "state": _told(entry.state, _OF_STATE),
    }
    if choice.part is not None:
        told["part"] = str(choice.part)
    if len(block.lines) > 1 or block.text != block.first.text:
        told["text"] = block.text
    if block.opens_list:
        told["opens_list"] = True
    if entry.moved_to >= 0:
        told["moved_to"] = entry.moved_to
    return told


def _line(line: Line) -> dict[str, Any]:
    told = _told(line, _OF_LINE)
    if line.hint:
        told["hint"] = [str(line.hint.part), line.hint.heading, line.hint.level, line.hint.field]
    return told


def _labelled(told: Mapping[str, Any]) -> Labelled:
    lines = tuple(map(_line_of, told["lines"]))
    block = Block(text=told.get("text", lines[0].text), lines=lines, opens_list=told.get("opens_list", False))
    part = Part(told["part"]) if "part" in told else None
    choice = Choice(move=Move(told["move"]), score=0.0, part=part, **told["choice"])
    return Labelled(
        block=block,
        looks=looks_of(block),
        choice=choice,
        state=State(**told["state"]),
        moved_to=told.get("moved_to", -1),
    )


def _line_of(told: Mapping[str, Any]) -> Line:
    content = dict(told)
    hint = content.pop("hint", None)
    if hint:
        content["hint"] = Hint(part=Part(hint[0]), heading=bool(hint[1]), level=hint[2], field=bool(hint[3]))
    return Line(**content)
