"""How long `prowess --help` takes, beside Python's own start and the limit of 0.3 s.

python benchmarks/command_line/run.py
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT = 0.3
RUNS = 15


def seconds(command: list[str]) -> float:
    """The median time of a command over several runs, after one to warm the file cache."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


if __name__ == "__main__":
    python = seconds([sys.executable, "-c", "pass"])
    prowess = seconds([str(Path(sys.executable).with_name("prowess")), "--help"])
    print(f"python -c pass   {python:.3f} s")
    print(f"prowess --help   {prowess:.3f} s   {prowess / python:.1f} times Python's start")
    print(f"share of the limit of {LIMIT} s: {prowess / LIMIT:.2f} (goal: at most 1)")
