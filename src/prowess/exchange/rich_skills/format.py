"""Rich skill descriptors of the Open Skills Network as a file format: JSON, or the table that OSMT imports."""

import re
from pathlib import Path
from typing import Any

from prowess.exchange.cells import table_rows
from prowess.exchange.cleaning import Findings, as_list, as_text
from prowess.exchange.decoding import read_text
from prowess.exchange.format import Progress, Sample
from prowess.exchange.identity import free_code, uuid_in
from prowess.exchange.json_file import parse_json, write_json
from prowess.exchange.kept import differences, restored
from prowess.exchange.making import made
from prowess.exchange.remainder import losses_of_competency, losses_of_framework, remainder
from prowess.exchange.rich_skills.record import (
    NAME,
    authors_of,
    categories_of,
    code_wished,
    fields_of,
    is_address,
    record_of,
)
from prowess.exchange.rich_skills.table import field_of_column, records_in, table_of
from prowess.framework.competency import Cluster, Competency, MatchKind, Status
from prowess.framework.errors import InputError
from prowess.framework.files import write_text
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading

_MARK = re.compile(r'"RichSkillDescriptor"|"skillStatement"|rsd\.openskillsnetwork\.org')
_CONTEXT = "https://rsd.openskillsnetwork.org/context-v1.json"
_NO_FIELD = "Rich skill descriptors have no field for it."
_NEEDED = ("type", "skillName", "skillStatement")
_NO_LISTS = "In the table, a semicolon divides several values."


class RichSkillsFormat:
    """Open Skills Management Tool: rich skill descriptors."""

    name = NAME
    description = "rich skill descriptors of OSMT (JSON, CSV)"

    def claims(self, sample: Sample) -> float:
        """JSON by its field names, tables by their head."""
        if sample.is_folder:
            return 0.0
        if sample.text.lstrip()[:1] in ("{", "["):
            return 0.9 if _MARK.search(sample.text) else 0.0
        rows = table_rows(sample.first_line)
        fields = {field_of_column(head) for head in rows[0][1]} if rows else set()
        return 0.9 if {"skillName", "skillStatement"} <= fields else 0.0

    def claims_to_write(self, path: Path) -> float:
        """Names that end in ``.rsd.json`` or ``.rsd.csv``."""
        return 0.9 if path.name.lower().endswith((".rsd.json", ".rsd.csv")) else 0.0

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:
        """The skills as competencies, their categories as clusters.

        Raises:
            InputError: it holds none, or cannot be read.
        """
        findings = Findings()
        text = read_text(path)
        if text.lstrip()[:1] in ("{", "["):
            content = parse_json(text, place=path.name)
            records = [(1, each) for each in _descriptors(content)]
        else:
            records = records_in(text, place=path.name, findings=findings)
        if not records:
            raise InputError("There is no skill in it.", place=path.name, remedy="Give rich skill descriptors.")
        reading = _reading(records, title=path.name.split(".")[0] or path.stem, findings=findings)
        if progress:
            progress(1, 1)
        return reading

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:
        """Write a list of descriptors, or a table where the name ends in ``.csv``.

        Raises:
            InputError: it cannot be written.
        """
        as_table = path.suffix.lower() == ".csv"
        records = [_written(each, framework=framework) for each in framework.competencies]
        if as_table:
            write_text(path, table_of(records))
        else:
            write_json(path, [{"@context": _CONTEXT, **each} for each in records])
        return tuple(_losses(framework, as_table=as_table))


def _written(competency: Competency, *, framework: Framework) -> dict[str, Any]:
    own = competency.extensions.get(NAME)
    return restored(record_of(competency, framework=framework), kept=own if isinstance(own, dict) else {})


def _descriptors(content: Any) -> list[dict[str, Any]]:
    """The descriptors of a file: a list of them, one alone, or a collection that holds them."""
    found: list[dict[str, Any]] = []
    waiting = [content]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting = [*each, *waiting]
        elif isinstance(each, dict):
            if "skillStatement" in each or each.get("type") == "RichSkillDescriptor":
                found.append(each)
            else:
                waiting += [inner for inner in each.values() if isinstance(inner, list | dict)]
    return found


