"""The published JSON Schema of the framework document."""

from typing import Any

from prowess.framework.framework import Framework


def framework_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a framework in its full form, as `prowess schema` prints it."""
    schema = Framework.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Prowess framework"}
