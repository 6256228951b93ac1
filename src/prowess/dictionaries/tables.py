"""Tables become lines with hints: each reading of a table (a record a row, a part a row, mere layout) is scored."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from prowess.dictionaries.level_names import is_level_word, level_at
from prowess.dictionaries.line import Cell, Hint, Line, Part, Table, text_of
from prowess.dictionaries.vocabulary import is_placeholder, parts_named

Rows = list[list[Cell]]

_LONGEST_HEAD = 80
_MAY_HEAD = (Part.TITLE, Part.CLUSTER, Part.CODE, None)
"""Columns whose cell, alone in its row, names what follows rather than being content."""
_SAID_ONCE = (Part.DEFINITION, Part.CODE, Part.KIND, Part.ALIASES)
"""Parts of which a competency has one, so that a table that says it in every row says nothing new."""
_NO_LEVEL = re.compile(
    r"^(?:n/?a|not (?:applicable|observed|rated|assessed|required)|no opinion|don.t know)\b", re.IGNORECASE
)
_NO_LEVEL_NAME = "n/a"
_FEWEST_COLUMNS = 2
"""Columns that make a scale."""
_SENTENCE = 5
"""Words from which a cell holds a sentence."""
_HEAD_ROWS = 6
"""How many rows from the top may hold the head of a table."""


@dataclass
class _Role:
    """What a column holds; ``level`` names the level of a column per level."""

    part: Part | None
    level: str = ""
    sure: float = 0.0
    texts: list[str] = field(default_factory=list)


def lines_of_table(table: Table, *, first_cell: int, clusters: bool = False) -> list[Line]:
    """The lines of a table in the order of its most likely reading, each with its hint.

    ``clusters`` says that this is one of several sheets: words above the head of a list of competencies name a cluster.
    ``first_cell`` is the number of the first cell, so that lines of different cells are never joined.
    """
    rows = _without_empty(table)
    if not rows:
        return []
    rows = _upright(rows)
    head = _best_head(rows)
    by_label = _label_score(rows)
    if head and head[0] >= max(by_label, 1.5):
        lines = list(_records(rows, start=head[1], height=head[2], roles=head[3], clusters=clusters))
    elif by_label >= 1.5:
        lines = list(_labelled(rows))
    else:
        lines = list(_layout(rows))
    return _in_cells(lines, first_cell)


def _upright(rows: Rows) -> Rows:
    """The table with a competency a row, where it has one a column: "Competency" heads names, parts stand below it."""
    if (
        len(rows) < _FEWEST_COLUMNS
        or len(rows[0]) <= _FEWEST_COLUMNS
        or _role(text_of(rows[0][0])).part is not Part.TITLE
    ):
        return rows
    labels = [_role(text_of(row[0])) for row in rows[1:]]
    names = [_role(text_of(cell)) for cell in rows[0][1:] if cell]
    all_known = all(role.part for role in labels) and not any(role.part for role in names)
    return [list(column) for column in zip(*rows, strict=True)] if all_known and len(names) > 1 else rows


def _without_empty(table: Table) -> Rows:
    rows = [list(row) for row in table.rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [()] * (width - len(row)) for row in rows]
    kept = [column for column in range(width) if any(row[column] for row in rows)]
    return [[row[column] for column in kept] for row in rows]


def _in_cells(lines: Sequence[tuple[int, Line]], first_cell: int) -> list[Line]:
    return [replace(line, cell=first_cell + cell) for cell, line in lines]


def _role(text: str) -> _Role:
    """What a head cell announces."""
    if not text or len(text) > _LONGEST_HEAD:
        return _Role(part=None)
    level = level_at(text)
    named = parts_named(text)
    if level and not level.content and not (named and named[0][1] == 1.0 and level.number is None):
        return _Role(part=Part.LEVEL, level=text, sure=1.0, texts=[text])
    if named:
        return _Role(part=named[0][0], sure=named[0][1], texts=[text])
    return _Role(part=None, texts=[text])


def _best_head(rows: Rows) -> tuple[float, int, int, list[_Role]] | None:
    """The most likely head: (score, its first row, its height, the roles of the columns)."""
    best = None
    for start in range(min(_HEAD_ROWS, len(rows) - 1)):
        for height in (1, 2):
            if start + height >= len(rows) or (height > 1 and sum(map(bool, rows[start])) == 1):
                continue
            roles = _roles(rows[start : start + height])
            score = _head_score(rows, start, height, roles)
            if best is None or score > best[0]:
                best = (score, start, height, roles)
    return best


def _roles(head: Rows) -> list[_Role]:
    roles = [_role(text_of(cell)) for cell in head[0]]
    for row in head[1:]:
        for column, cell in enumerate(row):
            lower = _role(text_of(cell))
            if lower.sure > 0:
                lower.texts = roles[column].texts + lower.texts
                roles[column] = lower
            else:
                roles[column].texts += lower.texts
    return roles


def _head_score(rows: Rows, start: int, height: int, roles: list[_Role]) -> float:
    head = rows[start : start + height]
    filled = [cell for row in head for cell in row if cell]
    known = [role for role in roles if role.part]
    beside_levels = _rows_named_after_levels(rows, start, height, roles)
    if len(known) < (1 if beside_levels else 2) or any(len(text_of(cell)) > _LONGEST_HEAD for cell in filled):
        return 0.0
    if height == 2 and (not all(_role(text_of(cell)).sure for cell in head[1] if cell) or len(filled) <= len(roles)):
        return 0.0
    distinct = {role.level or role.part for role in known}
    score = 2.0 * len(distinct) * len(known) / len(roles) + 2.2 * beside_levels
    below = [_role(text_of(row[0])) for row in rows[start + height :]]
    score -= 1.5 * sum(role.sure == 1.0 and role.part is not Part.LEVEL for role in below) / max(1, len(rows))
    return score - 0.6 * sum(1 for row in rows[:start] if len([cell for cell in row if cell]) > 1)


def _rows_named_after_levels(rows: Rows, start: int, height: int, roles: list[_Role]) -> int:
    """How many rows below a head begin with the name of a level, where the head's own first cell is none."""
    beside = [text_of(cell) for row in rows[start : start + height] for cell in row[1:] if cell]
    if any(len(text.split()) > 6 or text.endswith((".", "?", "!")) for text in beside):
        return 0
    texts = [text_of(row[0]) for row in rows[start + height :] if row[0]]
    if any(_role(text).part not in (None, Part.LEVEL) for text in texts):
        return 0
    labels = list(map(level_at, texts))
    levels = [level for level in labels if level and not level.content]
    distinct = len({level.key for level in levels})
    return len(levels) if not roles[0].level and distinct >= 2 and len(levels) >= 0.7 * len(labels) else 0


