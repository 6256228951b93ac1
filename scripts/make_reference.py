"""Write the generated pages of docs/reference: commands, the framework format, settings.

    python scripts/make_reference.py [--check]

With `--check` nothing is written; the exit status is 1 where a page is out of date.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs/reference"
GENERATED = "<!-- Made by scripts/make_reference.py; do not edit. -->\n\n"


def commands() -> str:
    """Every command with its help, arguments and options."""
    import typer
    from typer.main import get_command

    from prowess.cli.application import app

    group: Any = get_command(app)
    lines = ["# Commands\n", "Errors are sentences on standard error; bad input ends with exit status 2.\n"]
    for path, command in _walk(group, ()):
        context = typer.Context(command, info_name="prowess " + " ".join(path))
        lines.append(f"## `prowess {' '.join(path)}`\n\n{(command.help or '').strip()}\n")
        lines.append(f"```\n{command.get_usage(context).removeprefix('Usage: ').strip()}\n```\n")
        rows = [_parameter(p) for p in command.params if p.name != "help"]
        if rows:
            lines.append("| argument or option | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(lines)


def _walk(group: Any, path: tuple[str, ...]) -> Any:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _walk(command, (*path, name))
        else:
            yield (*path, name), command


def _parameter(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    names = (
        [*parameter.opts, *parameter.secondary_opts]
        if is_option
        else [parameter.make_metavar_for_docs()]
        if hasattr(parameter, "make_metavar_for_docs")
        else [(parameter.metavar or parameter.name or "").upper()]
    )
    default = parameter.default
    shown = "" if default in (None, False, True, "", ()) or callable(default) or not is_option else f"`{default}`"
    help_text = (getattr(parameter, "help", None) or "").replace("|", "\\|").strip()
    return f"| {', '.join(f'`{name}`' for name in names)} | {help_text} | {shown} |"


def framework_format() -> str:
    """The document types with their fields, and the short forms."""
    from prowess.framework.json_schema import framework_schema

    schema = framework_schema()
    lines = [
        "# Framework documents\n",
        "A framework is one YAML or JSON file, or a folder with `framework.yaml` and `competencies/*.yaml`. "
        "`prowess schema` prints the JSON Schema of the full form. In YAML, what holds only a text may be written as "
        "that text, and indicators are grouped by level and polarity:\n",
        "```yaml\n" + _EXAMPLE + "```\n",
    ]
    types = {"Framework": schema, **schema["$defs"]}
    for name, definition in types.items():
        lines.append(f"## {name}\n\n{_first_paragraph(definition.get('description', ''))}\n")
        if "enum" in definition:
            lines.append("Values: " + ", ".join(f"`{value}`" for value in definition["enum"]) + ".\n")
            continue
        required = definition.get("required", [])
        rows = [
            f"| `{field}` | {_type(content)} | {'yes' if field in required else ''} | {_meaning(content)} |"
            for field, content in definition.get("properties", {}).items()
        ]
        lines.append("| field | type | required | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(lines)


_EXAMPLE = """\
title: Our framework
scale:
  levels:
  - {number: 1, name: Hinders, polarity: ineffective}
  - {number: 2, name: Solid}
clusters:
- {code: customers, title: Customers}
competencies:
- code: follow-up
  title: Following Up
  cluster: customers
  definition: Does for the customer what was promised, and says so.
  key_actions:
  - {name: Confirms, description: Repeats what was agreed, with the date.}
  job_activities:
  - Call customers back on the day that was agreed.
  indicators:
    1: {ineffective: [Leaves calls unanswered.]}
    2: {effective: [Calls back by the date that was named.]}
  relations:
  - {kind: not-with, target: dependability, note: Both are about promises., advice: Take Following Up for customers.}
  questions:
  - {text: Tell me about a promise that was hard to keep., probes: [What did you do first?]}
"""


def _meaning(content: dict[str, Any]) -> str:
    return str(content.get("description", ""))


def _first_paragraph(text: str) -> str:
    return " ".join(text.split("\n\n", maxsplit=1)[0].split())


def _type(content: dict[str, Any]) -> str:
    if "$ref" in content:
        name = content["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in content:
        return " or ".join(_type(choice) for choice in content["anyOf"])
    if content.get("type") == "array":
        return f"list of {_type(content.get('items', {}))}"
    return {
        "string": "text",
        "integer": "whole number",
        "null": "nothing",
        "object": "mapping",
        "number": "number",
    }.get(content.get("type", ""), "any")


def settings() -> str:
    """The settings that an installation takes from its environment."""
    source = (ROOT / "src/prowess/web/settings.py").read_text(encoding="utf-8")
    documentation = source.split('"""')[1]
    return (
        "# Settings\n\n"
        + documentation.split("\n\n", 1)[0].removeprefix("Settings. ")
        + "\n\n"
        + documentation.split("\n\n", 1)[1].strip()
        + "\n"
    )


PAGES = {"commands.md": commands, "framework-format.md": framework_format, "settings.md": settings}


def main() -> int:
    """Write the pages, or say which are out of date."""
    stale = []
    for name, make in PAGES.items():
        path, content = REFERENCE / name, GENERATED + make()
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(content, encoding="utf-8")
    for name in stale:
        print(f"{'out of date' if '--check' in sys.argv else 'written'}: docs/reference/{name}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
