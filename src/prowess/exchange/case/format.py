"""CASE packages as a file format."""

import re
from pathlib import Path

from prowess.exchange.case.package import packages_in
from prowess.exchange.case.reading import reading_of
from prowess.exchange.case.writing import package_of
from prowess.exchange.cleaning import Findings
from prowess.exchange.format import Progress, Sample
from prowess.exchange.json_file import read_json, write_json
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading

_MARK = re.compile(r'"(CFDocument|CFItems?|CFPackages?|CFAssociations?|fullStatement)"', re.IGNORECASE)


class CaseFormat:
    """1EdTech Competencies and Academic Standards Exchange 1.0 and 1.1 (read), 1.1 (written)."""

    name = "case"
    description = "CASE 1.0 or 1.1 package (JSON)"

    def claims(self, sample: Sample) -> float:
        """By the names of its parts, which no other format has."""
        if sample.is_folder or sample.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        return 0.9 if _MARK.search(sample.text) else 0.0

    def claims_to_write(self, path: Path) -> float:
        """Names that end in ``.case.json`` or ``.case``."""
        return 0.9 if path.name.lower().endswith((".case.json", ".case")) else 0.0

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:
        """The first package of the file.

        Raises:
            InputError: it holds none, or cannot be read.
        """
        findings = Findings()
        packages = packages_in(read_json(path), place=path.name)
        if len(packages) > 1:
            findings.warn(f"The file holds {len(packages)} packages; the first was read.")
        reading = reading_of(packages[0], title=path.stem, findings=findings)
        if progress:
            progress(1, 1)
        return reading

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:
        """Write a CASE 1.1 package; what CASE has no field for goes to its extensions.

        Raises:
            InputError: it cannot be written.
        """
        write_json(path, package_of(framework))
        return ()
