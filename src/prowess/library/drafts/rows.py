"""What can be done with the rows of a sheet: add, remove, move, paste a list."""

import re
from typing import Any

from prowess.framework.checks import Offer
from prowess.framework.errors import InputError
from prowess.library.drafts.sheet import MOST_ROWS, PARTS, Part, Row, Sheet, empty_row, lines_of

_BULLET = re.compile(r"^\s*(?:[-*+•‣▪▫◦●○■□·–—►➢✓]\s*|\(?\d{1,3}[.)]\s+|\(?[a-zA-Z][.)]\s+|o\s+(?=[A-Z]))")
_NAME_AND_TEXT = re.compile(r"^(.{2,80}?)\s*(?:—|\s–\s|\s-\s|:\s)\s*(.+)$")


def without_bullet(line: str) -> str:
    """A line of a list without the dot, dash or number before it."""
    return _BULLET.sub("", line, count=1).strip()


def add_row(sheet: Sheet, part: Part, *, values: dict[str, str], after: str = "") -> tuple[Sheet, Row]:
    """A sheet with one more row, at the end or after the row with the key ``after``; and that row."""
    _require_room(sheet, part, more=1)
    row = empty_row(part, **values)
    rows = list(sheet[part.field])
    place = next((n + 1 for n, other in enumerate(rows) if other["key"] == after), len(rows))
    return {**sheet, part.field: [*rows[:place], row, *rows[place:]]}, row


def remove_row(sheet: Sheet, part: Part, *, key: str) -> Sheet:
    """A sheet without a row."""
    return {**sheet, part.field: [row for row in sheet[part.field] if row["key"] != key]}


def move_row(sheet: Sheet, part: Part, *, key: str, by: int) -> Sheet:
    """A sheet with a row one step up or down among those that stand in the same group."""
    rows = list(sheet[part.field])
    here = next((n for n, row in enumerate(rows) if row["key"] == key), None)
    if here is None:
        return sheet
    group = [n for n, row in enumerate(rows) if group_of(part, row) == group_of(part, rows[here])]
    place = group.index(here) + by
    if not 0 <= place < len(group):
        return sheet
    rows[here], rows[group[place]] = rows[group[place]], rows[here]
    return {**sheet, part.field: rows}


def group_of(part: Part, row: Row) -> tuple[str, str]:
    """Rows are reordered inside a group: indicators of one level and polarity, any other part as a whole."""
    return (str(row["level"]), row["polarity"]) if part.field == "indicators" else ("", "")


def paste_rows(sheet: Sheet, part: Part, *, text: str, values: dict[str, str]) -> tuple[Sheet, int]:
    """A sheet with a row for each line of a pasted list, bullets and numbers stripped; and how many were added.

    “Name—description” lines become key actions with both.
    """
    lines = [line for line in map(without_bullet, lines_of(text)) if line]
    _require_room(sheet, part, more=len(lines))
    rows = [empty_row(part, **values, **_columns(part, line)) for line in lines]
    return {**sheet, part.field: [*sheet[part.field], *rows]}, len(rows)


def _columns(part: Part, line: str) -> dict[str, str]:
    if part.field != "key_actions":
        return {part.needed: line}
    found = _NAME_AND_TEXT.match(line)
    return {"name": found[1].strip(), "description": found[2].strip()} if found else {"name": line}


def _require_room(sheet: Sheet, part: Part, *, more: int) -> None:
    if len(sheet[part.field]) + more > MOST_ROWS:
        raise InputError(f"At most {MOST_ROWS} rows fit into “{part.title}”.", remedy="Remove some first.")


def relate(sheet: Sheet, offer: Offer) -> tuple[Sheet, str]:
    """A sheet with the relation that a content check offers, and the element that then takes the focus: its note.

    A relation that is there already stays as it is.
    """
    part = PARTS["relations"]
    there = [r for r in sheet["relations"] if (r["kind"], r["target"]) == (offer.relation.value, offer.target)]
    if there:
        return sheet, f"relations-{there[0]['key']}-note"
    values = {"kind": offer.relation.value, "target": offer.target, "note": offer.note, "advice": offer.advice}
    changed, row = add_row(sheet, part, values=values)
    return changed, f"relations-{row['key']}-note"


def apply_command(sheet: Sheet, *, command: str, pasted: dict[str, str]) -> tuple[Sheet, str]:
    """Do what a button of the sheet says, and name the element that then takes the focus.

    Commands are ``add:PART[:LEVEL:POLARITY]``, ``paste:PART[:LEVEL:POLARITY]``, ``after:PART:KEY``,
    ``remove:PART:KEY``, ``up:PART:KEY`` and ``down:PART:KEY``.

    Raises:
        InputError: there is no such command.
    """
    verb, *rest = command.split(":")
    part = PARTS.get(rest.pop(0)) if rest else None
    if part is None or verb not in ("add", "paste", "after", "remove", "up", "down"):
        raise InputError(f"A draft cannot be changed by {command!r}.", remedy="Reload the page and try again.")
    if verb in ("add", "paste"):
        return _grow(sheet, part, verb=verb, group=rest, pasted=pasted)
    key = rest[0] if rest else ""
    row = next((row for row in sheet[part.field] if row["key"] == key), None)
    if row is None:
        return sheet, f"add-{part.field}"
    if verb == "after":
        same = {name: row[name] for name in ("level", "polarity", "kind", "about") if name in row}
        changed, added = add_row(sheet, part, values=same, after=key)
        return changed, _first_field(part, added)
    if verb == "remove":
        return remove_row(sheet, part, key=key), _focus_after_removal(sheet, part, row)
    return move_row(sheet, part, key=key, by=-1 if verb == "up" else 1), f"{verb}-{key}"


def _grow(sheet: Sheet, part: Part, *, verb: str, group: list[str], pasted: dict[str, str]) -> tuple[Sheet, str]:
    values = _group_values(part, group)
    if verb == "add":
        changed, row = add_row(sheet, part, values=values)
        return changed, _first_field(part, row)
    changed, _ = paste_rows(sheet, part, text=pasted.get("-".join([part.field, *group]), ""), values=values)
    return changed, "-".join(["add", part.field, *group])


def _group_values(part: Part, group: list[Any]) -> dict[str, str]:
    if part.field != "indicators":
        return {}
    if len(group) != 2 or group[1] not in ("effective", "ineffective") or not (group[0] == "" or group[0].isdecimal()):
        raise InputError("An indicator needs a level and a polarity.", remedy="Reload the page and try again.")
    return {"level": group[0], "polarity": group[1]}


def _first_field(part: Part, row: Row) -> str:
    column = part.columns[0] if part.field != "development" else part.columns[1]
    return f"{part.field}-{row['key']}-{column.name}"


def _focus_after_removal(sheet: Sheet, part: Part, row: Row) -> str:
    group = [other for other in sheet[part.field] if group_of(part, other) == group_of(part, row)]
    place = group.index(row)
    neighbour = next(iter(group[place + 1 : place + 2] or group[max(place - 1, 0) : place]), None)
    if neighbour is not None:
        return f"remove-{neighbour['key']}"
    suffix = [row["level"], row["polarity"]] if part.field == "indicators" else []
    return "-".join(["add", part.field, *suffix])
