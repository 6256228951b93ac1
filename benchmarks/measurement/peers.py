"""One fit by one program in a process of its own: prints seconds, peak memory and the error of the ratees as JSON.

python benchmarks/measurement/peers.py prowess|py-mirt|raschpy SIZE.npz [repeats]
"""

import json
import resource
import sys
import time

import numpy as np


def fit_prowess(data: dict, repeats: int) -> dict:
    import polars as pl

    from prowess.measurement import RatingTable, fit

    frame = pl.DataFrame({name: data[name] for name in ("person", "rater", "item", "score")})
    table = RatingTable.read(frame, ratee="person", rater="rater", item="item")
    tiny = frame.filter(pl.col("person") < 40)
    fit(RatingTable.read(tiny, ratee="person", rater="rater", item="item"))  # loads the compiled kernels
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        result = fit(table)
        seconds.append(time.perf_counter() - began)
    point, blocks = result.estimates.point, result.estimates.likelihood.blocks
    began = time.perf_counter()
    blocks.evaluate(point)
    one_pass = time.perf_counter() - began
    return {"seconds": min(seconds), "theta": result.measures["person"].measure, "pass": one_pass}


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
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
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
    found["megabytes_before"] = before / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
