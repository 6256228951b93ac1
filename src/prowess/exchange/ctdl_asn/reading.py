"""A CTDL-ASN graph as a framework."""

from typing import Any
from urllib.parse import urlsplit

from prowess.exchange.cleaning import Findings, as_text, shortened
from prowess.exchange.ctdl_asn.graph import COMPETENCY, FRAMEWORKS, LEVEL, field, linked, type_of
from prowess.exchange.ctdl_asn.keeping import with_what_is_kept
from prowess.exchange.ctdl_asn.tree import CLUSTER, INDICATOR, JOB_ACTIVITY, KEY_ACTION, Statement, statements_in
from prowess.exchange.ctdl_asn.words import text_in, texts_in
from prowess.exchange.ctdl_asn.writing import ALIGNMENTS, NAME, PROWESS, RELATIONS
from prowess.exchange.identity import free_code
from prowess.exchange.making import made
from prowess.framework.competency import Cluster, Competency, Indicator, JobActivity, KeyAction
from prowess.framework.framework import Framework
from prowess.framework.reading import Reading
from prowess.framework.scale import Level, Scale


def reading_of(nodes: list[dict[str, Any]], *, title: str, findings: Findings) -> Reading:
    """The reading of a graph; ``title`` stands for a title that is missing."""
    return _GraphReader(nodes, title=title, findings=findings).read()


