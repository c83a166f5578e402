"""Makes the load packs that ship with weaklink: the template running stride and standing on one leg.

python -m tools.make_packs          (`make packs`); needs mujoco and myo-sim

Numbers derive from myo-sim (Apache-2.0; lineage Rajagopal2016) and from src/weaklink/packs/*.toml.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import mujoco
import numpy as np
import numpy.typing as npt
from scipy.optimize import least_squares

from tools.leg_model import CONTACT_AXES, GRAVITY, LegModel, Motion, Push, Size
from weaklink.body.names import LEGS, Leg, leg_index, on_side
from weaklink.library.model_findings import FILE, made_findings
from weaklink.library.reading import shipped_library
from weaklink.mechanics.load_pack import CONTACT_JOINTS

Array = npt.NDArray[np.float64]
PACKS = Path(__file__).resolve().parent.parent / "src" / "weaklink" / "packs"
FRAMES = 100
DROPS_DEG = (0, 5, 10)
# Rough angles of a person who stands on the right leg [deg]; balance decides the others.
STANDING_DEG = {"knee_angle_r": 5.0, "hip_flexion_l": 15.0, "knee_angle_l": 70.0}
BALANCED = ("hip_adduction_r", "hip_flexion_r", "ankle_angle_r", "subtalar_angle_r")
MIDFOOT = 0.5  # of the way from the heel bone's origin to the toes: where the body stands over its foot
STANCE_HEAD = """# Standing still on the right leg, pelvis level, trunk in line; see tools/make_packs.py.
name = "Standing on one leg"
status = "draft"
last_checked = 2026-11-20
from_data = "No recording: a balanced pose of the model myo-sim 0.2.3 (Apache-2.0; lineage Rajagopal2016)."
changed = ["Angles by balance: sole flat, centre of mass over the midfoot, trunk in line with the pelvis."]
licence = "Apache-2.0 (myo-sim); lineage Rajagopal2016, CC BY 3.0 as quoted from the documentation of OpenSim"
limits = "A pose, not a measured person. The lumbar figure is a net moment, not the load of a disc."

[[sources]]
cite = "rajagopal-2016"
supports = "the model the units and their paths come from"
level = "musculoskeletal model"
mark = "read"

[body]
mass_kg = 74.98
height_m = 1.70

# Net side-bending moment that the trunk muscles must give at the lowest lumbar joint when the free side
# of the pelvis drops and the trunk tips with it. A trunk that stays upright needs none, but its spine bends.
""".rstrip()
KNEE = leg_index("knee_angle")


def size_of(record: dict[str, Any]) -> Size:
    """The runner's size of a motion record."""
    body = record["body"]
    return Size(body["mass_kg"], {name: tuple(body[name]) for name in ("pelvis", "femur", "tibia", "foot")})


def stride_coordinates(record: dict[str, Any]) -> dict[str, Array]:
    """Every coordinate at FRAMES phases; the left leg is the right one half a stride later."""
    phase = np.arange(FRAMES) / FRAMES
    found = {name: curve(terms, phase) for name, terms in record["coordinates"].items()}
    left = {
        name[:-2] + "_l": curve(terms, phase + 0.5)
        for name, terms in record["coordinates"].items()
        if name.endswith("_r")
    }
    return found | left


def curve(terms: dict[str, Any], phase: Array) -> Array:
    """A sum of harmonics."""
    angle = 2 * np.pi * phase[:, None] * np.arange(1, len(terms["cosine"]) + 1)
    return terms["mean"] + np.cos(angle) @ np.array(terms["cosine"]) + np.sin(angle) @ np.array(terms["sine"])


def stride_push(record: dict[str, Any], model: LegModel, motion: Motion) -> Push:
    """The ground reaction on both feet."""
    push = Push({}, {}, {})
    for leg, delay in zip(LEGS, (0.0, 0.5), strict=True):
        phase = (np.arange(FRAMES) / FRAMES - delay) % 1.0
        push.force[leg], push.point[leg], push.moment[leg] = stance_push(record, model, motion, leg, phase)
    return push


