"""A two-page job description against 2,000 competencies: the whole way to a profile over the encoder's own time.

    python -m benchmarks.profile.run [--competencies 2000] [--repeats 7]

The library is the starter library many times over, each copy with a random part of its own and of others'
activities and key actions, so that many competencies compete for each statement. Both times are measured in turn in
the same run; printed are the medians and their ratio. Goal: at most 2.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from prowess.framework import Competency, Framework
from prowess.matching.job_text import read_job
from prowess.matching.profile import LibraryMatcher, propose_profile
from prowess.starter import load_library

GOAL = 2.0
JOBS = Path(__file__).resolve().parents[2] / "tests" / "matching" / "jobs"


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--competencies", type=int, default=2000)
    arguments.add_argument("--repeats", type=int, default=7)
    options = arguments.parse_args()
    matcher = LibraryMatcher(large_library(options.competencies))
    text = two_pages()
    statements = [statement.text for statement in read_job(text).counting]
    assert matcher.encoder is not None, "the default encoder is not installed"
    encoder = matcher.encoder
    propose_profile(read_job(text), matcher)
    alone, whole = [], []
    for _ in range(options.repeats):
        alone.append(seconds(lambda: encoder.encode(statements)))
        matcher.matcher.match(["Something else, so that nothing is kept from the last time."])
        whole.append(seconds(lambda: propose_profile(read_job(text), matcher)))
    ratio = statistics.median(whole) / statistics.median(alone)
    print(f"{len(text)} characters, {len(statements)} statements that count, {options.competencies} competencies")
    print(f"encoder alone      {1000 * statistics.median(alone):8.1f} ms")
    print(f"text to profile    {1000 * statistics.median(whole):8.1f} ms")
    print(f"ratio              {ratio:8.2f}    goal: at most {GOAL}")


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def two_pages() -> str:
    """Two job descriptions one after the other."""
    return "\n\n".join((JOBS / name).read_text(encoding="utf-8") for name in ("us_government.txt", "uk_nhs.txt"))


def large_library(count: int) -> Framework:
    """Many different competencies made from those of the starter library."""
    starter = load_library()
    chance = random.Random(1)
    activities = [activity for competency in starter.competencies for activity in competency.job_activities]
    actions = [action for competency in starter.competencies for action in competency.key_actions]

    def copy(number: int) -> Competency:
        original = starter.competencies[number % len(starter.competencies)]
        own = chance.sample(original.job_activities, min(4, len(original.job_activities)))
        changes = {
            "code": f"{original.code}-{number}",
            "title": f"{original.title} {number}",
            "job_activities": (*own, *chance.sample(activities, 3)),
            "key_actions": tuple(chance.sample(actions, 3)),
            "indicators": (),
            "relations": (),
        }
        return original.model_copy(update=changes)

    return Framework(title="Large", scale=starter.scale, competencies=tuple(copy(number) for number in range(count)))


if __name__ == "__main__":
    main()
