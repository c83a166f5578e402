"""Makes the load packs that ship with weaklink: the template running stride and standing on one leg.

python -m tools.make_packs          (`make packs`); needs mujoco and myo-sim

Numbers derive from myo-sim (Apache-2.0; lineage Rajagopal2016) and from src/weaklink/packs/*.toml.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tools.leg_model import CONTACT_AXES, GRAVITY, LegModel, Motion, Push, Size
from weaklink.body.names import LEGS, Leg, leg_index, on_side
from weaklink.mechanics.load_pack import CONTACT_JOINTS

Array = npt.NDArray[np.float64]
PACKS = Path(__file__).resolve().parent.parent / "src" / "weaklink" / "packs"
FRAMES = 100
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


def write(name: str, load: dict[str, Array]) -> None:
    """One pack's arrays, in single precision: 7 digits, far below the model's own errors."""
    np.savez_compressed(PACKS / f"{name}.npz", **{k: v.astype(np.float32) for k, v in load.items()})
    print(f"wrote {name}.npz, {(PACKS / f'{name}.npz').stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Make every pack."""
    write("running", running())


if __name__ == "__main__":
    main()
