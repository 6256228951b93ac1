"""The sheet of a draft as a page lays it out: sections, groups of rows, fields with their choices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prowess.framework import Framework, Kind
from prowess.library.drafts.rows import group_of
from prowess.library.drafts.sheet import PARTS, Column, Part, Row, Sheet
from prowess.library.drafts.sheet_form import CHOICES

Option = tuple[str, str]


@dataclass(frozen=True)
class FieldView:
    """A field: its element, label, value, and its options where there is a choice."""

    id: str
    name: str
    label: str
    widget: str
    value: str
    options: Sequence[Option] = ()


@dataclass(frozen=True)
class RowView:
    """A row with its fields; ``number`` counts inside its group, ``words`` says in short what it holds."""

    key: str
    number: int
    words: str
    fields: Sequence[FieldView]
    first: bool
    last: bool


@dataclass(frozen=True)
class GroupView:
    """Rows that are reordered among each other; ``suffix`` tells the group in commands, ``tone`` its polarity."""

    heading: str
    suffix: str
    element: str
    rows: Sequence[RowView]
    hint: str = ""
    tone: str = ""


@dataclass(frozen=True)
class SectionView:
    """A part of the sheet."""

    field: str
    title: str
    one: str
    pasted: bool
    groups: Sequence[GroupView]
    count: int


def basics_of(sheet: Sheet, *, framework: Framework) -> list[FieldView]:
    """The fields above the lists."""
    clusters = [("", "No cluster"), *((cluster.code, cluster.title) for cluster in framework.clusters)]
    kinds = [(kind.value, kind.value.capitalize()) for kind in Kind]
    return [
        FieldView("title", "title", "Title", "line", sheet["title"]),
        FieldView("aliases", "aliases", "Also called, one name a line", "lines", sheet["aliases"]),
        FieldView("definition", "definition", "Definition", "text", sheet["definition"]),
        FieldView("cluster", "cluster", "Cluster", "choice", sheet["cluster"], _with(clusters, sheet["cluster"])),
        FieldView("kind", "kind", "Kind", "choice", sheet["kind"], kinds),
    ]


def sections_of(sheet: Sheet, *, framework: Framework, own_code: str) -> list[SectionView]:
    """The lists of a sheet, in reading order."""
    choices = _Choices(framework, own_code)
    return [
        SectionView(
            part.field,
            part.title,
            part.one,
            part.pasted,
            _groups(part, sheet, framework, choices),
            len(sheet[part.field]),
        )
        for part in PARTS.values()
    ]


class _Choices:
    """The options of a choice, gathered once for all rows."""

    def __init__(self, framework: Framework, own_code: str) -> None:
        self.levels = [
            ("", "Any level"),
            *((str(level.number), f"{level.number} {level.name}") for level in framework.scale.levels),
        ]
        self.competencies = [
            ("", "Choose one"),
            *sorted(((c.code, c.title) for c in framework.competencies if c.code != own_code), key=lambda o: o[1]),
        ]

    def for_column(self, part: Part, column: Column, value: str) -> Sequence[Option]:
        """The options of this column; a value that is none of them stays choosable."""
        if column.whole_number:
            return _with(self.levels, value)
        if column.name == "target":
            return _with(self.competencies, value)
        return [(name, name.replace("-", " ").capitalize()) for name in CHOICES.get((part.field, column.name), ())]


def _with(options: Sequence[Option], value: str) -> Sequence[Option]:
    known = any(name == value for name, _ in options)
    return options if known else [*options, (value, f"{value} (unknown here)")]


def _groups(part: Part, sheet: Sheet, framework: Framework, choices: _Choices) -> list[GroupView]:
    rows = sheet[part.field]
    if part.field != "indicators":
        return [GroupView("", "", part.field, _rows(part, rows, choices))]
    return [
        GroupView(
            heading,
            f":{level}:{polarity}",
            f"indicators-{level}-{polarity}",
            _rows(part, [row for row in rows if group_of(part, row) == (level, polarity)], choices),
            hint,
            polarity,
        )
        for level, polarity, heading, hint in _indicator_groups(framework, rows)
    ]


def _indicator_groups(framework: Framework, rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Each level of the scale with its usual polarity, and the others where rows stand there."""
    used = {(str(row["level"]), row["polarity"]) for row in rows}
    known = [(str(level.number), f"Level {level.number}, {level.name}", level) for level in framework.scale.levels]
    for number, heading, level in known:
        other = "ineffective" if level.polarity.value == "effective" else "effective"
        for polarity in (level.polarity.value, other):
            yield number, polarity, f"{heading}: {polarity}", level.description if polarity != other else ""
    scale = {number for number, _, _ in known}
    for number in sorted({level for level, _ in used} - scale) if known else ["", *sorted({n for n, _ in used} - {""})]:
        for polarity in ("effective", "ineffective"):
            if (number, polarity) in used or not known:
                heading = f"Level {number}, which the scale lacks" if number else "Any level"
                yield number, polarity, f"{heading}: {polarity}", ""


def _rows(part: Part, rows: Sequence[Row], choices: _Choices) -> list[RowView]:
    return [
        RowView(
            row["key"],
            number,
            str(row[part.needed])[:60] or f"{part.one} {number}",
            [
                FieldView(
                    f"{part.field}-{row['key']}-{column.name}",
                    f"{part.field}-{row['key']}-{column.name}",
                    column.label,
                    column.widget,
                    str(row[column.name]),
                    choices.for_column(part, column, str(row[column.name])) if column.widget == "choice" else (),
                )
                for column in part.columns
            ],
            first=number == 1,
            last=number == len(rows),
        )
        for number, row in enumerate(rows, start=1)
    ]
