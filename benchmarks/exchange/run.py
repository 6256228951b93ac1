"""Reading a CASE package against plain parsing of the same file: time, items a second, peak memory.

Makes a package of the wanted size, then reads it twice in processes of their own: once with ``json.loads`` alone, once
as a framework. Prints both, their ratio, and the peak memory as a multiple of the file.

    python benchmarks/exchange/run.py --megabytes 20
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID


def make_package(path: Path, *, megabytes: float) -> int:
    """Write a package of about that size, in clusters of 50; return how many items it has."""
    clusters = max(1, int(megabytes * 1e6 / 50 / 1160))
    root = _link(0, "Framework")
    items, associations = [], []
    for number in range(1, clusters * 51 + 1):
        cluster = (number - 1) // 51 * 51 + 1
        words = f"Explains matter number {number} to those whom it concerns, " * 4
        items.append(
            _head(number) | {"fullStatement": words, "humanCodingScheme": f"C.{number}", "CFDocumentURI": root}
        )
        above = root if number == cluster else _link(cluster, "Cluster")
        ends = {"originNodeURI": _link(number, "Item"), "destinationNodeURI": above, "sequenceNumber": number}
        associations.append(_head(number + 10**9) | {"associationType": "isChildOf"} | ends)
    document = _head(0) | {"title": "Framework", "creator": "Benchmark"}
    package = {"CFDocument": document, "CFItems": items, "CFAssociations": associations}
    path.write_text(json.dumps(package), "utf-8")
    return len(items)


def _head(number: int) -> dict[str, str]:
    identifier = str(UUID(int=number))
    uri = f"https://example.org/uri/{identifier}"
    return {"identifier": identifier, "uri": uri, "lastChangeDateTime": "2026-01-01T00:00:00Z"}


def _link(number: int, title: str) -> dict[str, str]:
    return {"title": title, "identifier": str(UUID(int=number)), "uri": f"https://example.org/uri/{UUID(int=number)}"}


def measure(path: Path, *, how: str) -> None:
    """Read the file and print seconds and peak memory in bytes."""
    before, start = _peak(), time.perf_counter()
    if how == "plain":
        json.loads(path.read_text("utf-8"))
    else:
        from prowess.exchange import read

        before, start = _peak(), time.perf_counter()
        read(path, format_name="case")
    print(json.dumps({"seconds": time.perf_counter() - start, "memory": _peak() - before}))


def _peak() -> int:
    """Peak of resident memory in bytes, of this program alone (Linux)."""
    status = Path("/proc/self/status").read_text("ascii", errors="ignore")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Print the comparison."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=float, default=20)
    options.add_argument("--measure", nargs=2, metavar=("HOW", "FILE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        measure(Path(given.measure[1]), how=given.measure[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.json"
        items = make_package(path, megabytes=given.megabytes)
        size = path.stat().st_size
        print(f"CASE package: {size / 1e6:.1f} MB, {items:,} items, {items:,} associations")
        found = {}
        for how in ("plain", "case"):
            command = [sys.executable, __file__, "--measure", how, str(path)]
            found[how] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            told = found[how]
            print(
                f"{how:6} {told['seconds']:7.2f} s  {items / told['seconds']:10,.0f} items/s  "
                f"peak {told['memory'] / 1e6:8.0f} MB = {told['memory'] / size:.1f} × the file"
            )
        print(f"A framework takes {found['case']['seconds'] / found['plain']['seconds']:.1f} × plain parsing.")


if __name__ == "__main__":
    main()
