"""ASN: documents of the Achievement Standards Network in RDF/JSON, the predecessor of CTDL-ASN; read, not written.

RDF/JSON (W3C Note, 2013) maps each subject to its properties, each property to a list of values with ``value``,
``type`` and perhaps ``lang``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prowess.exchange.cleaning import Findings, as_list, as_text, shortened
from prowess.exchange.format import Progress, Sample
from prowess.exchange.identity import free_code
from prowess.exchange.json_file import read_json
from prowess.exchange.making import made
from prowess.framework.competency import Cluster, Competency
from prowess.framework.errors import InputError
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading

_DOCUMENT, _STATEMENT = ("StandardDocument", "StandardsDocument"), ("Statement",)
_MARKS = ("purl.org/ASN/", "purl.org/gem/qualifiers")
_MATCHES = {
    "exactAlignment": "exact",
    "exactMatch": "exact",
    "majorAlignment": "close",
    "closeMatch": "close",
    "broadAlignment": "broader",
    "broadMatch": "broader",
    "narrowAlignment": "narrower",
    "narrowMatch": "narrower",
    "minorAlignment": "related",
    "relatedMatch": "related",
    "alignTo": "related",
}
_UNDERSTOOD = {
    "type", "title", "description", "publisher", "language", "license", "rights", "hasChild", "isChildOf", "isPartOf",
    "statementNotation", "listID", "comment", *_MATCHES,
}  # fmt: skip

Properties = dict[str, list[Any]]


class AsnFormat:
    """Achievement Standards Network documents in RDF/JSON."""

    name = "asn"
    description = "ASN standards document (RDF/JSON, read only)"

    def claims(self, sample: Sample) -> float:
        """By the vocabularies that its properties come from."""
        if sample.is_folder or sample.text.lstrip()[:1] != "{" or '"@context"' in sample.text:
            return 0.0
        return 0.9 if any(mark in sample.text for mark in _MARKS) else 0.0

    def claims_to_write(self, path: Path) -> float:  # noqa: ARG002  # never
        """Never: CTDL-ASN has taken its place."""
        return 0.0

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:
        """The document and its statements.

        Raises:
            InputError: it holds neither, or cannot be read.
        """
        findings = Findings()
        subjects = _subjects(read_json(path), findings=findings)
        if not any(_is(each, _DOCUMENT + _STATEMENT) for each in subjects.values()):
            raise InputError(
                "There is no ASN document: no subject is a StandardDocument or a Statement.",
                place=path.name,
                remedy="Give the RDF/JSON of an ASN document.",
            )
        reading = _Reader(subjects, title=path.stem, findings=findings).read()
        if progress:
            progress(1, 1)
        return reading

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:  # noqa: ARG002
        """Refuse.

        Raises:
            InputError: always.
        """
        raise InputError(
            "ASN documents are only read.", place=path.name, remedy="Write CTDL-ASN, which has taken their place."
        )


def _subjects(content: Any, *, findings: Findings) -> dict[str, Properties]:
    """The subjects with their properties by local names, values always in lists."""
    found: dict[str, Properties] = {}
    for number, (subject, properties) in enumerate(content.items() if isinstance(content, dict) else (), start=1):
        if not isinstance(properties, dict):
            findings.unplace(f"{subject}: {as_text(properties)[:300]}", line=number)
            continue
        named: Properties = {}
        for name, values in properties.items():
            named.setdefault(_local(name), []).extend(as_list(values))
        found[subject] = named
    return found


def _local(name: str) -> str:
    return name.rsplit("#", 1)[-1].rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _is(properties: Properties, kinds: tuple[str, ...]) -> bool:
    return any(_local(_value(each)) in kinds for each in properties.get("type", ()))


def _value(each: Any) -> str:
    return as_text(each.get("value")) if isinstance(each, dict) else as_text(each)


class _Reader:
    def __init__(self, subjects: dict[str, Properties], *, title: str, findings: Findings) -> None:
        self.subjects, self.findings, self.title = subjects, findings, title
        self.uri = next((uri for uri, each in subjects.items() if _is(each, _DOCUMENT)), "")
        self.document = subjects.get(self.uri, {})
        self.statements = {uri: each for uri, each in subjects.items() if _is(each, _STATEMENT)}
        self.language = ""
        self.language = _language(self._first(self.document, "language"))
        self.parents: dict[str, str] = {}
        self.children: dict[str, list[str]] = {}
        self.clusters: dict[str, str] = {}

    def read(self) -> Reading:
        if not self.document:
            self.findings.warn("The file describes no StandardDocument; its title is that of the file.")
        self._join()
        order = self._in_order()
        clusters, competencies = self._parts(order)
        framework = made(
            Framework,
            {
                "identifier": self.uri,
                "title": self.findings.line(self._first(self.document, "title"), otherwise=self.title),
                "description": self.findings.text(self._first(self.document, "description")),
                "publisher": self.findings.line(self._first(self.document, "publisher")),
                "language": self.language,
                "licence": self.findings.text(
                    self._first(self.document, "license") or self._first(self.document, "rights")
                ),
                "extensions": self._kept(self.document),
                "clusters": clusters,
                "competencies": competencies,
            },
            findings=self.findings,
            place="StandardDocument",
        )
        self._tell_strangers()
        return Reading(
            format=AsnFormat.name,
            framework=framework,
            warnings=tuple(self.findings.warnings),
            unplaced=tuple(self.findings.unplaced),
            losses=tuple(self.findings.losses),
        )

    def _join(self) -> None:
        """Parents and children, said by either side; what would stand below itself goes to the top."""
        for uri in (self.uri, *self.statements):
            for child in map(_value, self.subjects.get(uri, {}).get("hasChild", ())):
                if child in self.statements:
                    self._put(child, below=uri)
                elif child:
                    self.findings.warn(f"{uri or 'The document'}: the child “{child}” is not in the file.")
        for uri, each in self.statements.items():
            parent = self._first(each, "isChildOf")
            if uri not in self.parents and (parent in self.statements or parent == self.uri):
                self._put(uri, below=parent)

    def _put(self, child: str, *, below: str) -> None:
        above = below
        while above and above != child:
            above = self.parents.get(above, "")
        if above == child:
            self.findings.warn(f"The statement “{child}” stands below itself; it was put at the top.")
        elif self.parents.setdefault(child, below) != below:
            self.findings.warn(f"The statement “{child}” stands in two places; the first was taken.")
        elif child not in self.children.setdefault(below, []):
            self.children[below].append(child)

    def _in_order(self) -> list[str]:
        tops = [uri for uri in self.statements if uri not in self.parents]
        waiting = [*reversed(tops), *reversed(self.children.get(self.uri, []))]
        found: list[str] = []
        while waiting:
            uri = waiting.pop()
            found.append(uri)
            waiting.extend(reversed(self.children.get(uri, [])))
        return found

    def _parts(self, order: list[str]) -> tuple[list[Cluster], list[Competency]]:
        clusters: list[Cluster] = []
        competencies: list[Competency] = []
        taken: dict[type, set[str]] = {Cluster: set(), Competency: set()}
        for uri in order:
            kind = Cluster if self.children.get(uri) else Competency
            wish = self._first(self.statements[uri], "statementNotation") or _local(uri)
            code = free_code(wish, taken=taken[kind], otherwise="statement")
            if kind is Cluster:
                self.clusters[uri] = code
                clusters.append(self._cluster(uri, code=code))
            else:
                competencies.append(self._competency(uri, code=code))
        return clusters, competencies

    def _cluster(self, uri: str, *, code: str) -> Cluster:
        fields = self._statement(uri, text="description") | {"code": code, "parent": self._cluster_above(uri)}
        return made(Cluster, fields, findings=self.findings, place=uri, plain={"title": code})

    def _competency(self, uri: str, *, code: str) -> Competency:
        statement = self.statements[uri]
        fields = self._statement(uri, text="definition") | {"code": code, "cluster": self._cluster_above(uri)}
        notes = [self.findings.text(_value(each)) for each in statement.get("comment", ())]
        fields["notes_on_use"] = [{"text": note} for note in notes if note]
        fields["matches"] = list(self._matches(statement))
        return made(Competency, fields, findings=self.findings, place=uri, plain={"title": code})

    def _statement(self, uri: str, *, text: str) -> dict[str, Any]:
        statement = self.statements[uri]
        full = self.findings.text(self._first(statement, "description"), place=uri)
        title = self.findings.line(self._first(statement, "title"), place=uri) or shortened(full)
        title = title or self._first(statement, "statementNotation") or uri
        kept = self._kept(statement)
        return {"identifier": uri, "title": title, text: "" if full == title else full, "extensions": kept}

    def _matches(self, statement: Properties) -> Iterator[dict[str, Any]]:
        for name, kind in _MATCHES.items():
            for target in map(_value, statement.get(name, ())):
                if target:
                    elsewhere = target.split("/")[2] if target.count("/") > 2 else "another framework"
                    yield {"kind": kind, "framework": elsewhere, "target": target}

    def _cluster_above(self, uri: str) -> str:
        return self.clusters.get(self.parents.get(uri, ""), "")

    def _first(self, properties: Properties, name: str) -> str:
        """The first value of a property, one in the language of the document before all others."""
        values = properties.get(name, [])
        own = [each for each in values if isinstance(each, dict) and _same_language(each.get("lang"), self.language)]
        return next(filter(None, map(_value, [*own, *values])), "").strip()

    @staticmethod
    def _kept(properties: Properties) -> dict[str, Any]:
        kept = {name: values for name, values in properties.items() if name not in _UNDERSTOOD}
        return {AsnFormat.name: kept} if kept else {}

    def _tell_strangers(self) -> None:
        for number, (uri, each) in enumerate(self.subjects.items(), start=1):
            if uri != self.uri and uri not in self.statements:
                kinds = ", ".join(_local(_value(kind)) for kind in each.get("type", ())) or "no type"
                self.findings.unplace(f"{uri} ({kinds})", line=number)


def _same_language(one: Any, other: str) -> bool:
    return as_text(one).lower().split("-")[0] == other.lower().split("-")[0] != ""


def _language(found: str) -> str:
    """A language tag out of a tag, a name such as ``English`` or the address of one."""
    local = _local(found)[:35]
    return {"eng": "en", "english": "en", "spa": "es", "fra": "fr", "deu": "de"}.get(local.lower(), local) or "en"
