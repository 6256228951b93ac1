import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.adaptive import (
    AdaptiveSession,
    ItemBank,
    Prior,
    Selection,
    Stopping,
    read_bank,
    simulated_bank,
)

FIVE = ItemBank.of(
    [-2.0, -1.0, 0.0, 1.0, 2.0], steps=[-1.0, 0.0, 1.0], names=list("abcde"), area=["x", "y", "x", "y", "x"]
)


def test_information_is_the_variance_of_the_score_and_the_slope_of_its_expectation():
    theta = np.linspace(-2, 2, 41)
    chance = FIVE.probabilities(theta)
    expected = chance @ np.arange(4)
    slope = np.gradient(expected[2], theta)
    assert FIVE.information(theta)[2][1:-1] == pytest.approx(slope[1:-1], abs=2e-3)
    assert chance.sum(axis=2) == pytest.approx(1.0)


def test_a_dichotomous_item_tells_a_quarter_where_it_is_as_hard_as_the_ratee_is_able():
    bank = ItemBank.of([0.5], steps=[0.0])
    assert bank.information(np.array([0.5]))[0, 0] == pytest.approx(0.25)
    assert bank.information(np.array([0.9]), severity=0.4)[0, 0] == pytest.approx(0.25)


def test_the_first_question_is_near_the_prior_and_harder_after_high_answers():
    session = AdaptiveSession(FIVE, selection=Selection(balance=False))
    assert session.next_item() == "c"
    session.answer("c", 3)
    assert session.next_item() == "d"
    assert session.estimate().measure > 0


def test_the_estimate_is_the_posterior_mean_by_brute_force():
    session = AdaptiveSession(FIVE, prior=Prior(mean=0.3, sd=0.9))
    for item, score in (("a", 3), ("c", 1), ("e", 0)):
        session.answer(item, score)
    grid = np.linspace(-8, 8, 4001)
    weight = np.exp(-0.5 * ((grid - 0.3) / 0.9) ** 2)
    for place, score in ((0, 3), (2, 1), (4, 0)):
        weight = weight * FIVE.probabilities(grid)[place, :, score]
    mean = (weight @ grid) / weight.sum()
    error = np.sqrt(weight @ (grid - mean) ** 2 / weight.sum())
    assert session.estimate().measure == pytest.approx(mean, abs=1e-4)
    assert session.estimate().standard_error == pytest.approx(error, abs=1e-4)


@given(scores=st.lists(st.integers(0, 3), min_size=5, max_size=5), order=st.permutations(range(5)))
@settings(max_examples=40, deadline=None)
def test_the_order_of_answers_does_not_matter_and_higher_answers_never_lower_the_level(scores, order):
    first, second = AdaptiveSession(FIVE), AdaptiveSession(FIVE)
    for place in range(5):
        first.answer(place, scores[place])
    for place in order:
        second.answer(place, scores[place])
    assert first.estimate().measure == pytest.approx(second.estimate().measure)
    raised = AdaptiveSession(FIVE)
    for place in range(5):
        raised.answer(place, min(scores[place] + (place == 2), 3))
    assert raised.estimate().measure >= first.estimate().measure - 1e-12


def test_content_areas_are_kept_at_their_shares():
    bank = simulated_bank(items=60, areas=4, seed=2)
    session = AdaptiveSession(bank, stopping=Stopping(standard_error=None, maximum=20))
    while (item := session.next_item()) is not None:
        session.answer(item, 2)
    areas = [bank.area[place] for place, _ in session.answered]
    assert {name: areas.count(name) for name in bank.areas} == dict.fromkeys(bank.areas, 5)


def test_wanted_shares_of_areas_are_respected():
    bank = simulated_bank(items=60, areas=2, seed=2)
    selection = Selection(shares={"area 1": 3, "area 2": 1})
    session = AdaptiveSession(bank, stopping=Stopping(standard_error=None, maximum=16), selection=selection)
    while (item := session.next_item()) is not None:
        session.answer(item, 2)
    assert sum(bank.area[place] == "area 1" for place, _ in session.answered) == 12


def test_an_item_that_is_used_up_is_set_aside():
    exposure = np.array([0, 0, 10, 0, 0])
    selection = Selection(balance=False, largest_exposure=0.5)
    session = AdaptiveSession(FIVE, selection=selection, exposure=exposure, forms=10)
    assert session.next_item() != "c"


