"""What a competency is: document types, rules, YAML, content checks. No Django, no database."""

from prowess.framework.competency import (
    Cluster,
    Competency,
    DevelopmentKind,
    DevelopmentOption,
    Indicator,
    InterviewQuestion,
    JobActivity,
    KeyAction,
    Kind,
    MatchKind,
    NoteOnUse,
    NoteOnUseAbout,
    OutsideMatch,
    QuestionKind,
    Relation,
    RelationKind,
    Status,
)
from prowess.framework.framework import Framework
from prowess.framework.role_profile import ProfileEntry, RoleProfile
from prowess.framework.rules import ForbiddenPair, forbidden_pairs, forbidden_within, relations_of
from prowess.framework.scale import Level, Polarity, Scale
from prowess.framework.yaml_document import parse_framework, read_framework, write_framework

__all__ = [
    "Cluster",
    "Competency",
    "DevelopmentKind",
    "DevelopmentOption",
    "ForbiddenPair",
    "Framework",
    "Indicator",
    "InterviewQuestion",
    "JobActivity",
    "KeyAction",
    "Kind",
    "Level",
    "MatchKind",
    "NoteOnUse",
    "NoteOnUseAbout",
    "OutsideMatch",
    "Polarity",
    "ProfileEntry",
    "QuestionKind",
    "Relation",
    "RelationKind",
    "RoleProfile",
    "Scale",
    "Status",
    "forbidden_pairs",
    "forbidden_within",
    "parse_framework",
    "read_framework",
    "relations_of",
    "write_framework",
]
