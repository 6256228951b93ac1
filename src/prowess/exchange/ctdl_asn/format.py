"""CTDL-ASN graphs as a file format."""

import re
from pathlib import Path

from prowess.exchange.cleaning import Findings
from prowess.exchange.ctdl_asn.graph import nodes_in
from prowess.exchange.ctdl_asn.reading import reading_of
from prowess.exchange.ctdl_asn.writing import NAME, graph_of
from prowess.exchange.format import Progress, Sample
from prowess.exchange.json_file import read_json, write_json
from prowess.framework.framework import Framework
from prowess.framework.reading import Loss, Reading

_MARK = re.compile(r'"(ceasn:|https://purl\.org/ctdlasn)|ctdlasn/schema/context')


class CtdlAsnFormat:
    """Credential Transparency Description Language, profile of the Achievement Standards Network."""

    name = NAME
    description = "CTDL-ASN competency framework (JSON-LD)"

    def claims(self, sample: Sample) -> float:
        """By the vocabulary of its fields."""
        if sample.is_folder or sample.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        return 0.92 if _MARK.search(sample.text) else 0.0

    def claims_to_write(self, path: Path) -> float:
        """Names that end in ``.jsonld`` or ``.ctdl.json``."""
        return 0.9 if path.name.lower().endswith((".jsonld", ".ctdl.json")) else 0.0

    def read(self, path: Path, *, progress: Progress | None = None) -> Reading:
        """The framework of the graph and its competencies.

        Raises:
            InputError: it holds none, or cannot be read.
        """
        nodes = nodes_in(read_json(path), place=path.name)
        reading = reading_of(nodes, title=path.stem, findings=Findings())
        if progress:
            progress(1, 1)
        return reading

    def write(self, framework: Framework, path: Path) -> tuple[Loss, ...]:
        """Write the graph; what CTDL-ASN has no field for goes to a field of Prowess.

        Raises:
            InputError: it cannot be written.
        """
        write_json(path, graph_of(framework))
        return ()
