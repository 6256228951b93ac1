"""Rich skill descriptors as the table that OSMT imports and exports."""

import re
from typing import Any

from prowess.exchange.cells import table_rows, table_text
from prowess.exchange.cleaning import Findings, as_list, as_text
from prowess.framework.errors import InputError

COLUMNS = {
    "Canonical URL": "id",
    "Collection": "collections",
    "Skill Name": "skillName",
    "Skill Categories": "categories",
    "Authors": "authors",
    "Contextualized Skill Statement": "skillStatement",
    "Keywords": "keywords",
    "Professional Standards": "standards",
    "Certifications": "certifications",
    "BLS Major Group": "bls major",
    "BLS Minor Group": "bls minor",
    "BLS Broad Occupation": "bls broad",
    "BLS Detailed Occupation": "bls detailed",
    "O*NET Job Role": "job roles",
    "Employer": "employers",
    "Alignment Title": "alignment title",
    "Alignment": "alignment",
    "Publish Status": "status",
}
OTHER = "otherColumns"
_LISTS = {
    "collections", "categories", "authors", "keywords", "standards", "certifications", "employers", "bls major",
    "bls minor", "bls broad", "bls detailed", "job roles",
}  # fmt: skip
_OBJECTS = {"collections": "name", "standards": "skillName", "certifications": "name", "employers": "name"}
_OLDER = {
    "skill category": "categories", "author": "authors", "collections": "collections", "employers": "employers",
    "o*net job roles": "job roles", "alignment name": "alignment title", "alignment url": "alignment",
    "alignments": "alignment", "status": "status", "skill statement": "skillStatement", "bls major groups": "bls major",
    "bls minor groups": "bls minor", "bls broad occupations": "bls broad", "bls detailed occupations": "bls detailed",
}  # fmt: skip


def field_of_column(head: str) -> str:
    """The field that a column holds; empty for a column of unknown meaning."""
    plain = re.sub(r"[\s_]+", " ", head).strip().lower()
    known = {name.lower(): field for name, field in COLUMNS.items()} | _OLDER
    return known.get(plain, "")


def records_in(text: str, *, place: str, findings: Findings) -> list[tuple[int, dict[str, Any]]]:
    """The descriptors of a table, each with its line.

    Raises:
        InputError: it has no head with the name or the statement of a skill.
    """
    rows = table_rows(text)
    heads = rows[0][1] if rows else []
    fields = [field_of_column(head) for head in heads]
    if "skillName" not in fields and "skillStatement" not in fields:
        raise InputError(
            "The first row names neither “Skill Name” nor “Contextualized Skill Statement”.",
            place=f"{place}, row 1",
            remedy="Give a table with the columns of OSMT.",
        )
    found = []
    for line, row in rows[1:]:
        if len(row) > len(heads):
            findings.unplace("; ".join(filter(None, row[len(heads) :])) or "a cell beyond the last column", line=line)
        found.append((line, _record(dict(zip(heads, row, strict=False)))))
    return found


def _record(cells: dict[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for head, cell in cells.items():
        field = field_of_column(head)
        if not cell:
            continue
        if not field:
            record.setdefault(OTHER, {})[head] = cell
        elif field in _LISTS:
            values = [part for each in cell.split(";") if (part := each.strip())]
            record[field] = [{_OBJECTS[field]: each} for each in values] if field in _OBJECTS else values
        else:
            record[field] = cell
    titles, targets = record.pop("alignment title", ""), record.pop("alignment", "")
    if titles or targets:
        record["alignments"] = _alignments(titles, targets=targets)
    return record


def _alignments(titles: str, *, targets: str) -> list[dict[str, str]]:
    """One alignment, or as many as both cells list."""
    names, links = ([each.strip() for each in cell.split(";")] if cell else [] for cell in (titles, targets))
    if len(names) != len(links):
        names, links = [titles] if titles else [], [targets] if targets else []
    size = max(len(names), len(links))
    names, links = names + [""] * (size - len(names)), links + [""] * (size - len(links))
    pairs = zip(names, links, strict=True)
    return [{name: value for name, value in (("id", link), ("skillName", title)) if value} for title, link in pairs]


def table_of(records: list[dict[str, Any]]) -> str:
    """The descriptors as CSV."""
    others = list(dict.fromkeys(head for each in records for head in each.get(OTHER, {})))
    rows = [[*COLUMNS, *others]]
    for record in records:
        cells = _cells(record)
        rows.append([cells.get(field, "") for field in COLUMNS.values()])
        rows[-1] += [as_text(record.get(OTHER, {}).get(head)) for head in others]
    return table_text(rows)


def _cells(record: dict[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for field in COLUMNS.values():
        values = as_list(record.get(field))
        names = [each.get(_OBJECTS.get(field, ""), "") if isinstance(each, dict) else as_text(each) for each in values]
        cells[field] = "; ".join(filter(None, map(as_text, names)))
    cells["categories"] = cells["categories"] or as_text(record.get("category"))
    cells["authors"] = cells["authors"] or as_text(record.get("author"))
    alignments = [each for each in as_list(record.get("alignments")) if isinstance(each, dict)]
    cells["alignment"] = "; ".join(as_text(each.get("id")) for each in alignments).strip("; ")
    cells["alignment title"] = "; ".join(as_text(each.get("skillName")) for each in alignments).strip("; ")
    _add_occupations(cells, record=record)
    return cells


def _add_occupations(cells: dict[str, str], *, record: dict[str, Any]) -> None:
    """Occupations of the JSON form by the shape of their codes: 15-0000, 15-1200, 15-1250, 15-1252, 15-1252.00."""
    for each in as_list(record.get("occupations")):
        code = as_text(each.get("code")) if isinstance(each, dict) else as_text(each)
        field = next((name for pattern, name in _CODES if re.fullmatch(pattern, code)), "")
        if field and code not in cells[field]:
            cells[field] = "; ".join(filter(None, (cells[field], code)))


_CODES = (
    (r"\d\d-0000", "bls major"),
    (r"\d\d-\d?\d00", "bls minor"),
    (r"\d\d-\d{3}0", "bls broad"),
    (r"\d\d-\d{4}", "bls detailed"),
    (r"\d\d-\d{4}\.\d\d", "job roles"),
)
