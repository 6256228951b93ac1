"""HR Open position profiles, job descriptions and job postings as a file format."""

import re
from pathlib import Path as FilePath
from typing import Any

from prowess.exchange.cleaning import Findings, as_text
from prowess.exchange.format import Progress, Sample
from prowess.exchange.hr_open.document import Path, duties_in, emptied, filled, first_text, lists_in, new_document
from prowess.exchange.hr_open.record import NAME, POSITION, code_wished, fields_of, importance, level_wanted, record_of
from prowess.exchange.identity import free_code
from prowess.exchange.json_file import read_json, write_json
from prowess.exchange.kept import differences, restored
from prowess.exchange.making import made
from prowess.exchange.remainder import losses_of_competency, losses_of_framework
from prowess.framework.competency import Competency
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading
from prowess.framework.role_profile import ProfileEntry, Role, RoleProfile, Statement

_MARK = re.compile(r'"(positionCompetencies|positionQualifications|positionProfiles?|positionTitle|competencyName)"')
_POSTING = re.compile(r'"(jobTerms|hiringOrganization|jobAgreements|qualificationSummary|JobPosting|JobDescription)"')
_NO_FIELD = "A position profile has no field for it."


class HrOpenFormat:
    """HR Open Standards: PositionProfile, JobDescription, JobPosting."""

    name = NAME
    description = "HR Open position profile, job description or posting (JSON)"

    def claims(self, sample: Sample) -> float:
        """By the names of its fields."""
        if sample.is_folder or sample.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        return 0.85 if _MARK.search(sample.text) else 0.6 if _POSTING.search(sample.text) else 0.0

    def claims_to_write(self, path: FilePath) -> float:
        """Names that end in ``.hropen.json``."""
        return 0.9 if path.name.lower().endswith(".hropen.json") else 0.0

    def read(self, path: FilePath, *, progress: Progress | None = None) -> Reading:
        """The competencies that a position asks for, and the position as a role profile.

        Raises:
            InputError: it names no competencies, or cannot be read.
        """
        content = read_json(path)
        lists = list(lists_in(content))
        if not lists:
            raise InputError(
                f"There is no list “{POSITION}”, “competencies” or “skills” in it.",
                place=path.name,
                remedy="Give an HR Open position profile, job description or job posting.",
            )
        reading = _Reader(content, title=path.name.split(".")[0] or path.stem).read(lists)
        if progress:
            progress(1, 1)
        return reading

    def write(self, framework: Framework, path: FilePath) -> tuple[Loss, ...]:
        """Write a position profile that asks for all competencies, or the document that the framework came from.

        Raises:
            InputError: it cannot be written.
        """
        write_json(path, _document(framework))
        return tuple(_losses(framework))


