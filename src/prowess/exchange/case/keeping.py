"""What a package says beyond the framework that was read from it, kept in the framework's extensions."""

from typing import Any

from prowess.exchange.case.names import NOW
from prowess.exchange.case.package import PARTS, link_identifier
from prowess.exchange.case.writing import plain_package_of
from prowess.exchange.cleaning import as_list, as_text
from prowess.exchange.kept import differences, part_with_kept
from prowess.framework.framework import Framework

NAME = "case"
_OWN = ("CFDocument", *PARTS)


def with_what_is_kept(framework: Framework, *, package: dict[str, Any]) -> Framework:
    """The framework with all that the package says beyond it."""
    if not as_text(package["CFDocument"].get("identifier")) and not framework.identifier:
        return framework
    if _is_by_prowess(package):
        package, foreign = _undated(package), framework
    else:
        foreign = framework.model_copy(update={"extensions": {**framework.extensions, NAME: {}}})
    plain = plain_package_of(foreign)
    own: dict[str, Any] = {"more": {}, "order": {}, "absent": []}
    parts: dict[str, Any] = {}
    for name in PARTS:
        _compare(plain[name], found=package[name], name=name, own=own, parts=parts)
    own["CFDocument"] = differences(plain["CFDocument"], found=package["CFDocument"])
    own["package"] = differences(_rest(plain), found=_rest(package))
    own["without"] = [] if _is_by_prowess(package) else [name for name in PARTS if not package[name]]
    del plain
    clusters = tuple(part_with_kept(each, kept=parts, name=NAME) for each in foreign.clusters)
    competencies = tuple(part_with_kept(each, kept=parts, name=NAME) for each in foreign.competencies)
    own["parts"] = {identifier: kept for identifier, kept in parts.items() if kept}
    extensions = {**foreign.extensions, NAME: {name: value for name, value in own.items() if value}}
    if _is_by_prowess(package) and not extensions[NAME]:
        del extensions[NAME]
    return foreign.model_copy(update={"extensions": extensions, "clusters": clusters, "competencies": competencies})


def _is_by_prowess(package: dict[str, Any]) -> bool:
    extensions = package["CFDocument"].get("extensions")
    return isinstance(extensions, dict) and isinstance(extensions.get("prowess"), dict)


def _undated(content: Any) -> Any:
    """The package as Prowess wrote it, before its time was filled in."""
    if isinstance(content, list):
        return [_undated(each) for each in content]
    if not isinstance(content, dict):
        return content
    return {name: NOW if name == "lastChangeDateTime" else _undated(value) for name, value in content.items()}


def _rest(package: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in package.items() if name not in _OWN}


def _compare(
    written: list[dict[str, Any]], *, found: list[dict[str, Any]], name: str, own: dict[str, Any], parts: dict[str, Any]
) -> None:
    by_key: dict[Any, dict[str, Any]] = {}
    for each in found:
        by_key.setdefault(_key(each), each)
    taken: set[int] = set()
    for each in written:
        same = by_key.get(each["identifier"]) or by_key.get(_key(each))
        if same is None or id(same) in taken:
            own["absent"].append(each["identifier"])
            continue
        taken.add(id(same))
        kept = differences(each, found=same)
        if kept:
            parts[each["identifier"]] = kept
    more = [each for each in found if id(each) not in taken]
    if more:
        own["more"][name] = more
    order = [as_text(each.get("identifier")) for each in found]
    if order != [each["identifier"] for each in written]:
        own["order"][name] = order


def _key(record: dict[str, Any]) -> Any:
    if record.get("associationType") == "isChildOf":
        return link_identifier(record.get("originNodeURI")), link_identifier(record.get("destinationNodeURI"))
    if "CFRubricCriteria" in record:
        criteria = [each for each in as_list(record["CFRubricCriteria"]) if isinstance(each, dict)]
        links = [link_identifier(each.get("CFItemURI")) for each in criteria]
        return "rubric", links[0] if links else ""
    return as_text(record.get("identifier")).strip() or link_identifier(record.get("uri"))
