"""Time, memory and error against the peers that are installed, on the same simulated files in the same run.

    python benchmarks/measurement/speed.py [--sizes A,B,C,D,E] [--peer-python PYTHON] [--data DIRECTORY]

``--peer-python`` is an interpreter that has py-mirt and raschpy (this one by default). A peer that is missing, or takes
more than its limit, is said so. Times are of the fit alone, after compilation; the best of three up to size C. Memory
is the peak of the whole process, the file's columns, the interpreter and its libraries included. The marginal
likelihood is the one that is maximised, eight or sixteen quadrature points a ratee; the plain one takes every measure
as known and visits each rating once.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SIZES = {
    "A": (500, 20, 8),
    "B": (5_000, 200, 10),
    "C": (50_000, 2_000, 10),
    "D": (500_000, 20_000, 10),
    "E": (3_333_334, 100_000, 10),
}
STEPS = np.array([-1.5, -0.5, 0.5, 1.5])
LIMIT_SECONDS = 900


def simulate(size: str, path: Path, *, seed: int = 20261101) -> None:
    """Rating-scale ratings, three raters a ratee, every rater on all items."""
    ratees, raters, items = SIZES[size]
    generator = np.random.default_rng(seed)
    theta, rho = generator.normal(0.0, 1.2, ratees), generator.normal(0.0, 0.6, raters)
    rho -= rho.mean()
    beta = np.linspace(-1.2, 1.2, items)
    deck = np.resize(np.arange(raters), ratees * 3)
    generator.shuffle(deck)
    assigned = deck.reshape(ratees, 3)
    while True:
        wrong = (np.diff(np.sort(assigned, axis=1), axis=1) == 0).any(axis=1)
        if not wrong.any():
            break
        assigned[wrong] = generator.integers(0, raters, (int(wrong.sum()), 3))
    person = np.repeat(np.arange(ratees, dtype=np.int32), 3 * items)
    rater = np.repeat(assigned.ravel().astype(np.int32), items)
    item = np.tile(np.arange(items, dtype=np.int16), ratees * 3)
    score = np.empty(person.size, np.int8)
    cumulated = np.concatenate([[0.0], np.cumsum(STEPS)])
    for first in range(0, person.size, 2_000_000):
        part = slice(first, first + 2_000_000)
        heights = (theta[person[part]] - beta[item[part]] - rho[rater[part]])[:, None] * np.arange(5) - cumulated
        chances = np.exp(heights - heights.max(axis=1, keepdims=True))
        below = np.cumsum(chances, axis=1)
        score[part] = (generator.random(below.shape[0])[:, None] * below[:, -1:] > below[:, :-1]).sum(axis=1)
    np.savez(path, person=person, rater=rater, item=item, score=score, theta=theta, rho=rho, beta=beta)


def run(python: str, program: str, path: Path, *, repeats: int) -> dict | str:
    command = [python, str(HERE / "peers.py"), program, str(path), str(repeats)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"more than {LIMIT_SECONDS} s"
    if done.returncode != 0:
        return "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1][:90]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return "not installed" if found.get("missing") else found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="A,B")
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--data")
    parser.add_argument("--peers", default="py-mirt,raschpy")
    parser.add_argument("--peer-sizes", default="AB", help="sizes at which the peers run too (C takes them minutes)")
    options = parser.parse_args()
    times, ratings = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for size in options.sizes.split(","):
            path = Path(options.data or scratch) / f"{size}.npz"
            if not path.exists():
                simulate(size, path)
            repeats = 3 if size in "ABC" else 1
            ours = run(sys.executable, "prowess", path, repeats=repeats)
            if isinstance(ours, str):
                raise SystemExit(f"prowess at {size}: {ours}")
            count = SIZES[size][0] * SIZES[size][2] * 3
            times.append(ours["seconds"])
            ratings.append(count)
            print(f"\n{size}: {count:,} ratings (the columns alone take {ours['data_megabytes']:.0f} MB)")
            print(
                f"  {'prowess':8} {ours['seconds']:9.3f} s  {ours['megabytes']:8.0f} MB  RMSE {ours['rmse']:.4f}",
                end="",
            )
            print(f"  reading {ours['reading']:.2f} s{'' if ours['converged'] else '  NOT CONVERGED'}")
            print(
                f"           the fit takes as long as {ours['seconds'] / ours['pass']:.1f} passes of the marginal "
                f"likelihood over the data (limit 100), {ours['seconds'] / ours['plain_pass']:.0f} of the plain one"
            )
            for peer in options.peers.split(",") if size in options.peer_sizes else ():
                found = run(options.peer_python, peer, path, repeats=repeats)
                if isinstance(found, str):
                    print(f"  {peer:8} {found}")
                    continue
                print(
                    f"  {peer:8} {found['seconds']:9.3f} s  {found['megabytes']:8.0f} MB  RMSE {found['rmse']:.4f}  "
                    f"prowess takes 1/{found['seconds'] / ours['seconds']:.1f} of its time, "
                    f"{ours['megabytes'] / found['megabytes']:.2f} of its memory, "
                    f"{ours['rmse'] / found['rmse']:.3f} of its error",
                    flush=True,
                )
    if len(times) > 1:
        slope = np.polyfit(np.log(ratings), np.log(times), 1)[0]
        last = np.polyfit(np.log(ratings[-2:]), np.log(times[-2:]), 1)[0]
        print(f"\ntime grows as (ratings)^{slope:.3f} over all sizes, ^{last:.3f} between the last two (goal: 1.05)")


if __name__ == "__main__":
    main()
