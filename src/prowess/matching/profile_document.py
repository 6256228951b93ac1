"""Role profiles as JSON files."""

import json
from pathlib import Path

from pydantic import ValidationError

from prowess.framework import RoleProfile
from prowess.framework.errors import InputError
from prowess.framework.sentences import first_problem

LARGEST_PROFILE = 20 * 2**20
_REMEDY = "Give a file that `prowess profile JOB -o FILE` wrote."


def read_profile(path: Path) -> RoleProfile:
    """Read a role profile from a JSON file.

    Raises:
        InputError: the file is missing, too large, not JSON, or not a role profile.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_PROFILE + 1)
    except OSError as error:
        raise InputError(
            f"The profile cannot be read: {error.strerror or error}.", place=path.name, remedy=_REMEDY
        ) from error
    if len(raw) > LARGEST_PROFILE:
        raise InputError(f"The file has more than {LARGEST_PROFILE // 2**20} MB.", place=path.name, remedy=_REMEDY)
    return parse_profile(raw, place=path.name)


def parse_profile(raw: bytes, *, place: str) -> RoleProfile:
    """A role profile from JSON.

    Raises:
        InputError: not JSON, or not a role profile.
    """
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError("This is not a JSON file.", place=f"{place}{line}", remedy=_REMEDY) from error
    if not isinstance(content, dict) or "competencies" not in content:
        raise InputError("This JSON file is not a role profile.", place=place, remedy=_REMEDY)
    try:
        return RoleProfile.model_validate(content)
    except ValidationError as error:
        raise first_problem(error, content=content, place=place) from error
