"""A framework as a CTDL-ASN graph."""

from typing import Any

from prowess.exchange.identity import is_uuid, uuid_for, uuid_in
from prowess.exchange.kept import restored, taken_from_parts
from prowess.exchange.remainder import remainder
from prowess.framework.competency import Cluster, Competency, JobActivity, KeyAction, MatchKind, RelationKind
from prowess.framework.document import IdentifiedPart
from prowess.framework.framework import Framework

NAME = "ctdl-asn"
CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"
RESOURCES = "https://credentialengineregistry.org/resources/"
PROWESS = "prowess:beyond"
"""Field for what CTDL-ASN has no field for."""
CLUSTER, KEY_ACTION, JOB_ACTIVITY, INDICATOR = "Cluster", "Key action", "Job activity", "Indicator"
ALIGNMENTS = {
    MatchKind.EXACT: "ceasn:exactAlignment",
    MatchKind.CLOSE: "ceasn:majorAlignment",
    MatchKind.BROADER: "ceasn:broadAlignment",
    MatchKind.NARROWER: "ceasn:narrowAlignment",
    MatchKind.RELATED: "ceasn:minorAlignment",
}
RELATIONS = {RelationKind.RELATED: "ceasn:crossSubjectReference", RelationKind.BROADER: "ceasn:derivedFrom"}


def graph_of(framework: Framework) -> dict[str, Any]:
    """The graph that says what the framework says, and what its source said beyond it."""
    own: dict[str, Any] = framework.extensions.get(NAME) or {}
    document = framework.model_dump(mode="json", exclude_defaults=True)
    parts = [document.get("clusters"), document.get("competencies")]
    kept = {**own.get("parts", {}), **taken_from_parts(parts, name=NAME)}
    nodes = plain_nodes_of(framework)
    written = [
        restored(each, kept=kept.get(each["@id"]) or {}) for each in nodes if each["@id"] not in own.get("absent", ())
    ]
    there = {each.get("@id") for each in written}
    written += [each for each in own.get("more", ()) if each.get("@id") not in there]
    places = {identifier: place for place, identifier in enumerate(own.get("order", ()))}
    written.sort(key=lambda each: places.get(str(each.get("@id")), len(places)))
    return {"@context": CONTEXT, "@id": nodes[0]["@id"].replace("/resources/", "/graph/"), "@graph": written}


def plain_nodes_of(framework: Framework) -> list[dict[str, Any]]:
    """The nodes that say what the framework itself says."""
    return _Graph(framework).nodes()


