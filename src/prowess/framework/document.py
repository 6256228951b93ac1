"""What all document types share."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from prowess.framework.text import OptionalText


class Document(BaseModel):
    """A part of a framework document: immutable, strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class IdentifiedPart(Document):
    """A part that another system may know under an identifier of its own."""

    identifier: OptionalText = Field(default="", description="Identifier (often a URI or UUID) in the source system.")
    extensions: dict[str, Any] = Field(
        default_factory=dict,
        description="What a file format held beyond this document type, by format name; written back to that format.",
    )