def _reading(records: list[tuple[int, dict[str, Any]]], *, title: str, findings: Findings) -> Reading:
    collections = {as_text(each.get("name")) for _, record in records for each in _objects(record.get("collections"))}
    authors = list(dict.fromkeys(author for _, record in records for author in authors_of(record)))
    clusters: dict[str, Cluster] = {}
    taken: set[str] = set()
    competencies = []
    for line, record in records:
        place = f"line {line}" if line > 1 else as_text(record.get("id")) or "a skill"
        fields = fields_of(record, findings=findings, place=place)
        if not fields["title"]:
            findings.unplace(
                "; ".join(filter(None, map(as_text, record.values())))[:300] or "an empty skill", line=line
            )
            continue
        fields["cluster"] = _cluster(categories_of(record), clusters=clusters, findings=findings)
        fields["code"] = free_code(code_wished(record), taken=taken, otherwise="skill")
        competencies.append((made(Competency, fields, findings=findings, place=place), record))
    framework = Framework(
        title=findings.line(next(iter(collections)) if len(collections) == 1 else "", otherwise=title),
        publisher=findings.text(authors[0] if len(authors) == 1 else ""),
        clusters=tuple(clusters.values()),
        competencies=tuple(each for each, _ in competencies),
    )
    kept = tuple(_keeping(each, record=record, framework=framework) for each, record in competencies)
    return Reading(
        format=NAME,
        framework=framework.model_copy(update={"competencies": kept}),
        warnings=tuple(findings.warnings),
        unplaced=tuple(findings.unplaced),
        losses=tuple(findings.losses),
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in as_list(value) if isinstance(each, dict)]


def _keeping(competency: Competency, *, record: dict[str, Any], framework: Framework) -> Competency:
    found = {name: value for name, value in record.items() if name != "@context"}
    written = record_of(competency, framework=framework)
    found = {name: written[name] for name in _NEEDED} | found  # without them, nobody would know it for a skill
    kept = differences(written, found=found)
    return competency.model_copy(update={"extensions": {NAME: kept}}) if kept else competency


def _cluster(categories: list[str], *, clusters: dict[str, Cluster], findings: Findings) -> str:
    title = findings.line(categories[0] if categories else "")
    if not title:
        return ""
    if title not in clusters:
        codes = {each.code for each in clusters.values()}
        clusters[title] = Cluster(code=free_code(title.lower(), taken=codes), title=title)
    return clusters[title].code


def _losses(framework: Framework, *, as_table: bool) -> list[Loss]:
    losses = losses_of_framework(framework, held={"clusters", "extensions", "format"}, reason=_NO_FIELD)
    for cluster in framework.clusters:
        more = remainder(cluster, held={"title", "extensions"})
        losses += [Loss(code=cluster.code, part=f"cluster {name}", reason=_NO_FIELD) for name in more]
    for each in framework.competencies:
        held = {"title", "definition", "cluster", "matches", "status", "identifier", "extensions"}
        if each.code == uuid_in(each.identifier):
            held.add("code")
        losses += losses_of_competency(each, held=held, reason=_NO_FIELD)
        losses += _losses_in(each, as_table=as_table)
    return losses


def _losses_in(competency: Competency, *, as_table: bool) -> list[Loss]:
    code = competency.code
    found: list[Loss] = []
    if competency.status is Status.IN_REVIEW:
        found.append(Loss(code=code, part="status", reason="It is written as a draft."))
    if competency.definition == competency.title:
        found.append(Loss(code=code, part="definition", reason="It only repeats the title."))
    if competency.identifier and "://" not in competency.identifier:
        found.append(Loss(code=code, part="identifier", reason="Only addresses and UUIDs can be told."))
    for match in competency.matches:
        unsaid = match.kind is not MatchKind.CLOSE or match.note or match.identifier or match.extensions
        if unsaid or not is_address(match.target) or match.framework != match.target.split("/")[2]:
            found.append(Loss(code=code, part="matches", reason="Alignments name a target and a title, nothing else."))
    listed = (competency.cluster, *(text for match in competency.matches for text in (match.target, match.title)))
    if as_table and any(";" in text for text in listed):
        found.append(Loss(code=code, part="cluster and matches", reason=_NO_LISTS))
    return found
