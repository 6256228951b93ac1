"""A two-page job description against 2,000 competencies, over the encoder's own time on the same text.

    python -m benchmarks.matching.speed [--competencies 2000] [--repeat 7]

Prints the ratio (goal at most 2): encoding the job's statements, matching them with evidence, importance and
responsibility, over encoding alone. The library is made ready before, as it is in a running server; how long that takes
is printed too. The library's texts are made of O*NET's everyday tasks with their words exchanged, so no two are alike.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from prowess.matching.encoder import load_encoder
from prowess.matching.matcher import Matcher
from prowess.matching.model import shipped_model
from prowess.matching.parts import CompetencyParts, Part

STATEMENTS = 50
PARTS = ("title", "alias", "definition", *["key_action"] * 4, *["job_activity"] * 8)
GOAL = 2.0


def texts(count: int, *, seed: int) -> list[str]:
    """Sentences of 8 to 22 words that are drawn from everyday tasks."""
    random = np.random.default_rng(seed)
    words = np.array([word for task in shipped_model().everyday_tasks for word in task.rstrip(".").split()])
    return [" ".join(random.choice(words, random.integers(8, 23))) + "." for _ in range(count)]


def library(size: int) -> list[CompetencyParts]:
    """Competencies with fifteen parts each; titles and aliases are short."""
    every = iter(texts(size * len(PARTS), seed=1))
    return [
        CompetencyParts(
            f"C{number}",
            tuple(Part(kind, _short(text) if kind in ("title", "alias") else text) for kind, text in zip(PARTS, every)),  # type: ignore[arg-type]  # noqa: B905
        )
        for number in range(size)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--competencies", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=7)
    arguments = parser.parse_args()
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("onnxruntime and tokenizers are needed for this benchmark.")
    started = time.perf_counter()
    matcher = Matcher(library(arguments.competencies), encoder=encoder)
    matcher.match(texts(3, seed=2))
    matcher.importance(texts(3, seed=2))
    print(f"library made ready in                {time.perf_counter() - started:8.2f} s")
    jobs = [texts(STATEMENTS, seed=10 + turn) for turn in range(arguments.repeat)]
    alone = [_seconds(lambda job=job: encoder.encode(job)) for job in jobs]  # type: ignore[misc]
    whole = [_seconds(lambda job=job: _whole(matcher, job)) for job in jobs]  # type: ignore[misc]
    ratio = statistics.median(whole) / statistics.median(alone)
    print(f"encoder on the job's {STATEMENTS} statements     {statistics.median(alone) * 1000:8.1f} ms")
    print(f"job → ranking of {arguments.competencies} competencies   {statistics.median(whole) * 1000:8.1f} ms")
    verdict = "reached" if ratio <= GOAL else "MISSED"
    print(f"ratio                                {ratio:8.2f}    goal ≤ {GOAL:.0f} {verdict}")


def _whole(matcher: Matcher, job: list[str]) -> None:
    matches = matcher.match(job)
    np.argsort(-matches.score())
    matcher.importance(job, job_title="Example")
    matcher.responsibility(job, job_title="Example")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _short(text: str) -> str:
    return " ".join(text.split()[:3])


if __name__ == "__main__":
    main()
