import numpy as np
import pytest

from prowess.framework.errors import InputError
from prowess.measurement.adaptive import ProfileSession, Selection, Stopping, simulate_adaptive, simulated_bank


def test_an_answer_on_one_competency_tells_about_its_neighbours_as_much_as_they_correlate():
    bank = simulated_bank(items=12, areas=2, seed=1)
    near = ProfileSession(bank, covariance=[[1.0, 0.9], [0.9, 1.0]])
    far = ProfileSession(bank, covariance=[[1.0, 0.0], [0.0, 1.0]])
    for session in (near, far):
        session.answer(bank.names[0], 4)
    assert near.estimates()[1].measure > 0.1
    assert far.estimates()[1].measure == pytest.approx(0.0, abs=1e-9)
    assert far.estimates()[1].standard_error == pytest.approx(1.0)


def test_the_next_competency_is_the_one_known_least():
    bank = simulated_bank(items=40, areas=2, seed=1)
    session = ProfileSession(bank, covariance=np.eye(2))
    for item in [name for name, area in zip(bank.names, bank.area, strict=True) if area == "area 1"][:6]:
        session.answer(item, 2)
    assert session.next_competency() == "area 2"


def test_weights_send_the_questions_where_precision_matters():
    bank = simulated_bank(items=60, areas=3, seed=1)
    session = ProfileSession(
        bank,
        covariance=np.eye(3),
        weights=[1.0, 1.0, 0.0],
        stopping=Stopping(standard_error=0.5, minimum=1, maximum=60),
    )
    while (item := session.next_item()) is not None:
        session.answer(item, 2)
    asked = {estimate.competency: estimate.answered for estimate in session.estimates()}
    assert asked["area 3"] == 0
    assert "at most 0.5" in session.stop_reason()


def test_the_gain_is_the_fall_of_the_posterior_variance():
    bank = simulated_bank(items=10, areas=2, seed=4)
    session = ProfileSession(bank, covariance=[[1.0, 0.5], [0.5, 1.0]])
    before = np.trace(np.linalg.inv(np.linalg.inv([[1.0, 0.5], [0.5, 1.0]])))
    information = bank.information(np.array([0.0]))[0, 0]
    after = np.trace(np.linalg.inv(np.linalg.inv([[1.0, 0.5], [0.5, 1.0]]) + np.diag([information, 0.0])))
    assert session._gains()[0] == pytest.approx(before - after)


def test_a_profile_that_makes_no_sense_is_refused():
    bank = simulated_bank(items=10, areas=2)
    with pytest.raises(InputError, match="do not fit 2 competencies"):
        ProfileSession(bank, covariance=np.eye(3))
    session = ProfileSession(bank)
    session.answer(bank.names[0], 1)
    with pytest.raises(InputError, match="answered before"):
        session.answer(bank.names[0], 1)
    with pytest.raises(InputError, match="categories 0 to 4"):
        session.answer(bank.names[1], 9)


def test_choosing_saves_questions_at_the_same_error_and_intervals_hold_the_truth():
    study = simulate_adaptive(simulated_bank(items=60, areas=3, seed=5), ratees=80, seed=5)
    adaptive, fixed, random = study.strategies
    assert adaptive.questions < fixed.questions < random.questions
    assert adaptive.root_mean_square_error == pytest.approx(random.root_mean_square_error, rel=0.25)
    assert all(0.88 <= strategy.coverage <= 1.0 for strategy in study.strategies)
    wanted = {point.standard_error: point for point in study.savings}
    assert wanted[0.4].adaptive == pytest.approx(adaptive.questions, abs=0.05)
    assert wanted[0.6].adaptive < wanted[0.4].adaptive < wanted[0.3].adaptive
    assert study.saved["random"] == pytest.approx(1 - adaptive.questions / random.questions)


def test_precision_grows_with_questions():
    study = simulate_adaptive(simulated_bank(items=30, areas=2, seed=6), ratees=60, seed=6)
    points = [point for point in study.precision if point.strategy == "adaptive"]
    assert [point.questions for point in points] == list(range(1, len(points) + 1))
    assert points[-1].mean_standard_error < points[4].mean_standard_error < points[0].mean_standard_error


def test_exposure_control_costs_little_and_keeps_every_item_below_its_limit():
    bank = simulated_bank(items=60, areas=3, seed=7)
    free = simulate_adaptive(bank, ratees=50, seed=7).strategies[0]
    held = simulate_adaptive(bank, ratees=50, seed=7, selection=Selection(largest_exposure=0.4)).strategies[0]
    assert free.largest_exposure > 0.9
    assert held.largest_exposure <= 0.42
    assert held.questions < free.questions * 1.3


def test_the_same_seed_gives_the_same_study():
    bank = simulated_bank(items=20, areas=2)
    assert simulate_adaptive(bank, ratees=10, seed=3) == simulate_adaptive(bank, ratees=10, seed=3)


def test_one_ratee_is_no_study():
    with pytest.raises(InputError, match="1 ratees to simulate"):
        simulate_adaptive(simulated_bank(), ratees=1)