class _Reader:
    def __init__(self, content: Any, *, title: str) -> None:
        self.content, self.findings = content, Findings()
        own = first_text(content, "profileName", "positionTitle", "title")
        self.title = self.findings.line(own or first_text(content, "name"), otherwise=title)
        self.taken: set[str] = set()
        self.entries: list[ProfileEntry] = []

    def read(self, lists: list[tuple[Path, list[Any]]]) -> Reading:
        found = [self._competency(each, path=path, number=number) for path, records in lists
                 for number, each in enumerate(records, start=1)]  # fmt: skip
        framework = Framework(
            title=self.title,
            identifier=self.findings.text(_profile_id(self.content)),
            language=self.findings.text(first_text(self.content, "language", "inLanguage"))[:35] or "en",
            description=self.findings.text(_description(self.content)),
        )
        competencies = tuple(_keeping(*each, framework=framework) for each in found if each)
        update: dict[str, Any] = {"competencies": competencies}
        empty, paths = emptied(self.content), [path for path, _ in lists]
        own, path = _new(framework)
        if (empty, paths) != (own, [path]):
            update["extensions"] = {NAME: {"document": empty, "paths": [list(each) for each in paths]}}
        return Reading(
            format=NAME,
            framework=framework.model_copy(update=update),
            role_profiles=(self._role(),),
            warnings=tuple(self.findings.warnings),
            unplaced=tuple(self.findings.unplaced),
            losses=tuple(self.findings.losses),
        )

    def _competency(self, record: Any, *, path: Path, number: int) -> tuple[Competency, Any, Path] | None:
        place = f"{path[-1]}, number {number}"
        fields = fields_of(record, findings=self.findings, place=place)
        if not fields["title"]:
            self.findings.unplace(f"{place}: it has no name", line=number)
            return None
        fields["code"] = free_code(code_wished(record), taken=self.taken, otherwise="competency")
        competency = made(Competency, fields, findings=self.findings, place=place)
        weight = importance(record)
        self.entries.append(
            ProfileEntry(
                code=competency.code,
                title=competency.title,
                importance=0.5 if weight is None else weight,
                target_level=level_wanted(record),
            )
        )
        return competency, record, path

    def _role(self) -> RoleProfile:
        duties = [text for each in duties_in(self.content) if (text := self.findings.text(each))]
        statements = [Statement(id=f"s{line}", line=line, text=text) for line, text in enumerate(duties, start=1)]
        title = self.findings.line(first_text(self.content, "positionTitle", "title"), otherwise=self.title)
        return RoleProfile(role=Role(title=title), competencies=tuple(self.entries), statements=tuple(statements))


def _keeping(competency: Competency, record: Any, path: Path, *, framework: Framework) -> Competency:
    kept: dict[str, Any] = {"path": list(path)} if path != _new(framework)[1] else {}
    if not isinstance(record, dict):
        kept["name"] = record
    elif fields := differences(record_of(competency, framework=framework, kind=str(path[-1])), found=record):
        kept["fields"] = fields
    return competency.model_copy(update={"extensions": {NAME: kept}}) if kept else competency


def _new(framework: Framework) -> tuple[dict[str, Any], Path]:
    return new_document(
        identifier=framework.identifier,
        title=framework.title,
        language=framework.language,
        description=framework.description,
    )


def _document(framework: Framework) -> Any:
    own = framework.extensions.get(NAME)
    lists: dict[Path, list[Any]]
    content: Any
    content, path = _new(framework)
    lists = {path: []}
    if isinstance(own, dict) and own.get("paths"):
        content = own["document"]
        lists = {tuple(each): [] for each in own["paths"]}
        path = next(iter(lists))
    for competency in framework.competencies:
        kept = competency.extensions.get(NAME) or {}
        wished = tuple(kept.get("path", ()))
        at = wished if wished in lists else path
        lists[at].append(_record(competency, framework=framework, kind=str(at[-1]), kept=kept))
    return filled(content, lists=lists)


def _record(competency: Competency, *, framework: Framework, kind: str, kept: dict[str, Any]) -> Any:
    if as_text(kept.get("name")).strip() == competency.title and not competency.definition:
        return kept["name"]
    return restored(record_of(competency, framework=framework, kind=kind), kept=kept.get("fields", {}))


def _losses(framework: Framework) -> list[Loss]:
    held = {"title", "identifier", "language", "description", "extensions", "format"}
    losses = losses_of_framework(framework, held=held, reason=_NO_FIELD)
    for each in framework.competencies:
        held = {"code", "title", "definition", "extensions"}
        losses += losses_of_competency(each, held=held, reason=_NO_FIELD)
    return losses


def _profile_id(content: Any) -> str:
    identifier = content.get("profileId") if isinstance(content, dict) else None
    return as_text(identifier.get("value") if isinstance(identifier, dict) else identifier).strip()


def _description(content: Any) -> str:
    if not isinstance(content, dict):
        return ""
    for name in ("positionFormattedDescriptions", "formattedDescriptions", "descriptions", "description"):
        value = content.get(name)
        first = value[0] if isinstance(value, list) and value else value
        text = first.get("content") if isinstance(first, dict) else first
        if isinstance(text, str) and text.strip():
            return text
    return ""
