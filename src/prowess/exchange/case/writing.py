"""A framework as a CASE 1.1 package."""

from datetime import UTC, datetime
from typing import Any

from prowess.exchange.case.items import (
    PROWESS,
    association,
    beyond,
    cluster_item,
    competency_item,
    job_activity_item,
    key_action_item,
    relation_associations,
)
from prowess.exchange.case.names import NOW, Names
from prowess.exchange.case.package import PARTS
from prowess.exchange.case.rubrics import indicator_rubric, scale_rubric
from prowess.exchange.cleaning import as_text, shortened
from prowess.exchange.identity import is_uuid, uuid_for
from prowess.exchange.kept import restored, taken_from_parts
from prowess.framework.framework import Framework

_UNNAMED = "Not named"


def package_of(framework: Framework) -> dict[str, Any]:
    """The package that says what the framework says, and what its source said beyond it."""
    document = framework.model_dump(mode="json", exclude_defaults=True)
    kept = taken_from_parts(document, name="case")
    package = _with_what_was_kept(plain_package_of(framework), kept=kept, framework=framework)
    dated: dict[str, Any] = _dated(package, now=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return dated


def _dated(content: Any, *, now: str) -> Any:
    if isinstance(content, list):
        return [_dated(each, now=now) for each in content]
    if not isinstance(content, dict):
        return content
    return {
        name: now if name == "lastChangeDateTime" and value == NOW else _dated(value, now=now)
        for name, value in content.items()
    }


def document_identifier(framework: Framework) -> str:
    """The UUID of a framework: its own, else one made from its own identifier or its title."""
    own = framework.identifier
    if is_uuid(own) or (own and "case" in framework.extensions):
        return own
    return uuid_for(own or framework.title)


def plain_package_of(framework: Framework) -> dict[str, Any]:
    """The package that says what the framework itself says, its times still open."""
    identifier = document_identifier(framework)
    names = Names(identifier)
    package: dict[str, Any] = {
        "CFDocument": _document(framework, identifier=identifier, names=names),
        "CFItems": [],
        "CFAssociations": [],
        "CFDefinitions": _definitions(framework, names=names),
        "CFRubrics": scale_rubric(framework, names=names),
    }
    _Filling(framework, package=package, names=names).fill()
    return package


class _Filling:
    """Fills the lists of a package, parents before their children."""

    def __init__(self, framework: Framework, *, package: dict[str, Any], names: Names) -> None:
        self.framework, self.package, self.names = framework, package, names
        self.places: dict[str, int] = {}
        root = package["CFDocument"]
        self.root = names.link(root["identifier"], title=framework.title)
        self.clusters = {
            each.code: names.link(names.identifier(each, "cluster", each.code), title=each.title)
            for each in framework.clusters
        }
        self.links = {
            each.code: names.link(names.identifier(each, "competency", each.code), title=each.title)
            for each in framework.competencies
        }

    def fill(self) -> None:
        for cluster in self.framework.clusters:
            link = self.clusters[cluster.code]
            record = cluster_item(cluster, identifier=link["identifier"], names=self.names)
            self._add(record, link=link, parent=self.clusters.get(cluster.parent) or self.root)
            if cluster.parent not in self.clusters and cluster.parent:
                _say_more(record, name="parent", value=cluster.parent)
        for competency in self.framework.competencies:
            link = self.links[competency.code]
            record = competency_item(competency, identifier=link["identifier"], names=self.names)
            self._add(record, link=link, parent=self.clusters.get(competency.cluster) or self.root)
            if competency.cluster not in self.clusters and competency.cluster:
                _say_more(record, name="cluster", value=competency.cluster)
            self._add_parts(competency.code)
        for competency in self.framework.competencies:
            self.package["CFAssociations"] += relation_associations(competency, links=self.links, names=self.names)

    def _add_parts(self, code: str) -> None:
        competency, names = self.framework.by_code[code], self.names
        link = self.links[code]
        for number, action in enumerate(competency.key_actions):
            own = names.link(names.identifier(action, "key action", code, str(number)), title=action.name)
            self._add(key_action_item(action, identifier=own["identifier"], names=names), link=own, parent=link)
        for number, activity in enumerate(competency.job_activities):
            title = shortened(activity.text)
            own = names.link(names.identifier(activity, "job activity", code, str(number)), title=title)
            self._add(job_activity_item(activity, identifier=own["identifier"], names=names), link=own, parent=link)
        self.package["CFRubrics"] += indicator_rubric(
            competency, item=link["identifier"], framework=self.framework, names=names
        )

    def _add(self, record: dict[str, Any], *, link: dict[str, Any], parent: dict[str, Any]) -> None:
        names = self.names
        record["CFDocumentURI"] = self.root
        self.package["CFItems"].append(record)
        place = self.places[parent["identifier"]] = self.places.get(parent["identifier"], 0) + 1
        identifier = uuid_for(names.framework, "child", link["identifier"], parent["identifier"])
        child = association("isChildOf", identifier=identifier, origin=link, destination=parent, names=names)
        self.package["CFAssociations"].append(child | {"sequenceNumber": place})


def _say_more(record: dict[str, Any], *, name: str, value: str) -> None:
    record.setdefault("extensions", {}).setdefault("prowess", {})[name] = value


def _document(framework: Framework, *, identifier: str, names: Names) -> dict[str, Any]:
    record = names.head(identifier) | {
        "creator": framework.publisher or _UNNAMED,
        "title": framework.title,
        "language": framework.language,
        "caseVersion": "1.1",
        "CFPackageURI": names.link(identifier, title=framework.title),
    }
    texts = {"publisher": framework.publisher, "description": framework.description, "version": framework.edition}
    record |= {name: text for name, text in texts.items() if text}
    if framework.licence:
        record["licenseURI"] = names.link(uuid_for(identifier, "licence"), title=shortened(framework.licence))
    held = {"title", "language", "publisher", "description", "edition", "licence", "clusters", "competencies", "scale"}
    more = beyond(framework, held=held, written_as=identifier)
    levels = _beyond_levels(framework, names=names)
    if levels:
        more["scale"] = levels
    return record | {"extensions": {PROWESS: {"written": 1} | more}}


def _beyond_levels(framework: Framework, *, names: Names) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for level in framework.scale.levels:
        written_as = names.identifier(level, "scale", str(level.number))
        more = beyond(level, held={"number", "name", "description"}, written_as=written_as)
        if level.description == level.name:
            more["description"] = level.description
        if more:
            found[written_as] = more
    if framework.scale.title == "Scale" or (framework.scale.title and not framework.scale.levels):
        found["title"] = framework.scale.title
    return found


def _definitions(framework: Framework, *, names: Names) -> dict[str, Any]:
    if not framework.licence:
        return {}
    licence = names.head(uuid_for(names.framework, "licence"))
    return {"CFLicenses": [licence | {"title": shortened(framework.licence), "licenseText": framework.licence}]}


def _with_what_was_kept(package: dict[str, Any], *, kept: dict[str, Any], framework: Framework) -> dict[str, Any]:
    own: dict[str, Any] = framework.extensions.get("case") or {}
    by_identifier = {**own.get("parts", {}), **kept}
    result = dict(package)
    result["CFDocument"] = restored(package["CFDocument"], kept=own.get("CFDocument", {}))
    for name in PARTS:
        result[name] = _restored_list(package[name], own=own, name=name, by_identifier=by_identifier)
    result = restored(result, kept=own.get("package", {}))
    return {name: value for name, value in result.items() if value or name not in own.get("without", ())}


def _restored_list(
    written: list[dict[str, Any]], *, own: dict[str, Any], name: str, by_identifier: dict[str, Any]
) -> list[dict[str, Any]]:
    absent = set(own.get("absent", ()))
    records = [
        restored(each, kept=by_identifier.get(each["identifier"], {}))
        for each in written
        if each["identifier"] not in absent
    ]
    there = {as_text(each.get("identifier")) for each in records} - {""}
    records += [each for each in own.get("more", {}).get(name, ()) if as_text(each.get("identifier")) not in there]
    places = {identifier: place for place, identifier in enumerate(own.get("order", {}).get(name, ()))}
    return sorted(records, key=lambda each: places.get(str(each.get("identifier")), len(places)))