def test_drawing_among_the_best_spreads_the_first_question_and_repeats_with_its_seed():
    bank = simulated_bank(items=60, areas=1, seed=3)
    selection = Selection(choose_among=5)
    first = [AdaptiveSession(bank, selection=selection, seed=seed).next_item() for seed in range(40)]
    assert 3 <= len(set(first)) <= 5
    assert first == [AdaptiveSession(bank, selection=selection, seed=seed).next_item() for seed in range(40)]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (Stopping(standard_error=0.8, minimum=1), "standard error"),
        (Stopping(standard_error=None, maximum=2), "longest form of 2"),
        (Stopping(standard_error=None, cut=-1.5, certainty=0.8, minimum=1), "above -1.5"),
        (Stopping(standard_error=None, least_gain=0.5, minimum=1), "No item would lower"),
        (Stopping(standard_error=0.01), "Every item"),
    ],
)
def test_a_form_stops_for_its_reason(rules, reason):
    session = AdaptiveSession(FIVE, stopping=rules)
    while (item := session.next_item()) is not None:
        session.answer(item, 2)
    assert reason in session.stop_reason()


def test_a_form_goes_on_to_its_fewest_questions():
    session = AdaptiveSession(FIVE, stopping=Stopping(standard_error=5.0, minimum=4))
    while (item := session.next_item()) is not None:
        session.answer(item, 1)
    assert len(session.answered) == 4


def test_a_form_taken_up_again_goes_on_where_it_stood():
    one = AdaptiveSession(FIVE)
    one.answer("c", 3)
    again = AdaptiveSession(FIVE, answered=list(one.answered))
    assert again.estimate() == one.estimate()
    assert again.next_item() == one.next_item()


def test_wrong_answers_are_refused_in_a_sentence():
    session = AdaptiveSession(FIVE)
    session.answer("a", 0)
    with pytest.raises(InputError, match="“a” was answered before"):
        session.answer("a", 1)
    with pytest.raises(InputError, match="categories 0 to 3, not 4"):
        session.answer("b", 4)
    with pytest.raises(InputError, match="no item “z”"):
        session.answer("z", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"difficulty": [0.0, float("nan")], "steps": [0.0]}, "missing or no number"),
        ({"difficulty": [0.0, 1.0], "steps": [0.0], "names": ["a", "a"]}, "stands twice"),
        ({"difficulty": [0.0, 1.0], "steps": [[0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]}, "steps for 3 items"),
        ({"difficulty": [0.0], "steps": [float("inf")]}, "no number"),
    ],
)
def test_a_bank_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        ItemBank.of(**arguments)


def test_items_may_have_scales_of_different_length():
    bank = ItemBank.of([0.0, 0.0], steps=[[0.0], [-1.0, 1.0]])
    assert bank.categories.tolist() == [2, 3]
    assert bank.probabilities(np.array([0.0]))[0, 0] == pytest.approx([0.5, 0.5, 0.0])


def test_a_bank_is_read_from_a_file_with_areas_and_steps(tmp_path):
    path = tmp_path / "bank.csv"
    path.write_text("item,measure,competency,step_1,step_2\nq1,-0.5,Service,-1,1\nq2,0.5,Trust,0,\n")
    bank = read_bank(path)
    assert bank.names == ("q1", "q2")
    assert bank.areas == ("Service", "Trust")
    assert bank.categories.tolist() == [3, 2]


def test_a_bank_is_read_from_what_a_fit_wrote(tmp_path):
    (tmp_path / "item.csv").write_text("element,measure,se\nq1,-0.5,0.1\nq2,0.5,0.1\n")
    (tmp_path / "steps.csv").write_text("group,category,step,se,ordered\n,2,-1.0,.1,true\n,3,1.0,.1,true\n")
    assert read_bank(tmp_path).steps.tolist() == [[-1.0, 1.0], [-1.0, 1.0]]


@pytest.mark.parametrize(
    ("content", "message"),
    [("item,measure\nq,1\n", "no columns with steps"), ("x,step_1\nq,1\n", "no column “item”"), ("", "cannot be read")],
)
def test_a_file_that_is_no_bank_is_refused(tmp_path, content, message):
    path = tmp_path / "bank.csv"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        read_bank(path)
