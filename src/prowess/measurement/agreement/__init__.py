"""Agreement of raters: alpha, intraclass correlations, kappas, Gwet's AC, r_wg, AD and Kendall's W."""

from prowess.measurement.agreement.chance_corrected import brennan_prediger, percent_agreement
from prowess.measurement.agreement.concordance import kendall_w
from prowess.measurement.agreement.estimates import Estimate, NotEstimable
from prowess.measurement.agreement.gwet import gwet_ac1, gwet_ac2
from prowess.measurement.agreement.incomplete import IncompleteIntraclass, incomplete_intraclass
from prowess.measurement.agreement.intraclass import (
    IntraclassCorrelation,
    intraclass_correlations,
    mean_squares,
    raters_needed,
    step_up,
)
from prowess.measurement.agreement.kappa import (
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    fleiss_kappa_by_category,
    light_kappa,
    pairwise_kappas,
)
from prowess.measurement.agreement.krippendorff import LEVELS, Level, krippendorff_alpha
from prowess.measurement.agreement.layout import RatingColumns, arrange, read_table
from prowess.measurement.agreement.matrix import RatingMatrix
from prowess.measurement.agreement.study import AgreementStudy, Options, agreement_study
from prowess.measurement.agreement.summary import in_words, not_applicable, study_as_dict
from prowess.measurement.agreement.weights import agreement_weights
from prowess.measurement.agreement.within_group import null_variance, within_group_agreement

__all__ = [
    "LEVELS",
    "AgreementStudy",
    "Estimate",
    "IncompleteIntraclass",
    "IntraclassCorrelation",
    "Level",
    "NotEstimable",
    "Options",
    "RatingColumns",
    "RatingMatrix",
    "agreement_study",
    "agreement_weights",
    "arrange",
    "brennan_prediger",
    "cohen_kappa",
    "conger_kappa",
    "fleiss_kappa",
    "fleiss_kappa_by_category",
    "gwet_ac1",
    "gwet_ac2",
    "in_words",
    "incomplete_intraclass",
    "intraclass_correlations",
    "kendall_w",
    "krippendorff_alpha",
    "light_kappa",
    "mean_squares",
    "not_applicable",
    "null_variance",
    "pairwise_kappas",
    "percent_agreement",
    "raters_needed",
    "read_table",
    "step_up",
    "study_as_dict",
    "within_group_agreement",
]
