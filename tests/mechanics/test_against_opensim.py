"""Our load sharing beside OpenSim's stored results on the measured runner; part of `make test-all`."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from benchmarks.opensim_static_optimization import (
    STANCE,
    WEAK,
    Frames,
    data_folder,
    reference_frames,
    solve,
    table,
)

from weaklink.body.muscles import unit_indices
from weaklink.body.names import LEG_UNITS

pytestmark = pytest.mark.load


@pytest.fixture(scope="module")
def folder() -> Path:
    found = data_folder()
    if found is None:
        warnings.warn("DATA names no gait example: OpenSim is NOT COMPARED here", stacklevel=1)
        pytest.skip("DATA names no gait example (benchmarks/README.md): OpenSim is NOT COMPARED here")
    return found


@pytest.fixture(scope="module")
def frames(folder: Path) -> Frames:
    return reference_frames(folder)


def test_activations_are_opensims(folder: Path, frames: Frames) -> None:
    found = solve(frames, np.ones(len(LEG_UNITS)))
    difference = np.abs(found.activations - table(folder / "so_SO_activation.sto"))

    assert found.residual.max() <= 1e-6
    assert difference.max() <= 0.05
    assert difference.mean() <= 0.002


def test_forces_are_opensims(folder: Path, frames: Frames) -> None:
    found = solve(frames, np.ones(len(LEG_UNITS))).activations * frames.force

    assert np.sqrt(((found - table(folder / "so_SO_force.sto")) ** 2).mean()) <= 5


@pytest.mark.parametrize("muscle", sorted(WEAK))
def test_who_takes_over_is_opensims_answer(folder: Path, frames: Frames, muscle: str) -> None:
    factors = np.ones(len(LEG_UNITS))
    factors[unit_indices(muscle)] = 0.5
    strong = solve(frames, np.ones(len(LEG_UNITS))).activations * frames.force
    ours = solve(frames, factors).activations * frames.force * factors - strong
    theirs = table(folder / WEAK[muscle] / "so_SO_force.sto") - table(folder / "so_SO_force.sto")

    assert np.abs((ours - theirs)[STANCE].mean(axis=0)).max() <= 2
