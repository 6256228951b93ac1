"""Precision and recall of `prowess lint`: on the starter library as it is, and on copies with planted faults.

    python -m benchmarks.lint.run [--faults 30]

Every copy has faults of one kind, in as many competencies as asked for, drawn with a fixed seed. A finding counts as
right if it is of that kind and names a spoilt competency; every other finding is a false alarm, since the library as it
is has none.
"""

import argparse
import random
import time

from benchmarks.lint.spoil import KINDS, SEED, Kind
from prowess.framework import Framework
from prowess.framework.checks import Finding
from prowess.matching.checks import check_library
from prowess.matching.encoder import load_encoder
from prowess.starter import load_library


def main() -> None:
    """Plant, check, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--faults", type=int, default=30, help="faults of each kind")
    faults = arguments.parse_args().faults
    library, encoder = load_library("starter"), load_encoder()
    began = time.perf_counter()
    alarms = check_library(library, encoder=encoder)
    print(f"starter library as it is: {len(alarms)} findings in {time.perf_counter() - began:.1f} s\n")
    print(f"{'planted':24} {'faults':>6} {'found':>6} {'recall':>7} {'false':>6} {'precision':>10}")
    for kind in KINDS:
        spoilt, codes = plant(library, kind, faults=min(faults, len(library.competencies)))
        findings = check_library(spoilt, encoder=encoder)
        found = {finding.competency for finding in findings if finding.check in kind.checks} & codes
        false = [finding for finding in findings if not is_right(finding, kind, codes, spoilt)]
        precision = 1 - len(false) / len(findings) if findings else 1.0
        recall = len(found) / len(codes)
        print(f"{kind.name:24} {len(codes):6} {len(found):6} {recall:7.2f} {len(false):6} {precision:10.2f}")
        for finding in false[:3]:
            print(f"    false alarm: {finding.check}: {finding.place[:90]}: {finding.finding[:90]}")


def is_right(finding: Finding, kind: Kind, codes: set[str], spoilt: Framework) -> bool:
    """Whether a finding is of the planted kind and about a spoilt competency, from its side or from the other's.

    Planted sentences come from a small stock, so two of them may be near-copies: such a finding is right as well.
    """
    names = codes | {spoilt.by_code[code].title for code in codes}
    others = any(f"“{name}”" in finding.finding or f"({name})" in finding.remedy for name in names)
    if finding.check.startswith("near-copy") and finding.competency in codes and others:
        return True
    return finding.check in kind.checks and (finding.competency in codes or others)


def plant(library: Framework, kind: Kind, *, faults: int) -> tuple[Framework, set[str]]:
    """A copy with faults of one kind, and the codes of the spoilt competencies."""
    source = random.Random(f"{SEED} {kind.name}")
    chosen = set(source.sample([each.code for each in library.competencies], faults))
    made, codes = [], set()
    for competency in library.competencies:
        if competency.code not in chosen:
            made.append(competency)
            continue
        spoilt = kind.plant(competency, source, library)
        several = spoilt if isinstance(spoilt, tuple) else (spoilt,)
        made += several
        codes.add(several[-1].code)
    if kind.name == "relation one-sided":  # the finding stands at the other end
        codes = {each.relations[-1].target for each in made if each.code in chosen}
    fields = {name: getattr(library, name) for name in Framework.model_fields}
    return Framework.model_validate({**fields, "competencies": made}), codes


if __name__ == "__main__":
    main()
