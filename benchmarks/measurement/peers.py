"""One fit by one program in a process of its own: prints seconds, peak memory and the error of the ratees as JSON.

python benchmarks/measurement/peers.py prowess|py-mirt|raschpy SIZE.npz [repeats]
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np


def fit_prowess(data: dict, repeats: int) -> dict:
    import polars as pl

    from prowess.measurement import RatingTable, fit

    columns = {"ratee": "person", "rater": "rater", "item": "item"}
    # Large sets fit into memory once, not twice: the arrays are given up as the table is made.
    frame = pl.DataFrame({name: data.pop(name) for name in ("person", "rater", "item", "score")})
    fit(RatingTable.read(frame.head(20_000), **columns))  # loads the compiled kernels
    began = time.perf_counter()
    table = RatingTable.read(frame, **columns)
    reading = time.perf_counter() - began
    del frame
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        result = fit(table)
        seconds.append(time.perf_counter() - began)
    point, blocks = result.estimates.point, result.estimates.likelihood.blocks
    return {
        "seconds": min(seconds),
        "theta": result.measures["person"].measure,
        "reading": reading,
        "pass": fastest(lambda: blocks.evaluate(point)),
        "plain_pass": fastest(plain_pass(result)),
        "converged": result.converged,
    }


def fastest(work: Callable[[], object], *, repeats: int = 5) -> float:
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def plain_pass(result) -> Callable[[], float]:
    """The log-likelihood of all ratings, each visited once, at known measures: what a machine can do at the least."""
    import numba

    @numba.njit(parallel=True, fastmath=True)
    def likelihood(start, effects, steps, theta, value, cumulated):
        total = 0.0
        for n in numba.prange(start.size - 1):
            product, own = 1.0, 0.0
            for i in range(start[n], start[n + 1]):
                logit = theta[n]
                for f in range(effects.shape[0]):
                    logit -= value[effects[f, i]]
                y, normaliser = np.exp(logit), 0.0
                for k in range(cumulated.size - 1, -1, -1):
                    normaliser = normaliser * y + cumulated[k]
                own += steps[i] * logit
                product *= normaliser
                if product > 1e100:
                    own -= np.log(product)
                    product = 1.0
            total += own - np.log(product)
        return total

    design, point = result.estimates.design, result.estimates.point
    theta, multipliers = result.estimates.posterior_mean, np.exp(-point.cumulated[0])

    def run() -> float:
        return likelihood(design.start, design.effects, design.steps, theta, point.effects, multipliers)

    run()
    return run


def fit_py_mirt(data: dict, repeats: int) -> dict:
    from mirt.estimation import fit_mfrm
    from mirt.models import Facet, PolytomousMFRM

    ratees = int(data["person"].max()) + 1
    items, raters = int(data["item"].max()) + 1, int(data["rater"].max()) + 1
    shape = (ratees, -1)
    seconds = []
    for _ in range(repeats):
        model = PolytomousMFRM(items, int(data["score"].max()) + 1, [Facet("rater", raters)])
        began = time.perf_counter()
        result = fit_mfrm(
            model,
            data["score"].reshape(shape),
            {"rater": data["rater"].reshape(shape)},
            item_indices=data["item"].reshape(shape),
        )
        seconds.append(time.perf_counter() - began)
    measures = next(
        getattr(result, n) for n in ("person_measures", "person_parameters", "theta", "eap") if hasattr(result, n)
    )
    return {"seconds": min(seconds), "theta": np.asarray(measures)}


def fit_raschpy(data: dict, repeats: int) -> dict:
    import pandas as pd
    import raschpy

    frame = pd.DataFrame({name.title(): data[name] for name in ("person", "rater", "item", "score")})
    wide = frame.pivot_table(values="Score", index=["Rater", "Person"], columns="Item", aggfunc="min")
    grid = pd.MultiIndex.from_product([sorted(frame["Rater"].unique()), sorted(frame["Person"].unique())])
    wide = wide.reindex(grid.set_names(["Rater", "Person"]))
    wide.columns = [f"item {c}" for c in wide.columns]
    seconds = []
    for _ in range(repeats):
        model = raschpy.MFRM(wide, max_score=int(data["score"].max()))
        began = time.perf_counter()
        model.calibrate(model="global")
        model.person_estimates(model="global")
        seconds.append(time.perf_counter() - began)
    measures = model._get_abils("global")
    return {"seconds": min(seconds), "theta": np.asarray(measures, dtype=float)}


FITS = {"prowess": fit_prowess, "py-mirt": fit_py_mirt, "raschpy": fit_raschpy}


def main() -> None:
    name, path = sys.argv[1:3]
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with np.load(path) as file:
        data = {key: file[key] for key in file}
    columns = sum(array.nbytes for array in data.values()) / 1e6
    try:
        found = FITS[name](data, repeats)
    except ImportError:
        print(json.dumps({"missing": True}))
        return
    theta = found.pop("theta").ravel()
    known = np.isfinite(theta)
    error = theta[known] - data["theta"][: theta.size][known]
    found["rmse"] = float(np.sqrt(np.mean((error - error.mean()) ** 2)))
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["data_megabytes"] = columns
    print(json.dumps(found))


if __name__ == "__main__":
    main()
