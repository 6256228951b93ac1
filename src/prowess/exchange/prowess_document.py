"""Prowess framework documents: YAML or JSON, or a folder of them. The reference format; nothing is lost."""

from pathlib import Path

from prowess.exchange.format import Progress, Sample
from prowess.framework.files import write_text
from prowess.framework.framework import FORMAT, Framework
from prowess.framework.reading import Loss, Reading
from prowess.framework.yaml_document import framework_as_json, framework_as_yaml, read_framework

_SUFFIXES = (".yaml", ".yml", ".json")


class ProwessFormat:
    """Prowess framework documents."""

    name = "prowess"
    description = "Prowess framework (YAML, JSON or a folder)"

    def claims(self, sample: Sample) -> float:
        """Folders by what is in them; files by the mark of the format, else by their names."""
        if sample.is_folder:
            return 0.9 if (sample.path / "framework.yaml").exists() else 0.2
        if sample.suffix not in _SUFFIXES:
            return 0.0
        return 0.95 if FORMAT in sample.text else 0.3 if sample.suffix == ".json" else 0.5

    def claims_to_write(self, path: Path) -> float:
        """YAML and JSON by the file's name."""
        return 0.5 if path.suffix.lower() in _SUFFIXES else 0.0

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:  # noqa: ARG002  # read in one step
        """The framework as it is."""
        return Reading(format=self.name, framework=read_framework(path))

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:
        """Write the framework; nothing is lost."""
        as_json = path.suffix.lower() == ".json"
        write_text(path, framework_as_json(framework) if as_json else framework_as_yaml(framework))
        return ()
