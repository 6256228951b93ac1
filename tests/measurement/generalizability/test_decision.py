import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.measurement.agreement import intraclass_correlations
from prowess.measurement.generalizability import (
    Observations,
    coefficient_interval,
    crossed,
    decision_study,
    levels_needed,
    variance_components,
)
from tests.measurement.agreement.published import SHROUT_FLEISS_1979, shrout_fleiss
from tests.measurement.generalizability.brennan import data_set_1, data_set_3, data_set_4, unbalanced


@pytest.mark.parametrize(
    ("data", "fixed", "generalizability", "dependability"),
    [
        (data_set_1, (), 0.844, 0.773),
        (data_set_3, (), 0.640, 0.554),
        (data_set_3, ("i",), 0.806, 0.785),
        (data_set_4, (), 0.551, 0.464),
    ],
)
def test_coefficients_are_the_published_ones(data, fixed, generalizability, dependability):
    """Brennan (2001): .844 and .773; .64 and .55; items fixed .81 and .79; .55 and .46."""
    study = decision_study(variance_components(data()), object="p", fixed=fixed)
    assert study.generalizability == pytest.approx(generalizability, abs=6e-4)
    assert study.dependability == pytest.approx(dependability, abs=6e-4)


def test_unequal_numbers_of_items_count_as_brennan_counts_them():
    study = decision_study(variance_components(unbalanced(), method="anova"), object="p")
    assert study.sizes["h"] == pytest.approx(64 / 24)
    assert study.generalizability == pytest.approx(0.716, abs=5e-4)
    assert study.dependability == pytest.approx(0.4277, abs=5e-5)


def ratees_by_raters():
    rows = np.array(SHROUT_FLEISS_1979)
    ratee, rater = np.indices(rows.shape)
    return Observations.from_columns(rows.ravel(), facets={"ratee": ratee.ravel(), "rater": rater.ravel()})


def test_coefficients_and_intervals_are_the_intraclass_correlations():
    components = variance_components(ratees_by_raters())
    forms = {found.form: found.estimate for found in intraclass_correlations(shrout_fleiss())}
    many, one = (
        decision_study(components, object="ratee"),
        decision_study(components, object="ratee", sizes={"rater": 1}),
    )
    assert many.generalizability == pytest.approx(forms["ICC(3,k)"].value)
    assert many.dependability == pytest.approx(forms["ICC(2,k)"].value)
    assert one.generalizability == pytest.approx(forms["ICC(3,1)"].value)
    assert one.dependability == pytest.approx(forms["ICC(2,1)"].value)
    low, high = coefficient_interval(components, object="ratee", draws=40_000)
    assert low == pytest.approx(forms["ICC(3,k)"].low, abs=0.02)
    assert high == pytest.approx(forms["ICC(3,k)"].high, abs=0.005)


def test_raters_of_ones_own_put_severity_into_the_relative_error():
    """Brennan (2001), section 4.4: with R:p both r and pr stand in the error for ranking."""
    components = variance_components(ratees_by_raters())
    nested = decision_study(
        components,
        object="ratee",
        sizes={"rater": 3},
        design=crossed(["ratee", "rater"], nested_in={"rater": ["ratee"]}),
    )
    same = decision_study(components, object="ratee", sizes={"rater": 3})
    assert nested.relative_error == pytest.approx(same.absolute_error)
    assert nested.generalizability == pytest.approx(same.dependability)


def test_what_was_nested_cannot_be_crossed_afterwards():
    with pytest.raises(InputError, match="cannot be crossed"):
        decision_study(variance_components(data_set_4()), object="p", design=crossed(["p", "t", "r"]))


@given(wanted=st.floats(0.3, 0.97), coefficient=st.sampled_from(["generalizability", "dependability"]))
@settings(max_examples=60, deadline=None)
def test_the_number_needed_is_the_smallest_that_reaches(wanted, coefficient):
    components = variance_components(ratees_by_raters())
    need = levels_needed(components, object="ratee", facet="rater", reliability=wanted, coefficient=coefficient)

    def reached(raters):
        return getattr(decision_study(components, object="ratee", sizes={"rater": raters}), coefficient)

    assert reached(need.needed) >= wanted - 1e-9
    assert need.needed == 1 or reached(need.needed - 1) < wanted


def test_how_many_raters_for_point_eight():
    components = variance_components(ratees_by_raters())
    assert levels_needed(components, object="ratee", facet="rater").needed == 2
    assert levels_needed(components, object="ratee", facet="rater", coefficient="dependability").needed == 10


def test_a_ceiling_is_named_when_no_number_is_enough():
    need = levels_needed(variance_components(data_set_3()), object="p", facet="o", reliability=0.8)
    assert need.needed is None
    assert need.ceiling == pytest.approx(0.7936, abs=5e-5)
    more = levels_needed(variance_components(data_set_3()), object="p", facet="o", reliability=0.8, sizes={"i": 8})
    assert more.needed == 4


@given(raters=st.integers(1, 50))
@settings(max_examples=30, deadline=None)
def test_more_raters_never_hurt_and_ranking_is_never_harder_than_a_standard(raters):
    components = variance_components(data_set_3())
    fewer = decision_study(components, object="p", sizes={"i": raters})
    more = decision_study(components, object="p", sizes={"i": raters + 1})
    assert fewer.generalizability < more.generalizability
    assert fewer.dependability <= fewer.generalizability


def test_each_ratee_counts_the_raters_he_had_not_all_there_are():
    generator = np.random.default_rng(8)
    ratee = np.repeat(np.arange(30), 3)
    rater = np.concatenate([generator.choice(12, size=3, replace=False) for _ in range(30)])
    table = Observations.from_columns(generator.normal(size=90), facets={"ratee": ratee, "rater": rater})
    components = variance_components(table, design=crossed(["ratee", "rater"]))
    assert decision_study(components, object="ratee").sizes["rater"] == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"object": "boss"}, "“boss” is no facet"),
        ({"object": "ratee", "sizes": {"item": 3}}, "“item” cannot be planned"),
        ({"object": "ratee", "sizes": {"rater": 0}}, "cannot be planned"),
        ({"object": "ratee", "fixed": ["ratee"]}, "cannot be a fixed facet"),
    ],
)
def test_an_impossible_plan_is_refused_in_a_sentence(arguments, message):
    with pytest.raises(InputError, match=message):
        decision_study(variance_components(ratees_by_raters()), **arguments)


def test_an_impossible_reliability_is_refused():
    components = variance_components(ratees_by_raters())
    with pytest.raises(InputError, match="wanted reliability is 1"):
        levels_needed(components, object="ratee", facet="rater", reliability=1.0)
    with pytest.raises(InputError, match="no random facet"):
        levels_needed(components, object="ratee", facet="item")
