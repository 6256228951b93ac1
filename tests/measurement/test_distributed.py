"""The fit over partitions on real worker processes equals the fit of the whole."""

import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from prowess.framework.errors import InputError
from prowess.measurement import ModelSpecification, RatingTable, fit
from prowess.measurement.distributed import Columns, fit_partitions
from tests.measurement.simulation import simulate

COLUMNS = Columns(ratee="person", rater="rater", item="item")


def _write_partitions(frame: pl.DataFrame, folder: Path, *, count: int) -> list[Path]:
    paths = []
    for part in range(count):
        path = folder / f"part-{part}.parquet"
        frame.filter(pl.col("person") % count == part).write_parquet(path)
        paths.append(path)
    return paths


def _assert_same(result, whole) -> None:
    assert result.converged
    assert result.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-8 * abs(whole.log_likelihood))
    assert np.abs(result.steps - np.diff(whole.cumulated, axis=1)).max() < 1e-8
    for facet in ("rater", "item"):
        theirs = dict(result.facet_table(facet).select("element", "measure").iter_rows())
        mine = whole.facet_table(facet)
        assert max(abs(theirs[e] - m) for e, m in mine.select("element", "measure").iter_rows()) < 1e-8
    persons = dict(result.facet_table("ratee").select("element", "measure").iter_rows())
    scores = whole.person_scores()
    assert max(abs(persons[e] - m) for e, m in scores.select("element", "eap").iter_rows()) < 1e-8


@pytest.mark.slow
def test_partitions_give_the_single_process_results_although_a_worker_is_killed(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    data = simulate(11, ratees=3000, raters=60, items=4)
    paths = _write_partitions(data.frame, tmp_path, count=4)
    model = ModelSpecification(tolerance=1e-10)
    whole = fit(RatingTable.read(data.frame, ratee="person", rater="rater", item="item"), model)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(fit, RatingTable.read(data.frame.head(240), ratee="person", rater="rater", item="item"))
        victim = client.run(os.getpid).popitem()[1]
        killed = []

        def kill_during_the_fit() -> None:
            time.sleep(1.0)
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

        killer = threading.Thread(target=kill_during_the_fit)
        killer.start()
        result = fit_partitions(paths, client=client, columns=COLUMNS, model=model)
        killer.join()
        after = fit_partitions(paths, client=client, columns=COLUMNS, model=model)
    assert killed == [victim]
    _assert_same(result, whole)
    _assert_same(after, whole)


class _InlineClient:
    """The interface of a client, run at once in this process: the sums over partitions without a cluster."""

    def submit(self, function, *arguments, pure: bool = True, **named):
        return function(*arguments, **named)

    def map(self, function, items, *, pure: bool = True, **named):
        return [function(item, **named) for item in items]

    def gather(self, futures):
        return futures


@pytest.mark.parametrize("steps", ["rating-scale", "partial-credit:item"])
def test_sums_over_partitions_are_the_sums_over_the_whole(tmp_path: Path, steps: str) -> None:
    data = simulate(12, ratees=200, raters=12)
    paths = _write_partitions(data.frame, tmp_path, count=3)
    model = ModelSpecification(tolerance=1e-10, steps=steps)
    whole = fit(RatingTable.read(data.frame, ratee="person", rater="rater", item="item"), model)
    _assert_same(fit_partitions(paths, client=_InlineClient(), columns=COLUMNS, model=model), whole)


def test_a_ratee_in_two_partitions_is_refused(tmp_path: Path) -> None:
    data = simulate(13, ratees=40, raters=8)
    paths = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for path, rows in zip(paths, (data.frame[:100], data.frame[90:]), strict=True):
        rows.write_parquet(path)
    with pytest.raises(InputError, match="more than one partition"):
        fit_partitions(paths, client=_InlineClient(), columns=COLUMNS)
