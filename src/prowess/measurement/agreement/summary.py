"""An agreement study as plain values (for JSON) and in words."""

from dataclasses import asdict

from prowess.measurement.agreement.estimates import Estimate, plain
from prowess.measurement.agreement.incomplete import IncompleteIntraclass
from prowess.measurement.agreement.intraclass import IntraclassCorrelation
from prowess.measurement.agreement.krippendorff import Level
from prowess.measurement.agreement.study import AgreementStudy, Generalizability
from prowess.measurement.agreement.within_group import WithinGroupSummary
from prowess.measurement.generalizability import Need


def study_as_dict(study: AgreementStudy) -> dict[str, object]:
    """The whole study as JSON values: what was computed under its key, the rest under ``not_applicable``."""
    found = {entry.key: entry.estimate for entry in study.statistics if entry.estimate}
    return {
        "ratings": study.ratings,
        "ratees": study.ratees,
        "raters": study.raters,
        "items": study.items,
        "level": study.level,
        "categories": list(study.categories),
        "statistics": {key: estimate.to_dict() for key, estimate in found.items()},
        "icc": {form.form: _form(form) for form in study.intraclass},
        "icc_incomplete": _incomplete(study.incomplete) if study.incomplete else None,
        "pairs_of_raters": [asdict(pair) for pair in study.pairs],
        "fleiss_kappa_by_category": [plain(asdict(kappa)) for kappa in study.by_category],
        "within_group": _within_group(study.within_group) if study.within_group else None,
        "generalizability": _generalizability(study.generalizability) if study.generalizability else None,
        "not_applicable": not_applicable(study),
        "notes": list(study.notes),
        "warnings": list(study.warnings),
        "in_words": in_words(study),
    }


def not_applicable(study: AgreementStudy) -> dict[str, str]:
    """Why each statistic that could not be computed does not apply to these ratings."""
    reasons = {entry.key: entry.reason for entry in study.statistics if entry.reason}
    families = {
        "icc": study.intraclass_reason,
        "within_group": study.within_group_reason,
        "generalizability": study.generalizability_reason,
    }
    return reasons | {key: reason for key, reason in families.items() if reason}


def in_words(study: AgreementStudy) -> list[str]:
    """The answers to “can these ratings be trusted?” in sentences for somebody who knows no coefficient."""
    sentences = [_counted(study)]
    headline = study.statistics[0].estimate
    if headline is not None:
        sentences.append(f"{headline.name} is {_range(headline)}: {_verdict(headline.value, level=study.level)}.")
    elif study.statistics[0].reason:
        sentences.append(f"The raters cannot be compared. {study.statistics[0].reason}")
    if study.generalizability is not None:
        sentences += _dependability(study.generalizability)
    return sentences


def _counted(study: AgreementStudy) -> str:
    raters = "Raters, not named," if study.raters is None else _many(study.raters, "rater")
    items = f" on {study.items} items" if study.items > 1 else ""
    counted = f"{raters} gave {_many(study.ratings, 'rating')} of {_many(study.ratees, 'ratee')}{items}"
    return f"{counted}; the scores were taken as {study.level}."


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _range(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.2f}"
    return f"{estimate.value:.2f} ({estimate.confidence:.0%} interval {estimate.low:.2f} to {estimate.high:.2f})"


def _verdict(alpha: float, *, level: Level) -> str:
    """Krippendorff's (2019) customary limits of .800 and .667."""
    better = "the majority" if level == "nominal" else "means"
    if alpha >= 0.8:
        return "the raters agree well enough to rely on single conclusions"
    if alpha >= 0.667:
        return "good enough for tentative conclusions only"
    if alpha > 0:
        return f"too low to rely on single ratings; use {better} of several raters, or train them together"
    return "no better than chance"


def _dependability(part: Generalizability) -> list[str]:
    total = part.components.total or 1.0
    shares = ", ".join(f"{c.label} {c.variance / total:.0%}" for c in part.components.components)
    sentences = [f"Where the variance of a single score comes from: {shares} (the last includes chance)."]
    sizes = " and ".join(f"{size:g} {name}{'s' * (size != 1)}" for name, size in _rounded(part.decision.sizes))
    sentences.append(
        f"With {sizes} for each ratee, scores rank ratees with a reliability of {part.decision.generalizability:.2f},"
        f" and compare with a standard with {part.decision.dependability:.2f}."
    )
    return sentences + [_need(need) for need in part.needs]


def _rounded(sizes: dict[str, float]) -> list[tuple[str, float]]:
    return [(name, round(size, 1)) for name, size in sizes.items()]


def _need(need: Need) -> str:
    purpose = "ranking" if need.coefficient == "generalizability" else "comparing with a standard"
    if need.needed is None:
        return (
            f"No number of {need.facet}s reaches {need.wanted:g} for {purpose};"
            f" endlessly many would approach {need.ceiling:.2f}."
        )
    who = f"One {need.facet}" if need.needed == 1 else f"{need.needed} {need.facet}s"
    verb = "reaches" if need.needed == 1 else "reach"
    return f"{who} for each ratee {verb} a reliability of {need.wanted:g} for {purpose}."


def _form(form: IntraclassCorrelation) -> dict[str, object]:
    words = {"mcgraw_wong": form.mcgraw_wong, "model": form.model, "meaning": form.meaning}
    return {**words, **form.estimate.to_dict()}


def _incomplete(forms: IncompleteIntraclass) -> dict[str, object]:
    estimates = (forms.agreement, forms.consistency, forms.average)
    return {estimate.name: estimate.to_dict() for estimate in estimates} | {"k": forms.raters}


def _within_group(summary: WithinGroupSummary) -> dict[str, object]:
    values = asdict(summary)
    values["statistic"] = "r_wg" if summary.items == 1 else f"r_wg({summary.items})"
    return {key: plain(list(value)) if key == "ratees" else plain(value) for key, value in values.items()}


def _generalizability(part: Generalizability) -> dict[str, object]:
    components = part.components
    return {
        "design": str(components.design),
        "method": components.method,
        "balanced": components.balanced,
        "components": [
            {
                "effect": c.label,
                "estimate": c.estimate,
                "variance": c.variance,
                "standard_error": c.standard_error,
                "share": c.share,
                "levels": c.levels,
                "degrees_of_freedom": c.degrees_of_freedom,
                "mean_square": c.mean_square,
            }
            for c in components.components
        ],
        "decision": {key: plain(value) for key, value in asdict(part.decision).items()},
        "generalizability_interval": plain(part.interval),
        "raters_needed": [plain(asdict(need)) for need in part.needs],
    }
