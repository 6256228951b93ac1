import numpy as np
import pytest

from prowess.matching.adaptation import MOST_QUESTIONS, adapted, best_mixture, split_in_two
from prowess.matching.calibration import Calibration
from tests.matching.library import LIBRARY, competency

FIRST = Calibration(np.array([3.0, 0.0], np.float32), -2.0, 0.2)
SECOND = Calibration(np.array([0.0, 3.0], np.float32), -2.0, 0.4)


def informative(measure: int, *, texts: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Features of which only one tells the own competency."""
    random = np.random.default_rng(1)
    owners = np.arange(texts) % 4
    features = random.normal(size=(texts, 4, 2)).astype(np.float32)
    features[np.arange(texts), owners, measure] += 3
    return features, owners


def test_every_second_job_activity_is_asked_and_leaves_the_library():
    halved, texts, owners = split_in_two(LIBRARY)
    assert texts == [one.texts("job_activity")[1] for one in LIBRARY]
    assert owners.tolist() == [0, 1, 2, 3]
    assert not {part.text for one in halved for part in one.parts} & set(texts)


def test_a_competency_that_is_one_activity_keeps_it():
    halved, texts, _ = split_in_two([competency("A", "Title", "", "One.")])
    assert (texts, halved[0].texts("job_activity")) == ([], ["One."])


def test_a_large_library_is_thinned():
    library = [competency(str(n), f"T{n}", "", *(f"Do {n} and {m}." for m in range(12))) for n in range(500)]
    halved, texts, owners = split_in_two(library)
    assert len(halved) <= 120
    assert len(texts) == len(owners) <= MOST_QUESTIONS


@pytest.mark.parametrize(("measure", "share"), [(0, 0.0), (1, 1.0)])
def test_the_calibration_that_finds_the_own_competency_is_taken(measure, share):
    features, owners = informative(measure)
    assert best_mixture(features, owners=owners, outside=FIRST, aligned=SECOND) == share


def test_the_weights_move_towards_what_tells_in_this_library():
    features, owners = informative(1)
    found = adapted(features, owners=owners, outside=FIRST, aligned=FIRST)
    assert found.weights[1] > found.weights[0]


def test_too_few_texts_leave_the_calibration_as_it_is():
    features, owners = informative(1, texts=10)
    assert adapted(features, owners=owners, outside=FIRST, aligned=SECOND) is FIRST
