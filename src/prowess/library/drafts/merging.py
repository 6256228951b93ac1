"""Bringing together what two people did to one sheet at the same time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prowess.framework.difference import Span, word_difference
from prowess.library.drafts.sheet import PARTS, TEXTS, Part, Row, Sheet


@dataclass(frozen=True)
class Clash:
    """A text or a row that both changed in different ways; ``path`` names it, ``words`` leads from theirs to mine."""

    path: str
    label: str
    theirs: str
    mine: str

    @property
    def words(self) -> tuple[Span, ...]:
        """Both versions in one."""
        return word_difference(self.theirs, self.mine)


@dataclass(frozen=True)
class Merged:
    """A sheet with the changes of both, and what clashes (there, it holds theirs)."""

    sheet: Sheet
    clashes: tuple[Clash, ...]


def merge(*, base: Sheet | None, mine: Sheet, theirs: Sheet, choices: Mapping[str, str]) -> Merged:
    """The changes from ``base`` to ``mine`` and to ``theirs`` in one sheet.

    Where both changed the same text or row in different ways, ``choices`` (path to “mine” or “theirs”) decides; without
    a choice it is a clash. Nothing that somebody changed is lost with a row that somebody else removed.
    """
    sheet: Sheet = {**theirs}
    clashes: list[Clash] = []
    for name, label in TEXTS.items():
        before = base[name] if base else None
        if _takes_mine(before, mine[name], theirs[name], choice=choices.get(name)):
            sheet[name] = mine[name]
        elif _clash(before, mine[name], theirs[name]) and name not in choices:
            clashes.append(Clash(name, label, theirs[name], mine[name]))
    for part in PARTS.values():
        rows, clashing = _merge_rows(part, base=base, mine=mine, theirs=theirs, choices=choices)
        sheet[part.field] = rows
        clashes += clashing
    return Merged(sheet, tuple(clashes))


def _takes_mine(before: Any, mine: Any, theirs: Any, *, choice: str | None) -> bool:
    if mine in (theirs, before):
        return False
    return theirs == before or choice == "mine"


def _clash(before: Any, mine: Any, theirs: Any) -> bool:
    return bool(mine != theirs and before not in (mine, theirs))


def _merge_rows(
    part: Part, *, base: Sheet | None, mine: Sheet, theirs: Sheet, choices: Mapping[str, str]
) -> tuple[list[Row], list[Clash]]:
    before, ours, others = (
        {row["key"]: row for row in sheet[part.field]} if sheet else {} for sheet in (base, mine, theirs)
    )
    kept: dict[str, Row] = {}
    clashes: list[Clash] = []
    for key in {**others, **ours}:
        old, my, their = before.get(key), ours.get(key), others.get(key)
        if my is None or their is None:
            only = my or their
            if only is not None and (old is None or only != old):
                kept[key] = only
            continue
        kept[key] = my if _takes_mine(old, my, their, choice=choices.get(f"{part.field}/{key}")) else their
        if _clash(old, my, their) and f"{part.field}/{key}" not in choices:
            label = f"{part.title}, {part.one}"
            clashes.append(Clash(f"{part.field}/{key}", label, row_text(part, their), row_text(part, my)))
    return [kept[key] for key in _order(list(before), list(ours), list(others), kept)], clashes


def _order(before: list[str], mine: list[str], theirs: list[str], kept: dict[str, Row]) -> list[str]:
    """My order where I changed it, theirs otherwise; rows that only the other has come after their neighbour there."""
    shared = set(before) & set(mine)
    i_moved = [key for key in mine if key in shared] != [key for key in before if key in shared]
    first, second = (mine, theirs) if i_moved else (theirs, mine)
    order = [key for key in first if key in kept]
    for place, key in enumerate(second):
        if key in kept and key not in order:
            neighbour = next((other for other in reversed(second[:place]) if other in order), None)
            order.insert(order.index(neighbour) + 1 if neighbour else 0, key)
    return order


def row_text(part: Part, row: Row) -> str:
    """A row in words, for somebody who compares two of them."""
    return "\n".join(f"{column.label}: {row[column.name]}" for column in part.columns if row[column.name] != "")