class _GraphReader:
    def __init__(self, nodes: list[dict[str, Any]], *, title: str, findings: Findings) -> None:
        self.nodes, self.title, self.findings = nodes, title, findings
        self.root = next((each for each in nodes if type_of(each) in FRAMEWORKS), {})
        self.by_prowess = isinstance(self.root.get(PROWESS), dict)
        self.language = (texts_in(field(self.root, "inLanguage")) or [self._any_language()])[0][:35]
        self.statements = statements_in(nodes, root=self.root, findings=findings, in_order_of_tree=not self.by_prowess)
        self.by_address = {each.address: each for each in self.statements}
        self.levels: dict[str, int] = {}

    def read(self) -> Reading:
        scale = self._scale()
        taken: dict[bool, set[str]] = {True: set(), False: set()}
        for each in self.statements:
            if each.kind in (CLUSTER, COMPETENCY):
                wish = self._text(each.node, "codedNotation") or self._text(each.node, "ctid") or each.address
                each.code = free_code(wish.removeprefix("ce-"), taken=taken[each.kind == CLUSTER])
        fields = self._framework() | {
            "scale": scale,
            "clusters": [self._cluster(each) for each in self.statements if each.kind == CLUSTER],
            "competencies": [self._competency(each) for each in self.statements if each.kind == COMPETENCY],
        }
        framework = made(Framework, fields, findings=self.findings, place=self.title, plain={"title": self.title})
        framework = with_what_is_kept(framework, nodes=self.nodes, by_prowess=self.by_prowess)
        self._tell_strangers()
        return Reading(
            format=NAME, framework=framework, warnings=tuple(self.findings.warnings),
            unplaced=tuple(self.findings.unplaced), losses=tuple(self.findings.losses),
        )  # fmt: skip

    def _framework(self) -> dict[str, Any]:
        title = self.findings.line(self._text(self.root, "name"), otherwise=self.title)
        description = self.findings.text(self._text(self.root, "description"))
        more = _beyond(self.root)
        return _known(
            {
                "identifier": as_text(self.root.get("@id")),
                "title": title,
                "description": "" if description == title else description,
                "publisher": self.findings.text(self._text(self.root, "publisherName")),
                "licence": self._text(self.root, "license"),
                "language": self.language or "en",
            }
            | more,
            kind=Framework,
        )

    def _scale(self) -> Scale:
        nodes = [each for each in self.nodes if type_of(each) == LEVEL]
        found: dict[int, Level] = {}
        for place, node in enumerate(nodes, start=1):
            notation = self._plain(node, "skos:notation") or self._plain(node, "ceasn:codedNotation")
            number = int(notation) if notation.isdecimal() and len(notation) < 3 else place
            number = next(free for free in range(number, 101) if free not in found)
            name = self._plain(node, "skos:prefLabel") or self._text(node, "name") or str(number)
            text = self._plain(node, "skos:definition") or self._text(node, "description")
            fields = {"identifier": as_text(node.get("@id")), "number": number, "name": self.findings.line(name)}
            fields |= {"description": self.findings.text(text)} | _beyond(node)
            found[number] = made(Level, _known(fields, kind=Level), findings=self.findings, place=str(node.get("@id")))
            self.levels[as_text(node.get("@id"))] = number
        title = as_text(_beyond(self.root).get("scale_title"))
        if not title and not self.by_prowess:
            models = [each for each in self.nodes if type_of(each) == "ProgressionModel"]
            title = self._text(models[0], "name") if models else ""
        return Scale(title=title, levels=tuple(found[number] for number in sorted(found)))

    def _cluster(self, each: Statement) -> Cluster:
        fields = self._words(each, text="description")
        if each.parent:
            fields["parent"] = each.parent.code
        cluster: Cluster = self._made(Cluster, each, fields | {"code": each.code})
        return cluster

    def _competency(self, each: Statement) -> Competency:
        fields = self._words(each, text="definition")
        above = each.parent
        while above is not None and above.kind != CLUSTER:
            above = above.parent
        parts: dict[str, list[Any]] = {KEY_ACTION: [], JOB_ACTIVITY: [], INDICATOR: []}
        for child in each.children:
            if child.kind in parts:
                parts[child.kind].append(self._part(child))
        note = self.findings.text(self._text(each.node, "comment"))
        competency: Competency = self._made(
            Competency,
            each,
            fields
            | {
                "code": each.code,
                "cluster": above.code if above else "",
                "key_actions": parts[KEY_ACTION],
                "job_activities": parts[JOB_ACTIVITY],
                "indicators": parts[INDICATOR],
                "notes_on_use": [{"text": note}] if note else [],
                "relations": self._relations(each),
                "matches": self._matches(each),
            },
        )
        return competency

    def _part(self, each: Statement) -> Any:
        if each.kind == KEY_ACTION:
            fields = self._words(each, text="description")
            return self._made(KeyAction, each, {"name": fields.pop("title"), **fields})
        text = self.findings.text(self._text(each.node, "competencyText")) or each.address
        fields = {"identifier": each.address, "text": text}
        if each.kind == JOB_ACTIVITY:
            return self._made(JobActivity, each, fields)
        at = [self.levels.get(link) for link in linked({"ceasn:at": each.node.get("asn:hasProgressionLevel")}, "at")]
        return self._made(Indicator, each, fields | {"level": at[0] if at else None})

    def _relations(self, each: Statement) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "target": target.code}
            for kind, name in RELATIONS.items()
            for link in linked(each.node, name.removeprefix("ceasn:"))
            if (target := self.by_address.get(link)) and target.kind == COMPETENCY
        ]

    def _matches(self, each: Statement) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "framework": _host(link), "target": link}
            for kind, name in ALIGNMENTS.items()
            for link in linked(each.node, name.removeprefix("ceasn:"))
        ]

    def _words(self, each: Statement, *, text: str) -> dict[str, Any]:
        full = self.findings.text(self._text(each.node, "competencyText"), place=each.address)
        label = self._text(each.node, "competencyLabel") or self._text(each.node, "name")
        title = self.findings.line(label, place=each.address) or shortened(full)
        title = title or self._text(each.node, "codedNotation") or each.address
        return {"identifier": each.address, "title": title, text: "" if full == title else full}

    def _made(self, kind: Any, each: Statement, fields: dict[str, Any]) -> Any:
        known = _known(fields | _beyond(each.node), kind=kind)
        return made(kind, known, findings=self.findings, place=each.address, plain=fields)

    def _text(self, node: dict[str, Any], name: str) -> str:
        return text_in(field(node, name), language=self.language)

    def _plain(self, node: dict[str, Any], name: str) -> str:
        return text_in(node.get(name), language=self.language)

    def _any_language(self) -> str:
        for each in self.nodes:
            texts = field(each, "name") or field(each, "competencyText")
            if isinstance(texts, dict) and "@value" not in texts:
                return next(iter(texts), "en")
        return "en"

    def _tell_strangers(self) -> None:
        known = {*FRAMEWORKS, COMPETENCY, LEVEL, "ProgressionModel"}
        for number, node in enumerate(self.nodes, start=1):
            if type_of(node) not in known:
                self.findings.unplace(f"{node.get('@id')} ({type_of(node)})", line=number)


def _beyond(node: dict[str, Any]) -> dict[str, Any]:
    found = node.get(PROWESS)
    return found if isinstance(found, dict) else {}


def _known(fields: dict[str, Any], *, kind: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in kind.model_fields}


def _host(uri: str) -> str:
    try:
        return urlsplit(uri).netloc or "another framework"
    except ValueError:
        return "another framework"
