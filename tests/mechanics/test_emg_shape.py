"""The measured runner's own electromyogram beside the model's activations: which muscles may be believed.

Shape only (Pearson's r over the right stride, no shift in time): an electromyogram has no newtons. The
recording belongs to the public gait example (benchmarks/README.md) and stays outside this project.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from benchmarks.opensim_static_optimization import data_folder, reference_frames, solve

from weaklink.body.muscles import UNLIKE_EMG, unit_indices
from weaklink.body.names import LEG_UNITS
from weaklink.library.packs import load_pack
from weaklink.mechanics.muscle_forces import share_load
from weaklink.mechanics.variants import VARIANTS, moment_arms, optimal_force

Array = npt.NDArray[np.float64]
RECORDING = "emg_run_processed.csv"
STRIDES_S = ((1.555, 2.233), (2.233, 2.919))  # right foot strikes of the treadmill run
# Channels of the recording and the muscles of the model that lie under their electrodes.
CHANNELS = {
    "soleus": (("SOL",), ("soleus",)),
    "gluteus-medius": (("GMED",), ("gluteus-medius",)),
    "vasti": (("VL", "VM"), ("vastus-lateralis", "vastus-medialis")),
    "rectus-femoris": (("RF",), ("rectus-femoris",)),
    "tibialis-anterior": (("TA",), ("tibialis-anterior",)),
    "gluteus-maximus": (("GMAX",), ("gluteus-maximus",)),
}
CREDIBLE = ("soleus", "gluteus-medius", "vasti")


@pytest.fixture(scope="module")
def folder() -> Path:
    found = data_folder()
    if found is None or not (found / RECORDING).is_file():
        lacking = f"no {RECORDING} in DATA (benchmarks/README.md): the runner's own EMG is NOT COMPARED here"
        warnings.warn(lacking, stacklevel=1)
        pytest.skip(lacking)
    return found


@pytest.fixture(scope="module")
def recorded(folder: Path) -> dict[str, Array]:
    """Every channel over the first right stride and over the mean of both, by channel, (2, 101)."""
    table = np.genfromtxt(folder / RECORDING, delimiter=",", names=True)
    phase = np.linspace(0, 1, 101)

    def over(channel: str) -> Array:
        rows = [np.interp(a + phase * (b - a), table["time"], table[channel]) for a, b in STRIDES_S]
        return np.stack([rows[0], np.mean(rows, axis=0)])

    return {channel: over(channel) for names, _ in CHANNELS.values() for channel in names}


def likeness(activations: Array, recorded: dict[str, Array], row: int) -> dict[str, float]:
    """r of every muscle between its activation and its electromyogram."""
    found = {}
    for name, (channels, muscles) in CHANNELS.items():
        units = [unit for muscle in muscles for unit in unit_indices(muscle)]
        emg = sum(recorded[channel][row] for channel in channels)[: len(activations)]
        found[name] = float(np.corrcoef(activations[:, units].mean(axis=1), emg)[0, 1])
    return found


def test_soleus_gluteus_medius_and_vasti_have_the_shape_of_the_runners_own_emg(
    folder: Path, recorded: dict[str, Array]
) -> None:
    """On the measured stride with the reference geometry."""
    activations = solve(reference_frames(folder), np.ones(len(LEG_UNITS))).activations[:101]
    found = likeness(activations, recorded, 0)

    assert min(found[name] for name in CREDIBLE) >= 0.75, found


def test_the_muscles_flagged_as_unlike_are_unlike(folder: Path, recorded: dict[str, Array]) -> None:
    activations = solve(reference_frames(folder), np.ones(len(LEG_UNITS))).activations[:101]
    found = likeness(activations, recorded, 0)

    assert {name for name, r in found.items() if r < 0.75} == set(UNLIKE_EMG), found


def test_the_shipped_stride_keeps_the_shape_where_it_counts(recorded: dict[str, Array]) -> None:
    """The template with our geometry; its vasti rest earlier than this runner's and are the loosest fit."""
    load, base = load_pack("running").right, VARIANTS[0]
    strength = moment_arms(load, base) * optimal_force(load, base)[:, None]
    found = likeness(share_load(strength, load.moments).activations, recorded, 1)

    assert found["soleus"] >= 0.75, found
    assert found["gluteus-medius"] >= 0.75, found
    assert found["vasti"] >= 0.6, found
