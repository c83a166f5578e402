"""The geometry packs are made of, beside OpenSim on the measured cycle: arms, moments, forces, contact.

DATA=folder PYTHONPATH=src python docs/validation/muscle_forces.py     (needs mujoco and myo-sim)
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.from_angles import prepared
from benchmarks.opensim_static_optimization import Array, data_folder, reference_frames, table
from tools.fit_stride import read_table
from tools.make_packs import leg_load

from weaklink.body.muscles import UNITS, unit_indices
from weaklink.body.names import LEG_COORDINATES
from weaklink.mechanics.effort import Effort
from weaklink.mechanics.load_pack import CONTACT_JOINTS
from weaklink.mechanics.muscle_forces import share_load

BODY_WEIGHT_N = 72.84 * 9.80665
RIGHT = slice(0, 101)
CROSSES_M = 1e-4


def root_mean_square(values: Array) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.mean(values**2)))


def main(folder: Path) -> None:
    """Print every comparison."""
    ready, frames = prepared(folder), reference_frames(folder)
    load = leg_load(*ready)
    print("coordinate: arm difference RMS [mm], moment difference RMS [N m], r")
    for place, name in enumerate(LEG_COORDINATES):
        theirs, moment = frames.arms[RIGHT, place], frames.moments[RIGHT, place]
        crossing = np.abs(theirs) > CROSSES_M
        arms = 1000 * root_mean_square((load["arms"][:, place] - theirs)[crossing])
        apart = root_mean_square(load["moments"][:, place] - moment)
        shape = np.corrcoef(load["moments"][:, place], moment)[0, 1]
        print(f"  {name:18} {arms:6.2f} {apart:7.2f} {shape:7.3f}")
    strength = load["arms"] * load["rigid_force"][:, None]
    forces = share_load(strength, load["moments"], Effort(lowest=0.01)).activations * load["rigid_force"]
    opensim = table(folder / "so_SO_force.sto")[RIGHT]
    print("muscle: force difference RMS [N], r; flagged below 0.8")
    for muscle in UNITS:
        ours, theirs = (f[:, unit_indices(muscle)].sum(axis=1) for f in (forces, opensim))
        shape = np.corrcoef(ours, theirs)[0, 1]
        apart, flag = root_mean_square(ours - theirs), "flagged" if shape < 0.8 else ""
        print(f"  {muscle:28} {apart:7.1f} {shape:7.3f} {flag}")
    contact(folder, load, opensim)


def contact(folder: Path, load: dict[str, Array], forces: Array) -> None:
    """Our contact map with OpenSim's muscle forces beside OpenSim's joint reactions."""
    names, reactions = read_table(folder / "jr_JR_ReactionLoads.sto")
    pull = np.einsum("fjxn,fn->fjx", load["contact_of_unit"], forces) + load["contact_net"]
    print("joint: peak ours, peak OpenSim [body weights], r")
    for joint, start in {"hip": "hip_r_on", "knee": "walker_knee_r_on", "ankle": "ankle_r_on"}.items():
        columns = [i for i, n in enumerate(names) if n.startswith(start) and n[-3:] in ("_fx", "_fy", "_fz")]
        theirs = np.linalg.norm(reactions[:, columns], axis=1) / BODY_WEIGHT_N
        ours = np.linalg.norm(pull[:, CONTACT_JOINTS.index(joint)], axis=1) / BODY_WEIGHT_N
        print(f"  {joint:8} {ours.max():6.2f} {theirs.max():6.2f} {np.corrcoef(ours, theirs)[0, 1]:7.3f}")


if __name__ == "__main__":
    found = data_folder()
    if found is None:
        sys.exit("DATA names no gait example; see benchmarks/README.md")
    main(found)
