"""Clusters, competencies, key actions and job activities as CASE items, and what stands between them."""

from collections.abc import Mapping
from typing import Any

from prowess.exchange.case.names import Names
from prowess.exchange.case.rubrics import indicator_identifier
from prowess.exchange.case.vocabulary import (
    CLUSTER,
    COMPETENCY,
    JOB_ACTIVITY,
    KEY_ACTION,
    MATCH_TO_ASSOCIATION,
    RELATION_TO_ASSOCIATION,
)
from prowess.exchange.identity import is_uuid, uuid_for
from prowess.exchange.remainder import remainder
from prowess.framework.competency import Cluster, Competency, JobActivity, KeyAction, NoteOnUseAbout
from prowess.framework.document import IdentifiedPart

PROWESS = "prowess"
"""Name of the extension that holds what CASE has no field for."""

_IN_FIELDS = {
    "code", "title", "definition", "cluster", "key_actions", "job_activities", "indicators", "relations", "matches",
}  # fmt: skip


def extended(record: dict[str, Any], *, more: Mapping[str, Any]) -> dict[str, Any]:
    """A record with an extension for what it has no fields for, where there is something."""
    return record | {"extensions": {PROWESS: dict(more)}} if more else record


def beyond(part: IdentifiedPart, *, held: set[str], written_as: str = "") -> dict[str, Any]:
    """What the fields of a record do not hold of a part; its identifier too, where another was written."""
    more = remainder(part, held={*held, "identifier", "extensions"})
    if part.identifier != written_as:
        more["identifier"] = part.identifier
    extensions = {name: value for name, value in part.extensions.items() if name != "case"}
    return more | ({"extensions": extensions} if extensions else {})


def statement(title: str, *, text: str) -> dict[str, str]:
    """Title and text of an item; the title stands for a text that is missing."""
    return {"fullStatement": text or title, "abbreviatedStatement": title}


def cluster_item(cluster: Cluster, *, identifier: str, names: Names) -> dict[str, Any]:
    """A cluster as an item."""
    record = names.head(identifier) | statement(cluster.title, text=cluster.description)
    record |= {"humanCodingScheme": cluster.code, "CFItemType": CLUSTER}
    more = beyond(cluster, held={"code", "title", "description", "parent"}, written_as=identifier)
    if cluster.description == cluster.title:
        more["description"] = cluster.description
    return extended(record, more=more)


def competency_item(competency: Competency, *, identifier: str, names: Names) -> dict[str, Any]:
    """A competency as an item, without its parts."""
    record = names.head(identifier) | statement(competency.title, text=competency.definition)
    record |= {"humanCodingScheme": competency.code, "CFItemType": COMPETENCY}
    held = set(_IN_FIELDS)
    if len(competency.aliases) == 1:
        record["alternativeLabel"] = competency.aliases[0]
        held.add("aliases")
    note = _plain_note(competency)
    if note:
        record["notes"] = note
        held.add("notes_on_use")
    more = beyond(competency, held=held, written_as=identifier)
    if competency.definition == competency.title:
        more["definition"] = competency.definition
    behaviours = _beyond_indicators(competency, names=names)
    return extended(record, more=more | ({"indicators": behaviours} if behaviours else {}))


def key_action_item(action: KeyAction, *, identifier: str, names: Names) -> dict[str, Any]:
    """A key action as an item below its competency."""
    record = names.head(identifier) | statement(action.name, text=action.description) | {"CFItemType": KEY_ACTION}
    more = beyond(action, held={"name", "description"}, written_as=identifier)
    if action.description == action.name:
        more["description"] = action.description
    return extended(record, more=more)


def job_activity_item(activity: JobActivity, *, identifier: str, names: Names) -> dict[str, Any]:
    """A job activity as an item below its competency."""
    record = names.head(identifier) | {"fullStatement": activity.text, "CFItemType": JOB_ACTIVITY}
    return extended(record, more=beyond(activity, held={"text"}, written_as=identifier))


def association(
    kind: str, *, identifier: str, origin: dict[str, Any], destination: dict[str, Any], names: Names
) -> dict[str, Any]:
    """An association of two items."""
    ends = {"associationType": kind, "originNodeURI": origin, "destinationNodeURI": destination}
    return names.head(identifier) | ends


def relation_associations(
    competency: Competency, *, links: Mapping[str, dict[str, Any]], names: Names
) -> list[dict[str, Any]]:
    """The relations and matches of a competency as associations."""
    origin, found = links[competency.code], []
    for number, relation in enumerate(competency.relations):
        kind = RELATION_TO_ASSOCIATION[relation.kind]
        identifier = names.identifier(relation, "relation", competency.code, str(number))
        target = links.get(relation.target) or names.link(
            uuid_for(names.framework, "missing", relation.target), title=relation.target
        )
        more = beyond(relation, held={"target"} if relation.target in links else set(), written_as=identifier)
        record = association(kind, identifier=identifier, origin=origin, destination=target, names=names)
        found.append(extended(record, more={"relation": more}))
    for number, match in enumerate(competency.matches):
        identifier = names.identifier(match, "match", competency.code, str(number))
        end = is_uuid(match.target)
        target = {
            "title": match.title or match.target[:200],
            "identifier": match.target if end else uuid_for(match.framework, match.target),
            "uri": match.target if ":" in match.target else names.uri(uuid_for(match.framework, match.target)),
        }
        record = association(
            MATCH_TO_ASSOCIATION[match.kind], identifier=identifier, origin=origin, destination=target, names=names
        )
        found.append(extended(record, more={"match": beyond(match, held=set(), written_as=identifier)}))
    return found


def _plain_note(competency: Competency) -> str:
    notes = competency.notes_on_use
    plain = len(notes) == 1 and notes[0].about is NoteOnUseAbout.GENERAL
    return notes[0].text if plain and not notes[0].identifier and not notes[0].extensions else ""


def _beyond_indicators(competency: Competency, *, names: Names) -> dict[str, Any]:
    found = {}
    for number, indicator in enumerate(competency.indicators):
        written_as = indicator_identifier(competency, number, names=names)
        more = beyond(indicator, held={"level", "polarity", "text"}, written_as=written_as)
        if more:
            found[written_as] = more
    return found
