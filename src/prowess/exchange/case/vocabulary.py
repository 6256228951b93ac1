"""The words of CASE: item types that Prowess writes and understands, kinds of association, spelling of fields."""

import difflib
import re
from functools import cache

from prowess.framework.competency import MatchKind, RelationKind

COMPETENCY, CLUSTER, KEY_ACTION, JOB_ACTIVITY = "Competency", "Cluster", "Key action", "Job activity"

_TYPES = {
    "competency": COMPETENCY,
    "competence": COMPETENCY,
    "skill": COMPETENCY,
    "cluster": CLUSTER,
    "domain": CLUSTER,
    "competency group": CLUSTER,
    "category": CLUSTER,
    "key action": KEY_ACTION,
    "job activity": JOB_ACTIVITY,
    "task": JOB_ACTIVITY,
}

RELATION_TO_ASSOCIATION = {
    RelationKind.RELATED: "isRelatedTo",
    RelationKind.COMPARE_TO: "isPeerOf",
    RelationKind.BROADER: "isPartOf",
    RelationKind.NOT_WITH: "isRelatedTo",
    RelationKind.NARROWER: "isRelatedTo",
}
ASSOCIATION_TO_RELATION = {
    "isRelatedTo": RelationKind.RELATED,
    "isPeerOf": RelationKind.COMPARE_TO,
    "isPartOf": RelationKind.BROADER,
}
MATCH_TO_ASSOCIATION = {kind: "exactMatchOf" if kind is MatchKind.EXACT else "isRelatedTo" for kind in MatchKind}
ASSOCIATION_TO_MATCH = {
    "exactMatchOf": MatchKind.EXACT,
    "isRelatedTo": MatchKind.RELATED,
    "isPeerOf": MatchKind.CLOSE,
    "isPartOf": MatchKind.BROADER,
}
ASSOCIATIONS = (
    "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
    "hasSkillLevel", "isTranslationOf",
)  # fmt: skip

_FIELDS = (
    "CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics", "CFPackage", "CFPackages",
    "identifier", "uri", "title", "creator", "publisher", "description", "language", "version", "adoptionStatus",
    "licenseURI", "notes", "lastChangeDateTime", "CFPackageURI", "fullStatement", "abbreviatedStatement",
    "alternativeLabel", "humanCodingScheme", "listEnumeration", "CFItemType", "CFItemTypeURI", "CFDocumentURI",
    "conceptKeywords", "educationLevel", "associationType", "originNodeURI", "destinationNodeURI", "sequenceNumber",
    "CFRubricCriteria", "CFRubricCriterionLevels", "CFItemURI", "CFAssociationGroupingURI", "officialSourceURL",
    "statusStartDate", "statusEndDate", "extensions", "quality", "score", "feedback", "category", "position", "weight",
    "subject", "subjectURI", "conceptKeywordsURI", "targetType", "frameworkType", "caseVersion", "rubricId",
    "rubricCriterionId", "licenseText", "hierarchyCode", "typeCode", "keywords", "CFConcepts", "CFSubjects",
    "CFLicenses", "CFItemTypes", "CFAssociationGroupings", "CFItemAssociationURI",
)  # fmt: skip
_BY_SMALL = {field.lower(): field for field in _FIELDS} | {
    "sourcedid": "identifier",
    "listenuminsource": "listEnumeration",
    "educationallevel": "educationLevel",
    "cfitem": "CFItems",
    "cfassociation": "CFAssociations",
    "originnodeid": "originNodeURI",
    "destinationnodeid": "destinationNodeURI",
    "items": "CFItems",
    "associations": "CFAssociations",
    "id": "identifier",
}


@cache
def field_meant(name: str) -> str:
    """The field of CASE that a name means, in whatever spelling; the name itself where it means none."""
    if name in _FIELDS:
        return name
    small = re.sub(r"[^a-z]", "", name.lower())
    if small in _BY_SMALL:
        return _BY_SMALL[small]
    near = difflib.get_close_matches(small, _BY_SMALL, n=1, cutoff=0.9) if len(small) > 9 else []
    return _BY_SMALL[near[0]] if near else name


@cache
def association_meant(name: str) -> str:
    """The kind of association that a text means: ``Is Child Of`` is ``isChildOf``."""
    small = re.sub(r"[^a-z]", "", name.lower().rsplit("#", 1)[-1])
    return next((kind for kind in ASSOCIATIONS if kind.lower() == small), name)


def item_type_meant(name: str) -> str:
    """The type that Prowess knows by a name; empty for all others."""
    return _TYPES.get(re.sub(r"[\s_-]+", " ", name).strip().lower(), "")