def _label_score(rows: Rows) -> float:
    """How well the first column reads as the names of the parts beside it."""
    if len(rows[0]) < 2:
        return 0.0
    labels = [_role(text_of(row[0])) for row in rows if row[0] and any(row[1:])]
    known = [role for role in labels if role.part and not (role.part is Part.LEVEL and not role.level)]
    if len(known) < 2 and not (len(labels) <= 2 and len(known) == len(labels) > 0):
        return 0.0
    return 2.2 * len(known) * len(known) / max(1, len(labels)) * (0.8 if len(rows[0]) > 2 else 1.0)


def _records(rows: Rows, *, start: int, height: int, roles: list[_Role], clusters: bool) -> Iterator[tuple[int, Line]]:
    """A record a row, below a head that says what each column holds."""
    parts = {role.part for role in roles}
    names_cluster = clusters and start > 0 and Part.TITLE in parts and Part.CLUSTER not in parts
    for position, (cell, line) in enumerate(_layout(rows[:start])):
        yield cell, replace(line, hint=Hint(part=Part.CLUSTER)) if names_cluster and position == 0 else line
    cell = 1_000
    for row in rows[start : start + height]:
        for content in row:
            cell += 1
            yield from ((cell, replace(line, hint=Hint(part=Part.OTHER, heading=True))) for line in content)
    body = rows[start + height :]
    reader = _RecordReader(roles=_settled(roles, body))
    said = list(map(text_of, rows[start]))
    for row in body:
        cell += 1_000
        if list(map(text_of, row)) == said:  # a page repeats the head
            repeated = [line for content in row for line in content]
            yield from ((cell, replace(line, hint=Hint(part=Part.OTHER, heading=True))) for line in repeated)
            continue
        yield from ((cell + offset, line) for offset, line in reader.lines(row))


