"""Recall and precision of the dictionary reader, by part, over the layouts of the tests: the written fixtures,
and the starter library set in layouts.

    python benchmarks/dictionaries/recall_and_precision.py [--json]

A part counts as right only where every word of it is as expected, with its level, polarity, kind, note and advice, in
the right competency; the naive reading beside it (every line that ends in a full stop or opens with a sign is an
indicator of the last short line) is what a reader would give that looks at nothing else.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from prowess.dictionaries import read_dictionary
from prowess.dictionaries.reading import lines_of
from prowess.framework.competency import Competency, Indicator
from prowess.framework.framework import Framework
from prowess.framework.yaml_document import read_framework
from tests.dictionaries.conftest import FIXTURES, WRITTEN
from tests.dictionaries.documents import BUILDERS
from tests.dictionaries.scoring import Scores
from tests.dictionaries.starter_layouts import LAYOUTS


def naive_reading(path: Path) -> Framework:
    """Short lines are titles, all others are indicators of the title above."""
    found: dict[str, list[Indicator]] = {}
    title = "Untitled"
    for line in lines_of(path):
        if len(line.text.split()) <= 5 and not line.text.endswith(".") and not line.bullet:
            title = line.text
        else:
            found.setdefault(title, []).append(Indicator(text=line.text))
    competencies = tuple(
        Competency(code=f"c{number}", title=title, indicators=tuple(indicators))
        for number, (title, indicators) in enumerate(found.items())
    )
    return Framework(title="Naive", competencies=competencies)


def main() -> None:
    ours, naive = Scores(), Scores()
    seconds = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name in (*WRITTEN, *BUILDERS, *LAYOUTS):
            path = FIXTURES / name if name in WRITTEN else Path(folder) / name
            if name in BUILDERS:
                BUILDERS[name](path)
            in_layout = LAYOUTS[name](path) if name in LAYOUTS else None
            expected = in_layout or read_framework(FIXTURES / f"{name}.expected.yaml")
            start = time.perf_counter()
            ours.add(expected=expected, found=read_dictionary(path).framework)
            seconds += time.perf_counter() - start
            naive.add(expected=expected, found=naive_reading(path))
    rows = {
        part: {
            "expected": score.expected,
            "recall": round(score.recall, 3),
            "precision": round(score.precision, 3),
            "naive recall": round(naive.parts[part].recall, 3) if part in naive.parts else 0.0,
        }
        for part, score in ours.parts.items()
    }
    result = {"documents": len(WRITTEN) + len(BUILDERS) + len(LAYOUTS), "seconds": round(seconds, 2), "parts": rows}
    if "--json" in sys.argv:
        print(json.dumps(result, indent=2))
        return
    print(f"{result['documents']} documents in {seconds:.1f} s")
    print(f"{'part':16}{'expected':>9}{'recall':>9}{'precision':>11}{'naive recall':>14}")
    for part, row in rows.items():
        print(f"{part:16}{row['expected']:>9}{row['recall']:>9}{row['precision']:>11}{row['naive recall']:>14}")


if __name__ == "__main__":
    main()
