"""A rich skill descriptor and a competency: what each says of the other."""

from typing import Any
from urllib.parse import urlsplit

from prowess.exchange.cleaning import Findings, as_list, as_text, shortened
from prowess.exchange.identity import is_uuid, uuid_for, uuid_in
from prowess.framework.competency import Competency, Status
from prowess.framework.framework import Framework

NAME = "rich-skills"
_STATUS = {
    "draft": Status.DRAFT,
    "unpublished": Status.DRAFT,
    "published": Status.PUBLISHED,
    "archived": Status.RETIRED,
    "deleted": Status.RETIRED,
}
_SAID = {
    Status.DRAFT: "draft", Status.IN_REVIEW: "draft", Status.PUBLISHED: "published", Status.RETIRED: "archived"
}  # fmt: skip


def record_of(competency: Competency, *, framework: Framework) -> dict[str, Any]:
    """The descriptor that says what the competency says."""
    own = competency.identifier
    uuid = uuid_in(own) or uuid_for(framework.identifier or framework.title, "competency", competency.code)
    address = own if "://" in own else f"urn:uuid:{uuid}"
    record: dict[str, Any] = {
        "type": "RichSkillDescriptor",
        "id": address,
        "uuid": uuid,
        "status": _SAID[competency.status],
        "skillName": competency.title,
        "skillStatement": competency.definition or competency.title,
    }
    if competency.cluster:
        record["categories"] = [framework.cluster_title(competency.cluster)]
    if framework.publisher:
        record["authors"] = [framework.publisher]
    alignments = [_alignment(each.target, title=each.title) for each in competency.matches]
    return record | ({"alignments": alignments} if alignments else {})


def is_address(text: str) -> bool:
    """Whether a text is the address of something, as alignments name it."""
    return text.startswith(("http://", "https://")) and not any(each.isspace() for each in text)


def _alignment(target: str, *, title: str) -> dict[str, str]:
    found = {"id": target} if is_address(target) else {}
    return found | {"skillName": title or target}


def fields_of(record: dict[str, Any], *, findings: Findings, place: str) -> dict[str, Any]:
    """The fields of the competency that a descriptor describes, but for its code and cluster."""
    statement = findings.text(record.get("skillStatement") or record.get("statement"), place=place)
    name = findings.line(record.get("skillName") or record.get("name"), place=place)
    title = name or shortened(statement)
    identifier = as_text(record.get("id")).strip() or as_text(record.get("uuid")).strip()
    uuid = uuid_in(identifier)
    status = as_text(record.get("status") or record.get("publishStatus")).lower()
    return {
        "identifier": uuid if identifier == f"urn:uuid:{uuid}" else identifier,
        "title": title,
        "definition": "" if statement == title else statement,
        "matches": [match for each in as_list(record.get("alignments")) if (match := _match(each, findings=findings))],
        "status": _STATUS.get(status, Status.PUBLISHED),
    }


def _match(alignment: Any, *, findings: Findings) -> dict[str, Any]:
    if isinstance(alignment, str):
        alignment = {"id": alignment}
    if not isinstance(alignment, dict):
        return {}
    title = findings.text(alignment.get("skillName") or alignment.get("title"))
    target = findings.text(alignment.get("id")) or title
    part_of = alignment.get("isPartOf")
    named = findings.line(part_of.get("name")) if isinstance(part_of, dict) else ""
    if not target:
        return {}
    return {"framework": named or _host(target) or "another framework", "target": target,
            "title": "" if title == target else title}  # fmt: skip


def _host(uri: str) -> str:
    try:
        return urlsplit(uri).netloc
    except ValueError:
        return ""


def categories_of(record: dict[str, Any]) -> list[str]:
    """The categories of a descriptor: a list, or the one text of older releases."""
    return [
        text for each in as_list(record.get("categories") or record.get("category")) if (text := as_text(each).strip())
    ]


def authors_of(record: dict[str, Any]) -> list[str]:
    """The authors of a descriptor: a list, or the one text of older releases."""
    return [text for each in as_list(record.get("authors") or record.get("author")) if (text := as_text(each).strip())]


def code_wished(record: dict[str, Any]) -> str:
    """A code out of the identifier, else out of the name."""
    identifier = as_text(record.get("uuid")) or as_text(record.get("id"))
    found = uuid_in(identifier)
    if found or is_uuid(identifier):
        return found
    name = as_text(record.get("skillName")) or shortened(as_text(record.get("skillStatement")), longest=60)
    return "-".join(name.lower().split())