class _Graph:
    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        own = framework.identifier
        self.uuid = uuid_in(own) or uuid_for(own or framework.title)
        self.root = self.address(framework)
        self.clusters = {each.code: self.address(each, "cluster", each.code) for each in framework.clusters}
        self.competencies = {each.code: self.address(each, "competency", each.code) for each in framework.competencies}
        self.written: list[dict[str, Any]] = []
        self.by_address: dict[str, dict[str, Any]] = {}

    def address(self, part: IdentifiedPart, *names: str) -> str:
        """The address of a part: its own, or one made from its UUID or its place."""
        own = part.identifier
        if own and (NAME in part.extensions or own.startswith(RESOURCES)):
            return own
        uuid = own.lower() if is_uuid(own) else (uuid_for(self.uuid, *names) if names else self.uuid)
        return f"{RESOURCES}ce-{uuid}"

    def nodes(self) -> list[dict[str, Any]]:
        self.written.append(self._framework())
        self.by_address[self.root] = self.written[0]
        for cluster in self.framework.clusters:
            self._add_cluster(cluster)
        for competency in self.framework.competencies:
            self._add_competency(competency)
        levels = self._levels()
        return [*self.written, *levels]

    def words(self, text: str) -> dict[str, str]:
        """A language map of one language."""
        return {self.framework.language: text}

    def _head(self, address: str, *, kind: str) -> dict[str, Any]:
        ctid = uuid_in(address) or uuid_for(self.uuid, address)
        return {"@id": address, "@type": kind, "ceterms:ctid": f"ce-{ctid}"}

    def _framework(self) -> dict[str, Any]:
        framework = self.framework
        node = self._head(self.root, kind="ceasn:CompetencyFramework") | {
            "ceasn:name": self.words(framework.title),
            "ceasn:description": self.words(framework.description or framework.title),
            "ceasn:inLanguage": [framework.language],
        }
        held = {"title", "description", "clusters", "competencies", "scale", "publisher", "language"}
        if framework.publisher:
            node["ceasn:publisherName"] = self.words(framework.publisher)
        more = _beyond(framework, held=held, address=self.root)
        if framework.description == framework.title:
            more["description"] = framework.description
        if framework.scale.title:
            more["scale_title"] = framework.scale.title
        return node | {PROWESS: more}

    def _node(
        self, address: str, *, text: str, label: str, category: str, above: str, more: dict[str, Any]
    ) -> dict[str, Any]:
        node = self._head(address, kind="ceasn:Competency")
        node |= {"ceasn:competencyLabel": self.words(label)} if label else {}
        node |= {"ceasn:competencyText": self.words(text), "ceasn:inLanguage": [self.framework.language]}
        node |= {"ceasn:competencyCategory": [self.words(category)]} if category else {}
        node["ceasn:isPartOf"] = [self.root]
        if above == self.root:
            node["ceasn:isTopChildOf"] = self.root
            self.by_address[self.root].setdefault("ceasn:hasTopChild", []).append(address)
        else:
            node["ceasn:isChildOf"] = [above]
            self.by_address[above].setdefault("ceasn:hasChild", []).append(address)
        if more:
            node[PROWESS] = more
        self.written.append(node)
        self.by_address[address] = node
        return node

    def _add_cluster(self, cluster: Cluster) -> None:
        address = self.clusters[cluster.code]
        above = self.clusters.get(cluster.parent, "")
        held = {"code", "title", "description"} | (
            {"parent"} if above in self.by_address or not cluster.parent else set()
        )
        more = _beyond(cluster, held=held, address=address)
        if cluster.description == cluster.title:
            more["description"] = cluster.description
        node = self._node(
            address, text=cluster.description or cluster.title, label=cluster.title, category=CLUSTER,
            above=above if above in self.by_address else self.root, more=more,
        )  # fmt: skip
        node["ceasn:codedNotation"] = cluster.code

    def _add_competency(self, competency: Competency) -> None:
        address = self.competencies[competency.code]
        held = {"code", "title", "definition", "key_actions", "job_activities", "indicators", "relations", "matches"}
        held |= {"cluster"} if competency.cluster in self.clusters or not competency.cluster else set()
        more = _beyond(competency, held=held, address=address)
        if competency.definition == competency.title:
            more["definition"] = competency.definition
        more |= _links_beyond(competency)
        node = self._node(
            address, text=competency.definition or competency.title, label=competency.title, category="",
            above=self.clusters.get(competency.cluster, self.root), more=more,
        )  # fmt: skip
        node["ceasn:codedNotation"] = competency.code
        self._add_links(node, competency=competency)
        for number, action in enumerate(competency.key_actions):
            self._add_key_action(action, code=competency.code, number=number, above=address)
        for number, activity in enumerate(competency.job_activities):
            self._add_job_activity(activity, code=competency.code, number=number, above=address)
        self._add_indicators(competency, above=address)

    def _add_links(self, node: dict[str, Any], *, competency: Competency) -> None:
        for relation in competency.relations:
            if relation.kind in RELATIONS and relation.target in self.competencies:
                node.setdefault(RELATIONS[relation.kind], []).append(self.competencies[relation.target])
        for match in competency.matches:
            if _is_address(match.target):
                node.setdefault(ALIGNMENTS[match.kind], []).append(match.target)

    def _add_key_action(self, action: KeyAction, *, code: str, number: int, above: str) -> None:
        address = self.address(action, "key action", code, str(number))
        more = _beyond(action, held={"name", "description"}, address=address)
        if action.description == action.name:
            more["description"] = action.description
        text = action.description or action.name
        self._node(address, text=text, label=action.name, category=KEY_ACTION, above=above, more=more)

    def _add_job_activity(self, activity: JobActivity, *, code: str, number: int, above: str) -> None:
        address = self.address(activity, "job activity", code, str(number))
        more = _beyond(activity, held={"text"}, address=address)
        self._node(address, text=activity.text, label="", category=JOB_ACTIVITY, above=above, more=more)

    def _add_indicators(self, competency: Competency, *, above: str) -> None:
        for number, indicator in enumerate(competency.indicators):
            address = self.address(indicator, "indicator", competency.code, str(number))
            held = {"text", "level"}
            more = _beyond(indicator, held=held, address=address)
            if indicator.level is not None and self.framework.scale.level(indicator.level) is None:
                more["level"] = indicator.level
            node = self._node(address, text=indicator.text, label="", category=INDICATOR, above=above, more=more)
            if indicator.level is not None and "level" not in more:
                node["asn:hasProgressionLevel"] = self._level_address(indicator.level)

    def _level_address(self, number: int) -> str:
        level = self.framework.scale.level(number)
        return self.address(level, "level", str(number)) if level else ""

    def _levels(self) -> list[dict[str, Any]]:
        if not self.framework.scale.levels:
            return []
        model = f"{RESOURCES}ce-{uuid_for(self.uuid, 'progression model')}"
        addresses = [self._level_address(each.number) for each in self.framework.scale.levels]
        top = self._head(model, kind="asn:ProgressionModel")
        top |= {"ceasn:name": self.words(self.framework.scale.title or "Levels"), "skos:hasTopConcept": addresses}
        self.written[0]["asn:hasProgressionModel"] = model
        found = [top]
        for level, address in zip(self.framework.scale.levels, addresses, strict=True):
            node = self._head(address, kind="asn:ProgressionLevel") | {"skos:prefLabel": self.words(level.name)}
            node |= {"skos:definition": self.words(level.description)} if level.description else {}
            node |= {"skos:inScheme": model, "skos:notation": str(level.number)}
            more = _beyond(level, held={"number", "name", "description"}, address=address)
            found.append(node | ({PROWESS: more} if more else {}))
        return found


def _beyond(part: IdentifiedPart, *, held: set[str], address: str) -> dict[str, Any]:
    more = remainder(part, held={*held, "identifier", "extensions"})
    if part.identifier != address:
        more["identifier"] = part.identifier
    extensions = {name: value for name, value in part.extensions.items() if name != NAME}
    return more | ({"extensions": extensions} if extensions else {})


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "urn:")) and not any(each.isspace() for each in text)


def _links_beyond(competency: Competency) -> dict[str, Any]:
    """Relations and matches whole, where the fields of CTDL-ASN, which have no order among them, cannot say all."""
    relations = [remainder(each) | {"kind": each.kind.value} for each in competency.relations]
    matches = [remainder(each) | {"kind": each.kind.value} for each in competency.matches]
    return ({"relations": relations} if relations else {}) | ({"matches": matches} if matches else {})