def stance_push(
    record: dict[str, Any], model: LegModel, motion: Motion, leg: Leg, phase: Array
) -> tuple[Array, Array, Array]:
    """Force, point and free moment on one foot, each (n_frames, 3); nothing while the foot is in the air."""
    ground, stance = record["ground"], record["stride"]["stance"]
    s, side = phase / stance, 1.0 if leg == "right" else -1.0
    on = s < 1
    terms = np.sin(np.pi * s[:, None] * np.arange(1, len(ground["up"]) + 1)) * on[:, None]
    weight = record["body"]["mass_kg"] * GRAVITY
    force = np.stack([terms @ np.array(ground[axis]) for axis in ("forward", "up", "outwards")], axis=1)
    free = terms @ np.array(ground["free_moment"])
    offset = np.stack(
        [np.polyval(ground[f"point_{axis}"][::-1], s) for axis in ("forward", "outwards")], axis=1
    )
    point = heels(model, motion, leg)
    point[:, 0] += offset[:, 0]
    point[:, 1] = 0.0
    point[:, 2] += side * offset[:, 1]
    moment = np.zeros_like(point)
    moment[:, 1] = side * free * weight
    return force * (1, 1, side) * weight, np.where(on[:, None], point, 0.0), moment


def heels(model: LegModel, motion: Motion, leg: Leg) -> Array:
    """The heel bone's origin in the world [m], (n_frames, 3)."""
    bone = model.model.body(on_side("calcn", leg)).id
    places = np.zeros((len(motion.positions), 3))
    for frame, position in enumerate(motion.positions):
        model.pose(position, motion.velocities[frame])
        places[frame] = model.data.xpos[bone]
    return places


def leg_load(model: LegModel, motion: Motion, push: Push, leg: Leg = "right") -> dict[str, Array]:
    """The arrays of a leg's load (see mechanics.load_pack.LegLoad) but for the plain knee."""
    needed = model.moments(motion, push)
    units, dofs = model.units_of[leg], model.dofs_of[leg]
    rows: dict[str, list[Array]] = {
        name: [] for name in ("moments", "arms", "contact_of_unit", "contact_net")
    }
    lengths, speeds = [], []
    for frame, position in enumerate(motion.positions):
        model.pose(position, motion.velocities[frame])
        slopes = model.tendon_slopes()
        speeds.append(slopes @ motion.velocities[frame])
        lengths.append(model.data.ten_length[model.model.actuator_trnid[:, 0]])
        rows["moments"].append(model.projected(needed[frame], position)[dofs])
        rows["arms"].append(-model.projected(slopes, position)[np.ix_(units, dofs)].T)
        rows["contact_of_unit"].append(along_contact(model, leg, slopes[units].T))
        rows["contact_net"].append(along_contact(model, leg, needed[frame]))
    length, speed = np.array(lengths), np.array(speeds)
    own = {"lengths": length, "speeds": speed, "rigid_force": model.active_force(length, speed)}
    found = {name: np.array(values) for name, values in rows.items()}
    found |= {name: values[:, units] for name, values in own.items()}
    return found | {"most_force": model.most_force(leg)}


def along_contact(model: LegModel, leg: Leg, generalised: Array) -> Array:
    """The part of generalised forces along three contact axes of each joint, (n_joints, 3, ...)."""
    found = np.zeros((len(CONTACT_JOINTS), 3, *generalised.shape[1:]))
    for place, joint in enumerate(CONTACT_JOINTS):
        for axis, name in enumerate(CONTACT_AXES[joint]):
            found[place, axis] = generalised[model.dof(on_side(name, leg))]
    return found


def with_plain_knee(
    load: dict[str, Array], plain: LegModel, coordinates: dict[str, Array]
) -> dict[str, Array]:
    """The load with the knee arms of the model as it comes."""
    motion = plain.motion(coordinates, None)
    units, knee = plain.units("right"), plain.dofs("right")[KNEE]
    arms = np.zeros((len(motion.positions), len(units)))
    for frame, position in enumerate(motion.positions):
        plain.pose(position, motion.velocities[frame])
        arms[frame] = -plain.projected(plain.tendon_slopes(), position)[units, knee]
    return load | {"knee_arms_plain": arms}


def running() -> dict[str, Array]:
    """The load of the right leg over the template stride."""
    record = tomllib.loads((PACKS / "running.toml").read_text(encoding="utf-8"))
    model, coordinates = LegModel(size_of(record)), stride_coordinates(record)
    motion = model.motion(coordinates, record["stride"]["period_s"])
    load = leg_load(model, motion, stride_push(record, model, motion))
    return with_plain_knee(load, LegModel(size_of(record), corrected=False), coordinates)