def _settled(roles: list[_Role], body: Rows) -> list[_Role]:
    """Roles seen together: the names of levels are no titles, a row per level has its description beside it."""
    _name_levels(roles, body)
    rows_are_levels = any(role.part is Part.LEVEL and not role.level for role in roles) or _labels_are_levels(body)
    if rows_are_levels:
        if roles[0].part is not Part.LEVEL and _labels_are_levels(body):
            roles[0] = _Role(part=Part.LEVEL, texts=roles[0].texts)
        for column, role in enumerate(roles):
            names = [text_of(row[column]) for row in body if row[column]]
            if role.part is Part.TITLE and names and sum(map(is_level_word, names)) > len(names) / 2:
                roles[column] = _Role(part=Part.LEVEL, texts=role.texts)
        if not any(role.part is Part.TITLE for role in roles):
            for role in roles:
                if role.part is Part.DEFINITION:
                    role.part = Part.INDICATORS
    titles = [column for column, role in enumerate(roles) if role.part is Part.TITLE]
    for column in titles[1:]:  # "Competency" beside "Title": the first holds the name
        roles[column].part = Part.ALIASES if roles[titles[0]].texts != roles[column].texts else None
    return roles


def _name_levels(roles: list[_Role], body: Rows) -> None:
    """Columns of unknown names beside levels, or beside nothing but the competency, are levels when they hold lists."""
    unknown = [
        column
        for column, role in enumerate(roles)
        if role.part is None and role.texts and column and _holds_lists(body, column)
    ]
    beside_levels = sum(bool(role.level) for role in roles) >= _FEWEST_COLUMNS
    fields = {role.part for role in roles} - {None}
    alone = (
        len(unknown) >= _FEWEST_COLUMNS and Part.TITLE in fields and fields <= {Part.TITLE, *_SAID_ONCE, Part.CLUSTER}
    )
    if beside_levels or alone:
        for column in unknown:
            roles[column] = _Role(part=Part.LEVEL, level=" ".join(roles[column].texts), texts=roles[column].texts)


def _holds_lists(body: Rows, column: int) -> bool:
    """Whether the cells of a column hold items or sentences, rather than words or numbers."""
    cells = [row[column] for row in body if column < len(row) and row[column]]
    lists = sum(len(cell) > 1 or len(text_of(cell).split()) >= _SENTENCE for cell in cells)
    return bool(cells) and lists >= 0.7 * len(cells)


def _labels_are_levels(body: Rows) -> bool:
    labels = [text_of(row[0]) for row in body if row[0] and any(row[1:])]
    levels = [level for level in map(level_at, labels) if level and not level.content]
    return len(labels) >= 2 and len(levels) >= 0.7 * len(labels) and len({level.key for level in levels}) >= 2


