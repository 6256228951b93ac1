"""Frameworks as YAML (and JSON, which is YAML) files.

What people write by hand is short: a list of plain texts for job activities, indicators grouped by level. Reading
is safe against hostile files: no tags, no aliases beyond a small number, bounded size.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from prowess.framework.competency import Competency
from prowess.framework.errors import InputError
from prowess.framework.framework import FORMAT, Framework
from prowess.framework.sentences import first_problem

LARGEST_FILE = 100 * 1024 * 1024
MOST_ALIASES = 100


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is optional
_PERHAPS_AN_ALIAS = re.compile(r"(?<!\S)\*[^\s,\[\]{}]+|(?<=[\[,{])\*[^\s,\[\]{}]+")


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """A dumper that never writes aliases, so that each part of the file can be read alone."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def read_framework(path: Path) -> Framework:
    """Read a framework from a YAML or JSON file, or from a folder.

    A folder holds ``framework.yaml`` (everything but the competencies) and ``competencies/*.yaml``, one competency a
    file; the clusters' order and, inside a cluster, the file names give the order.

    Raises:
        InputError: the file is missing, too large, not UTF-8, not YAML, or not a framework.
    """
    if path.is_dir():
        return _read_folder(path)
    return parse_framework(_read_text(path), place=path.name)


def _read_folder(folder: Path) -> Framework:
    head = folder / "framework.yaml"
    content = load_yaml(_read_text(head), place=head.name)
    clusters = [cluster.get("code") for cluster in content.get("clusters", [])]
    competencies = []
    for file in sorted((folder / "competencies").glob("*.yaml")):
        competencies.append(competency_from(load_yaml(_read_text(file), place=file.name), place=file.name))
    competencies.sort(key=lambda c: clusters.index(c.cluster) if c.cluster in clusters else len(clusters))
    return framework_from({**content, "competencies": competencies}, place=folder.name)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(
                f"The file is larger than {LARGEST_FILE // 2**20} MB.",
                place=path.name,
                remedy="Split the framework into several files.",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The file cannot be read: {error.strerror or error}.",
            place=str(path),
            remedy="Check its name and its rights.",
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"The file is not UTF-8 text (byte {error.start + 1} cannot be read).",
            place=path.name,
            remedy="Save it as UTF-8.",
        ) from error


def parse_framework(text: str, *, place: str = "the framework") -> Framework:
    """Read a framework from YAML or JSON text; ``place`` names it in errors.

    Raises:
        InputError: the text is not YAML, or not a framework; the message names line or field.
    """
    content = load_yaml(text, place=place)
    if not isinstance(content, Mapping) or ("competencies" not in content and "title" not in content):
        raise InputError(
            "This is not a Prowess framework.",
            place=place,
            remedy="A framework is a mapping with `title`, `scale`, `clusters` and `competencies`.",
        )
    return framework_from(content, place=place)


def framework_from(content: Mapping[str, Any], *, place: str = "the framework") -> Framework:
    """Make a framework from plain data (as loaded from YAML or JSON).

    Raises:
        InputError: something is missing or of the wrong form; the message names the competency and the field.
    """
    try:
        return Framework.model_validate(content)
    except ValidationError as error:
        raise first_problem(error, content=content, place=place) from error


def competency_from(content: Mapping[str, Any], *, place: str = "the competency") -> Competency:
    """Make a competency from plain data.

    Raises:
        InputError: something is missing or of the wrong form.
    """
    try:
        return Competency.model_validate(content)
    except ValidationError as error:
        raise first_problem(error, content=content, place=place) from error


def load_yaml(text: str, *, place: str) -> Any:
    """Load YAML or JSON safely.

    Raises:
        InputError: syntax errors (with the line), too many aliases, nesting that is too deep.
    """
    try:
        return json.loads(text) if text.lstrip()[:1] in ("{", "[") else _load_without_bombs(text)
    except json.JSONDecodeError as error:
        try:
            return _load_without_bombs(text)
        except (yaml.YAMLError, RecursionError, ValueError):
            raise InputError(
                f"The JSON is broken: {error.msg}.",
                place=f"{place}, line {error.lineno}",
                remedy="Correct that line.",
            ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{place}, line {mark.line + 1}" if mark else place
        problem = getattr(error, "problem", None) or str(error)
        raise InputError(f"The YAML is broken: {problem}.", place=line, remedy="Correct that line.") from error
    except (RecursionError, ValueError) as error:
        raise InputError("The file is nested too deeply or holds an impossible value.", place=place) from error


def _load_without_bombs(text: str) -> Any:
    """Load YAML, unless it uses more aliases than a person would: a few of them can stand for millions of parts."""
    if sum(1 for _ in _PERHAPS_AN_ALIAS.finditer(text)) > MOST_ALIASES:
        aliases = (event for event in yaml.parse(text, Loader=_Loader) if isinstance(event, yaml.AliasEvent))
        if sum(1 for _ in aliases) > MOST_ALIASES:
            raise yaml.YAMLError(f"more than {MOST_ALIASES} aliases")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader


def write_framework(framework: Framework, path: Path) -> None:
    """Write a framework as YAML (or as JSON where the name ends in ``.json``)."""
    text = framework_as_json(framework) if path.suffix.lower() == ".json" else framework_as_yaml(framework)
    path.write_text(text, encoding="utf-8")


def framework_as_json(framework: Framework) -> str:
    """The framework as JSON text, every part in its full form, defaults left out."""
    return json.dumps(plain(framework), ensure_ascii=False, indent=2) + "\n"


def framework_as_yaml(framework: Framework) -> str:
    """The framework as YAML text in the short form that people write."""
    content = plain(framework)
    content["competencies"] = [_short_form(competency) for competency in content.get("competencies", [])]
    return dump_yaml(content)


def competency_as_yaml(competency: Competency) -> str:
    """One competency as YAML text in the short form."""
    return dump_yaml(_short_form(_without_defaults(competency)))


def dump_yaml(content: Any) -> str:
    """Plain data as YAML: readable lines, no aliases, keys in the order given."""
    return str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def plain(framework: Framework) -> dict[str, Any]:
    """The framework as plain data; defaults are left out, the format is always named."""
    return {"format": FORMAT, **_without_defaults(framework)}


def _without_defaults(document: Framework | Competency) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude_defaults=True)


def _short_form(competency: dict[str, Any]) -> dict[str, Any]:
    short = dict(competency)
    for field in ("job_activities", "notes_on_use", "questions"):
        if field in short:
            short[field] = [part["text"] if set(part) == {"text"} else part for part in short[field]]
    if "indicators" in short:
        short["indicators"] = _by_level(short["indicators"])
    return short


def _by_level(indicators: list[dict[str, Any]]) -> dict[int | str, dict[str, list[Any]]]:
    grouped: dict[int | str, dict[str, list[Any]]] = {}
    for indicator in indicators:
        level = indicator.get("level", "any")
        polarity = indicator.get("polarity", "effective")
        rest = {key: value for key, value in indicator.items() if key not in ("level", "polarity")}
        grouped.setdefault(level, {}).setdefault(polarity, []).append(rest["text"] if set(rest) == {"text"} else rest)
    return grouped
