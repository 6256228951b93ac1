"""How long `prowess fit` takes on 1,000 ratings: the very first time, with nothing compiled yet, and afterwards.

    python benchmarks/measurement/first_run.py

Goals: 15 s and 2 s. Each run is a process of its own; processor time shows what the run itself needed where other
programs share the machine.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMITS = {"first": 15.0, "again": 2.0}
REPEATS = 3


def run(command: list[str], cache: Path) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    environment = os.environ | {"NUMBA_CACHE_DIR": str(cache)}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the times as ratios of their limits."""
    program = shutil.which("prowess", path=str(Path(sys.executable).parent)) or "prowess"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ratings = folder / "ratings.csv"
        made = ["--ratees", "84", "--raters", "12", "--items", "4"]
        subprocess.run([program, "simulate", "ratings", "-o", str(ratings), *made], check=True, capture_output=True)
        fit = [program, "fit", str(ratings), "--rater", "rater", "--item", "item", "-o", str(folder / "out"), "--json"]
        times = {"first": run(fit, folder / "cache")}
        times["again"] = min(run(fit, folder / "cache") for _ in range(REPEATS))
    for name, (seconds, processor) in times.items():
        limit = LIMITS[name]
        print(f"{name}: {seconds:.2f} s, {seconds / limit:.2f} of the limit ({processor:.2f} s of the processor)")


if __name__ == "__main__":
    main()