@dataclass
class _RecordReader:
    """Turns rows into lines, saying a title, cluster or level only where it changes."""

    roles: list[_Role]
    title: str = ""
    cluster: str = ""
    level: str = ""
    level_is_new: bool = True
    action: str = ""
    said: dict[int, str] = field(default_factory=dict)

    def lines(self, row: Sequence[Cell]) -> Iterator[tuple[int, Line]]:
        if self._is_section(row):
            yield from self._section(row)
            return
        yield from self._opening(row)
        self.level_is_new = True
        for column, (role, cell) in enumerate(zip(self.roles, row, strict=True)):
            if not cell or role.part in (Part.TITLE, Part.CLUSTER):
                continue
            if role.part in _SAID_ONCE and self.said.get(column) == text_of(cell):
                yield from ((column, replace(line, hint=Hint(part=Part.OTHER, heading=True))) for line in cell)
                continue
            self.said[column] = text_of(cell)
            yield from ((column, line) for line in self._content(role, cell, first=column == 0))

    def _has(self, part: Part) -> bool:
        return any(role.part is part for role in self.roles)

    def _is_section(self, row: Sequence[Cell]) -> bool:
        """Only the first cell is filled: what follows belongs together."""
        return (
            len(row) > 1
            and bool(row[0])
            and not any(row[1:])
            and len(text_of(row[0])) <= _LONGEST_HEAD
            and self.roles[0].part in _MAY_HEAD
        )

    def _section(self, row: Sequence[Cell]) -> Iterator[tuple[int, Line]]:
        opens_cluster = self._has(Part.TITLE) and self.roles[0].part in (Part.TITLE, Part.CLUSTER, None)
        self.level = ""
        for line in row[0]:
            hint = Hint(part=Part.CLUSTER) if opens_cluster else None
            yield 0, replace(line, hint=hint, bold=True, gap=True, whole=True)

    def _opening(self, row: Sequence[Cell]) -> Iterator[tuple[int, Line]]:
        for part in (Part.CLUSTER, Part.TITLE):
            for column, (role, cell) in enumerate(zip(self.roles, row, strict=True)):
                if role.part is not part or not cell:
                    continue
                text = text_of(cell)
                if text == (self.title if part is Part.TITLE else self.cluster):
                    yield from ((column, replace(line, hint=Hint(part=Part.OTHER, heading=True))) for line in cell)
                    continue
                if part is Part.TITLE:
                    self.title, self.action, self.said = text, "", {}
                else:
                    self.cluster = text
                self.level = ""
                yield from ((column, replace(line, hint=Hint(part=part))) for line in cell)

    def _content(self, role: _Role, cell: Cell, *, first: bool) -> Iterator[Line]:
        if role.part is Part.LEVEL and not role.level:
            text = text_of(cell)
            if self.level_is_new or self.level == _NO_LEVEL_NAME:
                self.level = text if self.level_is_new else self.level
            else:
                self.level = f"{self.level} – {text}"
            self.level_is_new = False
            if is_placeholder(text) or _NO_LEVEL.match(text):
                self.level = _NO_LEVEL_NAME
            yield from (replace(line, hint=Hint(part=Part.OTHER, heading=True)) for line in cell)
            return
        hint = self._hint(role)
        if role.part is Part.KEY_ACTIONS and (self.level or self._has(Part.LEVEL)):
            if text_of(cell) == self.action:
                hint = Hint(part=Part.OTHER, heading=True)
            self.action = text_of(cell)
        for line in cell:
            if role.part is None and first:
                yield replace(line, bold=True, gap=True, whole=True)  # the label of a row: a title or a key action
            else:
                yield replace(line, hint=hint)

    def _hint(self, role: _Role) -> Hint | None:
        if role.part is Part.LEVEL:
            return Hint(part=Part.LEVEL, level=role.level)
        if self.level == _NO_LEVEL_NAME:
            beside = role.part is Part.INDICATORS and self._has(Part.TITLE)
            return Hint(part=Part.INDICATORS, level=_NO_LEVEL_NAME, field=True) if beside else Hint(part=Part.OTHER)
        described = role.part is Part.INDICATORS or (role.part is None and not self._has(Part.INDICATORS))
        if self.level and described:
            return Hint(part=Part.LEVEL, level=self.level)
        if role.part is None:
            return Hint(part=Part.OTHER) if self._has(Part.INDICATORS) or self._has(Part.LEVEL) else None
        return Hint(part=role.part, level=self.level)


def _labelled(rows: Rows) -> Iterator[tuple[int, Line]]:
    """The first column names the part, the others hold it."""
    titled, above = False, _Role(part=None)
    for position, row in enumerate(rows):
        cell, role = position * 1_000, _role(text_of(row[0])) if row[0] else above
        titled, above = titled or role.part is Part.TITLE, role
        opens = role.part is not None and any(row[1:])
        for place, line in enumerate(row[0]):
            if opens and place:
                yield cell, replace(line, hint=Hint(part=Part.OTHER, heading=True))
            elif not opens:
                yield cell, replace(line, bold=line.bold or not any(row[1:]), gap=True)
            elif role.part in (Part.TITLE, Part.CLUSTER):
                yield cell, replace(line, hint=Hint(part=Part.OTHER, heading=True))
            else:
                yield cell, replace(line, hint=_heading_hint(role))
        for column, content in enumerate(row[1:], start=1):
            for line in content:
                yield cell + column, replace(line, hint=_beside(role, titled=titled) if opens else None)


def _heading_hint(role: _Role) -> Hint | None:
    return Hint(part=role.part, heading=True, level=role.level) if role.part else None


def _beside(role: _Role, *, titled: bool) -> Hint | None:
    field_of_title = titled and role.part is Part.CLUSTER
    return Hint(part=role.part, level=role.level, field=field_of_title) if role.part else None


def _layout(rows: Rows) -> Iterator[tuple[int, Line]]:
    """Cells one after the other: the table says nothing about what they are."""
    for position, row in enumerate(rows):
        for column, cell in enumerate(row):
            for place, line in enumerate(cell):
                yield position * 1_000 + column, replace(line, gap=line.gap or place == 0)
