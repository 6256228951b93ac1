"""A role profile: the competencies that a role needs, with importance, target level and the evidence for them.

The JSON of a profile is what `prowess profile --json` prints, what the pages save and what `prowess guide` reads.
"""

from typing import Self

from pydantic import Field, model_validator

from prowess.framework.competency import Competency
from prowess.framework.document import Document
from prowess.framework.text import Code, Line, OptionalText, Text


class Role(Document):
    """The role that a profile describes."""

    title: Line


class Statement(Document):
    """One statement of a job description, with the line where it stands; ``counts`` is false for boiler-plate."""

    id: str = Field(max_length=20)
    line: int = Field(ge=1)
    text: Text
    counts: bool = True
    why: OptionalText = Field(default="", description="Why the statement does not count, where it does not.")
    weight: float = Field(default=1.0, ge=0)


class Evidence(Document):
    """A statement that calls for the competency, and the part of the competency that matched it."""

    statement: str
    part: str = Field(description="Kind of the part: definition, key action, job activity, …")
    text: Text = Field(description="The words of that part.")
    similarity: float = Field(ge=0, le=1)


class ProfileEntry(Document):
    """A competency in a profile. ``importance`` is between 0 and 1; ``target_level`` a level of the framework."""

    code: Code
    title: Line
    importance: float = Field(default=0.5, ge=0, le=1)
    target_level: int | None = None
    core: bool = False
    why_level: OptionalText = ""
    evidence: tuple[Evidence, ...] = ()


class LeftOut(Document):
    """A competency that was considered and not taken; ``because`` names the code that stands against it, if any."""

    code: Code
    title: Line
    reason: str
    because: OptionalText = ""
    note: OptionalText = ""


class Ranked(Document):
    """A competency with its score (0 to 1) for the whole job."""

    code: Code
    title: Line
    score: float


class RoleProfile(Document):
    """A role's competencies with the whole record of how they were chosen."""

    format: str = Field(default="prowess-role-profile/1", pattern=r"^prowess-role-profile/1$")
    role: Role
    library: OptionalText = Field(default="", description="The library it was chosen from: a name, or a file.")
    matching: OptionalText = Field(default="", description="How statements were matched, in a sentence.")
    statements: tuple[Statement, ...] = ()
    competencies: tuple[ProfileEntry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    uncovered: tuple[str, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    notes: tuple[Text, ...] = ()
    considered: tuple[ProfileEntry, ...] = Field(
        default=(), description="Competencies that are not in the profile, as the matching would propose them."
    )
    definitions: tuple[Competency, ...] = Field(
        default=(),
        description="The competencies as they were when the profile was made, so that it can stand alone.",
    )

    @model_validator(mode="after")
    def _each_competency_once(self) -> Self:
        codes = [entry.code for entry in self.competencies]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"the competency {twice[0]!r} stands in the profile more than once")
        return self
