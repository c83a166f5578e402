"""The same files from a Dask cluster: one started for the study, and one that runs already."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import ModuleType

import pytest

from tests.study.test_cli import LONG, left_behind, started, wait_for_chunks
from weaklink.study import crew
from weaklink.study.crew import CrewError
from weaklink.study.study_plan import StudyPlan
from weaklink.study.study_run import run_study


@pytest.fixture(scope="module", autouse=True)
def distributed() -> ModuleType:
    """Dask's library, loaded when the first of these tests runs: whoever only collects does not wait for it."""
    found: ModuleType = pytest.importorskip("distributed")
    return found


@pytest.mark.load
def test_a_dask_cluster_gives_the_same_files(plan: StudyPlan, tmp_path: Path) -> None:
    here = run_study(plan, tmp_path / "serial")
    with crew.dask_here(2) as two:
        there = run_study(plan, tmp_path / "dask", two)

    assert there == here
    for name in ("people", "scenarios", "loads"):
        first, second = (tmp_path / way / f"{name}.parquet" for way in ("serial", "dask"))
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.load
def test_a_cluster_that_runs_already_is_used_by_its_address(
    plan: StudyPlan, tmp_path: Path, distributed: ModuleType
) -> None:
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster,
        crew.dask_at(cluster.scheduler_address) as workers,
    ):
        assert workers.width == 2
        results = run_study(plan, tmp_path / "dask", workers)

    assert results == run_study(plan, tmp_path / "serial")


@pytest.mark.load
def test_ctrl_c_stops_a_dask_cluster_quietly(tmp_path: Path) -> None:
    file, out = tmp_path / "long.toml", tmp_path / "out"
    file.write_text(LONG, encoding="utf-8")
    process = started(file, out, "--dask", "2")
    wait_for_chunks(out, 4, process)

    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 130
    assert "Go on with --resume." in said
    assert "Traceback" not in said
    assert left_behind(process.pid) == []


@pytest.mark.load
def test_a_cluster_without_workers_is_refused(distributed: ModuleType) -> None:
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster,
        pytest.raises(CrewError, match="has no workers"),
        crew.dask_at(cluster.scheduler_address),
    ):
        pass
