"""A CASE package as a framework."""

from typing import Any

from pydantic import BaseModel

from prowess.exchange.case.indicators import IndicatorsRead
from prowess.exchange.case.keeping import with_what_is_kept
from prowess.exchange.case.package import PARTS, link_field, link_identifier, records, rightly_named
from prowess.exchange.case.relations import RelationsRead
from prowess.exchange.case.tree import Item, Tree, sequence_numbers
from prowess.exchange.case.vocabulary import CLUSTER, COMPETENCY, JOB_ACTIVITY, KEY_ACTION, association_meant
from prowess.exchange.cleaning import Findings, as_list, as_text, shortened
from prowess.exchange.identity import free_code, is_uuid
from prowess.exchange.making import Part, made
from prowess.framework.competency import Cluster, Competency, JobActivity, KeyAction
from prowess.framework.framework import Framework
from prowess.framework.reading import Reading
from prowess.framework.scale import Level, Scale

NAME = "case"


def reading_of(package: dict[str, Any], *, title: str, findings: Findings) -> Reading:
    """The reading of one package; ``title`` stands for a title that is missing."""
    return _PackageReader(package, title=title, findings=findings).read()


class _PackageReader:
    def __init__(self, package: dict[str, Any], *, title: str, findings: Findings) -> None:
        self.findings = findings
        self.package = {name: value for name, value in package.items() if name not in PARTS}
        document = package.get("CFDocument")
        self.document = rightly_named(document, findings=findings) if isinstance(document, dict) else {}
        self.package["CFDocument"] = self.document
        self.title = findings.line(self.document.get("title"), otherwise=title, place="CFDocument, title")
        for name in PARTS:
            self.package[name] = records(package, name=name, findings=findings)
            package.pop(name, None)  # a large package is held once, not twice
        for each in self.package["CFAssociations"]:
            each["associationType"] = association_meant(as_text(each.get("associationType")))
        self.by_prowess = bool(_by_prowess(self.document))
        self.tree = Tree(
            self.package["CFItems"], self.package["CFAssociations"], findings=findings, by_prowess=self.by_prowess
        )
        self.tree.sort(sequence_numbers(self.package["CFAssociations"]))
        self.taken: dict[str, set[str]] = {CLUSTER: set(), COMPETENCY: set()}

    def read(self) -> Reading:
        items = list(self.tree.items.values()) if self.by_prowess else self.tree.walk()
        for item in items:
            if item.kind in self.taken:
                wish = as_text(item.record.get("humanCodingScheme")) or item.identifier
                item.code = free_code(wish, taken=self.taken[item.kind], otherwise=item.identifier[:100])
        indicators = IndicatorsRead(self.package["CFRubrics"], items=self.tree.items, findings=self.findings)
        relations = RelationsRead(self.package["CFAssociations"], tree=self.tree, findings=self.findings)
        framework = made(
            Framework,
            self._framework()
            | {
                "scale": self._scale(indicators),
                "clusters": [self._cluster(each) for each in items if each.kind == CLUSTER],
                "competencies": [
                    self._competency(each, indicators=indicators, relations=relations)
                    for each in items
                    if each.kind == COMPETENCY
                ],
            },
            findings=self.findings,
            place="CFDocument",
        )
        framework = with_what_is_kept(framework, package=self.package)
        return Reading(
            format=NAME,
            framework=framework,
            warnings=tuple(self.findings.warnings),
            unplaced=tuple(self.findings.unplaced),
            losses=tuple(self.findings.losses),
        )

    def _framework(self) -> dict[str, Any]:
        text, document = self.findings.text, self.document
        publisher = text(document.get("publisher")) or text(document.get("creator"))
        fields = {
            "identifier": as_text(document.get("identifier")).strip() or link_identifier(document.get("uri")),
            "title": self.title,
            "edition": text(document.get("version")),
            "publisher": "" if publisher == "Not named" else publisher,
            "description": text(document.get("description")),
            "language": (text(document.get("language")) or "en")[:35],
            "licence": self._licence(),
        }
        more = {name: value for name, value in _by_prowess(document).items() if name != "scale"}
        return _known(fields | more, kind=Framework)

    def _licence(self) -> str:
        link = self.document.get("licenseURI")
        if not link:
            return ""
        definitions = self.package.get("CFDefinitions")
        licences = as_list(definitions.get("CFLicenses")) if isinstance(definitions, dict) else []
        for each in licences:
            if isinstance(each, dict) and link_identifier(each.get("identifier")) == link_identifier(link):
                return self.findings.text(each.get("licenseText") or each.get("title"))
        return self.findings.text(link_field(link, name="title") or link_field(link, name="uri"))

    def _scale(self, indicators: IndicatorsRead) -> Scale:
        by_prowess = _by_prowess(self.document).get("scale")
        more: dict[str, Any] = by_prowess if isinstance(by_prowess, dict) else {}
        levels = []
        for level in indicators.scale_levels():
            extra = more.get(level["identifier"])
            levels.append(level | (extra if isinstance(extra, dict) else {}))
        found = [made(Level, _known(each, kind=Level), findings=self.findings, place="CFRubrics") for each in levels]
        return Scale(title=as_text(more.get("title")) or indicators.scale_title, levels=tuple(found))

    def _cluster(self, item: Item) -> Cluster:
        fields = self._statement(item, text="description")
        if item.parent:
            fields["parent"] = item.parent.code
        return self._made(Cluster, item, fields | {"code": item.code})

    def _competency(self, item: Item, *, indicators: IndicatorsRead, relations: RelationsRead) -> Competency:
        record = item.record
        fields = self._statement(item, text="definition") | {"code": item.code}
        fields["cluster"] = _cluster_above(item)
        alias = self.findings.line(record.get("alternativeLabel"))
        fields["aliases"] = [alias] if alias else []
        note = self.findings.text(record.get("notes"))
        fields["notes_on_use"] = [{"text": note}] if note else []
        fields["key_actions"] = [self._key_action(each) for each in item.children if each.kind == KEY_ACTION]
        fields["job_activities"] = [self._job_activity(each) for each in item.children if each.kind == JOB_ACTIVITY]
        extra = item.by_prowess.get("indicators")
        fields["indicators"] = indicators.of(item.identifier, more=extra if isinstance(extra, dict) else {})
        fields["relations"] = relations.of(item)
        fields["matches"] = relations.matches_of(item)
        return self._made(Competency, item, fields)

    def _key_action(self, item: Item) -> KeyAction:
        fields = self._statement(item, text="description")
        fields["name"] = fields.pop("title")
        return self._made(KeyAction, item, fields)

    def _job_activity(self, item: Item) -> JobActivity:
        text = self.findings.text(item.record.get("fullStatement")) or item.identifier
        return self._made(JobActivity, item, {"text": text, "identifier": item.identifier})

    def _statement(self, item: Item, *, text: str) -> dict[str, Any]:
        place = f"CFItem {item.identifier}"
        full = self.findings.text(item.record.get("fullStatement"), place=place)
        short = self.findings.line(item.record.get("abbreviatedStatement"), place=place)
        title = short or shortened(full) or as_text(item.record.get("humanCodingScheme")).strip() or item.identifier
        return {"identifier": item.identifier, "title": title, text: "" if full == title else full}

    def _made(self, kind: type[Part], item: Item, fields: dict[str, Any]) -> Part:
        more = {name: value for name, value in item.by_prowess.items() if name != "indicators"}
        foreign: dict[str, Any] = {} if more or is_uuid(item.identifier) else {"extensions": {NAME: {}}}
        return made(
            kind, _known(fields | foreign | more, kind=kind), findings=self.findings, place=f"CFItem {item.identifier}",
            plain=fields,
        )  # fmt: skip


def _cluster_above(item: Item) -> str:
    above = item.parent
    while above is not None and above.kind != CLUSTER:
        above = above.parent
    return above.code if above else ""


def _by_prowess(record: dict[str, Any]) -> dict[str, Any]:
    extensions = record.get("extensions")
    found = extensions.get("prowess") if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def _known(fields: dict[str, Any], *, kind: type[BaseModel]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in kind.model_fields}
