from functools import reduce
from operator import add

import pytest

from tests.matching.marked_jobs import MARKED, Found, measured

NAMES = sorted(path.name for path in MARKED.iterdir())


def _read(name: str) -> Found:
    return measured((MARKED / name).read_text(encoding="utf-8"), name=name)


@pytest.mark.parametrize("name", NAMES)
def test_what_counts_in_a_job_description_is_what_was_marked(name):
    found = _read(name)
    assert found.precision >= 0.85, found.wrong
    assert found.recall >= 0.9, found.missed


def test_over_all_marked_job_descriptions_hardly_anything_is_wrong_or_missed():
    found = reduce(add, map(_read, NAMES))
    assert found.precision >= 0.96, found.wrong
    assert found.recall >= 0.98, found.missed


def test_the_measure_sees_what_is_wrong_and_what_is_missed():
    found = measured(
        "Cook\n\nDuties\n- Peel potatoes.\n- ⟦Cook soup.⟧\n\nPay\n- ⟦Ten pounds an hour⟧\n", name="cook.txt"
    )
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert found.wrong == ("Peel potatoes.",)
    assert found.missed == ("ten pounds an hour",)