def standing(model: LegModel, drop_deg: float) -> tuple[dict[str, Array], Push]:
    """Coordinates of a balanced stance on the right leg, one frame, and the ground's push under it."""
    fixed = {name: np.zeros(1) for name in ("pelvis_tilt", "pelvis_rotation", "pelvis_tx", "pelvis_tz")}
    fixed |= {name: np.deg2rad([angle]) for name, angle in STANDING_DEG.items()}
    fixed |= {"lumbar_bending": np.zeros(1), "pelvis_list": np.deg2rad([-drop_deg]), "pelvis_ty": np.ones(1)}

    def pose(angles: Array) -> dict[str, Array]:
        return fixed | {name: np.array([angle]) for name, angle in zip(BALANCED, angles, strict=True)}

    start = np.zeros(len(BALANCED))
    solved = least_squares(lambda angles: unbalanced(model, pose(angles)), start, xtol=1e-12)
    if solved.cost > 1e-12:
        raise SystemExit(f"no balanced stance at {drop_deg} degrees of drop: {solved.fun}")
    coordinates = pose(solved.x)
    unbalanced(model, coordinates)
    weight = np.array([[0.0, model.mass_kg * GRAVITY, 0.0]])
    point = model.data.subtree_com[0][None] * (1, 0, 1)
    return coordinates, Push({"right": weight}, {"right": point}, {"right": np.zeros((1, 3))})


def unbalanced(model: LegModel, coordinates: dict[str, Array]) -> Array:
    """What is missing to balance: sole flat (2), centre of mass over the midfoot (2)."""
    motion = model.motion(coordinates, None)
    model.pose(motion.positions[0], motion.velocities[0])
    mujoco.mj_comPos(model.model, model.data)
    heel, toes = (model.model.body(name).id for name in ("calcn_r", "toes_r"))
    places = model.data.xpos
    sole_up = model.data.xmat[heel].reshape(3, 3)[:, 1]
    over = model.data.subtree_com[0] - places[heel] - MIDFOOT * (places[toes] - places[heel])
    return np.array([sole_up[0], sole_up[2], over[0], over[2]])


def side_bending(model: LegModel, coordinates: dict[str, Array], push: Push) -> float:
    """Net side-bending moment the trunk muscles must give, towards the standing leg positive [N·m]."""
    needed = model.moments(model.motion(coordinates, None), push)
    return float(needed[0, model.dof("lumbar_bending")])


def write(name: str, load: dict[str, Array]) -> None:
    """One pack's arrays, in single precision: 7 digits, far below the model's own errors."""
    np.savez_compressed(PACKS / f"{name}.npz", **{k: v.astype(np.float32) for k, v in load.items()})
    print(f"wrote {name}.npz, {(PACKS / f'{name}.npz').stat().st_size / 1000:.0f} kB")


def write_stance() -> None:
    """Standing on one leg: the pack of the level pelvis, and the trunk's load at three pelvic drops."""
    model = LegModel()
    bending = {drop: standing(model, drop) for drop in DROPS_DEG}
    coordinates, push = bending[0]
    load = leg_load(model, model.motion(coordinates, None), push)
    write("single-leg-stance", with_plain_knee(load, LegModel(corrected=False), coordinates))
    moments = {drop: side_bending(model, *one) for drop, one in bending.items()}
    lines = [
        f"pelvis_dropped_{drop}_deg_nm = {round(moment, 1) + 0.0:.1f}" for drop, moment in moments.items()
    ]
    angles = [f"{name} = {values[0]:.4f}" for name, values in coordinates.items() if abs(values[0]) > 1e-6]
    record = "\n".join([STANCE_HEAD, "[lumbar_side_bending]", *lines, "", "[angles_rad]", *angles, ""])
    (PACKS / "single-leg-stance.toml").write_text(record, encoding="utf-8")
    print(" ".join(lines))


def write_findings() -> None:
    """What pages say from the packs without solving them again."""
    found = made_findings(shipped_library())
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Make every pack."""
    write("running", running())
    write_stance()
    write_findings()


if __name__ == "__main__":
    main()
