"""The chosen set is allowed and optimal: against brute force, and as laws."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prowess.framework.errors import Conflict
from prowess.matching.selection import Task, choose, value_of


@st.composite
def tasks(draw):
    statements, count = draw(st.integers(0, 5)), draw(st.integers(1, 8))
    tenths = st.integers(0, 10).map(lambda tenth: tenth / 10)
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=5))
    forbidden = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    core = draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True))
    least = draw(st.integers(max(1, len(core)), 4))
    return Task(
        coverage=draw(arrays(float, (statements, count), elements=tenths)),
        weights=draw(arrays(float, statements, elements=st.integers(1, 9).map(float))),
        scores=draw(arrays(float, count, elements=tenths)),
        size=(least, draw(st.integers(least, 5))),
        core=[code for code in core if not any({code, other} == set(pair) for other in core for pair in forbidden)],
        forbidden=forbidden,
    )


def allowed(task, chosen):
    together = any(a in chosen and b in chosen for a, b in task.forbidden)
    return not together and set(task.core) <= set(chosen)


def every_allowed_set(task):
    """All allowed sets within the size, or the largest ones where none reaches the least size."""
    sets = [
        chosen
        for size in range(min(task.size[1], task.competencies) + 1)
        for chosen in itertools.combinations(range(task.competencies), size)
        if allowed(task, chosen)
    ]
    reached = max(len(chosen) for chosen in sets)
    return [chosen for chosen in sets if len(chosen) >= min(task.size[0], reached)]


@given(tasks())
@settings(max_examples=100, deadline=None)
def test_no_forbidden_pair_is_chosen_core_is_in_and_the_size_is_kept(task):
    chosen = choose(task).chosen
    assert allowed(task, chosen)
    assert len(chosen) <= task.size[1]


@given(tasks())
@settings(max_examples=100, deadline=None)
def test_no_allowed_set_is_better_than_the_chosen_one(task):
    selection = choose(task)
    best = max(value_of(task, chosen) for chosen in every_allowed_set(task))
    assert selection.value == pytest.approx(best, abs=2e-5)
    assert selection.chosen in every_allowed_set(task)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_the_same_task_has_the_same_answer(task):
    assert choose(task) == choose(task)


def test_equal_sets_are_settled_by_the_order_of_the_competencies():
    task = Task(coverage=np.zeros((1, 4)), weights=np.ones(1), scores=np.full(4, 0.5), size=(2, 2))
    assert choose(task).chosen == (0, 1)


def test_a_competency_that_adds_little_is_left_out_once_the_least_size_is_reached():
    coverage = np.array([[0.9, 0.0, 0.05], [0.0, 0.9, 0.0]])
    task = Task(coverage=coverage, weights=np.ones(2), scores=np.array([0.5, 0.5, 0.0]), size=(1, 3))
    assert choose(task).chosen == (0, 1)


def test_two_core_competencies_of_a_forbidden_pair_are_refused():
    task = Task(
        coverage=np.ones((1, 3)), weights=np.ones(1), scores=np.ones(3), size=(1, 3), core=[0, 1], forbidden=[(0, 1)]
    )
    with pytest.raises(Conflict):
        choose(task)


def test_more_core_competencies_than_the_profile_may_hold_are_refused():
    task = Task(coverage=np.ones((1, 3)), weights=np.ones(1), scores=np.ones(3), size=(1, 2), core=[0, 1, 2])
    with pytest.raises(Conflict, match="3 core competencies"):
        choose(task)


def test_two_thousand_competencies_are_chosen_from_in_a_moment():
    generator = np.random.default_rng(7)
    coverage = np.where(generator.random((40, 2000)) < 0.01, generator.random((40, 2000)), 0.0)
    pairs = [(n, n + 1) for n in range(0, 400, 2)]
    task = Task(coverage=coverage, weights=np.ones(40), scores=generator.random(2000), size=(5, 9), forbidden=pairs)
    chosen = choose(task).chosen
    assert allowed(task, chosen)
    for out in chosen:
        for into in range(0, 2000, 7):
            swapped = sorted({*chosen, into} - {out})
            if len(swapped) == len(chosen) and allowed(task, swapped):
                assert value_of(task, swapped) <= value_of(task, chosen) + 1e-9
