"""Do fair scores predict ratings that were held back, and the truth, better than plain means and fixed effects?

    python benchmarks/measurement/held_out.py [InstEval.csv.gz]

Real data: lme4's InstEval (lecturers rated by students), a random fifth held back (seed 20261101). Simulation: ratees
rated by few raters who differ. Log loss is per rating (lower is better); correlations are with the held-out ratings or
with the simulated truth (higher is better).
"""

import sys

import numpy as np
import polars as pl

from prowess.measurement import FitResult, ModelSpecification, RatingTable, fit
from prowess.measurement.prediction import predict_ratings

SEED = 20261101


def log_loss(chances: np.ndarray, observed: np.ndarray) -> float:
    return float(-np.log(np.maximum(chances[np.arange(observed.size), observed], 1e-12)).mean())


def plain_means(train: pl.DataFrame, test: pl.DataFrame, *, ratee: str, categories: int) -> np.ndarray:
    """Each ratee's plain mean, with the normal spread of ratings about such means, cut at the category bounds."""
    from scipy.stats import norm

    means = train.group_by(ratee).agg(pl.col("score").mean().alias("mean"))
    overall = train["score"].mean()
    fitted = train.join(means, on=ratee)
    deviation = float((fitted["score"] - fitted["mean"]).std())
    mean = test.join(means, on=ratee, how="left", maintain_order="left")["mean"].fill_null(overall).to_numpy()
    bounds = np.concatenate([[-np.inf], np.arange(categories - 1) + 0.5, [np.inf]])
    return np.diff(norm.cdf((bounds - mean[:, None]) / deviation), axis=1)


def compare(train: pl.DataFrame, test: pl.DataFrame, *, facets: list[str]) -> tuple[dict, FitResult, FitResult]:
    ratee, rater, *rest = facets
    table = RatingTable.read(train, ratee=ratee, rater=rater, item=rest[0] if rest else None)
    fixed = fit(table)
    ours = fit(table, ModelSpecification(random=(rater,)))
    observed = test["score"].to_numpy()
    elements = {name: test[name].cast(pl.String).to_list() for name in facets}
    chances = {
        "plain means": plain_means(train, test, ratee=ratee, categories=len(table.categories)),
        "fixed effects": predict_ratings(fixed, elements, plug_in=True),
        "fair scores": predict_ratings(ours, elements),
    }
    points = np.arange(len(table.categories))
    scores = {
        name: (log_loss(p, observed), float(np.corrcoef(p @ points, observed)[0, 1])) for name, p in chances.items()
    }
    return scores, fixed, ours


def show(title: str, rows: dict[str, tuple[float, ...]], columns: tuple[str, ...]) -> None:
    print(f"\n{title}\n{'':16}" + "".join(f"{c:>24}" for c in columns))
    for name, values in rows.items():
        print(f"{name:16}" + "".join(f"{v:24.4f}" for v in values))
    best = [min(v[0] for v in rows.values())] + [max(v[i] for v in rows.values()) for i in range(1, len(columns))]
    wins = all(abs(rows["fair scores"][i] - best[i]) < 1e-12 for i in range(len(columns)))
    print(f"fair scores best on every column: {'yes' if wins else 'NO'}")


def real_data(path: str) -> None:
    frame = pl.read_csv(path).select("d", "s", score=pl.col("y") - 1)
    held = np.zeros(frame.height, dtype=bool)
    held[np.random.default_rng(SEED).permutation(frame.height)[: frame.height // 5]] = True
    scores, _, _ = compare(frame.filter(pl.Series(~held)), frame.filter(pl.Series(held)), facets=["d", "s"])
    show("InstEval, held-out fifth", scores, ("log loss", "correlation with ratings"))


def simulated(each: int, per_rater: int, *, repeats: int = 10) -> None:
    sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[2]))
    from tests.measurement.simulation import simulate

    total: dict[str, np.ndarray] = {}
    for seed in range(repeats):
        ratees = 200
        data = simulate(seed, ratees=ratees, raters=ratees * each // per_rater, each=each, items=2, rater_sd=0.8)
        held = np.zeros(data.frame.height, dtype=bool)
        held[np.random.default_rng(seed).permutation(data.frame.height)[: data.frame.height // 5]] = True
        train, test = data.frame.filter(pl.Series(~held)), data.frame.filter(pl.Series(held))
        scores, fixed, ours = compare(train, test, facets=["person", "rater", "item"])
        means = train.group_by("person").agg(pl.col("score").mean()).sort("person")
        who = means["person"].to_numpy()
        truth = data.ratees[who]
        found = {
            "plain means": means["score"].to_numpy(),
            "fixed effects": fixed.measures["person"].measure,
            "fair scores": ours.measures["person"].measure,
        }
        for name, measure in found.items():
            with_truth = float(np.corrcoef(np.nan_to_num(measure), truth)[0, 1])
            total[name] = total.get(name, np.zeros(3)) + np.array([*scores[name], with_truth])
    rows = {name: tuple(values / repeats) for name, values in total.items()}
    title = f"simulation: {each} raters a ratee, about {per_rater} ratees a rater ({repeats} data sets)"
    show(title, rows, ("log loss", "correlation with ratings", "correlation with truth"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        real_data(sys.argv[1])
    for design in ((2, 4), (3, 5), (5, 10)):
        simulated(*design)
